import Basics
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct `A transaction` {
  @Test(arguments: TestDatabase.engines)
  func `that reads sees one moment, whatever is written meanwhile`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in try Sample.insert("a", in: db) }
      let (hasRead, hasWritten) = (Gate(), Gate())
      async let counts = database.read { db in
        let count: SQL = "SELECT COUNT(*) FROM sample"
        let before = try db.value(count, as: Int.self)
        hasRead.open()
        try hasWritten.wait()
        return [before, try db.value(count, as: Int.self)]
      }
      try await hasRead.passed()
      try await database.write { db in try Sample.insert("b", in: db) }
      hasWritten.open()
      #expect(try await counts == [1, 1])
      #expect(try await Sample.ids(in: database) == ["a", "b"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that reads cannot write`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database async throws in
      await #expect(throws: StorageFault.self) {
        try await database.read { db in try Sample.insert("a", in: db) }
      }
      #expect(try await Sample.ids(in: database) == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `leaves nothing when its body throws, and the next is not harmed`(engine: Database.Engine) async throws
  {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      for _ in 0..<10 {
        await #expect(throws: ChangedMyMind()) {
          try await database.write { db in
            try Sample.insert("a", in: db)
            try db.run("INSERT INTO child (id, sample, age) VALUES ('x', 'a', 1)")
            throw ChangedMyMind()
          }
        }
        await #expect(throws: Refusal.notFound) { try await database.read { _ in throw Refusal.notFound } }
      }
      #expect(try await Sample.ids(in: database) == [])
      try await database.write { db in try Sample.insert("b", in: db) }
      #expect(try await Sample.ids(in: database) == ["b"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `leaves nothing when a statement of it fails`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database async throws in
      await #expect(throws: StorageFault.self) {
        try await database.write { db in
          try Sample.insert("a", in: db)
          try Sample.insert("b", in: db)
          try Sample.insert("a", in: db)
        }
      }
      #expect(try await Sample.ids(in: database) == [])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `asks again while an answer is still being read`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in for n in 0..<8 { try Sample.insert("\(n)", number: n, in: db) } }
      // The same text within itself, eight deep.
      let sums = try await database.read { db in
        func below(_ number: Int) throws -> [Int] {
          try db.rows("SELECT number FROM sample WHERE number < \(number) ORDER BY number") { row in
            try row[0] + below(try row[0]).count
          }
        }
        return try below(8)
      }
      #expect(sums == (0..<8).map { $0 * 2 })
      try await database.write { db in
        _ = try db.rows("SELECT id, number FROM sample") { row in
          let (id, number): (String, Int) = (try row["id"], try row["number"])
          try db.run("UPDATE sample SET number = \(number + 100) WHERE id = \(id)")
        }
      }
      #expect(try await Sample.numbers(in: database).sorted() == Array(100..<108))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that stopped reading halfway does not hold the statement`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in for n in 0..<5 { try Sample.insert("\(n)", number: n, in: db) } }
      for _ in 0..<3 {
        await #expect(throws: ChangedMyMind()) {
          try await database.write { db in
            try db.rows("SELECT id FROM sample ORDER BY id") { _ in throw ChangedMyMind() }
          }
        }
      }
      #expect(try await Sample.ids(in: database).count == 5)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `says how many rows it changed, and gives back what it made`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in
        for n in 0..<5 { try Sample.insert("\(n)", number: n, in: db) }
        #expect(try db.run("UPDATE sample SET text = 'x' WHERE number > \(1)") == 3)
        #expect(try db.run("UPDATE sample SET text = 'x' WHERE number > \(9)") == 0)
        #expect(try db.run("DELETE FROM sample WHERE number = \(0)") == 1)
        #expect(
          try db.run("INSERT INTO sample (id) VALUES (\("1")) ON CONFLICT (id) DO NOTHING") == 0)
        let made = try db.value(
          "INSERT INTO sample (id, number) VALUES ('9', \(9)) RETURNING number", as: Int.self)
        #expect(made == 9)
        #expect(try db.exists("SELECT 1 FROM sample WHERE id = \("9")"))
        #expect(try !db.exists("SELECT 1 FROM sample WHERE id = \("8")"))
        #expect(try db.value("SELECT text FROM sample WHERE id = \("9")", as: String.self) == nil)
        #expect(try db.first("SELECT number FROM sample ORDER BY number DESC") { try $0[0] as Int } == 9)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `waits for another that writes the same row: no change is lost`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in try Sample.insert("a", in: db) }
      try await withThrowingTaskGroup { group in
        for _ in 0..<100 {
          group.addTask {
            try await database.write { db in
              try db.run("UPDATE sample SET number = number + 1 WHERE id = \("a")")
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await Sample.numbers(in: database) == [100])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `after closing is refused and never left waiting`(engine: Database.Engine) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      try await database.migrate(Sample.migrations)
      try await database.close()
      await #expect(throws: (any Error).self) {
        try await database.write { db in try Sample.insert("a", in: db) }
      }
      await #expect(throws: (any Error).self) { try await database.read { db in try db.exists("SELECT 1") } }
      let again = try TestDatabase.open(engine, at: address)
      #expect(try await Sample.ids(in: again) == [])
      try await again.close()
    }
  }
}
