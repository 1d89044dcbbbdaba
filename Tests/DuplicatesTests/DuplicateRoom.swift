import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Linkage
import Names
import People
import Storage
import TestSupport
import Testing
import Web

@testable import Duplicates

/// The area on an empty database, with the areas it stands on and a clock that the test moves.
struct DuplicateRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let antennas: Antennas
  let accounts: Accounts
  let people: People
  let cases: Cases
  let duplicates: Duplicates

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Duplicates.migrations

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    antennas = Antennas(database: database, now: now)
    accounts = Accounts(database: database, now: now)
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, now: now)
    duplicates = Duplicates(cases: cases, antennas: antennas, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (DuplicateRoom) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { try await body(DuplicateRoom($0)) }
  }

  /// The pages of the area and those it links to.
  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let own = DuplicatePages(duplicates, accounts: accounts)
    let pages = CasePages(
      cases, antennas: antennas, accounts: accounts, sections: [own.caseSection], question: own.question)
    let persons = PersonPages(
      people, antennas: antennas, reception: CasePaths.reception(sealedQuery:), shortcut: pages.shortcut,
      sections: [pages.personSection, own.personSection])
    try await TestSite.serve([pages, persons, own], site: { [clock] in $0.now = { clock.now } }, body)
  }

  /// Receives a person as her counsellor does; a moment passes.
  @discardableResult
  func receive(
    _ identity: Identity?, by actor: Actor = Staff.amel, person: PersonID = PersonID(),
    id: RecordID<CaseFile> = RecordID()
  ) async throws -> PersonID {
    let reception = Reception(
      id: id, person: person, identity: identity, antenna: actor.antenna ?? "TUN", contact: actor.id,
      channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts(Fields(["return-country": "FR"])))
    try await cases.receive(reception, by: actor)
    clock.advance(seconds: 60)
    return person
  }

  func close(_ id: RecordID<CaseFile>, by actor: Actor = Staff.amel) async throws {
    try await cases.close(
      id,
      Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: Day(of: clock.now), reopenedOn: nil,
        reopenReason: nil), by: actor)
  }

  /// A pair, whatever a search would find.
  func pair(_ one: PersonID, _ other: PersonID) async throws -> DuplicatePair {
    try await database.write { db in
      let judge = try duplicates.judge()
      let (one, other) = (try people.own(one, in: db), try people.own(other, in: db))
      let verdict = try #require(
        judge.verdicts(
          LinkField.row(one.id, one.identity, [:]), [LinkField.row(other.id, other.identity, [:])]
        )
        .first)
      try DuplicateStore.insert(duplicates.pair(one, other, verdict, at: clock.now), in: db)
      return try #require(try DuplicateStore.find(one.id, other.id, in: db))
    }
  }

  func current(_ pair: DuplicatePair) async throws -> DuplicatePair {
    try await database.read { db in try #require(try DuplicateStore.find(pair.id, in: db)) }
  }

  /// Every pair there is.
  func pairs(_ state: DuplicatePair.State = .open, for actor: Actor = Staff.fathi) async throws
    -> [DuplicatePair]
  {
    try await duplicates.list(state, after: nil, for: actor).pairs
  }

  func decision(_ pair: DuplicatePair, _ reason: String? = nil) -> Duplicates.Decision {
    Duplicates.Decision(id: RecordID(), version: pair.version, reason: reason)
  }

  /// Joins two files of one antenna.
  @discardableResult
  func join(
    _ kept: PersonID, _ other: PersonID, _ fields: [Identity.Field: PersonMerge.Choice] = [:],
    by actor: Actor = Staff.chokri
  ) async throws -> DuplicatePair {
    let pair = try await pair(kept, other)
    let isFirst = pair.first == kept
    var joining = Joining(kept: isFirst ? .first : .second)
    for (field, choice) in fields {
      joining.fields[field] = choice == .both ? .both : (choice == .kept) == isFirst ? .first : .second
    }
    #expect(try await duplicates.same(pair.id, joining, decision(pair), by: actor))
    clock.advance(seconds: 60)
    return try await current(pair)
  }

  func person(_ id: PersonID) async throws -> Person {
    try await database.read { db in try people.person(id, in: db) }
  }

  /// Changes some fields of a person's identity as it is shown.
  func correct(_ id: PersonID, _ fields: [Identity.Field: String], by actor: Actor = Staff.amel) async throws
  {
    let person = try await person(id)
    var identity = person.identity
    for (field, value) in fields { identity[field] = value }
    try await people.correct(person.id, to: identity, from: person.version, by: actor)
    clock.advance(seconds: 60)
  }
}

extension Identity {
  static func of(_ fields: [Field: String]) -> Identity {
    var identity = Identity()
    for (field, value) in fields { identity[field] = value }
    return identity
  }

  static let salma = of([
    .givenLatin: "Salma", .familyLatin: "Ben Othman", .birthDate: "1991-03-14", .phones: "+21620123456",
    .cin: "01234567", .sex: "female", .governorate: "TN-11",
  ])
  /// The same as another desk writes her down.
  static let selma = of([
    .givenArabic: "سلمى", .familyArabic: "بن عثمان", .birthDate: "1991-03-14", .phones: "+21620123456",
    .sex: "female", .governorate: "TN-11", .email: "salma@example.tn",
  ])
  static let nizar = of([
    .givenLatin: "Nizar", .familyLatin: "Gharbi", .birthDate: "1980-11-02", .phones: "+21655000111",
    .sex: "male",
  ])
}
