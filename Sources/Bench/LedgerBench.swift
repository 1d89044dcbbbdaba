import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Funding
import People
import Storage

/// What a balance costs in a ledger of a million movements: by the running totals, and by a sum over all entries.
///
///     bench ledger FOLDER
enum LedgerBench {
  static let movements = 1_000_000
  private static let lines = 200
  private static let rounds = 200

  static func run(in folder: URL, say: (String) -> Void) async throws {
    let database = try Database.sqlite(
      folder.appendingPathComponent("ledger.db").path, vault: Vault(KeyRing([MasterKey()])), isBulk: true)
    try await database.migrate(
      InstallationKeys.migrations + Journal.migrations + Antennas.migrations + Accounts.migrations
        + People.migrations + Cases.migrations + Funding.migrations)
    try await InstallationKeys.check(database)
    let cases = Cases(database: database, people: People(database: database))
    let funding = Funding(
      cases: cases, accounts: Accounts(database: database), antennas: Antennas(database: database))
    let ids = try await enter(funding)
    try await fill(database, ids)
    let booked: Int = try await database.read { db in
      try db.value("SELECT COUNT(*) FROM fund_movement") ?? 0
    }
    say("movements \(booked)")
    say(
      "balance_ms \(try await mean { index in _ = try await database.read { db in try funding.totals(of: ids[index % ids.count], in: db) } })"
    )
    let need = MoneyNeed(
      amount: Money(1, .eur), kind: .housing, country: nil, returned: nil,
      antenna: AntennaCode(rawValue: "TUN"),
      day: Day(of: Date()))
    say(
      "serving_ms \(try await mean { _ in _ = try await database.read { db in try funding.fitting(need, in: db) } })"
    )
    let start = ContinuousClock.now
    let sum: Int64? = try await database.read { db in
      try db.value("SELECT SUM(amount) FROM fund_entry WHERE owner = \(ids[0]) AND kind = 'free'")
    }
    say("sum_ms \((ContinuousClock.now - start) / .milliseconds(1))")
    let totals = try await database.read { db in try funding.totals(of: ids[0], in: db) }
    guard sum == totals?.free.minorUnits else { throw Fault.sumsDiffer }
    try await database.close()
  }

  private enum Fault: Error { case sumsDiffer }

  /// Ten agreements of twenty lines each.
  private static func enter(_ funding: Funding) async throws -> [RecordID<BudgetLine>] {
    let funder = Funder(name: "Bench")
    try await funding.add(funder, by: .program)
    let today = Day(of: Date())
    var ids: [RecordID<BudgetLine>] = []
    for number in 0..<10 {
      let agreement = Agreement(
        funder: funder.id, title: "\(number)", amount: Money(1_000_000_000_00, .eur), from: today + -100,
        until: today + 100)
      try await funding.add(agreement, by: .program)
      for _ in 0..<(lines / 10) {
        let line = BudgetLine(agreement: agreement.id, name: "Line", amount: Money(10_000_000_00, .eur))
        try await funding.add(line, by: .program)
        ids.append(line.id)
      }
    }
    return ids
  }

  /// The same rows that the door writes for as many costs of a cent, and their totals.
  private static func fill(_ database: Database, _ lines: [RecordID<BudgetLine>]) async throws {
    let each = movements / lines.count
    for (number, line) in lines.enumerated() {
      let first = number * each
      try await database.write { db in
        try db.run(
          """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(each))
          INSERT INTO fund_movement (id, act_key, kind, agreement, line, on_day, at, by_account, remainder)
          SELECT printf('%026d', \(first) + i), 'bench:' || (\(first) + i), 'expense', l.agreement, l.id,
            '2026-01-01', 0, 'bench', 0 FROM n, budget_line l WHERE l.id = \(line)
          """)
        for (kind, sign) in [("free", -1), ("paid", 1)] {
          try db.run(
            """
            INSERT INTO fund_entry (movement, owner, kind, amount, balance)
            SELECT m.id, m.line, \(kind), \(sign), 0 FROM fund_movement m
            WHERE m.line = \(line) AND m.kind = 'expense'
            """)
          try db.run(
            """
            UPDATE fund_account SET balance = balance + \(sign * each)
            WHERE owner = \(line) AND kind = \(kind)
            """)
        }
      }
    }
  }

  private static func mean(_ body: (Int) async throws -> Void) async throws -> Double {
    let start = ContinuousClock.now
    for index in 0..<rounds { try await body(index) }
    return (ContinuousClock.now - start) / .milliseconds(1) / Double(rounds)
  }
}
