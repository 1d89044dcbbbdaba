import Basics
import Cases
import Documents
import Foundation
import Storage

/// Every SQL statement about the parts of an aid, their orders and their proofs. Callers bring the transaction.
enum AidInstalmentStore {
  /// The parts of an aid with their orders and proofs: at most `AidInstalment.mostParts` that stand, and what was
  /// withdrawn.
  static func parts(of aid: RecordID<Aid>, key: SealingKey?, in db: Connection) throws -> [AidInstalment] {
    let orders = Dictionary(try orders(of: aid, key: key, in: db).map { ($0.instalment, $0) }) { $1 }
    let proofs = Dictionary(grouping: try proofs(of: aid, key: key, in: db), by: \.instalment)
    return try db.rows(
      """
      SELECT id, aid, number, way, currency, amount, due_on, needs_invoice, needs_visit, needs_proof, words, step,
        due, invoice, visited_on, handed_over_on, handover_scan, proven
      FROM aid_instalment WHERE aid = \(aid) ORDER BY number LIMIT 200
      """
    ) { row in
      let (id, currency): (RecordID<AidInstalment>, Money.Currency) = (try row[0], try row[4])
      var conditions: Set<AidInstalment.Condition> = []
      if try row[7] { conditions.insert(.invoice) }
      if try row[8] { conditions.insert(.visit) }
      if try row[9] { conditions.insert(.proof) }
      let (handed, scan): (Day?, RecordID<Document>?) = (try row[15], try row[16])
      let handover = handed.flatMap { day in scan.map { AidInstalment.Handover(on: day, scan: $0) } }
      return AidInstalment(
        id: id, aid: try row[1], number: try row[2], way: try row[3], amount: Money(try row[5], currency),
        dueOn: try row[6], conditions: conditions,
        words: try AidStore.opened(row[10], "words", id, key, of: "aid_instalment"), step: try row[11],
        due: try row[12], invoice: try row[13], visitedOn: try row[14], handover: handover,
        proven: Money(try row[17], currency), order: orders[id], proofs: proofs[id] ?? [])
    }
  }

  /// Of each of these aids the first part that stands and is not paid.
  static func next(of aids: [RecordID<Aid>], in db: Connection) throws -> [RecordID<Aid>: AidOnCase.Part] {
    guard !aids.isEmpty else { return [:] }
    let unpaid: [AidInstalment.Step] = [.planned, .prepared, .approved]
    let parts = try db.rows(
      """
      SELECT aid, amount, currency, due_on, step, due FROM aid_instalment
      WHERE aid IN (\(list: aids)) AND step IN (\(list: unpaid)) ORDER BY aid, number
      LIMIT \(aids.count * AidInstalment.mostParts)
      """
    ) { row in
      (
        try row[0] as RecordID<Aid>,
        AidOnCase.Part(
          amount: Money(try row[1], try row[2]), dueOn: try row[3], step: try row[4], due: try row[5])
      )
    }
    return Dictionary(parts) { first, _ in first }
  }

  private static let ordered: SQL =
    """
    id, instalment, end_to_end, currency, amount, payee, rib, prepared_at, prepared_by, approved_by, payment_file,
    paid_on, reference, paid_by
    """

  /// Those that stand: what was sent back is no order any more.
  private static func orders(of aid: RecordID<Aid>, key: SealingKey?, in db: Connection) throws -> [AidOrder]
  {
    try db.rows(
      "SELECT \(ordered) FROM aid_order WHERE aid = \(aid) AND returned_at IS NULL ORDER BY id LIMIT 200"
    ) { try order($0, key) }
  }

