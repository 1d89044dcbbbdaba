import Basics
import Storage

extension Complaints {
  /// For the board: complaints at an antenna that nobody has answered; not those that are about the actor.
  package func waiting(at antenna: AntennaCode, for actor: Actor, in db: Connection) throws -> Waiting? {
    try ComplaintWaitingStore.waiting(at: antenna, for: actor, in: db)
  }
}

/// The statement by which the board counts complaints.
enum ComplaintWaitingStore {
  static func waiting(at antenna: AntennaCode, for actor: Actor, in db: Connection) throws -> Waiting? {
    try Waiting(
      days: """
        SELECT received_on AS since FROM complaint
        WHERE antenna = \(antenna) AND outcome IS NULL AND \(ComplaintStore.free(of: actor))
        ORDER BY since
        """, in: db)
  }
}
