import Basics
import Storage

/// Every SQL statement about kinds of aid. Callers bring the transaction.
enum AidKindStore {
  static func list(in db: Connection) throws -> [AidKind] {
    try db.rows("\(selection) ORDER BY track DESC, code LIMIT 500") { try AidKind($0) }
  }

  static func find(_ code: AidKindCode, in db: Connection) throws -> (kind: AidKind, version: Int)? {
    try db.first("\(selection) WHERE code = \(code)") { row in (try AidKind(row), try row[6]) }
  }

  static func hold(_ code: AidKindCode, in db: Connection) throws -> (kind: AidKind, version: Int) {
    try db.run("UPDATE aid_kind SET version = version WHERE code = \(code)")
    guard let kept = try find(code, in: db) else { throw Refusal.notFound }
    return kept
  }

  static func insert(_ kind: AidKind, in db: Connection) throws -> Bool {
    try db.run(
      """
      INSERT INTO aid_kind (code, french, arabic, english, track, is_active, version)
      VALUES (\(kind.id), \(kind.name.french), \(kind.name.arabic), \(kind.name.english), \(kind.track),
        \(kind.isActive), 1) ON CONFLICT DO NOTHING
      """) == 1
  }

  static func update(_ kind: AidKind, in db: Connection) throws {
    try db.run(
      """
      UPDATE aid_kind SET french = \(kind.name.french), arabic = \(kind.name.arabic),
        english = \(kind.name.english), track = \(kind.track), is_active = \(kind.isActive),
        version = version + 1 WHERE code = \(kind.id)
      """)
  }

  private static let selection: SQL =
    "SELECT code, french, arabic, english, track, is_active, version FROM aid_kind"
}

extension AidKind {
  fileprivate init(_ row: borrowing Row) throws {
    self.init(
      id: try row[0],
      name: Name(french: try row[1], arabic: try row[2], english: try row[3]),
      track: try row[4], isActive: try row[5])
  }
}
