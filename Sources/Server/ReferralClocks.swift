import Foundation
import Logging
import Referrals
import ServiceLifecycle

/// Rings the clocks of referrals that are due. Several programs on one database ring each only once.
struct ReferralClocks: Service {
  let referrals: Referrals
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          while try await referrals.ring() > 0 {}
        } catch {
          logger.error("the clocks of referrals could not be rung", metadata: ["error": "\(error)"])
        }
        try await Task.sleep(for: .seconds(10))
      }
    }
  }
}
