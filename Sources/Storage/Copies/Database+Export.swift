import Basics
import Foundation

extension Database {
  /// Writes every table into `folder`, all of one moment, in constant memory. What is sealed stays sealed.
  /// - Parameters:
  ///   - withCSV: each table as CSV too.
  ///   - also: writes further files of the same moment.
  /// - Returns: how many rows were written.
  package func export(
    to folder: CopyFolder, withCSV: Bool, at now: Date,
    also: @escaping @Sendable (CopyFolder, Connection) throws -> [CopyFolder.File] = { _, _ in [] }
  ) async throws -> Int {
    try folder.make()
    let engine = engine.rawValue
    let list = try await read { db in
      let files = try TableShape.all(in: db).flatMap {
        try Self.write($0, to: folder, withCSV: withCSV, in: db)
      }
      let further = try also(folder, db)
      return CopyFolder.List(
        kind: .export, engine: engine, madeAt: now.formatted(.iso8601),
        migrations: try Self.history(in: db), proof: try Self.proof(in: db), files: files + further)
    }
    try folder.finish(list)
    return list.files.filter { $0.table != nil }.compactMap(\.rows).reduce(0, +)
  }

  static func proof(in db: Connection) throws -> Data {
    Data(
      try db.value("SELECT wrapped FROM installation_key ORDER BY purpose LIMIT 1", as: [UInt8].self) ?? [])
  }

  /// The migrations the database went through, with their hashes.
  static func history(in db: Connection) throws -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: try db.rows("SELECT name, hash FROM migration") {
        (try $0[0] as String, try $0[1] as String)
      })
  }

  private static func write(_ table: TableShape, to folder: CopyFolder, withCSV: Bool, in db: Connection)
    throws
    -> [CopyFolder.File]
  {
    let lines = try CopyWriter("\(table.name).jsonl", in: folder)
    let cells = withCSV ? try CopyWriter("\(table.name).csv", in: folder) : nil
    try cells?.append { $0 += ExportRow.head(table) }
    var rows = 0
    try db.every(table) { row in
      var (json, csv) = ([] as [UInt8], [] as [UInt8])
      try ExportRow.json(row, table, into: &json)
      try lines.append { $0 += json }
      if let cells {
        try ExportRow.csv(row, table, into: &csv)
        try cells.append { $0 += csv }
      }
      rows += 1
    }
    var file = try lines.finish()
    (file.table, file.rows) = (table, rows)
    return try [file] + (cells.map { [try $0.finish()] } ?? [])
  }
}

extension Connection {
  /// Every row of a table in the order of its key, one at a time: libpq would hold the whole answer.
  fileprivate func every(_ table: TableShape, _ body: (borrowing Row) throws -> Void) throws {
    let statement = "SELECT \(table.columnList) FROM \(table.name) ORDER BY \(table.order)"
    switch engine {
    case .sqlite: try session.each(statement, [], body)
    case .postgres:
      try session.script("DECLARE export NO SCROLL CURSOR FOR \(statement)")
      var found: Bool
      repeat {
        found = false
        try session.each("FETCH 200 FROM export", []) { row in
          found = true
          try body(row)
        }
      } while found
      try session.script("CLOSE export")
    }
  }
}
