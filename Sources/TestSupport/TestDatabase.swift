import Basics
import CPostgres
import Foundation
import NIOConcurrencyHelpers
import Storage

/// An empty database for one test, on either engine, gone with it.
package enum TestDatabase {
  /// Both engines; SQLite alone where no PostgreSQL was started (`bin/test` always starts one).
  package static let engines: [Database.Engine] = server == nil ? [.sqlite] : [.sqlite, .postgres]

  /// The address of the PostgreSQL that `bin/test` starts.
  package static let server = ProcessInfo.processInfo.environment["TOUNESNA_TEST_POSTGRES"]

  /// Master keys of the tests: known, so that a test can open what another connection sealed.
  package static let keys = KeyRing([MasterKey()])

  /// Lends an empty database that has been through `migrations`.
  package static func with(
    _ engine: Database.Engine, migrations: [Migration] = [], keys: KeyRing = TestDatabase.keys,
    _ body: (Database) async throws -> Void
  ) async throws {
    try await withAddress(engine) { address in
      let database = try open(engine, at: address, keys: keys)
      do {
        try await database.migrate(InstallationKeys.migrations + Journal.migrations + migrations)
        try await InstallationKeys.check(database)
        try await body(database)
      } catch {
        try await database.close()
        throw error
      }
      try await database.close()
    }
  }

  /// Lends the address of an empty database: a path, or a connection text with a schema of its own.
  package static func withAddress(_ engine: Database.Engine, _ body: (String) async throws -> Void)
    async throws
  {
    switch engine {
    case .sqlite: try await withFolder { folder in try await body("\(folder)/test.db") }
    case .postgres: try await withSchema(body)
    }
  }

  package static func open(_ engine: Database.Engine, at address: String, keys: KeyRing = TestDatabase.keys)
    throws
    -> Database
  {
    switch engine {
    case .sqlite: try .sqlite(address, vault: Vault(keys), readers: 2)
    case .postgres: try .postgres(address, vault: Vault(keys), connections: 4)
    }
  }

  /// Lends an empty folder.
  package static func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tounesna-\(RecordID<Never>())").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  private static func withSchema(_ body: (String) async throws -> Void) async throws {
    guard let server else { throw MissingServer() }
    await places.enter()
    defer { places.leave() }
    let schema = "t\(RecordID<Never>())"
    try execute("CREATE SCHEMA \(schema)", at: server)
    defer { try? execute("SET client_min_messages = warning; DROP SCHEMA \(schema) CASCADE", at: server) }
    try await body("\(server)?options=-csearch_path%3D\(schema)")
  }

  /// Every test wants a database at once; a server that makes twenty tables for each of them runs into its time-outs.
  private static let places = Gate(8)

  private static func execute(_ text: String, at address: String) throws {
    let connection = PQconnectdb(address)
    defer { PQfinish(connection) }
    let result = PQexec(connection, text)
    defer { PQclear(result) }
    guard PQresultStatus(result) == PGRES_COMMAND_OK else {
      throw StorageFault.other(String(cString: PQerrorMessage(connection)))
    }
  }

  package struct MissingServer: Error, CustomStringConvertible {
    package let description = "no PostgreSQL: run the tests with bin/test, which starts one"
  }
}

/// Lets at most so many in at once; the others wait in line.
private final class Gate: Sendable {
  private struct Line {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let line: NIOLockedValueBox<Line>

  init(_ places: Int) { line = NIOLockedValueBox(Line(free: places)) }

  func enter() async {
    await withCheckedContinuation { continuation in
      let mayEnter = line.withLockedValue { line in
        guard line.free == 0 else {
          line.free -= 1
          return true
        }
        line.waiting.append(continuation)
        return false
      }
      if mayEnter { continuation.resume() }
    }
  }

  func leave() {
    let next = line.withLockedValue { line -> CheckedContinuation<Void, Never>? in
      guard line.waiting.isEmpty else { return line.waiting.removeFirst() }
      line.free += 1
      return nil
    }
    next?.resume()
  }
}

extension Database {
  /// The plan of a statement as the engine tells it, one line a step. In PostgreSQL without whole scans as a choice:
  /// on a few rows it would always take one.
  package func plan(of sql: SQL) async throws -> String {
    switch engine {
    case .sqlite:
      try await read { db in
        try db.rows("EXPLAIN QUERY PLAN \(sql)") { row in try row["detail"] as String }.joined(
          separator: "\n")
      }
    case .postgres:
      try await write { db in
        for way in ["seqscan", "bitmapscan", "sort"] {
          try db.run(SQL(stringLiteral: "SET LOCAL enable_\(way) = off"))
        }
        return try db.rows("EXPLAIN \(sql)") { row in try row[0] as String }.joined(separator: "\n")
      }
    }
  }
}
