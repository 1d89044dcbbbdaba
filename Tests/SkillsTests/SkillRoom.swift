import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Skills

/// The area on an empty database, with a case received.
struct SkillRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let skills: Skills

  /// A counsellor of ANETI in Tunis, and one in Sfax.
  static let nadia = counsellor("Nadia", "TUN")
  static let olfa = counsellor("Olfa", "SFA")

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Skills.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    skills = Skills(database: database, cases: cases, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (SkillRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = SkillRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let pages = SkillPages(skills)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
    let everyone = Staff.all + [Self.nadia, Self.olfa]
    try await TestSite.serve(
      [casePages, pages], site: { [clock] in $0.now = { clock.now } },
      findSession: { token, _ in
        everyone.first { token.hasSuffix($0.id.text) }.map { Session(actor: $0, language: .english) }
      }, body)
  }

  func receive(_ person: PersonID = PersonID()) async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Ben Othman", "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: person, identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  func known(_ id: RecordID<CaseFile>) async throws -> [Skill] {
    try await skills.open(id, for: Self.nadia).1
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("skill.") }.reversed()
    }
  }

  private static func counsellor(_ name: String, _ antenna: AntennaCode) -> Actor {
    Actor(
      id: AccountID(), name: name, institution: "ANETI", antenna: antenna, scope: .antenna,
      duties: [.openFiles, .readEmploymentSection, .writeEmploymentSection])
  }
}
