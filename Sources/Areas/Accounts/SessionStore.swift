import Basics
import Foundation
import Storage

/// Every SQL statement about sessions and failed sign-ins.
enum SessionStore {
  struct Stored: Sendable {
    let account: Account
    let startedAt: Date
    let seenAt: Date
    let isHalf: Bool

    func isAlive(at now: Date) -> Bool {
      let limit = isHalf ? SignInRules.half : SignInRules.absolute
      return account.disabledAt == nil && now.timeIntervalSince(startedAt) < limit
        && now.timeIntervalSince(seenAt) < SignInRules.idle
    }
  }

  static func find(_ hash: [UInt8], in db: Connection) throws -> Stored? {
    try db.first(
      """
      SELECT \(AccountStore.columns), s.started_at, s.seen_at, s.is_half
      FROM session s JOIN account a ON a.id = s.account WHERE s.token_hash = \(hash)
      """
    ) { row in
      Stored(account: try Account(row), startedAt: try row[13], seenAt: try row[14], isHalf: try row[15])
    }
  }

  static func insert(_ hash: [UInt8], of account: AccountID, isHalf: Bool, at now: Date, in db: Connection)
    throws
  {
    try db.run(
      """
      INSERT INTO session (token_hash, account, started_at, seen_at, is_half)
      VALUES (\(hash), \(account), \(now), \(now), \(isHalf))
      """)
    try db.run(
      "DELETE FROM session WHERE account = \(account) AND started_at < \(now.addingTimeInterval(-SignInRules.absolute))"
    )
  }

  static func touch(_ hash: [UInt8], at now: Date, in db: Connection) throws {
    try db.run("UPDATE session SET seen_at = \(now) WHERE token_hash = \(hash)")
  }

  static func delete(_ hash: [UInt8], in db: Connection) throws {
    try db.run("DELETE FROM session WHERE token_hash = \(hash)")
  }

  static func deleteAll(of account: AccountID, in db: Connection) throws {
    try db.run("DELETE FROM session WHERE account = \(account)")
  }

  static func count(of account: AccountID, in db: Connection) throws -> Int {
    try db.value("SELECT count(*) FROM session WHERE account = \(account) AND is_half = 0") ?? 0
  }

  /// The wrong tries so far, none or more; whoever else tries waits here until the transaction ends.
  static func heldFailures(of subject: String, in db: Connection) throws -> SignInRules.Failures? {
    try db.run(
      """
      INSERT INTO sign_in_failure (subject, count, last_at) VALUES (\(subject), 0, 0)
      ON CONFLICT (subject) DO UPDATE SET count = sign_in_failure.count
      """)
    return try failures(of: subject, in: db)
  }

  static func failures(of subject: String, in db: Connection) throws -> SignInRules.Failures? {
    try db.first("SELECT count, last_at FROM sign_in_failure WHERE subject = \(subject)") { row in
      SignInRules.Failures(count: try row[0], lastAt: try row[1])
    }
  }

  static func setFailures(of subject: String, _ failures: SignInRules.Failures, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO sign_in_failure (subject, count, last_at) VALUES (\(subject), \(failures.count), \(failures.lastAt))
      ON CONFLICT (subject) DO UPDATE SET count = excluded.count, last_at = excluded.last_at
      """)
  }

  static func clearFailures(of subject: String, in db: Connection) throws {
    try db.run("DELETE FROM sign_in_failure WHERE subject = \(subject)")
  }
}
