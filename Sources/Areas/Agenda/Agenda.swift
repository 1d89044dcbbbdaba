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

  /// Appointments know who holds their case, and whether it is open: those that another antenna holds still are shown to
  /// her.
  package static let follower: CaseFollower = { file, place, isOpen, db in
    try AppointmentStore.follow(file, to: place, isOpen: isOpen, in: db)
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
      let most = AppointmentStore.most
      let sessions =
        try account.map { try SessionStore.list(ledBy: $0, days, limit: most, in: db) }
        ?? SessionStore.list(at: antenna, days, limit: most, in: db)
      let isCut = max(found.count, sessions.count) > most
      found = Array(found.prefix(most))
      let (lines, names) = try cases.lines(of: found.map(\.file), for: actor, in: db)
      return AgendaDays(
        appointments: found, sessions: Array(sessions.prefix(most)), isCut: isCut, lines: lines, names: names,
        holidays: try AgendaStore.holidays(days, in: db),
        absences: try AgendaStore.absences(at: antenna, from: days.lowerBound, in: db).filter {
          $0.from <= days.upperBound && (account == nil || $0.account == account)
        },
        rooms: try AgendaStore.allRooms(of: antenna, in: db))
    }
  }

  /// What the actor has before her today, and what an antenna that held her cases before holds of them still, in one read.
  func today(of actor: Actor) async throws -> AgendaHome? {
    guard actor.may(.receivePersons), let antenna = actor.antenna else { return nil }
    let today = Day(of: now())
    return try await database.read { db in
      let found = try AppointmentStore.day(with: actor.id, today...today, in: db).filter {
        $0.state == .planned
      }
      let sessions = try SessionStore.list(ledBy: actor.id, today...today, in: db).filter {
        $0.state == .planned
      }
      let behind = try AppointmentStore.leftBehind(for: actor.id, from: today, in: db)
      guard !found.isEmpty || !sessions.isEmpty || !behind.isEmpty else { return nil }
      let rooms = try AgendaStore.allRooms(of: antenna, in: db)
      func days(_ shown: [Appointment], _ sessions: [KeptSession]) throws -> AgendaDays {
        let (lines, names) = try cases.lines(of: shown.map(\.file), for: actor, in: db)
        return AgendaDays(
          appointments: shown, sessions: sessions, isCut: false, lines: lines, names: names, holidays: [],
          absences: [], rooms: rooms)
      }
      return AgendaHome(today: try days(found, sessions), behind: try days(behind, []))
    }
  }

  /// Whose free times somebody asks for on the page of a case; nil: her own, or the contact person's.
  struct FreeQuestion: Sendable {
    var account: AccountID?
    var minutes: Int?
  }

  /// The appointments of a case, the latest first, a page at a time, and what else its page shows.
  func all(
    of id: RecordID<CaseFile>, after cursor: AppointmentCursor? = nil,
    asking question: FreeQuestion = .init(),
    for actor: Actor
  ) async throws -> CaseAgenda {
    let now = now()
    return try await cases.open(id, for: actor) { opened, db in
      let (file, key) = (opened.file, opened.subject.key)
      let ask = try ask(question, file, actor, in: db)
      let page = try AppointmentStore.all(of: id, after: cursor, key: key, in: db)
      let shown = Array(page.prefix(AppointmentStore.pageSize))
      let seats = try SessionStore.seats(of: id, in: db)
      let today = Day(of: now)
      let coming = try SessionStore.list(at: file.antenna, today...(today + Self.sessionDays), in: db)
      let offered = coming.prefix(SessionStore.most).filter { kept in
        SessionRules.mayTakeSeats(kept, at: now) && !seats.contains { $0.seat.session == kept.session.id }
      }
      let mayAct = actor.may(.receivePersons) && opened.leave == nil && file.stage != .closed
      return CaseAgenda(
        opened: opened, appointments: shown, next: page.count > shown.count ? shown.last?.cursor : nil,
        rooms: try AgendaStore.allRooms(of: file.antenna, in: db), seats: seats, offered: offered,
        isOfferCut: coming.count > SessionStore.most, ask: ask,
        free: mayAct
          ? try freeTimes(ask, at: file.antenna, person: person(opened.subject, in: db), at: now, in: db)
          : nil,
        links: mayAct ? try links(of: file, at: now, in: db) : [], isReached: !publicURL.isEmpty,
        mayAct: mayAct)
    }.1
  }

  /// A colleague of elsewhere has no times here: then the contact person's are shown.
  private func ask(_ question: FreeQuestion, _ file: CaseFile, _ actor: Actor, in db: Connection) throws
    -> FreeAsk
  {
    let own = actor.antenna == file.antenna && actor.may(.receivePersons) ? actor.id : file.contact
    let asked = try question.account.flatMap { try accounts.active($0, in: db) }
    let minutes = question.minutes.flatMap { AgendaRules.lengths.contains($0) ? $0 : nil } ?? 30
    return FreeAsk(
      account: asked?.antenna == file.antenna ? asked?.id ?? own : own, minutes: minutes, way: .antenna)
  }

  /// Days ahead of which the sessions are offered on the page of a case.
  static let sessionDays = 92

  /// One appointment, with its case in the actor's sight.
  func open(_ id: RecordID<Appointment>, for actor: Actor) async throws -> (
    opened: OpenedCase, appointment: Appointment, rooms: [Room]
  ) {
    let file = try await database.read { db in try AppointmentStore.find(id, in: db)?.file }
    guard let file else { throw Refusal.notFound }
    let (opened, found) = try await cases.open(file, for: actor) { opened, db in
      (
        try AppointmentStore.find(id, key: opened.subject.key, in: db),
        try AgendaStore.allRooms(of: opened.file.antenna, in: db)
      )
    }
    guard let appointment = found.0 else { throw Refusal.notFound }
    return (opened, appointment, found.1)
  }
}

/// Some days of an antenna, as one reader may see them.
struct AgendaDays: Sendable {
  let appointments: [Appointment]
  let sessions: [KeptSession]
  let isCut: Bool
  /// Of the cases that the reader sees; of others she sees that somebody is taken.
  let lines: [RecordID<CaseFile>: CaseLine]
  let names: [PersonID: PersonLabel]
  let holidays: [Holiday]
  let absences: [Absence]
  let rooms: [Room]
}

/// What stands on the home page of whoever receives persons.
struct AgendaHome: Sendable {
  let today: AgendaDays
  /// Appointments that an antenna holds whose case is with her now.
  let behind: AgendaDays
}

/// What the page of a case shows of the agenda.
struct CaseAgenda: Sendable {
  let opened: OpenedCase
  let appointments: [Appointment]
  let next: AppointmentCursor?
  let rooms: [Room]
  let seats: [(seat: SessionSeat, kept: KeptSession)]
  /// Sessions for which she may be put down.
  let offered: [KeptSession]
  /// Whether more sessions are to come than were looked at.
  let isOfferCut: Bool
  /// Whose free times are shown.
  let ask: Agenda.FreeAsk
  /// Nil where nobody has entered her hours.
  let free: [FreeTime]?
  let links: [(link: BookingLink, url: String, isGood: Bool)]
  /// Whether links can be made at all.
  let isReached: Bool
  let mayAct: Bool
}
