import Basics
import Storage
import TestSupport
import Testing

@Suite struct `A statement` {
  @Test func `binds every value and numbers them ascending`() {
    let nobody: String? = nil
    let sql: SQL =
      "SELECT id FROM sample WHERE text = \("x' OR 1 = 1 --") AND number > \(7) OR text = \(nobody)"
    #expect(sql.text == "SELECT id FROM sample WHERE text = ? AND number > ? OR text = ?")
    #expect(sql.values == [.text("x' OR 1 = 1 --"), .integer(7), .null])
  }

  @Test func `takes up another with its values`() {
    let inner: SQL = "number BETWEEN \(1) AND \(2)"
    let sql: SQL = "SELECT id FROM sample WHERE text = \("a") AND \(inner) AND text <> \("b")"
    #expect(sql.text == "SELECT id FROM sample WHERE text = ? AND number BETWEEN ? AND ? AND text <> ?")
    #expect(sql.values == [.text("a"), .integer(1), .integer(2), .text("b")])
    let sum = inner + " OR " + inner
    #expect(sum.text == "number BETWEEN ? AND ? OR number BETWEEN ? AND ?")
    #expect(sum.values == [.integer(1), .integer(2), .integer(1), .integer(2)])
  }

  @Test func `lists are bound one by one`() {
    let sql: SQL = "SELECT id FROM sample WHERE id IN (\(list: ["a", "b'c", "$1"])) AND number = \(5)"
    #expect(sql.text == "SELECT id FROM sample WHERE id IN (?, ?, ?) AND number = ?")
    #expect(sql.values == [.text("a"), .text("b'c"), .text("$1"), .integer(5)])
  }

  @Test func `joined conditions each stay whole`() {
    #expect(SQL.all([]).text == "1 = 1")
    #expect(SQL.all(["number = \(1)"]).text == "(number = ?)")
    let joined = SQL.all(["number = \(1) OR number = \(2)", "text = \("a")"])
    #expect(joined.text == "(number = ? OR number = ?) AND (text = ?)")
    #expect(joined.values == [.integer(1), .integer(2), .text("a")])
  }

  @Test(arguments: TestDatabase.engines)
  func `means the same to the engine`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database in
      try await database.write { db in for n in 1...12 { try Sample.insert("\(n)", number: n, in: db) } }
      func ids(_ condition: SQL) async throws -> [Int] {
        try await database.read { db in
          try db.rows("SELECT number FROM sample WHERE \(condition) ORDER BY number") { try $0[0] as Int }
        }
      }
      #expect(try await ids("id IN (\(list: ["2", "11", "2", "x"]))") == [2, 11])
      #expect(try await ids("id IN (\(list: [String]()))") == [])
      #expect(try await ids("NOT id IN (\(list: [String]()))") == [])
      #expect(try await ids(.all([])).count == 12)
      #expect(try await ids(.all(["number = \(1) OR number = \(2)", "number > \(1)"])) == [2])
      // More values than one digit numbers.
      let all = (1...12).map { "number = \($0)" as SQL }
      #expect(try await ids(all.dropFirst().reduce(all[0]) { "\($0) OR \($1)" }) == Array(1...12))
    }
  }
}
