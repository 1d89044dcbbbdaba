import Accounts
import Antennas
import Basics
import Cases
import Duplicates
import Foundation
import NIOConcurrencyHelpers
import People
import Storage
import TestSupport
import Web

@testable import Receptions

/// The area on an empty database, with a clock that the test moves.
struct ReceptionRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let receptions: Receptions

  /// Receives persons and may not say what they need.
  static let zied = Actor(
    id: AccountID(), name: "Zied", institution: "OTE", antenna: "TUN", scope: .antenna,
    duties: Staff.amel.duties.subtracting([.recordNeeds]))

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Duplicates.migrations
    + Receptions.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    receptions = Receptions(cases: cases, now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (ReceptionRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { try await body(ReceptionRoom($0)) }
  }

  /// The pages of the area, with the question of the area of duplicates.
  func serve(usualMonths: Int? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let duplicates = Duplicates(cases: cases, antennas: antennas, now: { [clock] in clock.now })
    let question = DuplicatePages(duplicates, accounts: accounts).question
    let pages = ReceptionPages(
      receptions, antennas: antennas, accounts: accounts, usualMonths: usualMonths, question: question)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
    try await TestSite.serve([casePages, pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  static let who = Fields([
    "family-latin": "Ben Othman", "phones": "+21620123456", "channel": "walk-in",
  ])

  /// A reception with its first step.
  func begin(_ fields: Fields = who, by actor: Actor = Staff.amel) async throws -> RecordID<ReceptionDraft> {
    let id = RecordID<ReceptionDraft>()
    try await receptions.begin(id, with: fields, by: actor)
    return id
  }

  func draft(_ id: RecordID<ReceptionDraft>, for actor: Actor = Staff.amel) async throws -> ReceptionDraft {
    try await receptions.open(id, for: actor)
  }

  func count(_ table: String) async throws -> Int {
    try await database.read { db in
      try db.value(SQL(stringLiteral: "SELECT COUNT(*) FROM \(table)")) ?? 0
    }
  }

  /// The acts of the journal, as they came.
  func acts() async throws -> [String] {
    try await database.read { db in
      try db.rows("SELECT act FROM journal_entry ORDER BY at, id") { try $0[0] as String }
    }
  }

  /// Key and words as they are stored.
  func stored(_ id: RecordID<ReceptionDraft>) async throws -> (key: [UInt8]?, told: [UInt8]?) {
    let found = try await database.read { db in
      try db.rows("SELECT sealing_key, told FROM reception_draft WHERE id = \(id)") {
        [try $0[0] as [UInt8]?, try $0[1] as [UInt8]?]
      }
    }
    return (found.first?.first ?? nil, found.first?.last ?? nil)
  }
}

/// Counts the transactions that write.
struct CountedStore: Store {
  let database: Database
  let writes = NIOLockedValueBox(0)

  var count: Int { writes.withLockedValue { $0 } }

  var counted: Database { Database(engine: database.engine, vault: database.vault, store: self) }

  func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
    try await database.read(body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
  {
    writes.withLockedValue { $0 += 1 }
    return try await database.write(body)
  }

  func backUp(to folder: CopyFolder) async throws -> String { throw StorageFault.other("only counted") }

  func close() async throws {}
}
