import Foundation
import Storage

extension Database {
  /// Runs `body` while a transaction that makes a change is not at its end yet: whoever waits for the change sees it.
  package func during(
    _ change: @escaping @Sendable (Connection) throws -> Void,
    _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    let (made, signal) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { signal.finish() }
        try await self.write { db in
          try change(db)
          signal.finish()
          Thread.sleep(forTimeInterval: 0.3)
        }
      }
      group.addTask {
        for await _ in made {}
        try await body()
      }
      try await group.waitForAll()
    }
  }
}
