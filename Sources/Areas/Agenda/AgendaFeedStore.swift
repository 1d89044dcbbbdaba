import Basics
import Foundation
import Storage

/// Every SQL statement about feeds.
enum AgendaFeedStore {
  static func feed(of account: AccountID, in db: Connection) throws -> RecordID<AgendaFeed>? {
    try db.value("SELECT id FROM agenda_feed WHERE account = \(account) AND revoked_at IS NULL")
  }

  static func exists(_ id: RecordID<AgendaFeed>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM agenda_feed WHERE id = \(id)")
  }

  /// Whose it is; nil once it was taken back.
  static func owner(of id: RecordID<AgendaFeed>, in db: Connection) throws -> AccountID? {
    try db.value("SELECT account FROM agenda_feed WHERE id = \(id) AND revoked_at IS NULL")
  }

  /// - Returns: false when the account has one.
  static func insert(_ id: RecordID<AgendaFeed>, of account: AccountID, at now: Date, in db: Connection)
    throws
    -> Bool
  {
    try db.run(
      """
      INSERT INTO agenda_feed (id, account, made_at) VALUES (\(id), \(account), \(now)) ON CONFLICT DO NOTHING
      """) == 1
  }

  static func revoke(of account: AccountID, at now: Date, in db: Connection) throws {
    try db.run("UPDATE agenda_feed SET revoked_at = \(now) WHERE account = \(account) AND revoked_at IS NULL")
  }
}
