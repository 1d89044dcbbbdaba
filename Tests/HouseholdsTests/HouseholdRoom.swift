import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Households

/// The area on an empty database, with a case received.
struct HouseholdRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let people: People
  let cases: Cases
  let households: Households

  /// A counsellor of Promotion sociale in Tunis.
  static let ines = Actor(
    id: AccountID(), name: "Ines", institution: "PS", antenna: "TUN", scope: .antenna,
    duties: [.openFiles, .editPersons, .readSocialSection, .writeSocialSection])

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Households.migrations

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, now: now)
    households = Households(database: database, cases: cases, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (HouseholdRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = HouseholdRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = HouseholdPages(households)
    let casePages = CasePages(
      cases, antennas: Antennas(database: database), accounts: Accounts(database: database),
      sections: [pages.section])
    let everyone = Staff.all + [Self.ines]
    try await TestSite.serve(
      [casePages, pages], site: { [clock] in $0.now = { clock.now } },
      findSession: { token, _ in
        everyone.first { token.hasSuffix($0.id.text) }.map { Session(actor: $0, language: .english) }
      }, body)
  }

  func receive() async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Ben Othman", "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  func members(_ id: RecordID<CaseFile>) async throws -> [HouseholdMember] {
    try await cases.open(id, for: Staff.amel) { opened, db in
      try households.members(of: opened, in: db)
    }.1
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("household.") }
    }
  }
}
