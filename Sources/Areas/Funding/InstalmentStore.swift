import Basics
import Storage

/// Every SQL statement about what funders promise by day, and what arrived. Callers bring the transaction.
enum InstalmentStore {
  /// Of one agreement.
  static let listSize = 200

  static func insert(_ instalment: FunderInstalment, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO funder_instalment (id, agreement, due, amount)
      VALUES (\(instalment.id), \(instalment.agreement), \(instalment.due), \(instalment.amount.minorUnits))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  static func find(_ id: RecordID<FunderInstalment>, in db: Connection) throws -> FunderInstalment? {
    try instalments("i.id = \(id)", in: db).first
  }

  static func remove(_ id: RecordID<FunderInstalment>, in db: Connection) throws {
    try db.run("DELETE FROM funder_instalment WHERE id = \(id)")
  }

  static func promised(of agreement: RecordID<Agreement>, in db: Connection) throws -> Int64 {
    try db.value(
      """
      SELECT COALESCE(CAST(SUM(amount) AS BIGINT), 0) FROM funder_instalment WHERE agreement = \(agreement)
      """) ?? 0
  }

  static func instalments(of agreement: RecordID<Agreement>, in db: Connection) throws -> [FunderInstalment] {
    try instalments("i.agreement = \(agreement)", in: db)
  }

  private static func instalments(_ condition: SQL, in db: Connection) throws -> [FunderInstalment] {
    try db.rows(
      """
      SELECT i.id, i.agreement, i.due, i.amount, g.currency
      FROM funder_instalment i JOIN agreement g ON g.id = i.agreement
      WHERE \(condition) ORDER BY i.due, i.id LIMIT \(listSize)
      """
    ) { row in
      FunderInstalment(
        id: try row[0], agreement: try row[1], due: try row[2], amount: Money(try row[3], try row[4]))
    }
  }

  static func insert(_ receipt: FunderReceipt, movement: RecordID<Movement>, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO funder_receipt (id, agreement, movement, on_day, amount, note)
      VALUES (\(receipt.id), \(receipt.agreement), \(movement), \(receipt.on), \(receipt.amount.minorUnits),
        \(receipt.note))
      """)
  }

  static func receipt(_ id: RecordID<FunderReceipt>, in db: Connection) throws -> FunderReceipt? {
    try receipts("r.id = \(id)", in: db).first?.receipt
  }

  /// The latest first, with the movement that booked each and whether it was taken back.
  static func receipts(of agreement: RecordID<Agreement>, in db: Connection) throws -> [(
    receipt: FunderReceipt, movement: RecordID<Movement>, isReversed: Bool
  )] {
    try receipts("r.agreement = \(agreement)", in: db)
  }

  private static func receipts(_ condition: SQL, in db: Connection) throws -> [(
    receipt: FunderReceipt, movement: RecordID<Movement>, isReversed: Bool
  )] {
    try db.rows(
      """
      SELECT r.id, r.agreement, r.on_day, r.amount, g.currency, r.note, r.movement, m.id
      FROM funder_receipt r JOIN agreement g ON g.id = r.agreement
        LEFT JOIN fund_movement m ON m.reverses = r.movement
      WHERE \(condition) ORDER BY r.on_day DESC, r.id DESC LIMIT \(listSize)
      """
    ) { row in
      let reversal: RecordID<Movement>? = try row[7]
      let receipt = FunderReceipt(
        id: try row[0], agreement: try row[1], on: try row[2], amount: Money(try row[3], try row[4]),
        note: try row[5])
      return (receipt, try row[6], reversal != nil)
    }
  }
}
