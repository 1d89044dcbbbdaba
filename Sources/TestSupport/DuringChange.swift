import Foundation
import Storage

extension Database {
  /// Runs `body` while a transaction that makes a change is not at its end yet: whoever waits for the change sees it.
  package func during(
    _ change: @escaping @Sendable (Connection) throws -> Void,
    _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    let (made, signal) = AsyncStream.makeStream(of: Void.self)
    let comes = DispatchSemaphore(value: 0)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { signal.finish() }
        try await self.write { db in
          try change(db)
          signal.finish()
          // Until it has come as far as it is let, however busy the machine is.
          _ = comes.wait(timeout: .now() + 10)
          Thread.sleep(forTimeInterval: 0.3)
        }
      }
      group.addTask {
        for await _ in made {}
        comes.signal()
        try await body()
      }
      try await group.waitForAll()
    }
  }
}
