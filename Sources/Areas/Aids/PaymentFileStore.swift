import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about files for the bank. Callers bring the transaction.
enum PaymentFileStore {
  /// An order that waits for a file, or stands in one; still sealed.
  struct Waiting: Sendable {
    let id: RecordID<AidOrder>
    let instalment: RecordID<AidInstalment>
    let number: Int
    let aid: RecordID<Aid>
    let file: RecordID<CaseFile>
    let endToEnd: String
    let amount: Money
    let payee: [UInt8]
    let rib: [UInt8]
    let paidOn: Day?
  }

  private static let listed: SQL =
    """
    o.id, o.instalment, i.number, o.aid, o.case_file, o.end_to_end, o.currency, o.amount, o.payee, o.rib, o.paid_on
    """

  /// Approved orders with an account that stand in no file yet, the longest approved first.
  static func waiting(in currency: Money.Currency, limit: Int, in db: Connection) throws -> [Waiting] {
    try db.rows(
      """
      SELECT \(listed) FROM aid_order o JOIN aid_instalment i ON i.id = o.instalment
      WHERE o.currency = \(currency) AND o.approved_by IS NOT NULL AND o.payment_file IS NULL
        AND o.paid_on IS NULL AND o.returned_at IS NULL AND o.has_rib = 1
        AND NOT EXISTS (SELECT 1 FROM aid_known_payment k WHERE k.end_to_end = o.end_to_end)
      ORDER BY o.approved_at, o.id LIMIT \(limit)
      """
    ) { try Waiting($0) }
  }

  /// Those that stand: what was sent back is no order any more, and its part may be ordered anew.
  static func orders(of file: RecordID<PaymentFile>, in db: Connection) throws -> [Waiting] {
    try db.rows(
      """
      SELECT \(listed) FROM aid_order o JOIN aid_instalment i ON i.id = o.instalment
      WHERE o.payment_file = \(file) AND o.returned_at IS NULL ORDER BY o.id LIMIT \(PaymentFile.most)
      """
    ) { try Waiting($0) }
  }

  static func file(_ id: RecordID<PaymentFile>, in db: Connection) throws -> (
    file: PaymentFile, digest: [UInt8]
  )? {
    let key = try InstallationKeys.key(for: .office, in: db)
    return try db.first(
      """
      SELECT id, made_at, made_by, execution_on, currency, orders, total, payer, digest
      FROM aid_payment_file WHERE id = \(id)
      """
    ) { row in (try file(row, key), try row[8]) }
  }

  /// The newest first.
  static func files(before: RecordID<PaymentFile>?, limit: Int, in db: Connection) throws -> [PaymentFile] {
    let key = try InstallationKeys.key(for: .office, in: db)
    let earlier: SQL = before.map { "WHERE id < \($0)" } ?? ""
    return try db.rows(
      """
      SELECT id, made_at, made_by, execution_on, currency, orders, total, payer, digest
      FROM aid_payment_file \(earlier) ORDER BY id DESC LIMIT \(limit)
      """
    ) { try file($0, key) }
  }

  private static func file(_ row: borrowing Row, _ key: SealingKey) throws -> PaymentFile {
    let (id, currency): (RecordID<PaymentFile>, Money.Currency) = (try row[0], try row[4])
    let payer = Fields(bytes: try key.open(row[7], as: "payment_file.payer:\(id)")) ?? Fields()
    guard let rib = payer["rib"].flatMap({ try? RIB(typed: $0) }) else {
      throw StorageFault.other("a payer without an account")
    }
    return PaymentFile(
      id: id, madeAt: try row[1], madeBy: try row[2], executionOn: try row[3], count: try row[5],
      total: Money(try row[6], currency), payer: PaymentFile.Payer(name: payer["name"] ?? "", rib: rib))
  }

  /// - Returns: whether it was written: the same form may have been first.
  static func insert(_ file: PaymentFile, digest: [UInt8], in db: Connection) throws -> Bool {
    let key = try InstallationKeys.key(for: .office, in: db)
    let payer = Fields(["name": file.payer.name, "rib": file.payer.rib.digits])
    return try db.run(
      """
      INSERT INTO aid_payment_file (id, made_at, made_by, execution_on, currency, orders, total, payer, digest)
      VALUES (\(file.id), \(file.madeAt), \(file.madeBy), \(file.executionOn), \(file.total.currency), \(file.count),
        \(file.total.minorUnits), \(try key.seal(payer.bytes, as: "payment_file.payer:\(file.id)")), \(digest))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// References of these that stand in a file of this copy.
  static func filed(_ references: [String], in db: Connection) throws -> Set<String> {
    Set(
      try db.rows(
        "SELECT end_to_end FROM aid_order WHERE end_to_end IN (\(list: references)) AND payment_file IS NOT NULL"
      ) { try $0[0] as String })
  }

  /// Notes that the bank has an order already, whether this copy knows of it or not.
  /// - Returns: whether it was not noted before.
  static func note(_ reference: String, by actor: Actor, at now: Date, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO aid_known_payment (end_to_end, noted_at, noted_by) VALUES (\(reference), \(now), \(actor.id))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: whether it stood in no file until now.
  static func put(_ order: RecordID<AidOrder>, into file: RecordID<PaymentFile>, in db: Connection) throws
    -> Bool
  {
    try db.run(
      """
      UPDATE aid_order SET payment_file = \(file)
      WHERE id = \(order) AND payment_file IS NULL AND paid_on IS NULL AND returned_at IS NULL
        AND approved_by IS NOT NULL
      """) == 1
  }
}

extension PaymentFileStore.Waiting {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    instalment = try row[1]
    number = try row[2]
    aid = try row[3]
    file = try row[4]
    endToEnd = try row[5]
    amount = Money(try row[7], try row[6])
    payee = try row[8]
    rib = try row[9] ?? []
    paidOn = try row[10]
  }
}
