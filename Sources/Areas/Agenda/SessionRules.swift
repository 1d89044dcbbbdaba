import Basics
import Foundation

/// Decisions about group sessions only: no database, no clock, no request.
enum SessionRules {
  static let lengths = [30, 45, 60, 90, 120, 180, 240]

  /// Whoever comes late may still be put down: until it ends.
  static func mayTakeSeats(_ kept: KeptSession, at now: Date) -> Bool {
    kept.state == .planned && now < kept.session.time.end
  }

  static func mayChange(_ kept: KeptSession, at now: Date) -> Bool {
    kept.state == .planned && now < kept.session.time.start
  }

  /// Who came is known once it has begun.
  static func mayRecordPresence(_ kept: KeptSession, at now: Date) -> Bool {
    kept.state == .planned && kept.session.time.start <= now
  }

  static let outcomes: [SessionSeat.State] = [.came, .missed, .excused]

  /// What stands on the page before somebody has recorded it.
  static func mayLeave(_ seat: SessionSeat) -> Bool { seat.state == .booked || seat.state == .waiting }

  /// Whom and what the session itself takes, whoever is put down.
  static func holders(_ session: GroupSession) -> [AgendaRules.Holder] {
    var holders = [AgendaRules.Holder(kind: .account, id: session.leader.text)]
    if let room = session.room { holders.append(AgendaRules.Holder(kind: .room, id: room.text)) }
    return holders
  }
}
