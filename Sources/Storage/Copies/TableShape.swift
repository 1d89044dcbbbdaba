import Basics

/// A table as a copy of everything sees it: its columns, and what a row is told by.
package struct TableShape: Codable, Equatable, Sendable {
  /// What a column holds, alike on both engines.
  package enum Kind: String, Codable, Sendable { case number, text, bytes }

  package struct Column: Codable, Equatable, Sendable {
    package let name: String
    package let kind: Kind
  }

  package let name: String
  package let columns: [Column]
  /// The columns of the primary key, in whose order its rows are written.
  package let key: [String]

  /// Every table of the program but the record of its migrations, by name.
  package static func all(in db: Connection) throws -> [TableShape] {
    try names(in: db).filter { $0 != "migration" }.map { name in
      let columns = try columns(of: name, in: db)
      return TableShape(
        name: name, columns: columns.map { Column(name: $0.name, kind: $0.kind) },
        key: columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }.map(\.name))
    }
  }

  static func names(in db: Connection) throws -> [String] {
    let names: [String] =
      switch db.engine {
      case .sqlite:
        try db.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'") {
          try $0[0]
        }
      case .postgres:
        try db.rows(
          """
          SELECT CAST(table_name AS TEXT) FROM information_schema.tables
          WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
          """
        ) { try $0[0] }
      }
    return names.sorted()
  }

  private static func columns(of table: String, in db: Connection) throws -> [(
    name: String, kind: Kind, place: Int
  )] {
    let columns: [(name: String, type: String, place: Int)] =
      switch db.engine {
      case .sqlite:
        try db.rows("SELECT name, lower(type), pk FROM pragma_table_info(\(table)) ORDER BY name") {
          (try $0[0], try $0[1], try $0[2])
        }
      case .postgres:
        try db.rows(
          """
          SELECT CAST(c.column_name AS TEXT), CAST(c.data_type AS TEXT), CAST(coalesce(k.ordinal_position, 0) AS BIGINT)
          FROM information_schema.columns c
          LEFT JOIN information_schema.table_constraints t
            ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.constraint_type = 'PRIMARY KEY'
          LEFT JOIN information_schema.key_column_usage k
            ON k.constraint_schema = t.constraint_schema AND k.constraint_name = t.constraint_name
            AND k.table_name = t.table_name AND k.column_name = c.column_name
          WHERE c.table_schema = current_schema() AND c.table_name = \(table) ORDER BY c.column_name COLLATE "C"
          """
        ) { (try $0[0], try $0[1], try $0[2]) }
      }
    return try columns.map { column in
      switch column.type {
      case "integer", "bigint": (column.name, .number, column.place)
      case "text": (column.name, .text, column.place)
      case "blob", "bytea": (column.name, .bytes, column.place)
      default: throw StorageFault.other("\(table).\(column.name) is of the unknown type \(column.type)")
      }
    }
  }

  /// Names come from the database itself and are words of ours.
  var columnList: String { columns.map(\.name).joined(separator: ", ") }
  var order: String { (key.isEmpty ? columns.map(\.name) : key).joined(separator: ", ") }
}
