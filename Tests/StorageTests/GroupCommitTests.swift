import Basics
import Foundation
import Storage
import TestSupport
import Testing

@Suite struct `Many writers at once` {
  @Test(arguments: TestDatabase.engines)
  func `find everything there that they were told is kept, and nothing else`(
    engine: Database.Engine
  ) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      try await database.migrate(Sample.migrations)
      let kept = Shared<Set<String>>([])
      let refused = Shared(0)
      await withTaskGroup { group in
        for n in 0..<400 {
          group.addTask {
            let id = String(1_000 + n)
            do {
              try await database.write { db in
                try Sample.insert(id, number: n, in: db)
                // Some give up, some meet a constraint, after they wrote.
                if n % 7 == 3 { throw ChangedMyMind() }
                if n % 11 == 5 { try Sample.insert(id, in: db) }
              }
              kept.update { _ = $0.insert(id) }
            } catch {
              refused.update { $0 += 1 }
            }
          }
        }
      }
      try await database.close()
      let expected = (0..<400).filter { $0 % 7 != 3 && $0 % 11 != 5 }.map { String(1_000 + $0) }
      #expect(kept.value == Set(expected))
      #expect(refused.value == 400 - expected.count)
      let again = try TestDatabase.open(engine, at: address)
      #expect(try await Sample.ids(in: again) == expected)
      try await again.close()
    }
  }

  /// How many writes come together, and what the log shows of it.
  @Test func `share one commit with those who wait, and one that fails, fails alone`() async throws {
    try await TestDatabase.withAddress(.sqlite) { address in
      let database = try TestDatabase.open(.sqlite, at: address)
      try await database.migrate(Sample.migrations)
      let before = try Log.commits(of: address)
      let (isHolding, mayGoOn) = (Gate(), Gate())
      async let first: Void = database.write { db in
        try Sample.insert("first", in: db)
        isHolding.open()
        try mayGoOn.wait()
      }
      try await isHolding.passed()
      let outcomes = Shared<[Int: String]>([:])
      let arrived = Shared(0)
      try await withThrowingTaskGroup { group in
        for n in 0..<100 {
          group.addTask {
            arrived.update { $0 += 1 }
            do {
              try await database.write { db in
                try Sample.insert("second-\(n)", in: db)
                if n == 10 { throw ChangedMyMind() }
                if n == 20 { try Sample.insert("first", in: db) }
                if n == 30 { try db.run("INSERT INTO child (id, sample, age) VALUES ('c', 'nobody', 1)") }
              }
              outcomes.update { $0[n] = "kept" }
            } catch is ChangedMyMind {
              outcomes.update { $0[n] = "given up" }
            } catch StorageFault.duplicate {
              outcomes.update { $0[n] = "duplicate" }
            } catch StorageFault.constraint {
              outcomes.update { $0[n] = "constraint" }
            }
          }
        }
        while arrived.value < 100 { try await Task.sleep(for: .milliseconds(5)) }
        // Time for the last of them to stand in the line.
        try await Task.sleep(for: .milliseconds(200))
        mayGoOn.open()
        try await group.waitForAll()
      }
      try await first
      #expect(
        outcomes.value.filter { $0.value != "kept" } == [10: "given up", 20: "duplicate", 30: "constraint"])
      #expect(outcomes.value.count == 100)
      #expect(try await Sample.ids(in: database).count == 98)
      // One of the first alone and one of those who waited; a few more where the machine is slow.
      let commits = try Log.commits(of: address) - before
      #expect((2...10).contains(commits), "\(commits) commits for 101 writes")
      try await database.close()
    }
  }

  @Test func `are many more than one group holds, and all are served`() async throws {
    try await TestDatabase.with(.sqlite, migrations: Sample.migrations) { database in
      let (isHolding, mayGoOn) = (Gate(), Gate())
      let arrived = Shared(0)
      async let first: Void = database.write { _ in
        isHolding.open()
        try mayGoOn.wait()
      }
      try await isHolding.passed()
      try await withThrowingTaskGroup { group in
        for n in 0..<700 {
          group.addTask {
            arrived.update { $0 += 1 }
            try await database.write { db in try Sample.insert("\(n)", in: db) }
          }
        }
        while arrived.value < 700 { try await Task.sleep(for: .milliseconds(5)) }
        mayGoOn.open()
        try await group.waitForAll()
      }
      try await first
      #expect(try await Sample.ids(in: database).count == 700)
    }
  }

  @Test func `are told the truth: full synchronous, foreign keys, a log`() async throws {
    try await TestDatabase.with(.sqlite, migrations: Sample.migrations) { database in
      let settings = try await database.write { db in
        [
          try db.value("PRAGMA synchronous", as: Int.self), try db.value("PRAGMA foreign_keys", as: Int.self),
        ]
      }
      // 2 is FULL.
      #expect(settings == [2, 1])
      #expect(
        try await database.write { db in try db.value("PRAGMA journal_mode", as: String.self) } == "wal")
      let tables = try await database.read { db in
        try db.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'") {
          (try $0["name"] as String, try $0["strict"] as Bool)
        }
      }
      #expect(tables.count >= 6)
      #expect(tables.filter { !$0.1 && !$0.0.hasPrefix("sqlite_") }.isEmpty)
    }
  }

  @Test func `of data that can be made again give the safety up`() async throws {
    try await TestDatabase.withAddress(.sqlite) { address in
      let database = try Database.sqlite(address, vault: Vault(TestDatabase.keys), isBulk: true)
      #expect(
        try await database.write { db in try db.value("PRAGMA synchronous", as: Int.self) } == 0)
      try await database.close()
    }
  }
}

private enum Log {
  /// Transactions in the write-ahead log: the frame that ends one says how large the database is after it.
  /// Source: sqlite.org/fileformat2.html#walformat.
  static func commits(of database: String) throws -> Int {
    let log = [UInt8](try Data(contentsOf: URL(filePath: database + "-wal")))
    func number(at place: Int) -> Int { log[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    let frame = 24 + number(at: 8)
    return stride(from: 32, through: log.count - frame, by: frame).count { start in
      log[start + 8..<start + 16] == log[16..<24] && number(at: start + 4) > 0
    }
  }
}
