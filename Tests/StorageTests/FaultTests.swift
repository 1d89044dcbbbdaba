import Basics
import TestSupport
import Testing

@testable import Storage

@Suite struct `What the database refuses` {
  /// What is wrong with each, and the number that must not be told.
  enum Wrong: String, CaseIterable, Sendable {
    case `a key that is taken`, `a phone that is taken`, `no such parent`, `a parent that is needed`,
      `a negative age`,
      `no age`

    var statement: SQL {
      switch self {
      case .`a key that is taken`: "INSERT INTO sample (id) VALUES (\("20123456"))"
      case .`a phone that is taken`:
        "INSERT INTO child (id, sample, age, phone) VALUES ('b', \("20123456"), 1, \("20123456"))"
      case .`no such parent`: "INSERT INTO child (id, sample, age) VALUES ('b', \("99887766"), 1)"
      case .`a parent that is needed`: "DELETE FROM sample WHERE id = \("20123456")"
      case .`a negative age`:
        "INSERT INTO child (id, sample, age) VALUES ('b', \("20123456"), \(-99_887_766))"
      case .`no age`:
        "INSERT INTO child (id, sample, age) VALUES (\("99887766"), \("20123456"), \(Int?.none))"
      }
    }

    var isDuplicate: Bool { self == .`a key that is taken` || self == .`a phone that is taken` }
  }

  @Test(arguments: TestDatabase.engines, Wrong.allCases)
  func `is told alike by both engines, without a value`(engine: Database.Engine, wrong: Wrong) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in
        try Sample.insert("20123456", in: db)
        try db.run("INSERT INTO child (id, sample, age, phone) VALUES ('a', \("20123456"), 1, \("20123456"))")
      }
      let fault = await #expect(throws: StorageFault.self) {
        try await database.write { db in try db.run(wrong.statement) }
      }
      switch fault {
      case .duplicate(let text):
        #expect(wrong.isDuplicate)
        #expect(text.contains("sample") || text.contains("child"))
      case .constraint: #expect(!wrong.isDuplicate)
      default: Issue.record("\(String(describing: fault))")
      }
      let told = String(describing: fault)
      #expect(!told.contains("20123456") && !told.contains("99887766"), "\(told)")
      // Nothing came of it, and the database goes on.
      #expect(try await Sample.ids(in: database) == ["20123456"])
      #expect(
        try await database.read { db in try db.value("SELECT COUNT(*) FROM child", as: Int.self) } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a statement that makes no sense names what is wrong with it`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine) { database in
      let fault = await #expect(throws: StorageFault.self) {
        try await database.read { db in try db.exists("SELECT 1 FROM nowhere WHERE id = \("20123456")") }
      }
      guard case .other(let text) = fault else {
        Issue.record("\(String(describing: fault))")
        return
      }
      #expect(text.contains("nowhere") && !text.contains("20123456"))
    }
  }

  @Test(
    arguments: [
      ("23505", .duplicate("key")), ("23503", .constraint("said key")), ("23514", .constraint("said key")),
      ("22P02", .constraint("a value does not fit its column (22P02)")), ("40001", .serialization("said")),
      ("40P01", .serialization("said")), ("53100", .full("said")), ("57014", .timeout), ("55P03", .timeout),
      ("57P01", .unavailable("said")), ("08006", .unavailable("said")), ("53300", .unavailable("said")),
      ("25006", .unavailable("said")), ("42P01", .other("PostgreSQL 42P01: said")),
    ] as [(String, StorageFault)])
  func `by PostgreSQL is told by its kind`(state: String, fault: StorageFault) {
    #expect(StorageFault(state: state, message: "said", constraint: "key", connection: "gone\n") == fault)
  }

  @Test func `by a PostgreSQL that is gone is told by what the connection says`() {
    #expect(
      StorageFault(state: "", message: "", constraint: "", connection: "gone\n") == .unavailable("gone"))
  }

  @Test(
    arguments: [
      (2067, .duplicate("said")), (1555, .duplicate("said")), (787, .constraint("said")),
      (275, .constraint("said")),
      (1299, .constraint("said")), (3091, .constraint("said")), (13, .full("said")),
      (5, .unavailable("said")),
      (6, .unavailable("said")), (8, .unavailable("said")), (266, .unavailable("said")),
      (14, .unavailable("said")),
      (1, .other("SQLite 1: said")), (11, .other("SQLite 11: said")),
    ] as [(Int32, StorageFault)])
  func `by SQLite is told by its kind`(code: Int32, fault: StorageFault) {
    #expect(StorageFault(code: code, message: "said") == fault)
  }
}
