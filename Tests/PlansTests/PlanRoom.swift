import Accounts
import Antennas
import Basics
import Cases
import Documents
import Foundation
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Plans

/// The area on an empty database, with a case received and a clock that the test moves.
struct PlanRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let cases: Cases
  let plans: Plans

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Plans.migrations
    + Documents.migrations

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    plans = Plans(database: database, cases: cases, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (PlanRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = PlanRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = PlanPages(plans, cases: cases, papers: papers)
    let casePages = CasePages(
      cases, antennas: Antennas(database: database), accounts: Accounts(database: database),
      sections: [pages.section])
    try await TestSite.serve([casePages, pages], site: { [clock] in $0.now = { clock.now } }, body)
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

  func file(_ id: RecordID<CaseFile>) async throws -> CaseFile {
    try await database.read { db in try cases.require(id, for: Staff.fathi, in: db).file }
  }

  func plan(_ id: RecordID<CaseFile>) async throws -> Plan {
    try await cases.open(id, for: Staff.amel) { opened, db in try plans.plan(of: opened, in: db) }.1
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      let (_, subject) = try cases.require(id, for: Staff.fathi, in: db)
      return try Journal.history(of: subject, limit: 200, in: db).map(\.act).filter { $0 != "case.open" }
        .sorted()
    }
  }

  static func goal(_ text: String = "A bakery of my own", on track: Plan.Track = .project) -> Plan.Goal {
    Plan.Goal(id: RecordID(), track: track, text: text, actions: [])
  }

  static func action(_ text: String = "Find an oven", by: Day? = nil) -> Plan.Action {
    Plan.Action(id: RecordID(), text: text, who: "Salma", by: by, state: .toDo, startedOn: nil, reason: nil)
  }

  static func line(_ units: Int64 = 1_250_500, _ currency: Money.Currency = .tnd, payer: String = "OFII")
    -> Plan.BudgetLine
  {
    Plan.BudgetLine(id: RecordID(), amount: Money(units, currency), payer: payer, way: .cash)
  }

  /// What changed between two versions, as the page of the versions shows it.
  func compare(_ id: RecordID<CaseFile>, from: Int? = nil, to: Int? = nil) async throws -> [PlanChange] {
    try await cases.open(id, for: Staff.amel) { opened, db in
      try plans.compare(opened, from: from, to: to, in: db)
    }.1.changes
  }

  func addPaper(_ id: RecordID<CaseFile>) async throws -> RecordID<Document> {
    let paper = NewDocument(id: RecordID(), kind: .signedPlan, title: "The signed plan", fileName: "plan.txt")
    let content = DocumentContent(Array("Signed by both".utf8))
    try await plans.documents.add(paper, content, to: id, by: Staff.amel)
    return paper.id
  }

  /// A goal with one action under it.
  @discardableResult
  func addAction(_ id: RecordID<CaseFile>, by day: Day? = nil) async throws -> RecordID<Plan.Action> {
    let (goal, action) = (Self.goal(), Self.action(by: day))
    try await plans.add(goal, to: id, by: Staff.amel)
    try await plans.add(action, under: goal.id, of: id, by: Staff.amel)
    return action.id
  }

  func agree(_ id: RecordID<CaseFile>, signedBy name: String = "Amel") async throws {
    try await plans.agree(Plan.Agreement(on: today, signedBy: name), on: id, by: Staff.amel)
  }
}
