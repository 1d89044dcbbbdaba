import Foundation
import Logging
import ServiceLifecycle
import Tasks

/// Sends the daily word about tasks to those who want it. Several programs on one database send each only once.
struct TaskClocks: Service {
  let tasks: Tasks
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          while try await tasks.tellOfTheDay() > 0 {}
        } catch {
          logger.error("the daily word about tasks could not be sent", metadata: ["error": "\(error)"])
        }
        try await Task.sleep(for: .seconds(60))
      }
    }
  }
}
