import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Home

/// The area on an empty database, with a clock that the test moves.
struct HomeRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let cases: Cases

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (HomeRoom) async throws -> Void) async throws {
    let migrations = Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations
    try await TestDatabase.with(engine, migrations: migrations) { try await body(HomeRoom($0)) }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [])
    let home = HomePages(cases: cases, accounts: accounts, antennas: antennas)
    try await TestSite.serve([home, casePages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  @discardableResult
  func receive(_ name: String, by actor: Actor = Staff.amel) async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (name, "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: actor.antenna ?? "TUN",
        contact: actor.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: actor)
  }

  func tell(_ id: RecordID<CaseFile>, _ change: @escaping @Sendable (inout Milestones) -> Void) async throws {
    try await database.write { db in
      try cases.record(cases.require(id, for: Staff.fathi, in: db).file, in: db, change)
    }
  }
}
