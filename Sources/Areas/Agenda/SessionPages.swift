import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// Group sessions: the list, one of them, who is put down, who came.
struct SessionPages: Sendable {
  let agenda: Agenda

  init(_ agenda: Agenda) { self.agenda = agenda }

  func addRoutes(to routes: Routes) {
    routes.get("/agenda/sessions", use: list)
    routes.post("/agenda/sessions", use: make)
    routes.get("/agenda/sessions/new", use: new)
    routes.get("/agenda/sessions/:session", use: show)
    routes.get("/agenda/sessions/:session/list", use: paper)
    routes.post("/agenda/sessions/:session/change", use: change)
    routes.post("/agenda/sessions/:session/cancellation", use: cancel)
    routes.post("/agenda/sessions/:session/seats", use: put)
    routes.post("/agenda/sessions/:session/presence", use: record)
    routes.post("/agenda/seats/:seat/removal", use: takeOff)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.openFiles)
    let territory = try await agenda.antennas.territory()
    let asked = AntennaCode(rawValue: request.query("antenna"))
    let shown = territory.antennas.first { $0.id == asked } ?? territory.antennas.first
    guard let antenna = actor.antenna ?? shown?.id else { throw Refusal.notFound }
    let found = try await agenda.sessions(
      at: antenna, after: SessionCursor(request.query("after")), for: actor)
    let names = try await agenda.accounts.names(of: (found.sessions + found.past).map(\.session.leader))
    return SessionTemplates.list(found, names, antenna, territory, on: page)
  }

  /// A session is made at one's own antenna.
  private func antenna(_ context: AppContext) throws -> AntennaCode {
    let actor = try context.actor
    try actor.must(.receivePersons)
    guard let antenna = actor.antenna else { throw Refusal.notFound }
    return antenna
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let typed = Typed([
      "kind": ["information"], "minutes": ["60"], "with": [actor.id.text], "seats": ["20"], "waits": ["yes"],
      "language": [try context.page.reader.language.rawValue],
    ])
    return try await form(context, typed, [])
  }

  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let antenna = try antenna(context)
    let form = SessionTemplates.Form(
      colleagues: try await agenda.accounts.colleagues(of: antenna),
      rooms: try await agenda.rooms(of: antenna, for: context.actor), typed: typed, errors: errors)
    return SessionTemplates.new(form, on: try context.page)
  }

  @Sendable func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let antenna = try antenna(context)
    do {
      let (session, _, _) = try SessionForm.session(
        context.typed, at: antenna, today: try context.page.today)
      try await agenda.make(session, by: context.actor)
      return .seeOther(AgendaPaths.session(session.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, nil, [])
  }

  private func shown(_ context: AppContext, _ typed: Typed?, _ errors: [FieldError]) async throws -> HTML {
    let opened = try await agenda.session(context.id("session"), for: context.actor)
    let session = opened.kept.session
    let form = SessionTemplates.Form(
      colleagues: try await agenda.accounts.colleagues(of: session.antenna),
      rooms: opened.rooms.filter { !$0.isClosed }, typed: typed ?? SessionTemplates.typed(session),
      errors: errors)
    let names = try await agenda.accounts.names(of: [session.leader])
    return SessionTemplates.show(opened, names, form, at: agenda.now(), on: try context.page)
  }

  /// To be printed: who is expected, with room to sign.
  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> HTML {
    let opened = try await agenda.session(context.id("session"), for: context.actor)
    let names = try await agenda.accounts.names(of: [opened.kept.session.leader])
    return SessionTemplates.paper(opened, names, on: try context.page)
  }

  @Sendable func change(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    return try await act(context) { id, actor in
      let kept = try await agenda.session(id, for: actor).kept.session
      let (session, why, version) = try SessionForm.session(
        context.typed, at: kept.antenna, changing: id, today: page.today)
      try await agenda.change(session, because: why, from: version, by: actor)
    }
  }

  @Sendable func cancel(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      let (why, version) = try SessionForm.cancelled(context.typed)
      try await agenda.cancel(id, because: why, from: version, by: actor)
    }
  }

  @Sendable func put(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      guard let file = try await agenda.cases.find(number: context.typed["case-number"], for: actor) else {
        throw Refusal.invalid([FieldError("case-number", say("You see no case with this number."))])
      }
      do {
        try await agenda.put(
          RecordID(), file, downFor: id, mayWait: context.typed.isChecked("wait"), by: actor)
      } catch Refusal.invalid(let errors) {
        throw Refusal.invalid(errors.map { FieldError("case-number", $0.message) })
      }
    }
  }

  @Sendable func record(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      try await agenda.record(SessionForm.presence(context.typed), in: id, by: actor)
    }
  }

  private func act(_ context: AppContext, _ body: (RecordID<GroupSession>, Actor) async throws -> Void)
    async throws -> Response
  {
    let actor = try context.actor
    try actor.must(.receivePersons)
    let id: RecordID<GroupSession> = try context.id("session")
    do {
      try await body(id, actor)
      return .seeOther(AgendaPaths.session(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func takeOff(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let session = try await agenda.takeOff(context.id("seat"), by: actor)
    return .seeOther(AgendaPaths.session(session), .saved)
  }
}

extension AgendaPaths {
  static let sessions = "/agenda/sessions"
  static let newSession = "/agenda/sessions/new"
  static func sessions(at antenna: AntennaCode) -> String { "/agenda/sessions?antenna=\(antenna)" }
  static func sessions(at antenna: AntennaCode, after cursor: SessionCursor) -> String {
    "\(sessions(at: antenna))&after=\(Page.queryEscaped(cursor.text))"
  }
  static func session(_ id: RecordID<GroupSession>) -> String { "/agenda/sessions/\(id)" }
  static func sessionPaper(_ id: RecordID<GroupSession>) -> String { "\(session(id))/list" }
  static func sessionChange(_ id: RecordID<GroupSession>) -> String { "\(session(id))/change" }
  static func sessionCancellation(_ id: RecordID<GroupSession>) -> String { "\(session(id))/cancellation" }
  static func sessionSeats(_ id: RecordID<GroupSession>) -> String { "\(session(id))/seats" }
  static func sessionPresence(_ id: RecordID<GroupSession>) -> String { "\(session(id))/presence" }
  static func seatRemoval(_ id: RecordID<SessionSeat>) -> String { "/agenda/seats/\(id)/removal" }
  static func seats(of id: RecordID<CaseFile>) -> String { "\(ofCase(id))/seats" }
}