  static func order(_ row: borrowing Row, _ key: SealingKey?) throws -> AidOrder {
    let (id, currency): (RecordID<AidOrder>, Money.Currency) = (try row[0], try row[3])
    let rib = try AidStore.opened(row[6], "rib", id, key, of: "aid_order")
    let (paidOn, paidBy): (Day?, AccountID?) = (try row[11], try row[13])
    let reference = try AidStore.opened(row[12], "reference", id, key, of: "aid_order")
    return AidOrder(
      id: id, instalment: try row[1], endToEnd: try row[2], amount: Money(try row[4], currency),
      payee: try AidStore.opened(row[5], "payee", id, key, of: "aid_order"),
      rib: rib.flatMap { try? RIB(typed: $0) }, preparedAt: try row[7], preparedBy: try row[8],
      approvedBy: try row[9], file: try row[10],
      payment: paidOn.flatMap { day in
        paidBy.map { AidOrder.Payment(on: day, reference: reference, by: $0) }
      })
  }

  private static func proofs(of aid: RecordID<Aid>, key: SealingKey?, in db: Connection) throws -> [AidProof]
  {
    try db.rows(
      """
      SELECT id, instalment, way, currency, amount, proven_on, words, document, brought_by, outcome, checked_by,
        reason
      FROM aid_proof WHERE aid = \(aid) ORDER BY id LIMIT 500
      """
    ) { row in
      let (id, currency): (RecordID<AidProof>, Money.Currency) = (try row[0], try row[3])
      return AidProof(
        id: id, instalment: try row[1], way: try row[2], amount: Money(try row[4], currency), on: try row[5],
        words: try AidStore.opened(row[6], "words", id, key, of: "aid_proof"), document: try row[7],
        broughtBy: try row[8], check: try row[9], checkedBy: try row[10],
        reason: try AidStore.opened(row[11], "reason", id, key, of: "aid_proof"))
    }
  }

  /// The aid of a part, of an order, of a proof.
  static func aid(of part: RecordID<AidInstalment>, in db: Connection) throws -> RecordID<Aid>? {
    try db.value("SELECT aid FROM aid_instalment WHERE id = \(part)")
  }

  static func aid(of order: RecordID<AidOrder>, in db: Connection) throws -> RecordID<Aid>? {
    try db.value("SELECT aid FROM aid_order WHERE id = \(order)")
  }

  static func aid(of proof: RecordID<AidProof>, in db: Connection) throws -> RecordID<Aid>? {
    try db.value("SELECT aid FROM aid_proof WHERE id = \(proof)")
  }

