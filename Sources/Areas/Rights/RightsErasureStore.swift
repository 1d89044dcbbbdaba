import Basics
import Foundation
import Storage

/// Every SQL statement about erasures asked and carried out. Callers bring the transaction.
enum RightsErasureStore {
  private static let columns: SQL = """
    id, person, antenna, ground, state, asked_at, asked_by, decided_at, decided_by, sequence, cases, documents,
    bytes, records, tokens
    """

  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<Erasure>, visibleTo actor: Actor, in db: Connection) throws -> Erasure {
    let found = try db.first(
      "SELECT \(columns) FROM rights_erasure WHERE id = \(id) AND \(RightsStore.visible(to: actor))"
    ) { row in try Erasure(row) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  static func find(_ id: RecordID<Erasure>, in db: Connection) throws -> Erasure? {
    try db.first("SELECT \(columns) FROM rights_erasure WHERE id = \(id)") { row in try Erasure(row) }
  }

  /// Of one person, the newest first.
  static func of(_ files: [PersonID], in db: Connection) throws -> [Erasure] {
    try db.rows(
      """
      SELECT \(columns) FROM rights_erasure WHERE person IN (\(list: files)) ORDER BY asked_at DESC, id DESC
      LIMIT 20
      """
    ) { row in try Erasure(row) }
  }

  /// The newest first.
  static func page(for actor: Actor, after cursor: RightsCursor?, in db: Connection) throws -> [Erasure] {
    var conditions = [RightsStore.visible(to: actor)]
    if let cursor, let at = cursor.moment { conditions.append("(asked_at, id) < (\(at), \(cursor.id))") }
    return try db.rows(
      """
      SELECT \(columns) FROM rights_erasure WHERE \(.all(conditions)) ORDER BY asked_at DESC, id DESC
      LIMIT \(RightsStore.pageSize + 1)
      """
    ) { row in try Erasure(row) }
  }

  /// Why it was asked, and why it was declined; nil where nothing stands there, or the key is gone.
  static func words(of id: RecordID<Erasure>, key: SealingKey, in db: Connection) throws -> (
    reason: String?, answer: String?
  ) {
    try db.first("SELECT reason, answer FROM rights_erasure WHERE id = \(id)") { row in
      let (reason, answer): ([UInt8]?, [UInt8]?) = (try row[0], try row[1])
      return (
        try reason.map { try key.openText($0, as: "rights_erasure.reason:\(id)") },
        try answer.map { try key.openText($0, as: "rights_erasure.answer:\(id)") }
      )
    } ?? (nil, nil)
  }

  static func insert(_ erasure: Erasure, reason: String, key: SealingKey, in db: Connection) throws {
    let id = erasure.id
    try db.run(
      """
      INSERT INTO rights_erasure (id, person, antenna, ground, reason, state, asked_at, asked_by)
      VALUES (\(id), \(erasure.person), \(erasure.antenna), \(erasure.ground),
        \(try key.seal(reason, as: "rights_erasure.reason:\(id)")), 'asked', \(erasure.askedAt), \(erasure.askedBy))
      """)
  }

  static func decline(
    _ id: RecordID<Erasure>, because words: String, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE rights_erasure SET state = 'declined', decided_at = \(now), decided_by = \(actor.id),
        answer = \(try key.seal(words, as: "rights_erasure.answer:\(id)"))
      WHERE id = \(id) AND state = 'asked'
      """)
  }

  /// The number of the next destruction record; two at once get the same, and the second is refused by the table.
  static func nextSequence(in db: Connection) throws -> Int {
    (try db.value(
      "SELECT sequence FROM rights_erasure WHERE sequence IS NOT NULL ORDER BY sequence DESC LIMIT 1")
      ?? 0) + 1
  }

  static func carryOut(
    _ id: RecordID<Erasure>, sequence: Int, _ extent: Erasure.Extent, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE rights_erasure SET state = 'erased', decided_at = \(now), decided_by = \(actor.id),
        sequence = \(sequence), cases = \(extent.cases), documents = \(extent.documents), bytes = \(extent.bytes),
        records = \(extent.records), tokens = \(extent.tokens)
      WHERE id = \(id) AND state = 'asked'
      """)
  }
}

extension Erasure {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    person = try row[1]
    antenna = try row[2]
    ground = try row[3]
    state = try row[4]
    askedAt = try row[5]
    askedBy = try row[6]
    decidedAt = try row[7]
    decidedBy = try row[8]
    sequence = try row[9]
    let cases: Int? = try row[10]
    extent =
      try cases.map {
        Extent(
          cases: $0, documents: try row[11], bytes: try row[12], records: try row[13], tokens: try row[14])
      }
  }
}
