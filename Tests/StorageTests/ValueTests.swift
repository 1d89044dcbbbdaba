import Basics
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct `Values in a database` {
  @Test(
    arguments: TestDatabase.engines,
    [
      "", " ", "Salma Ben Othman", "سلمى بن عثمان", "'", "''", "\"", "\\", "\\'; --", "$1", "$2 $10", "?1",
      ":name",
      "%_", "'; DROP TABLE sample; --", "👩🏽‍🦱🇹🇳", "e\u{301}", "é", "\u{202E}abc\u{200F}\u{061C}", "\u{FEFF}x",
      "a\r\nb\tc", "\u{1}\u{7F}", "\u{FFFD}", "\u{10FFFF}", "<script>alert(1)</script>", "=1+1",
      String(repeating: "ع", count: 100_000),
    ])
  func `text comes back byte by byte`(engine: Database.Engine, text: String) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      let back = try await database.write { db in
        try db.run("INSERT INTO sample (id, text) VALUES ('a', \(text))")
        return try db.rows("SELECT text FROM sample WHERE text = \(text)") { try $0["text"] as String }
      }
      #expect(back.map { Array($0.utf8) } == [Array(text.utf8)])
      #expect(try await Sample.ids(in: database) == ["a"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `text with a zero byte is refused by name on both engines`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database async throws in
      await #expect(throws: StorageFault.other("text with a zero byte cannot be stored")) {
        try await database.write { db in
          try db.run("INSERT INTO sample (id, text) VALUES ('a', \("Sal\0ma"))")
        }
      }
      #expect(try await Sample.ids(in: database) == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `numbers, truths, bytes, days, instants and nothing come back`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database async throws in
      func back<Value: Storable & Equatable>(_ value: Value?, as column: SQL) async throws -> Value? {
        try await database.write { db in
          try db.run("DELETE FROM sample")
          try db.run("INSERT INTO sample (id, \(column)) VALUES ('a', \(value))")
          return try db.first("SELECT id, \(column) FROM sample") { try $0[1] as Value? } ?? nil
        }
      }
      for number in [Int64.min, -1, 0, 1, Int64(Int32.max) + 1, .max] {
        #expect(try await back(number, as: "number") == number)
      }
      for isOpen in [true, false] { #expect(try await back(isOpen, as: "is_open") == isOpen) }
      for bytes in [[], [0], [0, 39, 92, 255], [UInt8](repeating: 7, count: 100_000)] as [[UInt8]] {
        #expect(try await back(bytes, as: "bytes") == bytes)
      }
      let instant = Date(timeIntervalSince1970: 1_773_302_400.123)
      #expect(try await back(instant, as: "number")?.milliseconds == 1_773_302_400_123)
      #expect(try await back(Day("2028-02-29"), as: "text") == Day("2028-02-29"))
      let id = RecordID<Never>()
      #expect(try await back(id, as: "text") == id)
      #expect(try await back(String?.none, as: "text") == nil)
      #expect(try await back(Int?.none, as: "number") == nil)
      #expect(try await back([UInt8]?.none, as: "bytes") == nil)
      // Empty is not nothing.
      #expect(try await back("", as: "text") == "")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of the wrong kind never get into a column, and the fault does not tell them`(
    engine: Database.Engine
  ) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database async throws in
      let fault = await #expect(throws: StorageFault.self) {
        try await database.write { db in
          try db.run("INSERT INTO sample (id, number) VALUES ('a', \("Salma"))")
        }
      }
      guard case .constraint = fault else {
        Issue.record("\(String(describing: fault))")
        return
      }
      #expect(!"\(String(describing: fault))".contains("Salma"))
      #expect(try await Sample.ids(in: database) == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that are not what the reader expects are named by their column alone`(
    engine: Database.Engine
  ) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in
        try db.run("INSERT INTO sample (id, text) VALUES ('a', \("20123456 Salma"))")
      }
      await #expect(throws: StorageFault.other("column text does not hold a Day")) {
        try await database.read { db in try db.first("SELECT text FROM sample") { try $0["text"] as Day } }
      }
      await #expect(throws: StorageFault.other("column number does not hold a Int")) {
        try await database.read { db in try db.first("SELECT number FROM sample") { try $0[0] as Int } }
      }
      await #expect(throws: StorageFault.other("no column name")) {
        try await database.read { db in try db.first("SELECT text FROM sample") { try $0["name"] as String } }
      }
    }
  }
}
