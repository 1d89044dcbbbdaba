import Basics
import Foundation
import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
import NIOPosix

/// SQLite through GRDB: write-ahead log, synchronous FULL, foreign keys; readers on threads and connections of their
/// own, writers one group at a time.
final class SQLiteStore: Store {
  private let writer: DatabaseQueue
  private let readers: NIOThreadPool
  /// Connections that no thread reads with just now. GRDB's own pool would ask for the schema's version at each loan,
  /// and that alone costs as much as a small read.
  private let idle = NIOLockedValueBox<[DatabaseQueue]>([])
  let openReader: @Sendable () throws -> DatabaseQueue
  private let vault: Vault
  private let commits: GroupCommit

  init(path: String, vault: Vault, readers count: Int, isBulk: Bool) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    // The log of a failed statement must not hold the values bound to it.
    configuration.publicStatementArguments = false
    var reading = configuration
    reading.readonly = true
    openReader = { [reading] in try DatabaseQueue(path: path, configuration: reading) }
    configuration.journalMode = .wal
    writer = try translatingFaults { try DatabaseQueue(path: path, configuration: configuration) }
    // GRDB sets NORMAL when it turns the log on; an acknowledged record must outlive a power cut.
    try writer.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = \(isBulk ? "OFF" : "FULL")")
      try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
      // In kB: an import is one transaction, and what it changes should not go to the log and back meanwhile.
      try db.execute(sql: "PRAGMA cache_size = \(isBulk ? -65_536 : -16_384)")
      // In pages: what many writings change again and again is copied from the log into the database once.
      try db.execute(sql: "PRAGMA wal_autocheckpoint = \(isBulk ? 16_384 : 4_096)")
    }
    self.vault = vault
    readers = NIOThreadPool(numberOfThreads: count)
    readers.start()
    commits = GroupCommit(writer: writer, vault: vault)
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
    try await readers.runIfActive { [idle, openReader, vault] in
      try translatingFaults {
        let reader = try idle.withLockedValue { $0.popLast() } ?? openReader()
        defer { idle.withLockedValue { $0.append(reader) } }
        return try reader.unsafeRead { db in
          let session = SQLiteSession(db)
          return try session.snapshot {
            try body(Connection(vault: vault, engine: .sqlite, session: session))
          }
        }
      }
    }
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
  {
    try await commits.run(body)
  }

  func close() async throws {
    try await commits.close()
    try await readers.shutdownGracefully()
    for reader in idle.withLockedValue({ $0 }) { try reader.close() }
    emptyLog()
    try writer.close()
  }

  /// What was written without waiting for the disk reaches it now. What cannot be done here is done by whoever opens
  /// the database next.
  private func emptyLog() {
    try? writer.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(TRUNCATE)")
    }
  }
}

/// One connection, by SQLite's own calls: GRDB keeps the prepared statements.
final class SQLiteSession: StoreSession {
  private let db: GRDB.Database

  init(_ db: GRDB.Database) { self.db = db }

  func run(_ text: String, _ values: [StoredValue]) throws -> Int {
    try each(text, values) { _ in }
    return db.changesCount
  }

  func each(_ text: String, _ values: [StoredValue], _ body: (borrowing Row) throws -> Void) throws {
    let statement = try prepared(text)
    let handle = statement.sqliteStatement
    defer {
      sqlite3_reset(handle)
      sqlite3_clear_bindings(handle)
    }
    for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1), of: handle) }
    let row = Row(
      columns: statement.columnNames, value: { Self.value(of: handle, at: Int32($0)) },
      letters: { Self.letters(of: handle, at: Int32($0)) })
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: try body(row)
      case SQLITE_DONE: return
      default: throw fault()
      }
    }
  }

  /// What `body` reads is of one moment. GRDB's own way compiles its statements anew each time.
  func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
    _ = try run("BEGIN", [])
    defer { if isInTransaction { _ = try? run("ROLLBACK", []) } }
    return try body()
  }

  func script(_ text: String) throws { try db.execute(sql: text) }

  /// False when SQLite itself gave up the transaction (a full disk, an I/O error).
  var isInTransaction: Bool { db.isInsideTransaction && sqlite3_get_autocommit(db.sqliteConnection) == 0 }

  /// A statement that is being stepped already cannot be borrowed a second time.
  private func prepared(_ text: String) throws -> Statement {
    let cached = try db.cachedStatement(sql: text)
    return sqlite3_stmt_busy(cached.sqliteStatement) == 0 ? cached : try db.makeStatement(sql: text)
  }

  private func bind(_ value: StoredValue, at index: Int32, of handle: OpaquePointer) throws {
    // SQLITE_TRANSIENT: SQLite copies what it is shown.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    let code: Int32
    switch value {
    case .null: code = sqlite3_bind_null(handle, index)
    case .integer(let number): code = sqlite3_bind_int64(handle, index, number)
    case .text(let text):
      guard !text.utf8.contains(0) else { throw StorageFault.zeroByte }
      var text = text
      code = text.withUTF8 {
        sqlite3_bind_text64(handle, index, $0.baseAddress, UInt64($0.count), transient, UInt8(SQLITE_UTF8))
      }
    case .bytes(let bytes):
      code =
        bytes.isEmpty
        ? sqlite3_bind_zeroblob(handle, index, 0)
        : sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), transient)
    }
    guard code == SQLITE_OK else { throw fault() }
  }

  private static func value(of handle: OpaquePointer, at index: Int32) -> StoredValue {
    switch sqlite3_column_type(handle, index) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, index))
    case SQLITE_TEXT:
      return letters(of: handle, at: index).map { .text(String(decoding: $0, as: UTF8.self)) } ?? .null
    case SQLITE_BLOB:
      let count = Int(sqlite3_column_bytes(handle, index))
      return .bytes([UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, index), count: count)))
    default: return .null
    }
  }

  private static func letters(of handle: OpaquePointer, at index: Int32) -> UnsafeBufferPointer<UInt8>? {
    guard sqlite3_column_type(handle, index) == SQLITE_TEXT else { return nil }
    let start = sqlite3_column_text(handle, index)
    return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))
  }

  private func fault() -> StorageFault {
    StorageFault(
      code: sqlite3_extended_errcode(db.sqliteConnection),
      message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
  }
}

extension StorageFault {
  /// SQLite's extended result codes. Source: sqlite.org/rescode.html.
  init(code: Int32, message: String) {
    switch (code, code & 0xFF) {
    // UNIQUE, PRIMARYKEY and ROWID: C macros that do not reach Swift.
    case (2067, _), (1555, _), (2579, _):
      self = .duplicate(message)
    case (_, SQLITE_CONSTRAINT): self = .constraint(message)
    case (_, SQLITE_FULL): self = .full(message)
    case (_, SQLITE_BUSY), (_, SQLITE_LOCKED), (_, SQLITE_CANTOPEN), (_, SQLITE_IOERR), (_, SQLITE_READONLY):
      self = .unavailable(message)
    default: self = .other("SQLite \(code): \(message)")
    }
  }
}

/// GRDB's own errors as ours, without the statement's values.
func translatingFaults<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as DatabaseError {
    throw StorageFault(code: error.extendedResultCode.rawValue, message: error.message ?? "")
  }
}
