import Basics
import Foundation
import Storage
import Synchronization

/// Something that bodies on several threads count or collect in.
final class Shared<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  init(_ value: Value) { mutex = Mutex(value) }

  var value: Value { mutex.withLock { $0 } }

  @discardableResult
  func update<Result: Sendable>(_ change: @Sendable (inout Value) -> Result) -> Result {
    mutex.withLock { value in
      var copy = value
      defer { value = copy }
      return change(&copy)
    }
  }
}

/// Holds a body, or the test, back until the other has come as far.
final class Gate: Sendable {
  private let isOpen = Shared(false)

  struct StayedShut: Error {}

  func open() { isOpen.update { $0 = true } }

  /// For the synchronous body of a transaction.
  func wait() throws {
    for _ in 0..<10_000 where !isOpen.value { usleep(2_000) }
    if !isOpen.value { throw StayedShut() }
  }

  /// For the test itself.
  func passed() async throws {
    for _ in 0..<10_000 where !isOpen.value { try await Task.sleep(for: .milliseconds(2)) }
    if !isOpen.value { throw StayedShut() }
  }
}

/// A reason of the caller's own to give a transaction up.
struct ChangedMyMind: Error, Equatable {}

/// A table to try things on.
enum Sample {
  static let migrations = [
    Migration(
      "2026-01-01 samples: create",
      """
      CREATE TABLE sample (
        id      TEXT PRIMARY KEY,
        number  BIGINT,
        text    TEXT,
        bytes   BLOB,
        is_open BIGINT
      );
      CREATE TABLE child (
        id     TEXT PRIMARY KEY,
        sample TEXT NOT NULL REFERENCES sample (id),
        age    BIGINT NOT NULL CHECK (age >= 0),
        phone  TEXT UNIQUE
      )
      """)
  ]

  static func insert(_ id: String, number: Int = 0, in db: Connection) throws {
    try db.run("INSERT INTO sample (id, number) VALUES (\(id), \(number))")
  }

  static func ids(in database: Database) async throws -> [String] {
    try await database.read { db in try db.rows("SELECT id FROM sample ORDER BY id") { try $0[0] as String } }
  }

  static func numbers(in database: Database) async throws -> [Int] {
    try await database.read { db in try db.rows("SELECT number FROM sample ORDER BY id") { try $0[0] as Int }
    }
  }
}
