import Basics
import Storage

/// Recounts the whole ledger: for tests and for whoever audits, not for pages.
enum TrialBalanceStore {
  static func check(in db: Connection) throws -> TrialBalance {
    let unbalanced = try db.rows(
      """
      SELECT DISTINCT e.movement FROM fund_entry e
        JOIN fund_account a ON a.owner = e.owner AND a.kind = e.kind
      GROUP BY e.movement, a.currency HAVING CAST(SUM(e.amount) AS BIGINT) <> 0 ORDER BY e.movement LIMIT 100
      """
    ) { row in try row[0] as String }
    let wrong = try db.rows(
      """
      SELECT a.owner, a.kind FROM fund_account a LEFT JOIN (
        SELECT owner, kind, CAST(SUM(amount) AS BIGINT) AS total FROM fund_entry GROUP BY owner, kind
      ) s ON s.owner = a.owner AND s.kind = a.kind
      WHERE a.balance <> COALESCE(s.total, 0) ORDER BY a.owner, a.kind LIMIT 100
      """
    ) { row in "\(try row[0] as String) \(try row[1] as String)" }
    let negative = try db.rows(
      "SELECT owner, kind FROM fund_account WHERE balance < floor ORDER BY owner, kind LIMIT 100"
    ) { row in "\(try row[0] as String) \(try row[1] as String)" }
    let totals = try db.rows(
      "SELECT currency, CAST(SUM(balance) AS BIGINT) FROM fund_account GROUP BY currency"
    ) { row in (try row[0] as Money.Currency, try row[1] as Int64) }
    return TrialBalance(
      unbalanced: unbalanced, wrongTotals: wrong, negative: negative,
      totals: Dictionary(uniqueKeysWithValues: totals))
  }
}
