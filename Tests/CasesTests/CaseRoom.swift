import Accounts
import Antennas
import Basics
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Cases

/// The area on an empty database, with the areas it stands on and a clock that the test moves.
struct CaseRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let antennas: Antennas
  let accounts: Accounts
  let people: People
  let cases: Cases

  static let migrations = Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations

  init(_ database: Database, daysToPlan: Int = CaseFile.daysToPlan) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    antennas = Antennas(database: database, now: now)
    accounts = Accounts(database: database, now: now)
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, daysToPlan: daysToPlan, now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (CaseRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { try await body(CaseRoom($0)) }
  }

  /// The pages of the area and those it links to.
  func serve(language: Language = .english, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [])
    let persons = PersonPages(
      people, antennas: antennas, reception: CasePaths.reception(sealedQuery:), shortcut: pages.shortcut,
      sections: [pages.personSection])
    try await TestSite.serve(
      [pages, persons], language: language, site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  /// Receives a person as her counsellor does.
  @discardableResult
  func receive(
    _ name: String = "Salma", by actor: Actor = Staff.amel, returned: ReturnFacts = ReturnFacts(),
    id: RecordID<CaseFile> = RecordID(), person: PersonID = PersonID()
  ) async throws -> RecordID<CaseFile> {
    try await cases.receive(
      reception(name, by: actor, returned: returned, id: id, person: person), by: actor)
  }

  func reception(
    _ name: String = "Salma", by actor: Actor = Staff.amel, returned: ReturnFacts = ReturnFacts(),
    id: RecordID<CaseFile> = RecordID(), person: PersonID = PersonID()
  ) -> Reception {
    Reception(
      id: id, person: person, identity: Self.identity(name), antenna: actor.antenna ?? "TUN",
      contact: actor.id, channel: .walkIn, receivedAt: clock.now, returned: returned)
  }

  static func identity(_ name: String) -> Identity {
    var identity = Identity()
    identity[.givenLatin] = name
    identity[.familyLatin] = "Ben Othman"
    identity[.givenArabic] = "سلمى"
    identity[.familyArabic] = "بن عثمان"
    identity[.phones] = "+21620123456"
    return identity
  }

  /// The case as it is stored, by an actor who sees everything.
  func file(_ id: RecordID<CaseFile>) async throws -> CaseFile {
    try await database.read { db in try cases.require(id, for: Staff.fathi, in: db).file }
  }

  /// Tells the case what another area would.
  func tell(_ id: RecordID<CaseFile>, _ change: @escaping @Sendable (inout Milestones) -> Void) async throws {
    try await database.write { db in
      try cases.record(cases.require(id, for: Staff.fathi, in: db).file, in: db, change)
    }
  }
}
