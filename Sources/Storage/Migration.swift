import Basics
import Crypto
import Foundation

/// One step of a table's history: a date and a sentence, and plain SQL that both engines read.
///
/// Never edited once shipped: its text is remembered by its hash. What differs between the engines is put in by
/// the runner: in SQLite tables are `STRICT` and `BIGINT` is `INTEGER`; in PostgreSQL `BLOB` is `BYTEA`, and `WITHOUT
/// ROWID` (rows that stand in their key's own tree) is left out.
package struct Migration: Sendable {
  package let name: String
  package let sql: String

  package init(_ name: String, _ sql: String) {
    self.name = name
    self.sql = sql
  }

  var hash: String {
    SHA256.hash(data: Data(sql.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  func text(for engine: Database.Engine) -> String {
    switch engine {
    case .sqlite:
      sql.replacing("\n)", with: "\n) STRICT").replacing("STRICT WITHOUT", with: "STRICT, WITHOUT")
        .replacing(" BIGINT", with: " INTEGER")
    case .postgres: sql.replacing(" BLOB", with: " BYTEA").replacing(" WITHOUT ROWID", with: "")
    }
  }
}

/// Why the program and the database do not go together.
package enum MigrationRefusal: Error, Equatable, CustomStringConvertible {
  case databaseIsNewer([String])
  case wasChanged(String)

  package var description: String {
    switch self {
    case .databaseIsNewer(let names):
      "the database is newer than this program: it has been through \(names.joined(separator: "; ")). "
        + "Start the newer program, or restore a backup from before."
    case .wasChanged(let name):
      "the migration \"\(name)\" is not the one this database went through. "
        + "A shipped migration is never edited: put the old text back and add a new one."
    }
  }
}

extension Database {
  /// Brings the database to what the program expects, all steps in one transaction, and remembers each.
  /// - Returns: the names of the steps taken now.
  /// - Throws: `MigrationRefusal` when the database is newer or a shipped step was changed.
  @discardableResult
  package func migrate(_ migrations: [Migration]) async throws -> [String] {
    let engine = engine
    return try await write { db in
      // Several programs may start at once; in SQLite a writer is alone anyway.
      if engine == .postgres { try db.session.script("SELECT pg_advisory_xact_lock(\(Self.migrationLock))") }
      try db.session.script(
        Migration(
          "", "CREATE TABLE IF NOT EXISTS migration (\n  name TEXT PRIMARY KEY,\n  hash TEXT NOT NULL\n)"
        )
        .text(for: engine))
      let pending = try Self.pending(migrations, in: db)
      for migration in pending {
        try db.session.script(migration.text(for: engine))
        try db.run("INSERT INTO migration (name, hash) VALUES (\(migration.name), \(migration.hash))")
      }
      return pending.map(\.name)
    }
  }

  /// Any number that nothing else locks.
  private static let migrationLock = 26_112_025

  private static func pending(_ migrations: [Migration], in db: Connection) throws -> [Migration] {
    let done = try db.rows("SELECT name, hash FROM migration ORDER BY name") {
      (name: try $0[0] as String, hash: try $0[1] as String)
    }
    let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, $0) })
    let unknown = done.map(\.name).filter { known[$0] == nil }
    guard unknown.isEmpty else { throw MigrationRefusal.databaseIsNewer(unknown) }
    if let changed = done.first(where: { known[$0.name]?.hash != $0.hash }) {
      throw MigrationRefusal.wasChanged(changed.name)
    }
    let names = Set(done.map(\.name))
    return migrations.filter { !names.contains($0.name) }
  }
}
