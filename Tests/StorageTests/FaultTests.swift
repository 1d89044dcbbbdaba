import Basics
import Storage
import TestSupport
import Testing

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
}
