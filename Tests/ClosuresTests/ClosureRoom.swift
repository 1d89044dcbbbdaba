import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Papers
import People
import Plans
import Storage
import TestSupport
import Visits
import Web

@testable import Closures

/// The area on an empty database, with a case received, closed where asked, and a clock that the test moves.
struct ClosureRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let plans: Plans
  let closures: Closures

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Plans.migrations
    + Visits.migrations + Closures.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    plans = Plans(database: database, cases: cases, now: now)
    let visits = Visits(database: database, cases: cases, plans: plans, now: now)
    closures = Closures(cases: cases, plans: plans, visits: visits, now: now)
  }

  /// With a case that Amel received at Tunis and closed today.
  static func closed(
    _ engine: Database.Engine,
    _ body: (ClosureRoom, RecordID<CaseFile>, RecordID<Closure>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = ClosureRoom(database)
      let id = try await room.receive()
      try await body(room, id, room.close(id))
    }
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let pages = ClosureReportPages(closures, accounts: accounts, papers: papers)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
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

  func close(_ id: RecordID<CaseFile>) async throws -> RecordID<Closure> {
    let closure = Closure(
      id: RecordID(), outcome: .standing, reason: "المخبزة تعمل", closedOn: today, reopenedOn: nil,
      reopenReason: nil)
    try await cases.close(id, closure, by: Staff.amel)
    return closure.id
  }

  func contact(_ heard: String = "The oven is hot", on day: Day? = nil) -> LaterContact {
    LaterContact(
      id: RecordID(), on: day ?? today, way: .phone, activity: .goingOn, heard: heard, by: Staff.amel.id)
  }

  func report(_ id: RecordID<CaseFile>) async throws -> KeptReport? {
    try await closures.open(id, for: Staff.amel).reports.values.first
  }

  /// The acts of the journal about the end of this case, the newest first.
  func acts(_ id: RecordID<CaseFile>) async throws -> [JournalEntry] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .filter { $0.act.hasPrefix("closure.") }
    }
  }
}
