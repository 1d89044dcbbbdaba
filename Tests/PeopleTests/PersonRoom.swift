import Antennas
import Basics
import Foundation
import Storage
import TestSupport
import Web

@testable import People

/// The area on an empty database, with a clock that the test moves.
struct PersonRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let antennas: Antennas
  let people: People

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    antennas = Antennas(database: database, now: now)
    people = People(database: database, now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (PersonRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: Antennas.migrations + People.migrations) {
      try await body(PersonRoom($0))
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = PersonPages(
      people, antennas: antennas, reception: { "/cases/new?q=\($0)" }, sections: [])
    try await TestSite.serve([pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  /// Makes a person of the actor's antenna, of whom she is the contact person.
  @discardableResult
  func create(
    _ identity: Identity = .salma, id: PersonID = PersonID(), by actor: Actor = Staff.amel
  ) async throws -> PersonID {
    try await database.write { db in
      try people.create(
        identity, id: id, antenna: actor.antenna ?? "TUN", contact: actor.id, by: actor, in: db)
    }
    return id
  }

  /// What the journal tells of a person, oldest first.
  func history(of person: PersonID) async throws -> [JournalEntry] {
    try await database.read { db in
      try Journal.history(of: people.subject(person, in: db), limit: 200, in: db).reversed()
    }
  }
}

extension Identity {
  static let salma = Identity.with([
    .givenLatin: "Salma", .familyLatin: "Ben Othman", .givenArabic: "سلمى", .familyArabic: "بن عثمان",
    .cin: "01234567", .passport: "F123456", .phones: "+21620123456\n+33612345678", .email: "salma@example.tn",
    .birthDate: "1990-06-15", .sex: "female", .governorate: "TN-11", .address: "12 rue du Jasmin",
    .safeWay: "Ask at her aunt's shop",
  ])

  static func with(_ values: [Field: String]) -> Identity {
    var identity = Identity()
    for (field, value) in values { identity[field] = value }
    return identity
  }

  func but(_ field: Field, _ value: String?) -> Identity {
    var identity = self
    identity[field] = value
    return identity
  }
}
