import Basics
import Foundation
import Storage

extension Referrals {
  /// For the board: referrals of an antenna that stand still, since a clock of theirs rang.
  package func late(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try ReferralWaitingStore.late(at: antenna, in: db)
  }
}

/// The statement by which the board counts referrals.
enum ReferralWaitingStore {
  static func late(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try Waiting(
      moments: """
        SELECT stage_at AS since FROM referral WHERE antenna = \(antenna) AND clock IN (1, 2, 3) AND stage <> 'ended'
        ORDER BY since
        """, in: db)
  }
}
