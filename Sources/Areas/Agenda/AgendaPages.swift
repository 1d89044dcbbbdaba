import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: days of an antenna, the appointments of a case, one appointment.
package struct AgendaPages: Area {
  let agenda: Agenda

  private let feed: AgendaFeedPages
  private let booking: BookingPages

  /// - Parameters:
  ///   - isSecure: cookies go over HTTPS alone.
  ///   - guessesAMinute: so often links may be tried from one address; 0: no limit.
  package init(_ agenda: Agenda, isSecure: Bool = false, guessesAMinute: Int) {
    self.agenda = agenda
    feed = AgendaFeedPages(agenda, guessesAMinute: guessesAMinute)
    booking = BookingPages(agenda, isSecure: isSecure, guessesAMinute: guessesAMinute)
  }

  package var migrations: [Migration] { Agenda.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Agenda"), path: AgendaPaths.list, icon: .calendar, in: .day, duty: .openFiles)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/agenda", use: days)
    AgendaCasePages(agenda).addRoutes(to: routes)
    routes.get("/agenda/:appointment", use: show)
    routes.post("/agenda/:appointment/move", use: move)
    routes.post("/agenda/:appointment/outcome", use: settle)
    AgendaRoomPages(agenda).addRoutes(to: routes)
    SessionPages(agenda).addRoutes(to: routes)
    WorkWeekPages(agenda).addRoutes(to: routes)
    feed.addRoutes(to: routes)
    booking.addRoutes(to: routes)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: AgendaWords.phrase, tab: CaseTab(say("Appointments"), duty: .openFiles, path: AgendaPaths.ofCase)
    )
  }

  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      guard let found = try await agenda.today(of: actor) else { return .empty }
      return AgendaTemplates.home(found, on: page)
    }
  }

  @Sendable func days(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.openFiles)
    let territory = try await agenda.antennas.territory()
    let asked = AntennaCode(rawValue: request.query("antenna"))
    let shown = territory.antennas.first { $0.id == asked } ?? territory.antennas.first
    guard let antenna = actor.antenna ?? shown?.id else { throw Refusal.notFound }
    let colleagues = try await agenda.accounts.colleagues(of: antenna)
    let asksAll = request.query("with") == "all"
    let chosen = AccountID(request.query("with")).flatMap { id in colleagues.first { $0.id == id }?.id }
    let own = actor.antenna == nil || !actor.may(.receivePersons) ? nil : actor.id
    let view = AgendaView(
      antenna: antenna, from: Day(request.query("from")) ?? page.today,
      span: AgendaView.Span(rawValue: request.query("span")) ?? .week, with: asksAll ? nil : chosen ?? own)
    let found = try await agenda.days(view.days, at: antenna, with: view.with, for: actor)
    return AgendaTemplates.days(found, view, colleagues, territory, on: page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, nil, [])
  }

  private func shown(_ context: AppContext, _ typed: Typed?, _ errors: [FieldError]) async throws -> HTML {
    let (opened, appointment, rooms) = try await agenda.open(context.id("appointment"), for: context.actor)
    let colleagues = try await agenda.accounts.colleagues(of: opened.file.antenna)
    let names = try await agenda.accounts.names(of: [appointment.with])
    let form = AppointmentForm(
      colleagues: colleagues, rooms: rooms, typed: typed ?? AgendaTemplates.typed(appointment), errors: errors
    )
    return AgendaTemplates.show(opened, appointment, names, form, at: agenda.now(), on: try context.page)
  }

  @Sendable func move(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    return try await change(context) { id, actor in
      let (draft, version) = try AgendaForm.draft(context.typed, moving: id, today: page.today)
      try await agenda.move(draft, from: version, by: actor)
    }
  }

  @Sendable func settle(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, actor in
      let (state, why, version) = try AgendaForm.settled(context.typed)
      try await agenda.settle(id, state, because: why, from: version, by: actor)
    }
  }

  private func change(
    _ context: AppContext, _ body: (RecordID<Appointment>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(.receivePersons)
    let id: RecordID<Appointment> = try context.id("appointment")
    do {
      try await body(id, actor)
      return .seeOther(AgendaPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }
}

/// Which days of whom a page shows; each is a part of the URL.
struct AgendaView {
  enum Span: String, CaseIterable { case day, week }

  let antenna: AntennaCode
  /// In the shown span; a week begins on its Monday.
  let from: Day
  let span: Span
  /// Nil for all of the antenna.
  let with: AccountID?

  var first: Day { span == .day ? from : from + -from.weekday }
  var days: ClosedRange<Day> { first...(first + (span == .day ? 0 : 6)) }

  func moved(_ steps: Int) -> AgendaView {
    AgendaView(antenna: antenna, from: first + steps * (span == .day ? 1 : 7), span: span, with: with)
  }

  func with(_ account: AccountID?) -> AgendaView {
    AgendaView(antenna: antenna, from: from, span: span, with: account)
  }

  func showing(_ span: Span) -> AgendaView {
    AgendaView(antenna: antenna, from: from, span: span, with: with)
  }
}

/// Links into the area.
package enum AgendaPaths {
  package static let list = "/agenda"
  static let rooms = "/agenda/rooms"
  static let absences = "/agenda/absences"
  static let holidays = "/agenda/holidays"
  static func days(_ view: AgendaView) -> String {
    "/agenda?antenna=\(view.antenna)&span=\(view.span.rawValue)&from=\(view.from)&with=\(view.with?.text ?? "all")"
  }
  package static func ofCase(_ id: RecordID<CaseFile>) -> String { "/agenda/of/\(id)" }
  static func show(_ id: RecordID<Appointment>) -> String { "/agenda/\(id)" }
  static func move(_ id: RecordID<Appointment>) -> String { "\(show(id))/move" }
  static func outcome(_ id: RecordID<Appointment>) -> String { "\(show(id))/outcome" }
  static func ending(_ id: RecordID<Absence>) -> String { "\(absences)/\(id)/end" }
  static let feed = "/agenda/feed"
  static let revocation = "/agenda/feed/revocation"
  static func calendar(_ token: String) -> String { "/calendars/\(token)" }
  static let removal = "/agenda/holidays/removal"
}
