import Basics
import Directory
import Foundation
import Storage

/// The SQL of accounts that answer for a provider. Callers bring the transaction.
enum ReferralDeskStore {
  /// What was referred to the provider for which the account answers; nothing where it answers for none.
  static func visible(to actor: Actor) -> SQL {
    "provider = (SELECT provider FROM referral_desk WHERE account = \(actor.id))"
  }

  static func provider(of account: AccountID, in db: Connection) throws -> RecordID<Provider>? {
    try db.value("SELECT provider FROM referral_desk WHERE account = \(account)")
  }

  static func accounts(of provider: RecordID<Provider>, in db: Connection) throws -> [AccountID] {
    try db.rows(
      "SELECT account FROM referral_desk WHERE provider = \(provider) ORDER BY account LIMIT \(ReferralRules.mostAccounts)"
    ) { row in try row[0] as AccountID }
  }

  /// - Returns: false where the account answers for somebody already.
  static func insert(
    _ account: AccountID, _ provider: RecordID<Provider>, by actor: Actor, at now: Date, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO referral_desk (account, provider, named_at, named_by)
      VALUES (\(account), \(provider), \(now), \(actor.id)) ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: false where it did not answer for this one.
  static func remove(_ account: AccountID, _ provider: RecordID<Provider>, in db: Connection) throws -> Bool {
    try db.run("DELETE FROM referral_desk WHERE account = \(account) AND provider = \(provider)") == 1
  }
}
