import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about pieces. Callers have found the case first, and so may see it.
enum PieceStore {
  static func pieces(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Piece] {
    try db.rows(
      """
      SELECT id, code, version, state, since, note, follower, due_on FROM piece WHERE case_file = \(file)
      LIMIT 500
      """
    ) { row in
      let id: RecordID<Piece> = try row[0]
      let note: [UInt8]? = try row[5]
      return Piece(
        id: id, code: try row[1], version: try row[2], state: try row[3], since: try row[4],
        note: try note.map { try key.openText($0, as: "piece.note:\(id)") }, follower: try row[6],
        dueOn: try row[7])
    }
  }

  static func exists(_ id: RecordID<Piece>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM piece WHERE id = \(id)")
  }

  /// Keeps a piece as this version, in the place of the one before.
  static func save(
    _ piece: Piece, of file: RecordID<CaseFile>, key: SealingKey, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let id = piece.id
    let note = try piece.note.map { try key.seal($0, as: "piece.note:\(id)") }
    try db.run(
      """
      INSERT INTO piece (id, case_file, code, version, state, since, note, follower, due_on, awaited_by,
        recorded_at, recorded_by)
      VALUES (\(id), \(file), \(piece.code), \(piece.version), \(piece.state), \(piece.since), \(note),
        \(piece.follower), \(piece.dueOn), \(piece.state.isOpen ? piece.follower : nil), \(now), \(actor.id))
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, since = excluded.since,
        note = excluded.note, follower = excluded.follower, due_on = excluded.due_on, awaited_by = excluded.awaited_by,
        recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by
      """)
  }

  /// Of a closed case nothing is awaited.
  static func follow(_ file: RecordID<CaseFile>, isOpen: Bool, in db: Connection) throws {
    let states = Piece.State.allCases.filter(\.isOpen)
    let awaited: SQL = isOpen ? "CASE WHEN state IN (\(list: states)) THEN follower END" : "NULL"
    try db.run("UPDATE piece SET awaited_by = \(awaited) WHERE case_file = \(file)")
  }

  /// Pieces that one person follows: those with a day first, the earliest before the others.
  static func awaited(by account: AccountID, after cursor: PieceCursor?, limit: Int, in db: Connection) throws
    -> [AwaitedPiece]
  {
    var dated: [AwaitedPiece] = []
    var undated: SQL = "awaited_by = \(account) AND due_on IS NULL"
    switch (cursor, cursor?.dueOn) {
    case (nil, _): dated = try awaited("awaited_by = \(account) AND due_on IS NOT NULL", limit, in: db)
    case (let cursor?, let day?):
      dated = try awaited(
        "awaited_by = \(account) AND (due_on, id) > (\(day), \(cursor.id))", limit, in: db)
    case (let cursor?, nil): undated = "\(undated) AND id > \(cursor.id)"
    }
    guard dated.count < limit else { return dated }
    return try dated + awaited(undated, limit - dated.count, in: db)
  }

  private static func awaited(_ condition: SQL, _ limit: Int, in db: Connection) throws -> [AwaitedPiece] {
    try db.rows(
      """
      SELECT id, case_file, code, state, due_on FROM piece WHERE \(condition) ORDER BY due_on, id LIMIT \(limit)
      """
    ) { row in
      AwaitedPiece(id: try row[0], file: try row[1], code: try row[2], state: try row[3], dueOn: try row[4])
    }
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    try CaseMoveStore.reseal(
      "note", of: "piece", where: "case_file = \(file)", as: "piece.note", from: old, to: new, in: db)
  }
}
