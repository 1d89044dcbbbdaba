import Basics
import Foundation
import Storage
import TestSupport
import Testing

@Suite(.enabled(if: TestDatabase.server != nil, "bin/test starts the server")) struct `PostgreSQL` {
  @Test func `is told what the house expects of every connection`() async throws {
    try await TestDatabase.with(.postgres) { database async throws in
      for (name, value) in [
        ("statement_timeout", "15s"), ("lock_timeout", "10s"),
        ("idle_in_transaction_session_timeout", "1min"),
        ("synchronous_commit", "on"), ("timezone", "UTC"), ("application_name", "tounesna"),
        ("transaction_isolation", "read committed"), ("transaction_read_only", "off"),
      ] {
        let show = SQL(stringLiteral: "SHOW \(name)")
        #expect(try await database.write { db in try db.value(show, as: String.self) } == value, "\(name)")
      }
      for (name, value) in [("transaction_isolation", "repeatable read"), ("transaction_read_only", "on")] {
        let show = SQL(stringLiteral: "SHOW \(name)")
        #expect(try await database.read { db in try db.value(show, as: String.self) } == value, "\(name)")
      }
    }
  }

  @Test func `stops a statement that runs too long, and goes on`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database async throws in
      await #expect(throws: StorageFault.timeout) {
        try await database.write { db in
          try Sample.insert("a", in: db)
          try db.session.script("SET LOCAL statement_timeout = 100")
          _ = try db.exists("SELECT pg_sleep(20)")
        }
      }
      #expect(try await Sample.ids(in: database) == [])
    }
  }

  @Test func `does not wait for a row for ever`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database in
      try await database.write { db in try Sample.insert("a", in: db) }
      let (isLocked, mayEnd) = (Gate(), Gate())
      async let holder: Void = database.write { db in
        try db.run("UPDATE sample SET number = \(1) WHERE id = \("a")")
        isLocked.open()
        try mayEnd.wait()
      }
      try await isLocked.passed()
      await #expect(throws: StorageFault.timeout) {
        try await database.write { db in
          try db.session.script("SET LOCAL lock_timeout = 100")
          try db.run("UPDATE sample SET number = \(2) WHERE id = \("a")")
        }
      }
      mayEnd.open()
      try await holder
      #expect(try await Sample.numbers(in: database) == [1])
    }
  }

  @Test func `two writes that wait for each other both finish`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database in
      try await database.write { db in for id in ["a", "b"] { try Sample.insert(id, in: db) } }
      let tries = Shared(0)
      let (oneHas, otherHas) = (Gate(), Gate())
      @Sendable func cross(_ first: String, _ second: String, mine: Gate, theirs: Gate) async throws {
        try await database.write { db in
          tries.update { $0 += 1 }
          try db.run("UPDATE sample SET number = number + 1 WHERE id = \(first)")
          mine.open()
          try theirs.wait()
          try db.run("UPDATE sample SET number = number + 1 WHERE id = \(second)")
        }
      }
      async let one: Void = cross("a", "b", mine: oneHas, theirs: otherHas)
      async let other: Void = cross("b", "a", mine: otherHas, theirs: oneHas)
      _ = try await (one, other)
      #expect(tries.value >= 3)
      #expect(try await Sample.numbers(in: database) == [2, 2])
    }
  }

  @Test func `two writes that cannot stand in any order are run again`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database in
      try await database.write { db in for id in ["a", "b"] { try Sample.insert(id, number: 1, in: db) } }
      let tries = Shared(0)
      let (oneHas, otherHas) = (Gate(), Gate())
      /// Each adds to its own row what it read in all.
      @Sendable func add(to id: String, mine: Gate, theirs: Gate) async throws {
        try await database.write { db in
          tries.update { $0 += 1 }
          try db.session.script("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
          let sum = try db.value("SELECT CAST(SUM(number) AS BIGINT) FROM sample", as: Int.self)
          mine.open()
          try theirs.wait()
          try db.run("UPDATE sample SET number = \(sum) WHERE id = \(id)")
        }
      }
      async let one: Void = add(to: "a", mine: oneHas, theirs: otherHas)
      async let other: Void = add(to: "b", mine: otherHas, theirs: oneHas)
      _ = try await (one, other)
      #expect(tries.value >= 3)
      // One after the other: 1 + 1, then 2 + 1.
      #expect(try await Sample.numbers(in: database).sorted() == [2, 3])
    }
  }

  @Test func `runs again five times and no more`() async throws {
    try await TestDatabase.with(.postgres) { database in
      let runs = Shared(0)
      await #expect(throws: StorageFault.serialization("always")) {
        try await database.write { _ in
          runs.update { $0 += 1 }
          throw StorageFault.serialization("always")
        }
      }
      #expect(runs.value == 6)
    }
  }

  @Test func `sent twice at once, a record is made once and both are told so`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database in
      let looked = [Gate(), Gate()]
      @Sendable func make(mine: Gate, theirs: Gate) async throws -> Bool {
        try await database.write { db in
          let isThere = try db.exists("SELECT 1 FROM sample WHERE id = \("once")")
          mine.open()
          try theirs.wait()
          if !isThere { try Sample.insert("once", in: db) }
          return isThere
        }
      }
      async let one = make(mine: looked[0], theirs: looked[1])
      async let other = make(mine: looked[1], theirs: looked[0])
      let found = try await [one, other]
      #expect(found.filter { $0 }.count == 1)
      #expect(try await Sample.ids(in: database) == ["once"])
    }
  }

  /// The server would answer COMMIT by undoing everything, without a word.
  @Test func `does not call kept what a passed-over fault undid`() async throws {
    try await TestDatabase.with(.postgres, migrations: Sample.migrations) { database async throws in
      await #expect(throws: StorageFault.self) {
        try await database.write { db in
          try Sample.insert("a", in: db)
          _ = try? db.run("INSERT INTO sample (id) VALUES (\("a"))")
        }
      }
      #expect(try await Sample.ids(in: database) == [])
    }
  }

  @Test func `makes statements without end and still fits`() async throws {
    try await TestDatabase.with(.postgres) { database in
      let held = try await database.write { db in
        for n in 0..<1_200 {
          #expect(try db.value(SQL(stringLiteral: "SELECT CAST(\(n) AS BIGINT)"), as: Int.self) == n)
        }
        return try db.value("SELECT COUNT(*) FROM pg_prepared_statements", as: Int.self)
      }
      #expect(try #require(held) <= 500)
    }
  }
}
