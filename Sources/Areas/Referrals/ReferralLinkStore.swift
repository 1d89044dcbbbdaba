import Basics
import Cases
import Foundation
import Storage

/// The SQL of links by which a service answers.
enum ReferralLinkStore {
  static func insert(_ id: RecordID<ReferralLink>, of referral: Referral, at now: Date, in db: Connection)
    throws
  {
    let until = now.addingTimeInterval(Double(ReferralLink.days) * 86_400)
    try db.run(
      """
      INSERT INTO referral_link (id, referral, case_file, made_at, until_at, revoked)
      VALUES (\(id), \(referral.id), \(referral.file), \(now), \(until), 0)
      """)
  }

  static func find(_ id: RecordID<ReferralLink>, in db: Connection) throws -> ReferralLink? {
    try db.first(
      "SELECT id, referral, case_file, until_at, device, revoked FROM referral_link WHERE id = \(id)"
    ) { row in try ReferralLink(row) }
  }

  /// The newest link of a referral.
  static func newest(of referral: RecordID<Referral>, in db: Connection) throws -> ReferralLink? {
    try db.first(
      """
      SELECT id, referral, case_file, until_at, device, revoked FROM referral_link WHERE referral = \(referral)
      ORDER BY id DESC LIMIT 1
      """
    ) { row in try ReferralLink(row) }
  }

  static func count(of referral: RecordID<Referral>, since moment: Date, in db: Connection) throws -> Int {
    try db.value("SELECT COUNT(*) FROM referral_link WHERE referral = \(referral) AND made_at > \(moment)")
      ?? 0
  }

  static func revokeAll(of referral: RecordID<Referral>, in db: Connection) throws {
    try db.run("UPDATE referral_link SET revoked = 1 WHERE referral = \(referral) AND revoked = 0")
  }

  /// The first browser that opens a link is the only one.
  static func bind(_ id: RecordID<ReferralLink>, to device: Int64, in db: Connection) throws {
    try db.run("UPDATE referral_link SET device = \(device) WHERE id = \(id) AND device IS NULL")
  }
}

extension ReferralLink {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0], referral: try row[1], file: try row[2], until: try row[3], device: try row[4],
      isRevoked: try row[5])
  }
}
