import Basics
import Foundation
import Storage

extension Questions {
  /// For the board: what an antenna asked the centre and has no answer to.
  package func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try QuestionWaitingStore.waiting(at: antenna, in: db)
  }
}

/// The statement by which the board counts questions.
enum QuestionWaitingStore {
  static func waiting(at antenna: AntennaCode, in db: Connection) throws -> Waiting? {
    try Waiting(
      moments: """
        SELECT asked_at AS since FROM question WHERE antenna = \(antenna) AND outcome IS NULL
        ORDER BY id
        """, in: db)
  }
}
