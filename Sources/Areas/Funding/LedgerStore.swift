import Basics
import Foundation
import Storage

/// A movement that is to be booked.
struct NewMovement: Sendable {
  let id = RecordID<Movement>()
  let kind: Movement.Kind
  /// Names the act among all that are ever booked: the same key a second time is the same movement.
  let key: String
  let agreement: RecordID<Agreement>
  var line: RecordID<BudgetLine>?
  var reservation: RecordID<Reservation>?
  let on: Day
  var reverses: RecordID<Movement>?
  var because: String?
  var remainder: Int64 = 0
}

/// That an account would fall below its floor.
struct Shortage: Error {
  let account: LedgerAccount
  let balance: Money
}

/// Every SQL statement about the ledger. Movements and entries are only ever added.
enum LedgerStore {
  static let pageSize = 50

  static func open(_ account: LedgerAccount, _ currency: Money.Currency, floor: Int64?, in db: Connection)
    throws
  {
    try db.run(
      """
      INSERT INTO fund_account (owner, kind, currency, balance, floor)
      VALUES (\(account.owner), \(account.kind), \(currency), 0, \(floor)) ON CONFLICT DO NOTHING
      """)
  }

  /// - Returns: false when the account is below it.
  static func setFloor(_ account: LedgerAccount, _ floor: Int64?, in db: Connection) throws -> Bool {
    try db.run(
      """
      UPDATE fund_account SET floor = \(floor) WHERE owner = \(account.owner) AND kind = \(account.kind)
        AND (CAST(\(floor) AS BIGINT) IS NULL OR balance >= CAST(\(floor) AS BIGINT))
      """) == 1
  }

