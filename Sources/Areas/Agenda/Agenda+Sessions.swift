import Accounts
import Basics
import Cases
import Foundation
import People
import Storage

/// Group sessions: made, changed and called off; who is put down stands in `Agenda+Seats`.
extension Agenda {
  /// Days that the list of sessions goes back.
  private static let daysBack = 31

  /// Sessions of an antenna from today on, a page at a time; with the first page those of the last month.
  func sessions(at antenna: AntennaCode, after cursor: SessionCursor? = nil, for actor: Actor) async throws
    -> SessionsFound
  {
    try actor.must(.openFiles)
    guard actor.scope == .nation || actor.antenna == antenna else { throw Refusal.notFound }
    let today = Day(of: now())
    return try await database.read { db in
      let found = try SessionStore.coming(at: antenna, from: today, after: cursor, in: db)
      let shown = Array(found.prefix(SessionStore.most))
      let past =
        try cursor == nil
        ? SessionStore.past(at: antenna, from: today + -Self.daysBack, before: today, in: db) : []
      return SessionsFound(
        sessions: shown, next: found.count > shown.count ? shown.last?.cursor : nil,
        past: Array(past.prefix(SessionStore.most)), isCut: past.count > SessionStore.most)
    }
  }

  /// One session with those who are put down for it, as far as the actor sees their cases.
  func session(_ id: RecordID<GroupSession>, for actor: Actor) async throws -> OpenedSession {
    try actor.must(.openFiles)
    return try await database.read { db in
      guard let kept = try SessionStore.find(id, in: db), Self.sees(kept, actor) else {
        throw Refusal.notFound
      }
      let seats = try SessionStore.seats(in: id, in: db)
      let (lines, names) = try cases.lines(of: seats.map(\.file), for: actor, in: db)
      return OpenedSession(
        kept: kept, seats: seats, lines: lines, names: names,
        rooms: try AgendaStore.allRooms(of: kept.session.antenna, in: db))
    }
  }

  static func sees(_ kept: KeptSession, _ actor: Actor) -> Bool {
    actor.scope == .nation || actor.antenna == kept.session.antenna
  }

  /// Makes a session at the actor's antenna; the same id a second time is the same one.
  /// - Throws: `Refusal.invalid` beside what is taken, absent or closed at that time.
  package func make(_ session: GroupSession, by actor: Actor) async throws {
    try actor.must(.receivePersons)
    guard actor.scope == .nation || actor.antenna == session.antenna else { throw Refusal.notFound }
    let now = now()
    try await database.write { db in
      guard try SessionStore.insert(session, by: actor, at: now, in: db) else {
        guard let kept = try SessionStore.find(session.id, in: db), Self.sees(kept, actor),
          kept.version > 1 || kept.session == session
        else { throw Refusal.sentBefore("begins") }
        return
      }
      try mustBeOpen(session, now, in: db)
      try claim(session, in: db)
      try Journal.append(
        "session.make", on: GroupSession.reference(session.id), by: actor, at: now, version: 1,
        changes: session.fields.asNew, in: db)
    }
  }

  /// Changes a session before it begins, with whoever is put down for it: she is told of another time, place or subject.
  /// The same a second time changes nothing.
  /// - Throws: `Refusal.invalid` where somebody put down has something else at the new time, and where fewer seats are
  ///   offered than are taken.
  package func change(_ session: GroupSession, because why: String?, from version: Int, by actor: Actor)
    async throws
  {
    try await changeSession(session.id, by: actor) { kept, now, db in
      guard kept.session != session else { return }
      try mustBe(kept, version)
      guard session.antenna == kept.session.antenna else { throw Refusal.notFound }
      guard session.seats >= kept.taken else {
        throw Refusal.invalid([FieldError("seats", say("\(kept.taken) of the places are taken already."))])
      }
      try mustBeOpen(session, now, in: db)
      try SlotStore.release(session.id, in: db)
      try SessionStore.change(session, why: why, in: db)
      try claim(session, in: db)
      let seats = try SessionStore.seats(in: session.id, in: db)
      try claim(seats.filter(\.state.hasSeat), of: session, in: db)
      try Journal.append(
        "session.change", on: GroupSession.reference(session.id), by: actor, at: now,
        version: kept.version + 1,
        changes: kept.session.fields.changes(to: session.fields), in: db)
      guard let new = try SessionStore.find(session.id, in: db) else { return }
      for seat in seats where seat.state == .booked {
        try withdrawReminder(of: seat, kept, by: actor, in: db)
        try remind(seat, new, as: .changed(from: kept.session), at: now, in: db)
      }
      try fill(session.id, by: actor, at: now, in: db)
    }
  }

