import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// The door of the area: who meets whom, when and where.
package struct Agenda: Sendable {
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  let messages: Messages
  /// Empty where nobody said how the program is reached from outside.
  let publicURL: String
  let now: @Sendable () -> Date
  var database: Database { cases.database }

  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, messages: Messages, publicURL: String = "",
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.messages = messages
    self.publicURL = publicURL
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try AppointmentStore.reseal(file, from: old, to: new, in: db) }
  }

  /// What takes place on some days at an antenna, or with one of its staff.
  func days(_ days: ClosedRange<Day>, at antenna: AntennaCode, with account: AccountID?, for actor: Actor)
    async throws -> AgendaDays
  {
    try actor.must(.openFiles)
    guard actor.scope == .nation || actor.antenna == antenna else { throw Refusal.notFound }
    // Whoever sees the cases given to her alone sees her own days.
    let account = actor.scope == .assigned ? actor.id : account
    return try await database.read { db in
      var found =
        try account.map { try AppointmentStore.day(with: $0, days, in: db) }
        ?? AppointmentStore.day(at: antenna, days, in: db)
      let isCut = found.count > AppointmentStore.most
      found = Array(found.prefix(AppointmentStore.most))
      let (lines, names) = try cases.lines(of: found.map(\.file), for: actor, in: db)
      return AgendaDays(
        appointments: found, isCut: isCut, lines: lines, names: names,
        holidays: try AgendaStore.holidays(days, in: db),
        absences: try AgendaStore.absences(at: antenna, from: days.lowerBound, in: db).filter {
          $0.from <= days.upperBound && (account == nil || $0.account == account)
        },
        rooms: try AgendaStore.rooms(of: antenna, in: db))
    }
  }

  /// What the actor has before her today, in one read.
  func today(of actor: Actor) async throws -> AgendaDays? {
    guard actor.may(.receivePersons), let antenna = actor.antenna else { return nil }
    let today = Day(of: now())
    return try await database.read { db in
      let found = try AppointmentStore.day(with: actor.id, today...today, in: db).filter {
        $0.state == .planned
      }
      guard !found.isEmpty else { return nil }
      let (lines, names) = try cases.lines(of: found.map(\.file), for: actor, in: db)
      return AgendaDays(
        appointments: found, isCut: false, lines: lines, names: names, holidays: [], absences: [],
        rooms: try AgendaStore.rooms(of: antenna, in: db))
    }
  }

  /// The appointments of a case, the latest first.
  func all(of id: RecordID<CaseFile>, for actor: Actor) async throws -> (
    opened: OpenedCase, appointments: [Appointment], rooms: [Room]
  ) {
    let (opened, found) = try await cases.open(id, for: actor) { opened, db in
      (
        try AppointmentStore.all(of: id, key: opened.subject.key, in: db),
        try AgendaStore.rooms(of: opened.file.antenna, in: db)
      )
    }
    return (opened, found.0, found.1)
  }

  /// One appointment, with its case in the actor's sight.
  func open(_ id: RecordID<Appointment>, for actor: Actor) async throws -> (
    opened: OpenedCase, appointment: Appointment, rooms: [Room]
  ) {
    let file = try await database.read { db in try AppointmentStore.find(id, in: db)?.file }
    guard let file else { throw Refusal.notFound }
    let (opened, found) = try await cases.open(file, for: actor) { opened, db in
      (
        try AppointmentStore.find(id, key: opened.subject.key, in: db),
        try AgendaStore.rooms(of: opened.file.antenna, in: db)
      )
    }
    guard let appointment = found.0 else { throw Refusal.notFound }
    return (opened, appointment, found.1)
  }

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
      guard file.stage != .closed else { throw Refusal.conflict(say("This case is closed.")) }
      try mustBeOpen(draft, file, now, in: db)
      try AppointmentStore.insert(draft, of: file, key: subject.key, by: actor, at: now, in: db)
      try claim(draft, subject, in: db)
      try remind(draft, version: 1, file, subject, now, in: db)
      try Journal.append(
        "appointment.make", on: Appointment.reference(draft.id), of: subject, by: actor, at: now, version: 1,
        changes: draft.fields.asNew, in: db)
    }
  }

  /// Puts an appointment to another time, place or colleague, with why; the same a second time changes nothing.
  package func move(_ draft: AppointmentDraft, from version: Int, by actor: Actor) async throws {
    try await change(draft.id, by: actor) { held, now, db in
      guard !held.appointment.isFrom(draft) else { return }
      try held.mustBe(version)
      guard AgendaRules.mayMove(held.appointment) else {
        throw Refusal.conflict(say("This appointment has taken place or was called off."))
      }
      try mustBeOpen(draft, held.file, now, in: db)
      try AppointmentStore.release(draft.id, in: db)
      try AppointmentStore.move(draft.id, to: draft, at: held.file.antenna, key: held.subject.key, in: db)
      try claim(draft, held.subject, in: db)
      try messages.withdraw(keys: [Self.reminder(draft.id, held.appointment.version)], by: actor, in: db)
      try remind(draft, version: held.appointment.version + 1, held.file, held.subject, now, in: db)
      try Journal.append(
        "appointment.move", on: Appointment.reference(draft.id), of: held.subject, by: actor, at: now,
        version: held.appointment.version + 1,
        changes: held.appointment.fields.changes(to: draft.fields), in: db)
    }
  }

  /// Records what became of an appointment; the same a second time changes nothing. Whoever excuses herself or is put off
  /// leaves her time to others.
  package func settle(
    _ id: RecordID<Appointment>, _ state: Appointment.State, because why: String?, from version: Int,
    by actor: Actor
  ) async throws {
    try await change(id, by: actor) { held, now, db in
      let old = held.appointment
      guard old.state != state || old.words?.why != why else { return }
      try held.mustBe(version)
      let isPermitted =
        state == .cancelled
        ? AgendaRules.mayCancel(old, at: now) : AgendaRules.outcomes(of: old, at: now).contains(state)
      guard isPermitted else {
        throw Refusal.conflict(say("This cannot be recorded of this appointment now."))
      }
      var words = old.words ?? Appointment.Words()
      words.why = why
      if !state.holdsTime {
        try AppointmentStore.release(id, in: db)
        try messages.withdraw(keys: [Self.reminder(id, old.version)], by: actor, in: db)
      } else if !old.state.holdsTime {
        // She came after all, at a time that was given to others meanwhile: it is told, and nobody is put out.
        try AppointmentStore.release(id, in: db)
      }
      try AppointmentStore.set(state, of: id, words, key: held.subject.key, in: db)
      try Journal.append(
        "appointment.\(state.rawValue)", on: Appointment.reference(id), of: held.subject, by: actor, at: now,
        version: old.version + 1,
        changes: [FieldChange(field: "state", before: old.state.rawValue, after: state.rawValue)], in: db)
    }
  }

  /// An appointment whose case is held until the transaction ends.
  private struct Held {
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

  private func change(
    _ id: RecordID<Appointment>, by actor: Actor,
    _ body: @escaping @Sendable (Held, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.receivePersons)
    let now = now()
    try await database.write { db in
      guard let found = try AppointmentStore.find(id, in: db) else { throw Refusal.notFound }
      let (file, subject) = try cases.hold(found.file, for: actor, in: db)
      guard let appointment = try AppointmentStore.find(id, key: subject.key, in: db) else {
        throw Refusal.notFound
      }
      try body(Held(appointment: appointment, file: file, subject: subject), now, db)
    }
  }

  private func claim(_ draft: AppointmentDraft, _ subject: Subject, in db: Connection) throws {
    // Whoever stands for her: two files of hers are one person.
    let person = try cases.people.files(of: subject.id, in: db).first ?? subject.id
    let holders = AgendaRules.holders(draft, of: person)
    if let taken = try AppointmentStore.claim(holders, draft.time, for: draft.id, in: db) {
      throw Refusal.invalid([taken.refusal])
    }
  }

  /// That the service is open then, the colleague of this antenna and there, and the room one of its own.
  private func mustBeOpen(_ draft: AppointmentDraft, _ file: CaseFile, _ now: Date, in db: Connection) throws
  {
    var errors: [FieldError] = []
    if draft.time.start < now {
      errors.append(FieldError("day", say("This time has passed.")))
    }
    if let holiday = try AgendaStore.holiday(on: draft.time.day, in: db) {
      errors.append(FieldError("day", say("The service is closed on that day: \(holiday.name).")))
    }
    if let absence = try AgendaStore.absence(of: draft.with, on: draft.time.day, in: db) {
      errors.append(FieldError("with", say("She is absent until \(absence.until).")))
    }
    if let room = draft.room, try AgendaStore.room(room, in: db)?.antenna != file.antenna {
      errors.append(FieldError("room", say("Choose a room of this antenna.")))
    }
    if try accounts.posts(of: [draft.with], in: db)[draft.with]?.antenna != file.antenna {
      errors.append(FieldError("with", say("Choose a colleague of this antenna.")))
    }
    guard errors.isEmpty else { throw Refusal.invalid(errors) }
  }
}

/// Some days of an antenna, as one reader may see them.
struct AgendaDays: Sendable {
  let appointments: [Appointment]
  let isCut: Bool
  /// Of the cases that the reader sees; of others she sees that somebody is taken.
  let lines: [RecordID<CaseFile>: CaseLine]
  let names: [PersonID: PersonLabel]
  let holidays: [Holiday]
  let absences: [Absence]
  let rooms: [Room]
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
