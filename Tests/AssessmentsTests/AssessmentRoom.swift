import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Assessments

/// The area on an empty database, with a case received.
struct AssessmentRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let assessments: Assessments

  /// A social counsellor and an employment counsellor in Tunis.
  static let sihem = member("Sihem", [.readSocialSection, .writeSocialSection])
  static let anis = member("Anis", [.readEmploymentSection, .writeEmploymentSection])

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Assessments.migrations

  static let followUp = InstrumentID(code: "follow-up", version: 1)
  static let vulnerability = InstrumentID(code: "vulnerability", version: 1)
  static let risk = InstrumentID(code: "risk", version: 1)

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    assessments = Assessments(cases: cases, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (AssessmentRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = AssessmentRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let pages = AssessmentPages(assessments, accounts: accounts, papers: papers)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
    let everyone = Staff.all + [Self.sihem, Self.anis]
    try await TestSite.serve(
      [casePages, pages], site: { [clock] in $0.now = { clock.now } },
      findSession: { token, _ in
        everyone.first { token.hasSuffix($0.id.text) }.map { Session(actor: $0, language: .english) }
      }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive() async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Ben Othman", "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  /// Eight answers to the follow-up that score 1 each.
  static let good = [
    "q-work": "regular", "q-needs": "always", "q-debts": "never", "q-home": "yes", "q-care": "always",
    "q-place": "always", "q-support": "several", "q-worry": "never",
  ]

  func fields(_ answers: [String: String] = good, on day: Day? = nil, _ wave: Assessment.Wave = .baseline)
    -> Fields
  {
    Fields(
      ["on": (day ?? today).description, "wave": wave.rawValue, "way": "screen"].merging(answers) { $1 })
  }

  /// One that Amel gave.
  func begin(
    _ id: RecordID<CaseFile>, _ fields: Fields, _ instrument: InstrumentID = followUp,
    by actor: Actor = Staff.amel,
    secondOf first: RecordID<Assessment>? = nil
  ) async throws -> RecordID<Assessment> {
    let made = RecordID<Assessment>()
    try await assessments.begin(made, instrument, secondOf: first, fields, in: id, by: actor)
    return made
  }

  func conclude(
    _ assessment: RecordID<Assessment>, in id: RecordID<CaseFile>, by actor: Actor = Staff.amel,
    as edition: RecordID<Assessment.Edition> = RecordID()
  ) async throws {
    let version = try await find(assessment, in: id, for: actor).version
    try await assessments.conclude(assessment, as: edition, from: version, in: id, by: actor)
  }

  func find(
    _ assessment: RecordID<Assessment>, in id: RecordID<CaseFile>, for actor: Actor = Staff.amel
  ) async throws -> Assessment {
    try await assessments.open(assessment, in: id, for: actor).assessment
  }

  func latest(_ id: RecordID<CaseFile>, _ code: String = "follow-up") async throws -> AssessmentScore? {
    try await database.read { db in try Assessments.latest(of: id, instrument: code, in: db) }
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("assessment.") }.reversed()
    }
  }

  private static func member(_ name: String, _ duties: [Duty]) -> Actor {
    Actor(
      id: AccountID(), name: name, institution: "PS", antenna: "TUN", scope: .antenna,
      duties: Set(duties + [.openFiles, .recordAssessments]))
  }
}
