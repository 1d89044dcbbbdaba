import Basics
import Foundation
import GRDB
import NIOConcurrencyHelpers
import NIOPosix

/// Writers that come while one commit is on its way to the disk share the next one: one fsync for all.
///
/// Each job runs in a savepoint of its own, so that one that fails, fails alone. A job without company needs none:
/// keeping what it changes, page by page, for a savepoint would double its cost.
final class GroupCommit: Sendable {
  private let writer: DatabaseQueue
  private let vault: Vault
  private let thread: NIOThreadPool
  private let waiting = NIOLockedValueBox(Waiting())

  /// At most this many in one group: bounds how long the first of them waits.
  private static let groupSize = 256

  private struct Waiting {
    var jobs: [Job] = []
    var isRunning = false
  }

  /// What to do, and how its caller hears of a group that never began.
  private struct Job: Sendable {
    let run: @Sendable (Connection) -> Outcome
    let refuse: @Sendable (any Error) -> Void
  }

  /// What a job came to. Its caller hears of it once the group is on the disk, or could not be put there.
  private struct Outcome {
    let failed: Bool
    let answer: (_ groupFault: (any Error)?) -> Void
  }

  init(writer: DatabaseQueue, vault: Vault) {
    self.writer = writer
    self.vault = vault
    thread = NIOThreadPool(numberOfThreads: 1)
    thread.start()
  }

  func run<Value: Sendable>(_ body: @escaping @Sendable (Connection) throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let run: @Sendable (Connection) -> Outcome = { connection in
        let result = Result { try translatingFaults { try body(connection) } }
        let failed = if case .failure = result { true } else { false }
        return Outcome(failed: failed) { groupFault in
          if let groupFault, !failed {
            continuation.resume(throwing: groupFault)
          } else {
            continuation.resume(with: result)
          }
        }
      }
      let job = Job(run: run, refuse: { continuation.resume(throwing: $0) })
      let mustStart = waiting.withLockedValue { waiting in
        waiting.jobs.append(job)
        defer { waiting.isRunning = true }
        return !waiting.isRunning
      }
      if mustStart { thread.submit { _ in self.drain() } }
    }
  }

  func close() async throws { try await thread.shutdownGracefully() }

  private func drain() {
    while let group = nextGroup() { commit(group) }
  }

  private func nextGroup() -> [Job]? {
    waiting.withLockedValue { waiting in
      guard !waiting.jobs.isEmpty else {
        waiting.isRunning = false
        return nil
      }
      let group = Array(waiting.jobs.prefix(Self.groupSize))
      waiting.jobs.removeFirst(group.count)
      return group
    }
  }

  /// Runs the group in one transaction; callers hear of it only after the commit.
  private func commit(_ group: [Job]) {
    var outcomes: [Outcome] = []
    do {
      try translatingFaults {
        try writer.writeWithoutTransaction { db in
          let session = SQLiteSession(db)
          let connection = Connection(vault: vault, engine: .sqlite, session: session)
          _ = try session.run("BEGIN IMMEDIATE", [])
          do {
            for job in group {
              try run(job, isAlone: group.count == 1, on: connection, session, noting: &outcomes)
            }
            _ = try session.run(outcomes.contains { !$0.failed } ? "COMMIT" : "ROLLBACK", [])
          } catch {
            if session.isInTransaction { _ = try? session.run("ROLLBACK", []) }
            throw error
          }
        }
      }
      for outcome in outcomes { outcome.answer(nil) }
    } catch {
      // Those that failed by themselves hear their own reason, the others that of the group.
      for outcome in outcomes { outcome.answer(error) }
      for job in group.dropFirst(outcomes.count) { job.refuse(error) }
    }
  }

  private func run(
    _ job: Job, isAlone: Bool, on connection: Connection, _ session: SQLiteSession,
    noting outcomes: inout [Outcome]
  ) throws {
    if !isAlone { _ = try session.run("SAVEPOINT job", []) }
    let outcome = job.run(connection)
    outcomes.append(outcome)
    guard session.isInTransaction else {
      throw StorageFault.full("the engine gave the transaction up: nobody's work of this group is kept")
    }
    if isAlone { return }
    if outcome.failed { _ = try session.run("ROLLBACK TO job", []) }
    _ = try session.run("RELEASE job", [])
  }
}
