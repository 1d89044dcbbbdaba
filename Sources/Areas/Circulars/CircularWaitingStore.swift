import Basics
import Storage

extension Circulars {
  /// For the board: receipts of circulars that are late at an antenna.
  package func late(at antenna: AntennaCode, on today: Day, in db: Connection) throws -> Waiting? {
    try CircularWaitingStore.late(at: antenna, on: today, in: db)
  }
}

/// The statement by which the board counts receipts.
enum CircularWaitingStore {
  static func late(at antenna: AntennaCode, on today: Day, in db: Connection) throws -> Waiting? {
    try Waiting(
      days: """
        SELECT read_by AS since FROM circular_receipt WHERE antenna = \(antenna) AND read_by < \(today) AND read_at IS NULL
        ORDER BY since
        """, in: db)
  }
}
