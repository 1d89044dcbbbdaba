import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Messages
import NIOConcurrencyHelpers
import People
import Storage
import TestSupport
import Web

@testable import Agenda

/// The area on an empty database, with a case in Tunis and the staff of two antennas.
struct AgendaRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let cases: Cases
  let messages: Messages
  let agenda: Agenda

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Messages.migrations
    + Agenda.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, followers: [Agenda.follower], now: now)
    let gateways = MessageGateways(
      mail: .init(from: "t@example.tn") { _ in .taken }, sms: .init { _, _ in .taken })
    messages = Messages(cases: cases, gateways: gateways, now: now)
    agenda = Agenda(
      cases: cases, accounts: Accounts(database: database, now: now),
      antennas: Antennas(database: database, now: now),
      messages: messages, publicURL: "https://t.example", now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (AgendaRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = AgendaRoom(database)
      for actor in [Staff.amel, Staff.chokri, Staff.emna] { try await room.hire(actor) }
      try await body(room, room.receive())
    }
  }

  private func hire(_ actor: Actor) async throws {
    try await agenda.accounts.create(
      NewAccount(
        id: actor.id, signInName: actor.name, name: actor.name, institution: actor.institution,
        antenna: actor.antenna,
        roles: [.counsellor], language: .english, password: "olives et jasmin", mustChangePassword: false),
      by: .program)
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve(
      [AgendaPages(agenda, guessesAMinute: 5)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive(
    _ family: String = "Zitouni", agrees: Bool = false, to purpose: Consent.Purpose = .sms
  ) async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones], identity[.languages]) = (family, "+21620123456", "français")
    identity[.email] = "\(family.lowercased())@example.tn"
    let person = PersonID()
    let file = try await cases.receive(
      Reception(
        id: RecordID(), person: person, identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
    if agrees {
      try await people.record(
        Consent(
          id: RecordID(), person: person, purpose: purpose, textVersion: Consent.currentTextVersion,
          language: .french,
          givenOn: today, way: .signed, withdrawnAt: nil), by: Staff.amel)
    }
    return file
  }

  func draft(
    _ id: RecordID<Appointment> = RecordID(), in days: Int = 3, at from: Int = 9 * 60, minutes: Int = 30,
    with: Actor = Staff.amel, way: Appointment.Way = .antenna, room: RecordID<Room>? = nil,
    words: Appointment.Words = .init()
  ) -> AppointmentDraft {
    AppointmentDraft(
      id: id, with: with.id, way: way, room: room,
      time: AppointmentTime(day: today + days, from: from, minutes: minutes), words: words)
  }

  @discardableResult
  func make(_ draft: AppointmentDraft, in file: RecordID<CaseFile>, by actor: Actor = Staff.amel) async throws
    -> RecordID<Appointment>
  {
    try await agenda.make(draft, in: file, by: actor)
    return draft.id
  }

  /// Which fields a draft is refused for.
  func refused(_ draft: AppointmentDraft, in file: RecordID<CaseFile>) async -> [String] {
    do {
      try await agenda.make(draft, in: file, by: Staff.amel)
      return []
    } catch Refusal.invalid(let errors) {
      return errors.map(\.field)
    } catch {
      return ["\(error)"]
    }
  }

  func state(_ id: RecordID<Appointment>) async throws -> Appointment.State? {
    try await database.read { db in try AppointmentStore.find(id, in: db)?.state }
  }

  /// What a message says.
  func told(_ key: String) async throws -> String { try await message(key)?.text ?? "" }

  func message(_ key: String) async throws -> MessageText? {
    let id = try await database.read { db in try messages.messages(ofKeys: [key], in: db)[key]?.id }
    guard let id else { return nil }
    return try await messages.open(id, for: Staff.amel).text
  }

  func session(
    _ id: RecordID<GroupSession> = RecordID(), in days: Int = 3, at from: Int = 14 * 60, minutes: Int = 60,
    leader: Actor = Staff.amel, seats: Int = 2, waits: Bool = true, titles: GroupSession.Titles? = nil,
    place: String? = "Maison des jeunes", room: RecordID<Room>? = nil
  ) -> GroupSession {
    GroupSession(
      id: id, antenna: "TUN", kind: titles == nil ? .information : .other, titles: titles, leader: leader.id,
      room: room, place: place, time: AppointmentTime(day: today + days, from: from, minutes: minutes),
      language: .french, seats: seats, hasWaitingList: waits)
  }

  /// Her hours: every working day from nine to noon.
  func hours(of actor: Actor = Staff.amel, from: Int = 9 * 60, until: Int = 12 * 60) async throws {
    let hours = (0..<5).map { WorkWeek.Hours(weekday: $0, from: from, until: until) }
    try await agenda.add(
      WorkWeek(id: RecordID(), account: actor.id, from: today, hours: hours), at: "TUN", by: actor)
  }

  /// The token of a new link for the person of a case.
  func link(in file: RecordID<CaseFile>, minutes: Int = 30) async throws -> (
    id: RecordID<BookingLink>, token: String
  ) {
    let draft = BookingDraft(id: RecordID(), account: Staff.amel.id, minutes: minutes)
    try await agenda.makeLink(draft, in: file, by: Staff.amel)
    let url = try await database.read { db in
      try agenda.links(of: file, in: db).first { $0.link.id == draft.id }?.url ?? ""
    }
    return (draft.id, String(url.split(separator: "/").last ?? ""))
  }

  func appointments(of file: RecordID<CaseFile>) async throws -> [Appointment] {
    try await agenda.all(of: file, for: Staff.amel).appointments
  }

  /// Acts of the journal that begin so, the oldest first.
  func acts(_ beginning: String) async throws -> [String] {
    try await database.read { db in
      try db.rows("SELECT act FROM journal_entry WHERE act LIKE \("\(beginning)%") ORDER BY at, id") {
        try $0[0] as String
      }
    }
  }
  /// Messages that are queued, with when they go and how they stand.
  func queued() async throws -> [(key: String, state: String)] {
    try await database.read { db in
      try db.rows("SELECT once, state FROM message ORDER BY once") {
        (try $0[0] as String, try $0[1] as String)
      }
    }
  }
}
