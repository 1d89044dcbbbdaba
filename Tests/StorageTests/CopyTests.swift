import Basics
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct `A copy of everything` {
  /// Tables whose rows name each other, in any order.
  private static let migrations =
    Sample.migrations + [
      Migration(
        "2026-01-02 links: create",
        """
        CREATE TABLE link (
          id     TEXT PRIMARY KEY,
          other  TEXT REFERENCES link (id),
          sample TEXT NOT NULL REFERENCES sample (id)
        )
        """)
    ]

  private static let texts: [String?] = [
    nil, "", " ", "سلمى بن عثمان", "\"", "\\", "\\u0041", "a\r\nb\tc", "\u{1}\u{7F}", "\u{2028}", "👩🏽‍🦱🇹🇳",
    "e\u{301}", "null",
    "{\"id\":1}", "=1+1", "a,b;c", "\u{FEFF}x", String(repeating: "ع", count: 100_000),
  ]
  private static let numbers: [Int64?] = [
    nil, .min, -1, 0, 1, Int64(Int32.max) + 1, 9_007_199_254_740_993, .max,
  ]
  private static let bytes: [[UInt8]?] = [
    nil, [], [0], [0, 10, 34, 92, 255], [UInt8](repeating: 7, count: 100_000),
  ]

  private static func fill(_ database: Database) async throws {
    try await database.write { db in
      for (place, text) in texts.enumerated() {
        try db.run(
          """
          INSERT INTO sample (id, number, text, bytes)
          VALUES (\("s\(place)"), \(numbers[place % numbers.count]), \(text), \(bytes[place % bytes.count]))
          """)
      }
      // The first names one that comes after it.
      try db.run("INSERT INTO link (id, other, sample) VALUES ('b', NULL, 's1')")
      try db.run("INSERT INTO link (id, other, sample) VALUES ('a', 'b', 's2')")
    }
  }

  private static func rows(of database: Database) async throws -> [[StoredValue]] {
    try await database.read { db in
      try db.rows("SELECT id, number, text, bytes FROM sample ORDER BY id") { row in
        [
          .text(try row[0]), (try row[1] as Int64?).map { .integer($0) } ?? .null,
          (try row[2] as String?).map { .text($0) } ?? .null,
          (try row[3] as [UInt8]?).map { .bytes($0) } ?? .null,
        ]
      }
        + db.rows("SELECT id, other, sample FROM link ORDER BY id") { row in
          [.text(try row[0]), (try row[1] as String?).map { .text($0) } ?? .null, .text(try row[2])]
        }
    }
  }

  @Test(arguments: TestDatabase.engines, TestDatabase.engines)
  func `holds every value byte by byte, whichever engine takes it in`(
    from: Database.Engine, to: Database.Engine
  )
    async throws
  {
    try await TestDatabase.withFolder { folder async throws in
      let copy = CopyFolder(path: "\(folder)/export")
      try await TestDatabase.with(from, migrations: Self.migrations) { database async throws in
        try await Self.fill(database)
        let count = try await database.export(to: copy, withCSV: true, at: Date())
        let rows = try await Self.rows(of: database)
        #expect(count >= rows.count && rows.count == Self.texts.count + 2)
        try await TestDatabase.with(to, migrations: Self.migrations) { target async throws in
          #expect(try await target.load(copy.checked(), from: copy) == count)
          #expect(try await Self.rows(of: target) == rows)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func
    `that names what it does not hold is not taken at all, and what is taken is held to its references after`(
      engine: Database.Engine
    ) async throws
  {
    try await TestDatabase.withFolder { folder async throws in
      let copy = CopyFolder(path: "\(folder)/export")
      try await TestDatabase.with(.sqlite, migrations: Self.migrations) { database async throws in
        try await Self.fill(database)
        _ = try await database.export(to: copy, withCSV: false, at: Date())
      }
      let list = try copy.checked()
      try await TestDatabase.with(engine, migrations: Self.migrations) { target async throws in
        let whole = try String(contentsOfFile: copy.path(of: "link.jsonl"), encoding: .utf8)
        try whole.replacing("s1", with: "s99").write(
          toFile: copy.path(of: "link.jsonl"), atomically: true, encoding: .utf8)
        #expect(throws: CopyFolder.Fault.wasChanged("link.jsonl")) { try copy.checked() }
        await #expect(throws: StorageFault.self) { _ = try await target.load(list, from: copy) }
        #expect(try await Self.rows(of: target).isEmpty)
        try whole.write(toFile: copy.path(of: "link.jsonl"), atomically: true, encoding: .utf8)
        _ = try await target.load(list, from: copy)
        await #expect(throws: StorageFault.self) {
          try await target.write { db in try db.run("INSERT INTO link (id, sample) VALUES ('z', 's99')") }
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of other tables is refused, and so is a database in which something was done`(engine: Database.Engine)
    async throws
  {
    try await TestDatabase.withFolder { folder async throws in
      let copy = CopyFolder(path: "\(folder)/export")
      try await TestDatabase.with(engine, migrations: Self.migrations) { database async throws in
        _ = try await database.export(to: copy, withCSV: false, at: Date())
        try await TestDatabase.with(engine, migrations: Sample.migrations) { target async throws in
          await #expect(throws: CopyRefusal.otherTables) {
            _ = try await target.load(copy.checked(), from: copy)
          }
        }
        try await database.write { db in
          try Journal.append(
            "x", on: RecordReference("sample", RecordID<Never>()), by: .program, at: Date(), in: db)
        }
        await #expect(throws: CopyRefusal.inUse) { _ = try await database.load(copy.checked(), from: copy) }
      }
    }
  }
}