  /// - Returns: whether it was written.
  static func insert(
    _ new: NewInstalment, number: Int, of aid: AidLine, contact: AccountID, key: SealingKey, by actor: Actor,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO aid_instalment (id, aid, case_file, antenna, contact, number, way, currency, amount, due_on,
        needs_invoice, needs_visit, needs_proof, words, planned_by, step, due, proven)
      VALUES (\(new.id), \(aid.id), \(aid.file), \(aid.antenna), \(contact), \(number), \(new.way),
        \(new.amount.currency), \(new.amount.minorUnits), \(new.dueOn), \(new.conditions.contains(.invoice)),
        \(new.conditions.contains(.visit)), \(new.conditions.contains(.proof)),
        \(try key.seal(new.words, as: "aid_instalment.words:\(new.id)")), \(actor.id), 'planned', NULL, 0)
      ON CONFLICT DO NOTHING
      """) == 1
  }

  static func remove(_ part: RecordID<AidInstalment>, in db: Connection) throws {
    try db.run("UPDATE aid_instalment SET step = 'withdrawn', due = NULL WHERE id = \(part)")
  }

  static func set(_ step: AidInstalment.Step, due: Day?, of part: RecordID<AidInstalment>, in db: Connection)
    throws
  {
    try db.run("UPDATE aid_instalment SET step = \(step), due = \(due) WHERE id = \(part)")
  }

  static func setProven(_ amount: Int64, of part: RecordID<AidInstalment>, in db: Connection) throws {
    try db.run("UPDATE aid_instalment SET proven = \(amount) WHERE id = \(part)")
  }

  static func set(_ handover: AidInstalment.Handover, of part: RecordID<AidInstalment>, in db: Connection)
    throws
  {
    try db.run(
      """
      UPDATE aid_instalment SET handed_over_on = \(handover.on), handover_scan = \(handover.scan)
      WHERE id = \(part)
      """)
  }

  /// Orders that were made for a part, those sent back too.
  static func attempts(for part: RecordID<AidInstalment>, in db: Connection) throws -> Int {
    try db.value("SELECT COUNT(*) FROM aid_order WHERE instalment = \(part)") ?? 0
  }

  /// - Returns: whether it was written: the part may have an order already.
  static func insert(
    _ new: NewOrder, endToEnd: String, for part: AidInstalment, of aid: AidLine, key: SealingKey,
    by actor: Actor, at now: Date, in db: Connection
  ) throws -> Bool {
    let isNew =
      try db.run(
        """
        INSERT INTO aid_order (id, instalment, aid, case_file, end_to_end, currency, amount, payee, rib, has_rib,
          prepared_at, prepared_by)
        VALUES (\(new.id), \(part.id), \(aid.id), \(aid.file), \(endToEnd), \(part.amount.currency),
          \(part.amount.minorUnits), \(try key.seal(new.payee, as: "aid_order.payee:\(new.id)")),
          \(try new.rib.map { try key.seal($0.digits, as: "aid_order.rib:\(new.id)") }), \(new.rib != nil), \(now),
          \(actor.id))
        ON CONFLICT DO NOTHING
        """) == 1
    guard isNew else { return false }
    try db.run(
      """
      UPDATE aid_instalment SET invoice = \(new.invoice), visited_on = \(new.visitedOn) WHERE id = \(part.id)
      """)
    return true
  }

  /// - Returns: whether it still waited for approval.
  static func approve(_ order: RecordID<AidOrder>, by actor: Actor, at now: Date, in db: Connection) throws
    -> Bool
  {
    try db.run(
      """
      UPDATE aid_order SET approved_at = \(now), approved_by = \(actor.id)
      WHERE id = \(order) AND approved_by IS NULL AND returned_at IS NULL
      """) == 1
  }

  /// - Returns: whether it still stood. That it was paid is told by the journal and the ledger.
  static func sendBack(
    _ order: RecordID<AidOrder>, because words: String, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE aid_order SET returned_at = \(now), returned_by = \(actor.id),
        returned_words = \(try key.seal(words, as: "aid_order.returned:\(order)")),
        paid_on = NULL, paid_at = NULL, paid_by = NULL, reference = NULL
      WHERE id = \(order) AND returned_at IS NULL
      """) == 1
  }

  /// - Returns: whether it waited to be paid.
  static func pay(
    _ order: RecordID<AidOrder>, on day: Day, reference: String, key: SealingKey, by actor: Actor,
    at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE aid_order SET paid_on = \(day), paid_at = \(now), paid_by = \(actor.id),
        reference = \(try key.seal(reference, as: "aid_order.reference:\(order)"))
      WHERE id = \(order) AND approved_by IS NOT NULL AND returned_at IS NULL AND paid_on IS NULL
      """) == 1
  }

  /// - Returns: whether it was written: the same form may have been first.
  static func insert(
    _ new: NewProof, for part: AidInstalment, of aid: AidLine, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      INSERT INTO aid_proof (id, instalment, aid, case_file, way, currency, amount, proven_on, words, document,
        brought_at, brought_by)
      VALUES (\(new.id), \(part.id), \(aid.id), \(aid.file), \(new.way), \(new.amount.currency),
        \(new.amount.minorUnits), \(new.on), \(try key.seal(new.words, as: "aid_proof.words:\(new.id)")),
        \(new.document), \(now), \(actor.id))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: whether nobody had checked it yet.
  static func check(
    _ proof: RecordID<AidProof>, _ check: AidProof.Check, because reason: String?, key: SealingKey,
    by actor: Actor, at now: Date, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE aid_proof SET outcome = \(check), checked_at = \(now), checked_by = \(actor.id),
        reason = \(try reason.map { try key.seal($0, as: "aid_proof.reason:\(proof)") })
      WHERE id = \(proof) AND outcome IS NULL
      """) == 1
  }
}