  /// Calls a session off: whoever was put down is told where she agreed to be written to.
  package func cancel(_ id: RecordID<GroupSession>, because why: String, from version: Int, by actor: Actor)
    async throws
  {
    try await changeSession(id, by: actor, isCancelling: true) { kept, now, db in
      guard kept.state == .planned else { return }
      try mustBe(kept, version)
      try SlotStore.release(id, in: db)
      try SessionStore.cancel(id, why: why, in: db)
      try Journal.append(
        "session.cancel", on: GroupSession.reference(id), by: actor, at: now, version: kept.version + 1,
        in: db)
      for seat in try SessionStore.seats(in: id, in: db) where seat.state == .booked {
        try withdrawReminder(of: seat, kept, by: actor, in: db)
        try tell(.cancelled, seat, kept, at: now, in: db)
      }
    }
  }

  private func mustBe(_ kept: KeptSession, _ version: Int) throws(Refusal) {
    guard kept.version == version else {
      throw .conflict(say("Somebody changed this session meanwhile: look at it again."))
    }
  }

  /// A session of the actor's antenna, held until the transaction ends.
  private func changeSession(
    _ id: RecordID<GroupSession>, by actor: Actor, isCancelling: Bool = false,
    _ body: @escaping @Sendable (KeptSession, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.receivePersons)
    let now = now()
    try await database.write { db in
      guard let kept = try SessionStore.hold(id, in: db), Self.sees(kept, actor) else {
        throw Refusal.notFound
      }
      guard SessionRules.mayChange(kept, at: now) || (isCancelling && kept.state == .cancelled) else {
        throw Refusal.conflict(say("This session has begun or was called off."))
      }
      try body(kept, now, db)
    }
  }

  private func claim(_ session: GroupSession, in db: Connection) throws {
    if let taken = try SlotStore.claim(
      SessionRules.holders(session), session.time, for: .session(session.id), in: db)
    {
      throw Refusal.invalid([taken.refusal])
    }
  }

  /// Takes the new time of everybody who has a seat.
  private func claim(_ seats: [SessionSeat], of session: GroupSession, in db: Connection) throws {
    var busy = 0
    for seat in seats {
      guard let subject = try cases.findUnerased(seat.file, for: .program, in: db)?.subject else { continue }
      let holder = AgendaRules.Holder(kind: .person, id: try person(subject, in: db).text)
      if try SlotStore.claim([holder], session.time, for: .seat(seat.id, session.id), in: db) != nil {
        busy += 1
      }
    }
    guard busy == 0 else {
      throw Refusal.invalid([
        FieldError(
          "begins",
          say("Some who are put down have something else at this time: \(busy). Take them off first.")
        )
      ])
    }
  }

  /// That the service is open then, whoever leads it of this antenna and there, and the room one of its own.
  private func mustBeOpen(_ session: GroupSession, _ now: Date, in db: Connection) throws {
    var errors = try closings(
      session.time, with: session.leader, room: session.room, at: session.antenna, now, in: db)
    if session.room == nil, session.place == nil {
      errors.append(FieldError("place", say("Choose a room, or write where it is.")))
    }
    guard errors.isEmpty else { throw Refusal.invalid(errors) }
  }
}

/// A page of the sessions of an antenna.
struct SessionsFound: Sendable {
  /// From today on, the next first.
  let sessions: [KeptSession]
  let next: SessionCursor?
  /// Of the days before today, the latest first.
  let past: [KeptSession]
  /// Whether there are more of the past than are shown.
  let isCut: Bool
}

/// A session as one reader may see it.
struct OpenedSession: Sendable {
  let kept: KeptSession
  let seats: [SessionSeat]
  /// Of the cases that the reader sees; of others she sees that a seat is taken.
  let lines: [RecordID<CaseFile>: CaseLine]
  let names: [PersonID: PersonLabel]
  let rooms: [Room]

  func name(of seat: SessionSeat) -> PersonLabel? { lines[seat.file].flatMap { names[$0.person] } }
}

extension GroupSession {
  /// For the journal.
  var fields: Fields {
    Fields([
      "kind": kind.rawValue, "title": titles?.french ?? "", "with": leader.text, "room": room?.text ?? "",
      "place": place ?? "", "day": time.day.description, "hour": AgendaWords.hour(time.from),
      "minutes": String(time.minutes), "language": language.rawValue, "seats": String(seats),
      "waits": hasWaitingList ? "yes" : "no",
    ])
  }
}
