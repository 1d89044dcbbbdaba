import Accounts
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// What the agenda has of one case: appointments, seats in group sessions, links to take a time.
struct AgendaCasePages: Sendable {
  let agenda: Agenda

  init(_ agenda: Agenda) { self.agenda = agenda }

  func addRoutes(to routes: Routes) {
    routes.get("/agenda/of/:case", use: show)
    routes.post("/agenda/of/:case", use: make)
    routes.post("/agenda/of/:case/seats", use: put)
    routes.post("/agenda/of/:case/links", use: makeLink)
    routes.get("/agenda/links/:slip", use: paper)
    routes.post("/agenda/links/:slip/revocation", use: revoke)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let asked = Typed(["with": [request.query("with")], "minutes": [request.query("minutes")]])
    return try await shown(context, .appointment, nil, [], asked: asked, after: request.query("after"))
  }

  private func shown(
    _ context: AppContext, _ form: CaseAgendaForm.Kind, _ typed: Typed?, _ errors: [FieldError],
    asked: Typed = Typed(), after cursor: String = ""
  ) async throws -> HTML {
    let actor = try context.actor
    let ask = Agenda.FreeQuestion(account: AccountID(asked["with"]), minutes: Int(asked["minutes"]))
    let found = try await agenda.all(
      of: context.id("case"), after: AppointmentCursor(cursor), asking: ask, for: actor)
    let colleagues = try await agenda.accounts.colleagues(of: found.opened.file.antenna)
    let names = try await agenda.accounts.names(
      of: found.appointments.map(\.with) + found.links.map(\.link.account) + [found.ask.account])
    let shown = CaseAgendaForm(colleagues: colleagues, kind: form, typed: typed ?? Typed(), errors: errors)
    return AgendaCaseTemplates.show(found, names, shown, on: try context.page)
  }

  @Sendable func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await act(context, .appointment) { id, actor in
      let (draft, _) = try AgendaForm.draft(context.typed, today: today)
      try await agenda.make(draft, in: id, by: actor)
    }
  }

  @Sendable func put(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .seat) { id, actor in
      let seat = try SessionForm.seat(context.typed)
      try await agenda.put(seat.id, id, downFor: seat.session, mayWait: seat.mayWait, by: actor)
    }
  }

  @Sendable func makeLink(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .link) { id, actor in
      try await agenda.makeLink(WorkWeekForm.booking(context.typed), in: id, by: actor)
    }
  }

  private func act(
    _ context: AppContext, _ form: CaseAgendaForm.Kind,
    _ body: (RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(.receivePersons)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      try await body(id, actor)
      return .seeOther(AgendaPaths.ofCase(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, form, context.typed, errors, asked: context.typed)
        .response(.unprocessableContent)
    }
  }

  /// To be handed over: the link, in the person's language.
  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await agenda.paper(context.id("slip"), for: context.actor)
    return BookingTemplates.paper(found.opened, found.link, found.url, found.name, on: try context.page)
  }

  @Sendable func revoke(_ request: Request, _ context: AppContext) async throws -> Response {
    let file = try await agenda.revoke(context.id("slip"), by: context.actor)
    return .seeOther(AgendaPaths.ofCase(file), .saved)
  }
}

extension AgendaPaths {
  static func ofCase(_ id: RecordID<CaseFile>, after cursor: AppointmentCursor) -> String {
    "\(ofCase(id))?after=\(Page.queryEscaped(cursor.text))"
  }
  static func free(_ id: RecordID<CaseFile>, with account: AccountID, minutes: Int) -> String {
    "\(ofCase(id))?with=\(account.text)&minutes=\(minutes)#new"
  }
  static func links(of id: RecordID<CaseFile>) -> String { "\(ofCase(id))/links" }
  static func slip(_ id: RecordID<BookingLink>) -> String { "/agenda/links/\(id)" }
  static func slipRevocation(_ id: RecordID<BookingLink>) -> String { "\(slip(id))/revocation" }
}
