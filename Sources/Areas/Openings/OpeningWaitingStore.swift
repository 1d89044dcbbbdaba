import Basics
import Foundation
import Storage

extension Openings {
  /// For the board: openings of an antenna's files from outside that nobody has judged.
  package func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try OpeningWaitingStore.waiting(at: antenna, in: db)
  }
}

/// The statement by which the board counts openings.
enum OpeningWaitingStore {
  static func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try Waiting(
      moments: """
        SELECT opened_at AS since FROM opening WHERE antenna = \(antenna) AND verdict IS NULL
        ORDER BY since
        """, in: db)
  }
}
