import Basics
import Foundation

/// Decisions about group sessions only: no database, no clock, no request.
enum SessionRules {
  static let lengths = [30, 45, 60, 90, 120, 180, 240]

  /// Seats are given until it begins; of one that is made for this very moment too.
  static func mayTakeSeats(_ kept: KeptSession, at now: Date) -> Bool {
    kept.state == .planned && now <= kept.session.time.start
  }

  /// Whoever is put down may be taken off until it ends.
  static func mayTakeOff(_ kept: KeptSession, at now: Date) -> Bool {
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

  /// What is new for whoever is put down; nothing where all that she was told holds still.
  /// - Parameter isTold: whether title and place stand in the message: else she has to ask.
  static func news(
    of session: GroupSession, since old: GroupSession, isTold: Bool, for reader: Reader
  ) -> [Phrase] {
    var news: [Phrase] = []
    let isRenamed = old.title(for: reader) != session.title(for: reader)
    let isElsewhere = old.place != session.place
    if old.time != session.time { news.append(say("The time has changed.")) }
    if isRenamed { news.append(say("The subject has changed.")) }
    if isElsewhere { news.append(say("The place has changed.")) }
    if isElsewhere, session.place == nil { news.append(say("It is where we usually receive you.")) }
    if !isTold, isRenamed || (isElsewhere && session.place != nil) {
      news.append(say("Call us to know more."))
    }
    return news
  }

  /// Whom and what the session itself takes, whoever is put down.
  static func holders(_ session: GroupSession) -> [AgendaRules.Holder] {
    var holders = [AgendaRules.Holder(kind: .account, id: session.leader.text)]
    if let room = session.room { holders.append(AgendaRules.Holder(kind: .room, id: room.text)) }
    return holders
  }
}
