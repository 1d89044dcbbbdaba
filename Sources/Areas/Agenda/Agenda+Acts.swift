import Accounts
import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// What is done about appointments: made, moved, settled.
extension Agenda {
  /// Makes an appointment; the same id a second time is the same one.
  /// - Throws: `Refusal.invalid` beside what is taken, absent or closed at that time; `Refusal.sentBefore` when the id came
  ///   with something else.
  package func make(_ draft: AppointmentDraft, in id: RecordID<CaseFile>, by actor: Actor) async throws {
    try actor.must(.receivePersons)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      if try AppointmentStore.find(draft.id, in: db) != nil {
        // Of another case: nothing of it may be told here, and nothing was kept.
        let kept = try AppointmentStore.find(draft.id, of: id, key: subject.key, in: db)
        guard let kept, kept.version > 1 || kept.isFrom(draft) else { throw Refusal.sentBefore("hour") }
        return
      }
      try make(draft, file, subject, by: actor, at: now, in: db)
    }
  }

  /// The same for a case that is held.
  func make(
    _ draft: AppointmentDraft, _ file: CaseFile, _ subject: Subject, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    guard file.stage != .closed else { throw Refusal.conflict(say("This case is closed.")) }
    try mustBeOpen(draft, file, now, in: db)
    try AppointmentStore.insert(draft, of: file, key: subject.key, by: actor, at: now, in: db)
    try claim(draft, subject, in: db)
    try remind(draft, version: 1, file, subject, now, in: db)
    try Journal.append(
      "appointment.make", on: Appointment.reference(draft.id), of: subject, by: actor, at: now, version: 1,
      changes: draft.fields.asNew, in: db)
  }

  /// Puts an appointment to another time, place or colleague, with why; the same a second time changes nothing.
  package func move(_ draft: AppointmentDraft, from version: Int, by actor: Actor) async throws {
    try await change(draft.id, by: actor) { held, now, db in
      guard !held.appointment.isFrom(draft) else { return }
      try held.mustBe(version)
      try move(held, to: draft, by: actor, at: now, in: db)
    }
  }

  func move(_ held: Held, to draft: AppointmentDraft, by actor: Actor, at now: Date, in db: Connection) throws
  {
    guard AgendaRules.mayMove(held.appointment) else {
      throw Refusal.conflict(say("This appointment has taken place or was called off."))
    }
    try mustBeOpen(draft, held.file, now, in: db)
    try SlotStore.release(draft.id, in: db)
    try AppointmentStore.move(draft.id, to: draft, at: held.file.antenna, key: held.subject.key, in: db)
    try claim(draft, held.subject, in: db)
    try messages.withdraw(keys: [Self.reminder(draft.id, held.appointment.version)], by: actor, in: db)
    try remind(draft, version: held.appointment.version + 1, held.file, held.subject, now, in: db)
    try Journal.append(
      "appointment.move", on: Appointment.reference(draft.id), of: held.subject, by: actor, at: now,
      version: held.appointment.version + 1,
      changes: held.appointment.fields.changes(to: draft.fields), in: db)
  }

  /// Records what became of an appointment; the same a second time changes nothing. Whoever excuses herself or is put off
  /// leaves her time to others; whoever came after all, at a time that was given away, is put beside nobody.
  package func settle(
    _ id: RecordID<Appointment>, _ state: Appointment.State, because why: String?, from version: Int,
    by actor: Actor
  ) async throws {
    try await change(id, by: actor) { held, now, db in
      let old = held.appointment
      guard old.state != state || (why != nil && old.words?.why != why) else { return }
      try held.mustBe(version)
      try settle(held, state, because: why, by: actor, at: now, in: db)
    }
  }

  func settle(
    _ held: Held, _ state: Appointment.State, because why: String?, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let old = held.appointment
    let isPermitted =
      state == .cancelled
      ? AgendaRules.mayCancel(old, at: now) : AgendaRules.outcomes(of: old, at: now).contains(state)
    guard isPermitted else {
      throw Refusal.conflict(say("This cannot be recorded of this appointment now."))
    }
    var words = old.words ?? Appointment.Words()
    words.why = why ?? words.why
    if !state.holdsTime {
      try SlotStore.release(old.id, in: db)
      try messages.withdraw(keys: [Self.reminder(old.id, old.version)], by: actor, in: db)
    }
    try AppointmentStore.set(state, of: old.id, words, key: held.subject.key, in: db)
    try Journal.append(
      "appointment.\(state.rawValue)", on: Appointment.reference(old.id), of: held.subject, by: actor,
      at: now,
      version: old.version + 1,
      changes: [FieldChange(field: "state", before: old.state.rawValue, after: state.rawValue)], in: db)
  }

  /// An appointment whose case is held until the transaction ends.
  struct Held {
    let appointment: Appointment
    let file: CaseFile
    let subject: Subject

    /// - Throws: when somebody changed it since the form was opened.
    func mustBe(_ version: Int) throws(Refusal) {
      guard appointment.version == version else {
        throw .conflict(say("Somebody changed this appointment meanwhile: look at it again."))
      }
    }
  }

  func change(
    _ id: RecordID<Appointment>, by actor: Actor,
    _ body: @escaping @Sendable (Held, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.receivePersons)
    let now = now()
    try await database.write { db in try body(hold(id, for: actor, in: db), now, db) }
  }

  func hold(_ id: RecordID<Appointment>, for actor: Actor, in db: Connection) throws -> Held {
    guard let found = try AppointmentStore.find(id, in: db) else { throw Refusal.notFound }
    let (file, subject) = try cases.hold(found.file, for: actor, in: db)
    guard let appointment = try AppointmentStore.find(id, key: subject.key, in: db) else {
      throw Refusal.notFound
    }
    return Held(appointment: appointment, file: file, subject: subject)
  }

  private func claim(_ draft: AppointmentDraft, _ subject: Subject, in db: Connection) throws {
    let holders = AgendaRules.holders(draft, of: try person(subject, in: db))
    if let taken = try SlotStore.claim(holders, draft.time, for: .appointment(draft.id), in: db) {
      throw Refusal.invalid([taken.refusal])
    }
  }

  /// Whoever stands for her: two files of hers are one person.
  func person(_ subject: Subject, in db: Connection) throws -> PersonID {
    try cases.people.files(of: subject.id, in: db).first ?? subject.id
  }

  /// That the service is open then, the colleague of this antenna and there, and the room one of its own.
  func mustBeOpen(_ draft: AppointmentDraft, _ file: CaseFile, _ now: Date, in db: Connection) throws {
    let errors = try closings(
      draft.time, with: draft.with, room: draft.room, at: file.antenna, now, in: db)
    guard errors.isEmpty else { throw Refusal.invalid(errors) }
  }

  /// What stands against a time: passed, closed, absent, a colleague or a room of elsewhere.
  func closings(
    _ time: AppointmentTime, with account: AccountID, room: RecordID<Room>?, at antenna: AntennaCode,
    _ now: Date, in db: Connection
  ) throws -> [FieldError] {
    var errors: [FieldError] = []
    if time.start < now {
      errors.append(FieldError("day", say("This time has passed.")))
    }
    if let holiday = try AgendaStore.holiday(on: time.day, in: db) {
      errors.append(FieldError("day", say("The service is closed on that day: \(holiday.name).")))
    }
    if let absence = try AgendaStore.absence(of: account, on: time.day, in: db) {
      errors.append(FieldError("with", say("She is absent until \(absence.until).")))
    }
    if let room {
      let found = try AgendaStore.room(room, in: db)
      if found?.antenna != antenna || found?.isClosed == true {
        errors.append(FieldError("room", say("Choose a room of this antenna.")))
      }
    }
    let colleague = try accounts.active(account, in: db)
    if colleague?.antenna != antenna || colleague?.actor.may(.receivePersons) != true {
      errors.append(FieldError("with", say("Choose a colleague of this antenna.")))
    }
    return errors
  }
}

extension Appointment {
  /// What a form would have to say to leave it as it is.
  private var draft: AppointmentDraft {
    AppointmentDraft(id: id, with: with, way: way, room: room, time: time, words: words ?? Words())
  }

  /// Whether this is what the form said.
  func isFrom(_ draft: AppointmentDraft) -> Bool { fields == draft.fields && words == draft.words }

  /// For the journal: nothing that is told.
  var fields: Fields { draft.fields }
}

extension AppointmentDraft {
  var fields: Fields {
    Fields([
      "with": with.text, "way": way.rawValue, "room": room?.text ?? "", "day": time.day.description,
      "hour": AgendaWords.hour(time.from), "minutes": String(time.minutes),
    ])
  }
}
