import Circulars
import Directory
import Foundation
import Logging
import Receptions
import Referrals
import ServiceLifecycle
import Storage
import Tasks

/// Work that comes round by itself while the program serves. A fault is told in the log, and the next round comes.
struct Rounds: ServiceLifecycle.Service {
  let pause: Duration
  /// What the log says of a round that fails.
  let fault: String
  let logger: Logger
  /// Says whether there is more to do at once.
  let round: @Sendable () async throws -> Bool

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        var isMore = false
        do {
          isMore = try await round()
        } catch {
          logger.error("\(fault)", metadata: ["error": "\(error)"])
        }
        if !isMore { try await Task.sleep(for: pause) }
      }
    }
  }
}

extension Installation {
  /// What the rooms do by themselves. Several programs on one database do each act only once.
  func rounds(_ logger: Logger) -> [Rounds] {
    func every(_ pause: Duration, _ fault: String, _ round: @escaping @Sendable () async throws -> Bool)
      -> Rounds
    {
      Rounds(pause: pause, fault: fault, logger: logger, round: round)
    }
    return [
      every(.seconds(60), "the journal could not be sealed") {
        try await Journal.seal(database, at: Date())
        return false
      },
      every(.seconds(3_600), "receptions left for too long could not be destroyed") {
        try await receptions.expire()
        return false
      },
      every(.seconds(10), "the clocks of referrals could not be rung") { try await referrals.ring() > 0 },
      every(.seconds(3_600), "the owners of services could not be asked") {
        try await directory.askOwners(by: messages) > 0
      },
      every(.seconds(60), "the daily word about tasks could not be sent") {
        try await tasks.tellOfTheDay() > 0
      },
      every(.seconds(600), "circulars could not be given to those who came later") {
        try await circulars.catchUp()
        return false
      },
    ]
  }
}
