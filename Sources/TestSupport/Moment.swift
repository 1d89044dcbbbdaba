import Basics
import Storage

/// Everything a database held at one moment, kept beside it within the same database: going back costs far less than
/// doing all of it again.
package struct Moment: Sendable {
  private let tables: [String]

  package static func keep(_ database: Database) async throws -> Moment {
    try await database.write { db in
      let tables = try TableShape.all(in: db).map(\.name)
      for table in tables { try db.session.script("CREATE TABLE \(mark)\(table) AS SELECT * FROM \(table)") }
      return Moment(tables: tables)
    }
  }

  package func goBack(_ database: Database) async throws {
    try await database.write { db in
      switch db.engine {
      case .sqlite: try db.session.script("PRAGMA defer_foreign_keys = ON")
      case .postgres: try db.session.script("SET LOCAL session_replication_role = replica")
      }
      for table in tables { try db.session.script("DELETE FROM \(table)") }
      for table in tables { try db.session.script("INSERT INTO \(table) SELECT * FROM \(Self.mark)\(table)") }
    }
  }

  private static let mark = "kept_"
}
