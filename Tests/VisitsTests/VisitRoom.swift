import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Pages
import People
import Plans
import Storage
import TestSupport
import Web

@testable import Visits

/// The area on an empty database, with a case received and a clock that the test moves.
struct VisitRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let plans: Plans
  let visits: Visits

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Plans.migrations
    + Visits.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(
      database: database, people: People(database: database, now: now), closers: [Visits.closer], now: now)
    plans = Plans(database: database, cases: cases, now: now)
    visits = Visits(database: database, cases: cases, plans: plans, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (VisitRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = VisitRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let pages = VisitPages(visits, accounts: accounts, antennas: antennas)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
    try await TestSite.serve([casePages, pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  /// What the home page shows of visits.
  func home(of actor: Actor) async throws -> HTML {
    let pages = VisitPages(
      visits, accounts: Accounts(database: database), antennas: Antennas(database: database))
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

  /// A plan with a goal and an action on a track, agreed today.
  func agree(_ id: RecordID<CaseFile>, on track: Plan.Track) async throws {
    try await add(track, to: id)
    try await plans.agree(Plan.Agreement(on: today, signedBy: "Amel"), on: id, by: Staff.amel)
  }

  func add(_ track: Plan.Track, to id: RecordID<CaseFile>) async throws {
    let goal = Plan.Goal(id: RecordID(), track: track, text: "A bakery", actions: [])
    try await plans.add(goal, to: id, by: Staff.amel)
    let action = Plan.Action(
      id: RecordID(), text: "Three quotes", who: "She", by: nil, state: .toDo, startedOn: nil, reason: nil)
    try await plans.add(action, under: goal.id, of: id, by: Staff.amel)
  }

  /// The acts of the journal about visits in this case, the newest first, with what they tell.
  func acts(_ id: RecordID<CaseFile>) async throws -> [JournalEntry] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .filter { $0.act.hasPrefix("visit.") }
    }
  }

  /// The case as it is stored, once its plan was agreed.
  func agree(_ id: RecordID<CaseFile>) async throws {
    try await database.write { db in
      try cases.record(cases.require(id, for: Staff.amel, in: db).file, in: db) {
        $0.planAgreedOn = $0.receivedOn
      }
    }
  }

  func file(_ id: RecordID<CaseFile>) async throws -> CaseFile {
    try await database.read { db in try cases.require(id, for: Staff.fathi, in: db).file }
  }

  func visits(_ id: RecordID<CaseFile>) async throws -> [Visit] {
    try await cases.open(id, for: Staff.amel) { opened, db in try visits.visits(of: opened, in: db) }.1
  }

  func plan(_ id: RecordID<CaseFile>, in days: Int) async throws -> RecordID<Visit> {
    let visit = RecordID<Visit>()
    try await visits.plan(visit, on: today + days, in: id, by: Staff.amel)
    return visit
  }

  func report(_ seen: String = "The oven is hot") -> Visit.Report {
    Visit.Report(on: today, activity: .goingOn, seen: seen, nextStep: "Come back in May")
  }
}
