import Basics
import Foundation

/// Why a copy is not taken into a database.
package enum CopyRefusal: Error, Equatable, CustomStringConvertible {
  case inUse
  case otherTables
  case otherEngine(String)
  case otherKey

  package var description: String {
    switch self {
    case .inUse: "The database holds something already: a copy goes into an empty one."
    case .otherTables:
      "The copy was made by another version of the program: take it in with that version, then update."
    case .otherEngine(let engine):
      "This is a backup of \(engine) and goes back into \(engine) only; `tounesna export` writes what goes into either."
    case .otherKey: "The master key is not the one with which this copy was sealed."
    }
  }
}

extension Database {
  /// Takes an export into this database, which was brought to what the program expects and holds nothing: all of it
  /// or nothing.
  /// - Returns: how many rows were taken.
  /// - Throws: `CopyRefusal`.
  package func load(_ list: CopyFolder.List, from folder: CopyFolder) async throws -> Int {
    try await write { db in
      guard try Self.isUntouched(in: db) else { throw CopyRefusal.inUse }
      guard try Self.history(in: db) == list.migrations else { throw CopyRefusal.otherTables }
      let shapes = try TableShape.all(in: db)
      guard shapes == list.files.compactMap(\.table) else { throw CopyRefusal.otherTables }
      try db.checkingReferencesLast {
        // What the migrations themselves put there comes with the copy.
        for shape in shapes { try db.session.script("DELETE FROM \(shape.name)") }
        for file in list.files {
          if let shape = file.table { try Self.load(shape, from: folder.path(of: file.name), in: db) }
        }
      }
      try Self.proveKey(in: db)
      return list.files.compactMap(\.rows).reduce(0, +)
    }
  }

  /// Nothing was ever done in it: every act leaves an entry.
  package static func isUntouched(in db: Connection) throws -> Bool {
    try !TableShape.names(in: db).contains("journal_entry")
      || !db.exists("SELECT 1 FROM journal_entry LIMIT 1")
  }

  static func proveKey(in db: Connection) throws {
    do {
      for purpose in InstallationKeys.Purpose.allCases { _ = try InstallationKeys.key(for: purpose, in: db) }
    } catch is KeyFault {
      throw CopyRefusal.otherKey
    }
  }

  private static func load(_ shape: TableShape, from path: String, in db: Connection) throws {
    guard let lines = TextLines(path: path) else { throw CopyFolder.Fault.wasChanged(path) }
    var rows: [[StoredValue]] = []
    func insert() throws {
      guard !rows.isEmpty else { return }
      let marks = "(\(shape.columns.map { _ in "?" }.joined(separator: ", ")))"
      let text =
        "INSERT INTO \(shape.name) (\(shape.columnList)) VALUES \(rows.map { _ in marks }.joined(separator: ", "))"
      _ = try db.session.run(text, rows.flatMap(\.self))
      rows = []
    }
    for line in lines {
      rows.append(try ExportRow.values(of: line, shape))
      if rows.count == rowsAtOnce { try insert() }
    }
    try insert()
  }

  private static let rowsAtOnce = 20
}

extension Connection {
  /// Lets rows come before those they name; that all are there is proved before this returns.
  fileprivate func checkingReferencesLast(_ body: () throws -> Void) throws {
    switch engine {
    case .sqlite:
      try session.script("PRAGMA defer_foreign_keys = ON")
      try body()
    case .postgres:
      let references = try rows(
        """
        SELECT CAST(CAST(conrelid AS regclass) AS TEXT), CAST(conname AS TEXT) FROM pg_constraint
        WHERE contype = 'f' AND connamespace = CAST(CAST(current_schema() AS TEXT) AS regnamespace)
        """
      ) { (table: try $0[0] as String, name: try $0[1] as String) }
      for it in references {
        try session.script(
          "ALTER TABLE \(it.table) ALTER CONSTRAINT \(it.name) DEFERRABLE INITIALLY DEFERRED")
      }
      try body()
      try session.script("SET CONSTRAINTS ALL IMMEDIATE")
      for it in references {
        try session.script("ALTER TABLE \(it.table) ALTER CONSTRAINT \(it.name) NOT DEFERRABLE")
      }
    }
  }
}
