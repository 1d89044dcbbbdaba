import Accounts
import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// Who is put down for a session, waits, is taken off, came.
extension Agenda {
  /// Puts a person down; a second time, by this id or another, it is the same seat.
  /// - Parameter mayWait: whether she waits where no seat is free.
  /// - Returns: whether she has a seat or waits.
  /// - Throws: `Refusal.invalid` when all seats are taken and she does not wait, or when she has something else at that time.
  @discardableResult
  package func put(
    _ id: RecordID<SessionSeat>, _ file: RecordID<CaseFile>, downFor session: RecordID<GroupSession>,
    mayWait: Bool, by actor: Actor
  ) async throws -> SessionSeat.State {
    try actor.must(.receivePersons)
    let now = now()
    return try await database.write { db in
      let (held, subject) = try cases.hold(file, for: actor, in: db)
      if let kept = try SessionStore.seat(id, in: db) {
        guard kept.file == file, kept.session == session else { throw Refusal.sentBefore("session") }
        return kept.state
      }
      guard held.stage != .closed else { throw Refusal.conflict(say("This case is closed.")) }
      guard let kept = try SessionStore.hold(session, in: db), kept.session.antenna == held.antenna,
        SessionRules.mayTakeSeats(kept, at: now)
      else {
        throw Refusal.invalid([
          FieldError("session", say("Choose one of the sessions to come of this antenna."))
        ])
      }
      // Whoever is put down is so once.
      if let seat = try SessionStore.seat(of: file, in: session, in: db) { return seat.state }
      let hasSeat = try SessionStore.takeSeat(in: session, in: db)
      guard hasSeat || (mayWait && kept.session.hasWaitingList) else {
        throw Refusal.invalid([FieldError("session", Self.full(kept.session))])
      }
      let state: SessionSeat.State = hasSeat ? .booked : .waiting
      guard try SessionStore.insert(id, state, of: file, in: session, by: actor, at: now, in: db) else {
        throw Refusal.invalid([FieldError("session", say("She is put down for this session already."))])
      }
      let seat = SessionSeat(id: id, session: session, file: file, state: state, version: 1)
      if hasSeat {
        guard try claim(seat, subject, kept.session.time, in: db) else {
          throw Refusal.invalid([
            FieldError("session", say("The person has another appointment at this time."))
          ])
        }
        try remind(seat, kept, at: now, in: db)
      }
      try Journal.append(
        "session.\(hasSeat ? "put-down" : "let-wait")", on: SessionSeat.reference(id), of: subject, by: actor,
        at: now, version: 1, in: db)
      return state
    }
  }

  private static func full(_ session: GroupSession) -> Phrase {
    session.hasWaitingList
      ? say("All places are taken: choose another session, or let her wait for a place.")
      : say("All places are taken: choose another session.")
  }

  private func claim(_ seat: SessionSeat, _ subject: Subject, _ time: AppointmentTime, in db: Connection)
    throws
    -> Bool
  {
    let holder = AgendaRules.Holder(kind: .person, id: try person(subject, in: db).text)
    return try SlotStore.claim([holder], time, for: .seat(seat.id, seat.session), in: db) == nil
  }

  /// Takes a person off before it ends; before it begins, who waited longest gets her seat. A second time changes nothing.
  @discardableResult
  package func takeOff(_ id: RecordID<SessionSeat>, by actor: Actor) async throws -> RecordID<GroupSession> {
    try actor.must(.receivePersons)
    let now = now()
    return try await database.write { db in
      guard let found = try SessionStore.seat(id, in: db) else { throw Refusal.notFound }
      let subject = try cases.hold(found.file, for: actor, in: db).subject
      guard let kept = try SessionStore.hold(found.session, in: db),
        let seat = try SessionStore.seat(id, in: db)
      else { throw Refusal.notFound }
      guard seat.state != .off else { return seat.session }
      guard SessionRules.mayLeave(seat), SessionRules.mayTakeOff(kept, at: now) else {
        throw Refusal.conflict(say("This session has begun or was called off."))
      }
      try SessionStore.set(.off, of: id, in: db)
      try Journal.append(
        "session.take-off", on: SessionSeat.reference(id), of: subject, by: actor, at: now,
        version: seat.version + 1, in: db)
      if seat.state == .booked {
        try SlotStore.release(id, in: db)
        try SessionStore.giveSeatBack(in: seat.session, in: db)
        try withdrawReminder(of: seat, kept, by: actor, in: db)
        try fill(seat.session, by: actor, at: now, in: db)
      }
      return seat.session
    }
  }

  /// Gives free seats to those who wait, in their order, until it begins; who has something else at that time goes on
  /// waiting.
  func fill(_ id: RecordID<GroupSession>, by actor: Actor, at now: Date, in db: Connection) throws {
    guard let kept = try SessionStore.find(id, in: db), kept.free > 0,
      SessionRules.mayTakeSeats(kept, at: now)
    else { return }
    for seat in try SessionStore.waiting(for: id, in: db) {
      guard let (file, subject) = try cases.findUnerased(seat.file, for: .program, in: db),
        file.stage != .closed
      else { continue }
      guard try SessionStore.takeSeat(in: id, in: db) else { return }
      guard try claim(seat, subject, kept.session.time, in: db) else {
        try SlotStore.release(seat.id, in: db)
        try SessionStore.giveSeatBack(in: id, in: db)
        continue
      }
      try SessionStore.set(.booked, of: seat.id, in: db)
      try remind(seat, kept, as: .free, at: now, in: db)
      try Journal.append(
        "session.give-seat", on: SessionSeat.reference(seat.id), of: subject, by: actor, at: now,
        version: seat.version + 1, in: db)
    }
  }

