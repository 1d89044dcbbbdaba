import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Households
import Pages
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Surveys

/// The area on an empty database, with a case received.
struct SurveyRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let households: Households
  let surveys: Surveys

  /// Social counsellors: one in Tunis who has nothing to do with health, one in Sfax.
  static let sihem = social("Sihem", "TUN")
  static let walid = social("Walid", "SFA")

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations
    + Households.migrations + Surveys.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    households = Households(database: database, cases: cases, now: now)
    surveys = Surveys(cases: cases, households: households, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (SurveyRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = SurveyRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let pages = SurveyPages(surveys, accounts: accounts, papers: papers)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
    let everyone = Staff.all + [Self.sihem, Self.walid]
    try await TestSite.serve(
      [casePages, pages], site: { [clock] in $0.now = { clock.now } },
      findSession: { token, _ in
        everyone.first { token.hasSuffix($0.id.text) }.map { Session(actor: $0, language: .english) }
      }, body)
  }

  /// What the home page shows of surveys.
  func home(of actor: Actor) async throws -> HTML {
    let pages = SurveyPages(surveys, accounts: Accounts(database: database), papers: nil)
    let page = Page(
      reader: Reader(.english), actor: actor, csrf: "", path: "/", now: clock.now, isDemo: false,
      navigation: .none, notice: nil, assets: Assets())
    return try await pages.homeSection(actor, page)
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

  /// What may be concluded.
  func answers(_ more: [String: String] = [:]) -> Fields {
    Fields(
      [
        "on": today.description, "way": "home", "tenure": "tenant", "opinion": "A quiet home",
        "proposals": "Help with the rent",
      ].merging(more) { $1 })
  }

  /// A survey that Dorra wrote.
  func begin(_ id: RecordID<CaseFile>, _ more: [String: String] = [:]) async throws -> RecordID<Survey> {
    let survey = RecordID<Survey>()
    try await surveys.begin(survey, answers(more), in: id, by: Staff.dorra)
    return survey
  }

  func conclude(
    _ survey: RecordID<Survey>, in id: RecordID<CaseFile>, as edition: RecordID<Survey.Edition> = RecordID()
  ) async throws {
    let versions = try await find(survey, in: id).versions
    try await surveys.conclude(survey, as: edition, from: versions, in: id, by: Staff.dorra)
  }

  func find(_ survey: RecordID<Survey>, in id: RecordID<CaseFile>) async throws -> Survey {
    try await surveys.open(survey, in: id, for: Staff.dorra).survey
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("survey.") }.reversed()
    }
  }

  private static func social(_ name: String, _ antenna: AntennaCode) -> Actor {
    Actor(
      id: AccountID(), name: name, institution: "PS", antenna: antenna, scope: .antenna,
      duties: [.openFiles, .readSocialSection, .writeSocialSection])
  }
}
