import Basics
import Storage

/// Every SQL statement about the daily word. Callers bring the transaction.
enum TaskDigestStore {
  static func find(_ account: AccountID, in db: Connection) throws -> (
    address: [UInt8], language: Language, last: Day
  )? {
    try db.first("SELECT address, language, last_day FROM task_digest WHERE account = \(account)") { row in
      (try row[0], try row[1], try row[2])
    }
  }

  static func set(
    _ account: AccountID, address: [UInt8], _ language: Language, last: Day, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO task_digest (account, address, language, last_day)
      VALUES (\(account), \(address), \(language), \(last))
      ON CONFLICT (account) DO UPDATE SET address = excluded.address, language = excluded.language
      """)
  }

  static func remove(_ account: AccountID, in db: Connection) throws {
    try db.run("DELETE FROM task_digest WHERE account = \(account)")
  }

  static func due(before day: Day, limit: Int, in db: Connection) throws -> [AccountID] {
    try db.rows(
      "SELECT account FROM task_digest WHERE last_day < \(day) ORDER BY last_day, account LIMIT \(limit)"
    ) { row in try row[0] as AccountID }
  }

  /// - Returns: false when another program was first.
  static func done(_ account: AccountID, on day: Day, in db: Connection) throws -> Bool {
    try db.run("UPDATE task_digest SET last_day = \(day) WHERE account = \(account) AND last_day < \(day)")
      == 1
  }
}
