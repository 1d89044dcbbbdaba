import Basics
import Foundation
import Storage

/// Every SQL statement of the lists. What the reader may not see is not found.
enum OverviewStore {
  static let pageSize = 50

  /// An antenna sees the lines that may pay for it.
  enum Sight: Equatable, Sendable {
    case nation
    case antenna(AntennaCode)
    case nothing
  }

  static func agreements(
    _ list: AgreementList, after cursor: AgreementCursor?, on today: Day, seenBy sight: Sight,
    in db: Connection
  ) throws -> (agreements: [Agreement], next: AgreementCursor?) {
    let after: SQL =
      cursor.map { "until_day > \($0.until) OR (until_day = \($0.until) AND id > \($0.id))" } ?? "1 = 1"
    let when: SQL = list == .running ? "pay_until >= \(today)" : "pay_until < \(today)"
    let found = try AgreementStore.agreements(
      .all([when, after, isSeen(by: sight)]), limit: pageSize + 1, in: db)
    let shown = Array(found.prefix(pageSize))
    let last = found.count > shown.count ? shown.last : nil
    return (shown, last.map { AgreementCursor(until: $0.until, id: $0.id) })
  }

  static func require(_ id: RecordID<Agreement>, seenBy sight: Sight, in db: Connection) throws -> Agreement {
    let found = try AgreementStore.agreements(.all(["id = \(id)", isSeen(by: sight)]), limit: 1, in: db)
    guard let agreement = found.first else { throw Refusal.notFound }
    return agreement
  }

  /// Agreements of which money may still be promised, and which end first, first.
  static func running(on today: Day, seenBy sight: Sight, limit: Int, in db: Connection) throws -> [Agreement]
  {
    try AgreementStore.agreements(
      .all(["until_day >= \(today)", isSeen(by: sight)]), limit: limit, in: db)
  }

  /// Agreements with money that is neither paid nor free.
  static func risky(seenBy sight: Sight, limit: Int, in db: Connection) throws -> [Agreement] {
    try AgreementStore.agreements(
      .all([
        """
        EXISTS (SELECT 1 FROM budget_line l JOIN fund_account a ON a.owner = l.id
          WHERE l.agreement = agreement.id AND a.kind IN ('reserved', 'committed') AND a.balance > 0)
        """, isSeen(by: sight),
      ]), limit: limit, in: db)
  }

  private static func isSeen(by sight: Sight) -> SQL {
    switch sight {
    case .nation: "1 = 1"
    case .nothing: "1 = 0"
    case .antenna(let antenna):
      """
      \(pays(for: antenna, "agreement.id")) AND (EXISTS (
        SELECT 1 FROM budget_line l WHERE l.agreement = agreement.id AND \(pays(for: antenna, "l.id"))))
      """
    }
  }

  private static func pays(for antenna: AntennaCode, _ owner: SQL) -> SQL {
    """
    (NOT EXISTS (SELECT 1 FROM fund_earmark e WHERE e.owner = \(owner) AND e.what = 'antenna')
      OR EXISTS (SELECT 1 FROM fund_earmark e
        WHERE e.owner = \(owner) AND e.what = 'antenna' AND e.code = \(antenna)))
    """
  }

  /// What was newly used of each line since a moment: set aside or spent, less what came back to it.
  static func used(
    of lines: [RecordID<BudgetLine>], since: Date, in db: Connection
  ) throws -> [RecordID<BudgetLine>: Int64] {
    let rows = try db.rows(
      """
      SELECT m.line, CAST(SUM(-e.amount) AS BIGINT)
      FROM fund_movement m JOIN fund_entry e
        ON e.movement = m.id AND e.owner = m.line AND e.kind = \(LedgerAccount.Kind.free)
      WHERE m.line IN (\(list: lines)) AND m.at >= \(since) AND m.kind <> \(Movement.Kind.allocate)
      GROUP BY m.line
      """
    ) { row in (try row[0] as RecordID<BudgetLine>, try row[1] as Int64) }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  /// Reservations that may be at risk, by id; `OutlookRules.risk` says which are.
  static func risky(
    of agreements: [RecordID<Agreement>], on today: Day, after: RecordID<Reservation>?, limit: Int,
    in db: Connection
  ) throws -> [RecordID<Reservation>] {
    let cursor: SQL = after.map { "r.id > \($0)" } ?? "1 = 1"
    let near = today + OutlookRules.notice
    return try db.rows(
      """
      SELECT r.id FROM fund_reservation r JOIN budget_line l ON l.id = r.line
        JOIN agreement g ON g.id = l.agreement
      WHERE l.agreement IN (\(list: agreements)) AND \(cursor) AND (
        (r.state = 'reserved' AND g.until_day < \(near))
        OR (r.state = 'committed' AND r.paid < r.bound AND (
          g.pay_until < \(today) OR r.expected > g.pay_until
          OR (r.expected IS NULL AND g.pay_until < \(near)))))
      ORDER BY r.id LIMIT \(limit)
      """
    ) { row in try row[0] as RecordID<Reservation> }
  }
}
