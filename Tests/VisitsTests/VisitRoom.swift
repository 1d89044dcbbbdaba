import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Visits

/// The area on an empty database, with a case received and a clock that the test moves.
struct VisitRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let cases: Cases
  let visits: Visits

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Visits.migrations

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    visits = Visits(database: database, cases: cases, now: now)
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
    let pages = VisitPages(visits, cases: cases)
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
