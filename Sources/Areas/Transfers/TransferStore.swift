import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about transfers. Callers bring the transaction.
enum TransferStore {
  static let pageSize = 50

  private static let listed: SQL =
    "id, case_file, from_antenna, to_antenna, contact, offered_at, offered_by, state"
  private static let sealed: SQL = "summary, reason, answered_at, answered_by, answer, new_contact"

  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<Transfer>, visibleTo actor: Actor, in db: Connection) throws
    -> TransferLine
  {
    let line = try db.first("SELECT \(listed) FROM transfer WHERE id = \(id) AND \(visible(to: actor))") {
      row in try TransferLine(row)
    }
    guard let line else { throw Refusal.notFound }
    return line
  }

  /// The offering side sees what it offered. The receiving side sees an offer while it waits and when it was accepted,
  /// and only those who answer: the summary tells of a person.
  private static func visible(to actor: Actor) -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?) where actor.may(.answerTransfers):
      "(from_antenna = \(antenna) OR to_antenna = \(antenna) AND state IN ('open', 'accepted'))"
    case (.antenna, let antenna?): "from_antenna = \(antenna)"
    case (.assigned, _): "contact = \(actor.id)"
    case (.antenna, nil): "1 = 0"
    }
  }

  static func read(_ id: RecordID<Transfer>, key: SealingKey, in db: Connection) throws -> Transfer {
    let found = try db.first("SELECT \(listed), \(sealed) FROM transfer WHERE id = \(id)") { row in
      try Transfer(row, key)
    }
    guard let found else { throw Refusal.notFound }
    return found
  }

  /// Offers of a case, newest first. Callers have found the case, and so may see it.
  static func ofCase(_ file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Transfer] {
    try db.rows(
      """
      SELECT \(listed), \(sealed) FROM transfer WHERE case_file = \(file)
      ORDER BY offered_at DESC, id DESC LIMIT 50
      """
    ) { row in try Transfer(row, key) }
  }

  static func exists(_ id: RecordID<Transfer>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM transfer WHERE id = \(id)")
  }

  static func hasOpen(_ file: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM transfer WHERE case_file = \(file) AND state = 'open'")
  }

  /// The transfer by which a case last left the antenna of `actor`.
  static func given(_ file: RecordID<CaseFile>, visibleTo actor: Actor, in db: Connection) throws
    -> RecordID<Transfer>?
  {
    try db.value(
      """
      SELECT id FROM transfer WHERE case_file = \(file) AND state = 'accepted' AND \(visible(to: actor))
      ORDER BY offered_at DESC, id DESC LIMIT 1
      """)
  }

  /// Offers that wait, the oldest first.
  /// - Parameter moment: only those made until then.
  static func waiting(
    for actor: Actor, until moment: Date? = nil, after cursor: TransferCursor? = nil, limit: Int,
    in db: Connection
  ) throws -> [TransferLine] {
    var conditions: [SQL] = ["state = 'open'"]
    switch (actor.scope, actor.antenna) {
    case (.nation, _): break
    case (.antenna, let antenna?) where actor.may(.answerTransfers):
      conditions.append("to_antenna = \(antenna)")
    default: return []
    }
    if let moment { conditions.append("offered_at <= \(moment)") }
    if let cursor { conditions.append("(offered_at, id) > (\(cursor.at), \(cursor.id))") }
    return try db.rows(
      "SELECT \(listed) FROM transfer WHERE \(.all(conditions)) ORDER BY offered_at, id LIMIT \(limit)"
    ) { row in try TransferLine(row) }
  }

  /// Offers of cases whose contact person is `actor`, made until a moment and still waiting.
  static func unanswered(by moment: Date, contact actor: Actor, limit: Int, in db: Connection) throws
    -> [TransferLine]
  {
    try db.rows(
      """
      SELECT \(listed) FROM transfer WHERE state = 'open' AND contact = \(actor.id) AND offered_at <= \(moment)
      ORDER BY offered_at, id LIMIT \(limit)
      """
    ) { row in try TransferLine(row) }
  }

  /// Offers that the antenna of `actor` made, the newest first.
  static func made(for actor: Actor, after cursor: TransferCursor?, limit: Int, in db: Connection) throws
    -> [TransferLine]
  {
    var conditions: [SQL] = []
    switch (actor.scope, actor.antenna) {
    case (.nation, _): break
    case (.antenna, let antenna?): conditions.append("from_antenna = \(antenna)")
    case (.assigned, _): conditions.append("contact = \(actor.id)")
    case (.antenna, nil): return []
    }
    if let cursor { conditions.append("(offered_at, id) < (\(cursor.at), \(cursor.id))") }
    return try db.rows(
      """
      SELECT \(listed) FROM transfer WHERE \(.all(conditions)) ORDER BY offered_at DESC, id DESC LIMIT \(limit)
      """
    ) { row in try TransferLine(row) }
  }

  static func insert(
    _ id: RecordID<Transfer>, _ offer: Transfer.Offer, of file: CaseFile, key: SealingKey, by actor: Actor,
    at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO transfer (id, case_file, from_antenna, to_antenna, contact, state, offered_at, offered_by, summary,
        reason)
      VALUES (\(id), \(file.id), \(file.antenna), \(offer.to), \(file.contact), 'open', \(now), \(actor.id),
        \(try key.seal(offer.summary, as: "transfer.summary:\(id)")),
        \(try key.seal(offer.reason, as: "transfer.reason:\(id)")))
      """)
  }

  static func answer(
    _ id: RecordID<Transfer>, _ state: Transfer.State, words: String?, contact: AccountID?, key: SealingKey,
    by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE transfer SET state = \(state), answered_at = \(now), answered_by = \(actor.id), new_contact = \(contact),
        answer = \(try words.map { try key.seal($0, as: "transfer.answer:\(id)") })
      WHERE id = \(id) AND state = 'open'
      """)
  }

  static func follow(_ file: RecordID<CaseFile>, contact: AccountID, in db: Connection) throws {
    try db.run("UPDATE transfer SET contact = \(contact) WHERE case_file = \(file) AND state = 'open'")
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [
      ("summary", "transfer.summary"), ("reason", "transfer.reason"), ("answer", "transfer.answer"),
    ] as [(SQL, String)] {
      try CaseMoveStore.reseal(
        column, of: "transfer", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension TransferLine {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    file = try row[1]
    from = try row[2]
    to = try row[3]
    contact = try row[4]
    offeredAt = try row[5]
    offeredBy = try row[6]
    state = try row[7]
  }
}

extension Transfer {
  fileprivate init(_ row: borrowing Row, _ key: SealingKey) throws {
    line = try TransferLine(row)
    let id = line.id
    offer = Offer(
      to: line.to, summary: try key.openText(try row[8], as: "transfer.summary:\(id)"),
      reason: try key.openText(try row[9], as: "transfer.reason:\(id)"))
    let words: [UInt8]? = try row[12]
    let (at, by, contact): (Date?, AccountID?, AccountID?) = (try row[10], try row[11], try row[13])
    if let at, let by {
      answer = Answer(
        at: at, by: by, words: try words.map { try key.openText($0, as: "transfer.answer:\(id)") },
        contact: contact)
    } else {
      answer = nil
    }
  }
}