  /// Records who came, of those whose cases the actor sees; the same a second time changes nothing.
  package func record(
    _ outcomes: [RecordID<SessionSeat>: SessionSeat.State], in id: RecordID<GroupSession>, by actor: Actor
  ) async throws {
    try actor.must(.receivePersons)
    let now = now()
    try await database.write { db in
      guard let kept = try SessionStore.hold(id, in: db), Self.sees(kept, actor) else {
        throw Refusal.notFound
      }
      guard SessionRules.mayRecordPresence(kept, at: now) else {
        throw Refusal.conflict(say("Who came is recorded once the session has begun."))
      }
      for seat in try SessionStore.seats(in: id, in: db) {
        guard let state = outcomes[seat.id], state != seat.state else { continue }
        guard seat.state.hasSeat, SessionRules.outcomes.contains(state),
          let subject = try cases.find(seat.file, for: actor, in: db)?.subject
        else { throw Refusal.notFound }
        try SessionStore.set(state, of: seat.id, in: db)
        try Journal.append(
          "session.\(state.rawValue)", on: SessionSeat.reference(seat.id), of: subject, by: actor, at: now,
          version: seat.version + 1,
          changes: [FieldChange(field: "state", before: seat.state.rawValue, after: state.rawValue)], in: db)
      }
    }
  }
}

/// What the person is told of a session.
extension Agenda {
  enum SessionNews {
    case free, cancelled
    /// From what it was before.
    case changed(from: GroupSession)

    /// In the key of its message.
    var name: String {
      switch self {
      case .free: "free"
      case .cancelled: "cancelled"
      case .changed: "moved"
      }
    }
  }

  static func reminder(_ seat: SessionSeat, _ kept: KeptSession) -> String {
    "session:\(seat.id):\(kept.version)"
  }

  func withdrawReminder(of seat: SessionSeat, _ kept: KeptSession, by actor: Actor, in db: Connection) throws
  {
    let key = Self.reminder(seat, kept)
    try messages.withdraw(keys: [key, "\(key):free", "\(key):moved"], by: actor, in: db)
  }

  /// Queues the reminder for the day before, and at once what she does not know yet.
  func remind(
    _ seat: SessionSeat, _ kept: KeptSession, as news: SessionNews? = nil, at now: Date, in db: Connection
  ) throws {
    if let news { try tell(news, seat, kept, at: now, in: db) }
    guard let moment = AgendaRules.remindAt(kept.session.time, now: now) else { return }
    try queue(seat, kept, key: Self.reminder(seat, kept), from: moment, in: db) { title, reader in
      Self.invitation(kept.session, title, reader)
    }
  }

  func tell(_ news: SessionNews, _ seat: SessionSeat, _ kept: KeptSession, at now: Date, in db: Connection)
    throws
  {
    let session = kept.session
    let key = "\(Self.reminder(seat, kept)):\(news.name)"
    try queue(seat, kept, key: key, from: nil, in: db) { title, reader in
      switch news {
      case .cancelled:
        let (day, hour) = (session.time.day, AgendaWords.hour(session.time.from))
        return reader("Hello, what was planned on \(day) at \(hour) does not take place.")
      case .free:
        return "\(reader("A place is free for you.")) \(Self.invitation(session, title, reader))"
      case .changed(let old):
        let news = SessionRules.news(of: session, since: old, isTold: title != nil, for: reader)
        guard !news.isEmpty else { return nil }
        return (news.map { reader($0) } + [Self.invitation(session, title, reader)]).joined(separator: " ")
      }
    }
  }

  private static func invitation(_ session: GroupSession, _ title: String?, _ reader: Reader) -> String {
    let (day, hour) = (session.time.day, AgendaWords.hour(session.time.from))
    guard let title else { return reader("Hello, you are expected on \(day) at \(hour).") }
    let place = session.place.map { reader("Place: \($0).") }
    return [reader("Hello, you are expected on \(day) at \(hour): \(title)."), place].compactMap(\.self)
      .joined(separator: " ")
  }

  /// - Parameter text: nil where there is nothing to tell her.
  private func queue(
    _ seat: SessionSeat, _ kept: KeptSession, key: String, from moment: Date?, in db: Connection,
    _ text: (_ title: String?, Reader) -> String?
  ) throws {
    guard let subject = try cases.findUnerased(seat.file, for: .program, in: db)?.subject,
      let way = Messages.way(to: try cases.people.read(subject, in: db))
    else { return }
    let reader = Reader(way.language)
    // Title and place may tell what others may not read: then it is said without.
    for title in [kept.session.title(for: reader), nil] {
      guard let text = text(title, reader) else { return }
      let new = NewMessage(
        key: key, way.kind, to: .person,
        MessageText(
          address: way.address, subject: way.kind == .email ? reader("Your appointment") : "",
          text: text),
        what: say("Reminder of an appointment"), language: way.language, about: seat.file, from: moment,
        until: kept.session.time.start)
      do {
        try messages.queue(new, in: db)
        return
      } catch Refusal.invalid {
        // An address that no gateway takes keeps nobody from being put down.
      }
    }
  }
}
