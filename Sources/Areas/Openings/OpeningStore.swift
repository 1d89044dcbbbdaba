import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about openings. Callers bring the transaction.
enum OpeningStore {
  static let pageSize = 50

  private static let listed: SQL =
    "id, case_file, antenna, actor, from_antenna, institution, opened_at, until_at, verdict"

  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<Opening>, visibleTo actor: Actor, in db: Connection) throws
    -> OpeningLine
  {
    let line = try db.first(
      "SELECT \(listed) FROM opening WHERE id = \(id) AND (actor = \(actor.id) OR \(judged(by: actor)))"
    ) { row in try OpeningLine(row) }
    guard let line else { throw Refusal.notFound }
    return line
  }

  /// Those of files of one's antenna, for whoever judges; all for the centre.
  private static func judged(by actor: Actor) -> SQL {
    guard actor.may(.judgeOpenings) else { return "1 = 0" }
    switch (actor.scope, actor.antenna) {
    case (.nation, _): return "1 = 1"
    case (.antenna, let antenna?): return "antenna = \(antenna)"
    case (.antenna, nil), (.assigned, _): return "1 = 0"
    }
  }

  static func read(_ id: RecordID<Opening>, key: SealingKey, in db: Connection) throws -> Opening {
    let found = try db.first(
      "SELECT \(listed), reason, judged_at, judged_by, judgement FROM opening WHERE id = \(id)"
    ) { row in try Opening(row, key) }
    guard let found else { throw Refusal.notFound }
    return found
  }

  static func exists(_ id: RecordID<Opening>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM opening WHERE id = \(id)")
  }

  /// The last opening of a case by one actor.
  static func last(of file: RecordID<CaseFile>, by actor: Actor, in db: Connection) throws -> OpeningLine? {
    try db.first(
      """
      SELECT \(listed) FROM opening WHERE case_file = \(file) AND actor = \(actor.id)
      ORDER BY opened_at DESC, id DESC LIMIT 1
      """
    ) { row in try OpeningLine(row) }
  }

  /// Openings that are not judged, the oldest first.
  /// - Parameter moment: only those made until then.
  static func waiting(
    for actor: Actor, until moment: Date? = nil, after cursor: OpeningCursor? = nil, limit: Int,
    in db: Connection
  ) throws -> [OpeningLine] {
    var conditions: [SQL] = ["verdict IS NULL", judged(by: actor)]
    if let moment { conditions.append("opened_at <= \(moment)") }
    if let cursor { conditions.append("(opened_at, id) > (\(cursor.at), \(cursor.id))") }
    return try lines(conditions, "ORDER BY opened_at, id", limit, in: db)
  }

  /// Openings that are judged, the newest first.
  static func judged(for actor: Actor, after cursor: OpeningCursor?, limit: Int, in db: Connection) throws
    -> [OpeningLine]
  {
    try newest(["verdict IS NOT NULL", judged(by: actor)], after: cursor, limit, in: db)
  }

  /// What the actor opened herself, the newest first.
  static func mine(for actor: Actor, after cursor: OpeningCursor?, limit: Int, in db: Connection) throws
    -> [OpeningLine]
  {
    try newest(["actor = \(actor.id)"], after: cursor, limit, in: db)
  }

  private static func newest(
    _ conditions: [SQL], after cursor: OpeningCursor?, _ limit: Int, in db: Connection
  ) throws -> [OpeningLine] {
    let place: [SQL] = cursor.map { ["(opened_at, id) < (\($0.at), \($0.id))"] } ?? []
    return try lines(conditions + place, "ORDER BY opened_at DESC, id DESC", limit, in: db)
  }

  private static func lines(_ conditions: [SQL], _ order: SQL, _ limit: Int, in db: Connection) throws
    -> [OpeningLine]
  {
    try db.rows("SELECT \(listed) FROM opening WHERE \(.all(conditions)) \(order) LIMIT \(limit)") { row in
      try OpeningLine(row)
    }
  }

  static func insert(
    _ line: OpeningLine, _ reason: Opening.Reason, key: SealingKey, in db: Connection
  ) throws {
    let sealed = try key.seal(reason.fields.bytes, as: "opening.reason:\(line.id)")
    try db.run(
      """
      INSERT INTO opening (id, case_file, antenna, actor, from_antenna, institution, opened_at, until_at, reason)
      VALUES (\(line.id), \(line.file), \(line.antenna), \(line.by), \(line.from), \(line.institution),
        \(line.openedAt), \(line.until), \(sealed))
      """)
  }

  static func judge(
    _ id: RecordID<Opening>, _ judgement: Opening.Judgement, key: SealingKey, in db: Connection
  ) throws {
    try db.run(
      """
      UPDATE opening SET verdict = \(judgement.verdict), judged_at = \(judgement.at), judged_by = \(judgement.by),
        judgement = \(try key.seal(judgement.words, as: "opening.judgement:\(id)"))
      WHERE id = \(id) AND verdict IS NULL
      """)
  }

  static func follow(_ file: RecordID<CaseFile>, to antenna: AntennaCode, in db: Connection) throws {
    try db.run("UPDATE opening SET antenna = \(antenna) WHERE case_file = \(file) AND verdict IS NULL")
  }

  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [("reason", "opening.reason"), ("judgement", "opening.judgement")]
      as [(SQL, String)]
    {
      try CaseMoveStore.reseal(
        column, of: "opening", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension Opening.Reason {
  var fields: Fields { Fields(["why": why.rawValue, "words": words]) }

  init(_ fields: Fields) {
    why = fields["why"].flatMap { Opening.Why(rawValue: $0) } ?? .other
    words = fields["words"] ?? ""
  }
}

extension OpeningLine {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    file = try row[1]
    antenna = try row[2]
    by = try row[3]
    from = try row[4]
    institution = try row[5]
    openedAt = try row[6]
    until = try row[7]
    verdict = try row[8]
  }
}

extension Opening {
  fileprivate init(_ row: borrowing Row, _ key: SealingKey) throws {
    line = try OpeningLine(row)
    let id = line.id
    reason = Reason(Fields(bytes: try key.open(try row[9], as: "opening.reason:\(id)")) ?? Fields())
    let (at, by, words): (Date?, AccountID?, [UInt8]?) = (try row[10], try row[11], try row[12])
    if let at, let by, let words, let verdict = line.verdict {
      judgement = Judgement(
        by: by, at: at, verdict: verdict, words: try key.openText(words, as: "opening.judgement:\(id)"))
    } else {
      judgement = nil
    }
  }
}
