import Basics
import Storage

extension Rights {
  /// For the board: requests of persons about their data that an antenna has not answered.
  package func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try RightsWaitingStore.waiting(at: antenna, in: db)
  }
}

/// The statement by which the board counts requests.
enum RightsWaitingStore {
  static func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try Waiting(
      days: """
        SELECT received_on AS since FROM rights_request WHERE antenna = \(antenna) AND outcome IS NULL
        ORDER BY since
        """, in: db)
  }
}
