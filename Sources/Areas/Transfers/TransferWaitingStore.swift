import Basics
import Foundation
import Storage

extension Transfers {
  /// For the board: files that others offer to an antenna and that it has not answered.
  package func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try TransferWaitingStore.waiting(at: antenna, in: db)
  }
}

/// The statement by which the board counts transfers.
enum TransferWaitingStore {
  static func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try Waiting(
      moments: """
        SELECT offered_at AS since FROM transfer WHERE to_antenna = \(antenna) AND state = 'open'
        ORDER BY since
        """, in: db)
  }
}