  /// - Returns: false when this act was booked before.
  static func insert(_ new: NewMovement, because: [UInt8]?, by actor: Actor, at now: Date, in db: Connection)
    throws -> Bool
  {
    try db.run(
      """
      INSERT INTO fund_movement
        (id, act_key, kind, agreement, line, reservation, on_day, at, by_account, reverses, because, remainder)
      VALUES (\(new.id), \(new.key), \(new.kind), \(new.agreement), \(new.line), \(new.reservation),
        \(new.on), \(now), \(actor.id), \(new.reverses), \(because), \(new.remainder))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// Books one entry: the account's running total and the entry in one. Whoever comes second waits at the account until
  /// the first is done, and then finds what he left.
  /// - Throws: `Shortage` when the account would fall below its floor.
  static func post(
    _ amount: Int64, to account: LedgerAccount, of movement: RecordID<Movement>, in db: Connection
  ) throws {
    let after: Int64? = try db.value(
      """
      UPDATE fund_account SET balance = balance + \(amount)
      WHERE owner = \(account.owner) AND kind = \(account.kind)
        AND (floor IS NULL OR balance + \(amount) >= floor) RETURNING balance
      """)
    guard let after else {
      guard let balance = try balance(of: account, in: db) else {
        throw StorageFault.other("no account \(account.kind) of \(account.owner)")
      }
      throw Shortage(account: account, balance: balance)
    }
    try db.run(
      """
      INSERT INTO fund_entry (movement, owner, kind, amount, balance)
      VALUES (\(movement), \(account.owner), \(account.kind), \(amount), \(after))
      """)
  }

  static func balance(of account: LedgerAccount, in db: Connection) throws -> Money? {
    try db.first(
      "SELECT balance, currency FROM fund_account WHERE owner = \(account.owner) AND kind = \(account.kind)"
    ) { row in Money(try row[0], try row[1]) }
  }

  /// The running totals of some agreements and lines.
  static func balances(of owners: [String], in db: Connection) throws -> [LedgerAccount: Money] {
    let rows = try db.rows(
      "SELECT owner, kind, balance, currency FROM fund_account WHERE owner IN (\(list: owners))"
    ) { row in (LedgerAccount(owner: try row[0], kind: try row[1]), Money(try row[2], try row[3])) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  static func find(key: String, in db: Connection) throws -> Movement? {
    try read("m.act_key = \(key)", limit: 1, in: db).first
  }

  static func find(_ id: RecordID<Movement>, in db: Connection) throws -> Movement? {
    try read("m.id = \(id)", limit: 1, in: db).first
  }

  /// Newest first.
  static func movements(of line: RecordID<BudgetLine>, before: RecordID<Movement>?, in db: Connection) throws
    -> (movements: [Movement], next: RecordID<Movement>?)
  {
    let cursor: SQL = before.map { "m.id < \($0)" } ?? "1 = 1"
    return page(try read("m.line = \(line) AND \(cursor)", limit: pageSize + 1, in: db))
  }

  static func movements(of agreement: RecordID<Agreement>, before: RecordID<Movement>?, in db: Connection)
    throws -> (movements: [Movement], next: RecordID<Movement>?)
  {
    let cursor: SQL = before.map { "m.id < \($0)" } ?? "1 = 1"
    return page(
      try read("m.agreement = \(agreement) AND \(cursor)", limit: pageSize + 1, in: db))
  }

  private static func page(_ found: [Movement]) -> (movements: [Movement], next: RecordID<Movement>?) {
    let shown = Array(found.prefix(pageSize))
    return (shown, found.count > shown.count ? shown.last?.id : nil)
  }

  private static func read(_ condition: SQL, limit: Int, in db: Connection) throws -> [Movement] {
    let key = try InstallationKeys.key(for: .office, in: db)
    let found = try db.rows(selection(condition, limit: limit)) { row in try Movement(row, key: key) }
    let entries = try entries(of: found.map(\.id), in: db)
    return found.map { $0.with(entries[$0.id, default: []]) }
  }

  /// For the test of its plan too.
  static func selection(_ condition: SQL, limit: Int) -> SQL {
    """
    SELECT m.id, m.kind, m.agreement, m.line, m.reservation, m.on_day, m.at, m.by_account, m.reverses,
      m.because, m.remainder, r.id
    FROM fund_movement m LEFT JOIN fund_movement r ON r.reverses = m.id
    WHERE \(condition) ORDER BY m.id DESC LIMIT \(limit)
    """
  }

  private static func entries(of movements: [RecordID<Movement>], in db: Connection) throws -> [RecordID<
    Movement
  >: [Movement.Entry]] {
    var found: [RecordID<Movement>: [Movement.Entry]] = [:]
    _ = try db.rows(
      """
      SELECT e.movement, e.owner, e.kind, e.amount, e.balance, a.currency
      FROM fund_entry e JOIN fund_account a ON a.owner = e.owner AND a.kind = e.kind
      WHERE e.movement IN (\(list: movements)) ORDER BY e.movement, e.owner, e.kind
      """
    ) { row in
      let currency: Money.Currency = try row[5]
      let entry = Movement.Entry(
        account: LedgerAccount(owner: try row[1], kind: try row[2]), amount: Money(try row[3], currency),
        balance: Money(try row[4], currency))
      found[try row[0], default: []].append(entry)
    }
    return found
  }
}

extension Movement {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    let id: RecordID<Movement> = try row[0]
    let because: [UInt8]? = try row[9]
    let reversal: RecordID<Movement>? = try row[11]
    self.init(
      id: id, kind: try row[1], agreement: try row[2], line: try row[3], reservation: try row[4],
      on: try row[5], at: try row[6], by: try row[7], reverses: try row[8], isReversed: reversal != nil,
      because: try because.map { try key.openText($0, as: Movement.place(of: id)) }, remainder: try row[10],
      entries: [])
  }

  /// Where its reason is sealed.
  static func place(of id: RecordID<Movement>) -> String { "fund_movement.because:\(id)" }

  fileprivate func with(_ entries: [Entry]) -> Movement {
    Movement(
      id: id, kind: kind, agreement: agreement, line: line, reservation: reservation, on: on, at: at, by: by,
      reverses: reverses, isReversed: isReversed, because: because, remainder: remainder, entries: entries)
  }
}
