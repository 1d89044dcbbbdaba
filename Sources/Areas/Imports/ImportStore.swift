import Basics
import Cases
import Foundation
import People
import Storage

/// Every SQL statement about partners' files. Callers bring the transaction.
enum ImportStore {
  /// What `actor` may not see is not found.
  static func require(_ id: RecordID<ImportFile>, visibleTo actor: Actor, in db: Connection) throws
    -> ImportFile
  {
    let file = try db.first("\(files) WHERE id = \(id) AND \(visible(to: actor))") { row in
      try ImportFile(row)
    }
    guard let file else { throw Refusal.notFound }
    return file
  }

  static func exists(_ id: RecordID<ImportFile>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM import_file WHERE id = \(id)")
  }

  /// Whoever comes second waits here until the first is done.
  static func hold(_ id: RecordID<ImportFile>, in db: Connection) throws {
    try db.run("UPDATE import_file SET state = state WHERE id = \(id)")
  }

  /// Newest first, those sent before `mark`.
  static func list(before mark: Mark?, limit: Int, for actor: Actor, in db: Connection) throws -> [ImportFile]
  {
    let place: SQL =
      mark.map { "(sent_at < \($0.at) OR sent_at = \($0.at) AND id < \($0.id))" } ?? "1 = 1"
    return try db.rows(
      "\(files) WHERE \(visible(to: actor)) AND \(place) ORDER BY sent_at DESC, id DESC LIMIT \(limit)"
    ) { row in try ImportFile(row) }
  }

  /// The file after which a page of the list begins.
  struct Mark: Sendable {
    let at: Date
    let id: RecordID<ImportFile>
  }

  /// - Returns: false when it is there already.
  static func insert(_ file: ImportFile, wrapped: [UInt8], in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO import_file (id, partner, mapping, antenna, sent_by, sent_at, state, sealing_key)
      VALUES (\(file.id), \(file.partner), \(file.mapping), \(file.antenna), \(file.sentBy), \(file.sentAt),
        \(file.state), \(wrapped))
      ON CONFLICT (id) DO NOTHING
      """) == 1
  }

  /// The key under which the rows are sealed.
  /// - Throws: `Refusal.notFound` when it is gone with what it sealed.
  static func key(of id: RecordID<ImportFile>, in db: Connection) throws -> SealingKey {
    let wrapped: [UInt8]? = try db.value(
      "SELECT sealing_key FROM import_file WHERE id = \(id) AND sealing_key IS NOT NULL")
    guard let wrapped else { throw Refusal.notFound }
    return try db.vault.unwrap(wrapped)
  }

  /// Moves a file on and counts its rows anew; a key that is no longer needed goes.
  static func set(_ state: ImportFile.State, of id: RecordID<ImportFile>, in db: Connection) throws {
    let isOver = state == .done || state == .discarded
    try db.run(
      """
      UPDATE import_file SET state = \(state),
        sealing_key = CASE WHEN \(isOver) = 1 THEN NULL ELSE sealing_key END,
        count_new = \(count("new", id)), count_perhaps = \(count("perhaps", id)),
        count_known = \(count("known", id)), count_refused = \(count("refused", id)),
        count_left = \(count("left", id))
      WHERE id = \(id)
      """)
    if isOver { try db.run("DELETE FROM import_proof WHERE file = \(id)") }
  }

  private static func count(_ result: String, _ id: RecordID<ImportFile>) -> SQL {
    "(SELECT count(*) FROM import_row WHERE file = \(id) AND result = \(result))"
  }

  static func deleteRows(of id: RecordID<ImportFile>, in db: Connection) throws {
    try db.run("DELETE FROM import_row WHERE file = \(id)")
  }

  static func delete(_ id: RecordID<ImportFile>, in db: Connection) throws {
    try db.run("DELETE FROM import_proof WHERE file = \(id)")
    try deleteRows(of: id, in: db)
    try db.run("DELETE FROM import_file WHERE id = \(id)")
  }

  /// Wraps a batch of files' keys by the newest master key.
  static func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    let rows = try db.rows(
      "SELECT id, sealing_key FROM import_file WHERE id > \(id) AND sealing_key IS NOT NULL ORDER BY id LIMIT \(limit)"
    ) { (id: try $0[0] as RecordID<ImportFile>, wrapped: try $0[1] as [UInt8]) }
    for row in rows {
      guard let wrapped = try db.vault.rewrap(row.wrapped) else { continue }
      try db.run("UPDATE import_file SET sealing_key = \(wrapped) WHERE id = \(row.id)")
    }
    return (rows.count, rows.last?.id.text)
  }

  private static var files: SQL {
    """
    SELECT id, partner, mapping, antenna, sent_by, sent_at, state,
      count_new, count_perhaps, count_known, count_refused, count_left FROM import_file
    """
  }

  private static func visible(to actor: Actor) -> SQL {
    switch (actor.scope, actor.antenna) {
    case (.nation, _): "1 = 1"
    case (.antenna, let antenna?): "antenna = \(antenna)"
    case (.assigned, _): "sent_by = \(actor.id)"
    case (.antenna, nil): "1 = 0"
    }
  }
}

extension ImportFile {
  fileprivate init(_ row: borrowing Row) throws {
    id = try row[0]
    partner = try row[1]
    mapping = try row[2]
    antenna = try row[3]
    sentBy = try row[4]
    sentAt = try row[5]
    state = try row[6]
    var counts: [ImportRow.Result: Int] = [:]
    for (position, result) in [ImportRow.Result.new, .perhaps, .known, .refused, .left].enumerated() {
      counts[result] = try row[7 + position]
    }
    self.counts = counts
  }
}
