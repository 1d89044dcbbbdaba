import Basics
import Foundation
import NIOConcurrencyHelpers
import NIOPosix

/// PostgreSQL through libpq: as many blocking connections as threads, kept off the event loops.
///
/// Reads are snapshots (REPEATABLE READ, READ ONLY); writes are READ COMMITTED, where a second writer of the same
/// row waits for the first. What the engine cannot carry out beside another transaction is run again.
final class PostgresStore: Store {
  let address: String
  private let vault: Vault
  private let threads: NIOThreadPool
  private let idle = NIOLockedValueBox<[PostgresSession]>([])
  private let isBulk: Bool

  /// A transaction that stands in another's way is tried again this often.
  private static let retries = 5
  /// How long a lost server is looked for before the caller hears of it.
  private static let patience: TimeInterval = 5

  init(address: String, vault: Vault, connections: Int, isBulk: Bool) {
    self.address = address
    self.vault = vault
    self.isBulk = isBulk
    threads = NIOThreadPool(numberOfThreads: connections)
    threads.start()
  }

  func read<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
    try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
  }

  func write<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value
  {
    try await transaction("BEGIN", body)
  }

  func close() async throws {
    try await threads.shutdownGracefully()
    idle.withLockedValue { $0.removeAll() }
  }

  private func transaction<Value: Sendable>(
    _ begin: String, _ body: @escaping @Sendable (Connection) throws -> Value
  ) async throws -> Value {
    try await threads.runIfActive { [self] in
      var tries = 0
      let deadline = Date().addingTimeInterval(Self.patience)
      while true {
        do {
          return try attempt(begin, body)
        } catch StorageFault.serialization(let cause) {
          tries += 1
          guard tries <= Self.retries else { throw StorageFault.serialization(cause) }
          // Not all at the same moment again.
          usleep(UInt32.random(in: 1_000...10_000) << UInt32(tries))
        } catch StorageFault.duplicate(let cause) {
          // Sent twice at once, a record is made by the first; run again, the second finds it there.
          tries += 1
          guard tries == 1 else { throw StorageFault.duplicate(cause) }
        } catch let lost as Lost {
          guard Date() < deadline else { throw StorageFault.unavailable(lost.cause) }
          usleep(100_000)
        }
      }
    }
  }

  /// The connection was lost before anything was committed: the whole transaction may be run again.
  private struct Lost: Error { let cause: String }

  private func attempt<Value>(_ begin: String, _ body: (Connection) throws -> Value) throws -> Value {
    let session = try borrow()
    do {
      try session.script(begin)
      let value = try body(Connection(vault: vault, engine: .postgres, session: session))
      try commit(session)
      giveBack(session)
      return value
    } catch {
      guard session.isAlive else {
        // What a lost COMMIT came to nobody knows: it is reported and never repeated.
        if case CommitFault.lost(let cause) = error { throw StorageFault.unavailable(cause) }
        throw Lost(cause: "\(error)")
      }
      if session.isInTransaction { try? session.script("ROLLBACK") }
      giveBack(session)
      throw error
    }
  }

  private enum CommitFault: Error { case lost(String) }

  private func commit(_ session: PostgresSession) throws {
    // The engine would answer COMMIT by undoing everything, without a word.
    guard !session.hasFailed else {
      throw StorageFault.other("a statement failed and its fault was passed over: nothing is kept")
    }
    do {
      try session.script("COMMIT")
    } catch {
      if session.isAlive { throw error }
      throw CommitFault.lost("the connection was lost while committing: \(error)")
    }
  }

  private func borrow() throws -> PostgresSession {
    while let session = idle.withLockedValue({ $0.popLast() }) {
      if session.isAlive { return session }
    }
    do {
      return try PostgresSession(address: address, isBulk: isBulk)
    } catch StorageFault.unavailable(let cause) {
      throw Lost(cause: cause)
    }
  }

  private func giveBack(_ session: PostgresSession) {
    if session.isAlive { idle.withLockedValue { $0.append(session) } }
  }
}
