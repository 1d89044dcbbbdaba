import Basics
import NIOPosix

/// The one database of an installation: SQLite inside, or PostgreSQL beside.
///
/// `read` and `write` are asynchronous; their bodies are synchronous, run on a thread of their own and get a
/// connection that cannot leave them.
package final class Database: Sendable {
  package enum Engine: String, Sendable { case sqlite, postgres }

  package let engine: Engine
  package let vault: Vault
  let store: any Store

  package init(engine: Engine, vault: Vault, store: any Store) {
    self.engine = engine
    self.vault = vault
    self.store = store
  }

  /// Opens, and makes if need be, an SQLite database at `path`.
  /// - Parameter isBulk: give up durability for speed: only for data that can be made again.
  package static func sqlite(_ path: String, vault: Vault, readers: Int = 4, isBulk: Bool = false) throws
    -> Database
  {
    let store = try SQLiteStore(path: path, vault: vault, readers: readers, isBulk: isBulk)
    return Database(engine: .sqlite, vault: vault, store: store)
  }

  /// Opens a PostgreSQL database by libpq's own connection text; several hosts are tried in turn and the one
  /// that takes writes is used.
  package static func postgres(
    _ connection: String, vault: Vault, connections: Int = 8, isBulk: Bool = false
  ) throws -> Database {
    let store = PostgresStore(address: connection, vault: vault, connections: connections, isBulk: isBulk)
    return Database(engine: .postgres, vault: vault, store: store)
  }

  /// A read-only snapshot.
  package func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws
    -> Value
  {
    try await store.read(body)
  }

  /// One transaction: all of `body` is kept, or nothing.
  ///
  /// The body may be run again when the engine asks for it (a serialization failure), so it does nothing but
  /// read and write this connection.
  @discardableResult
  package func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws
    -> Value
  {
    try await store.write(body)
  }

  package func close() async throws { try await store.close() }
}

/// What an engine must do for the database.
package protocol Store: Sendable {
  func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
  func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
  /// Copies the database into a file of `folder` while it is used.
  /// - Returns: the name of the file.
  func backUp(to folder: CopyFolder) async throws -> String
  func close() async throws
}
