import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import People
import Storage
import Web

/// The pages of the area: receptions begun, a form for each step, reading back, and what was told in a case.
package struct ReceptionPages: Area {
  let receptions: Receptions
  let antennas: Antennas
  let accounts: Accounts
  /// Who may be the same: as before every reception.
  let question: ReceptionQuestion
  let usualMonths: Int?

  package init(
    _ receptions: Receptions, antennas: Antennas, accounts: Accounts, usualMonths: Int? = nil,
    question: @escaping ReceptionQuestion = { _, _, _, _ in .goOn { _ in } }
  ) {
    self.receptions = receptions
    self.antennas = antennas
    self.accounts = accounts
    self.usualMonths = usualMonths
    self.question = question
  }

  package var migrations: [Migration] { Receptions.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/receptions", use: list)
    routes.get("/receptions/new", use: editNew)
    routes.post("/receptions", use: begin)
    routes.get("/receptions/of/:case", use: told)
    routes.get("/receptions/:reception", use: show)
    for step in ReceptionDraft.Step.allCases {
      routes.get("/receptions/:reception/\(step.rawValue)") { _, context in try await edit(step, context) }
      routes.post("/receptions/:reception/\(step.rawValue)") { _, context in try await save(step, context) }
    }
    routes.post("/receptions/:reception/opening", use: openFile)
    routes.post("/receptions/:reception/takeover", use: takeOver)
    routes.post("/receptions/:reception/discarding", use: discard)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: ReceptionWords.phrase,
      tab: CaseTab(say("Reception"), duty: .openFiles, path: ReceptionPaths.told))
  }

  /// On the home page: receptions begun.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      guard actor.may(.receivePersons) else { return .empty }
      let begun = try await receptions.begun(for: actor)
      guard !begun.isEmpty else { return .empty }
      return ReceptionListTemplates.section(begun, try await names(of: begun), on: page)
    }
  }

  private func names(of begun: [ReceptionDraft]) async throws -> [AccountID: String] {
    try await accounts.names(of: begun.map(\.author))
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let begun = try await receptions.begun(for: context.actor)
    return ReceptionListTemplates.list(begun, try await names(of: begun), on: try context.page)
  }

  @Sendable func editNew(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.receivePersons)
    let query = try await receptions.cases.people.opened(query: request.query("q"))
    let attempt = ReceptionAttempt(ReceptionTemplates.typed(query: query))
    return ReceptionStepTemplates.step(
      .who, of: nil, attempt, try await antennas.territory(), usualMonths,
      device: try await receptions.deviceMark(of: context.actor), on: try context.page)
  }

  @Sendable func begin(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.receivePersons)
    let territory = try await antennas.territory()
    let device = try await receptions.deviceMark(of: actor)
    func again(_ attempt: ReceptionAttempt) -> HTML {
      ReceptionStepTemplates.step(.who, of: nil, attempt, territory, usualMonths, device: device, on: page)
    }
    do {
      let id: RecordID<ReceptionDraft> = RecordID(context.typed["once"]) ?? RecordID()
      let fields = try ReceptionStepForm.checked(
        .who, context.typed, today: page.today, in: territory, usualMonths: usualMonths)
      let draft = ReceptionDraft(
        id: id, person: PersonID(), antenna: actor.antenna ?? AntennaCode(rawValue: ""), author: actor.id,
        state: .begun, version: 1, done: [], begunAt: page.now, savedAt: page.now, fields: fields)
      if let warning = try await warning(draft, context) {
        return again(ReceptionAttempt(context.typed, warning: warning)).response(.conflict)
      }
      try await receptions.begin(id, with: fields, by: actor)
      return .seeOther(ReceptionPaths.step(.consent, id), .saved)
    } catch Refusal.invalid(let errors) {
      return again(ReceptionAttempt(context.typed.renewed, errors)).response(.unprocessableContent)
    }
  }

  /// What asks whether the person is here already; nil where nobody is alike, or the question is answered.
  private func warning(_ draft: ReceptionDraft, _ context: AppContext) async throws -> HTML? {
    let (actor, page) = (try context.actor, try context.page)
    let reception = ReceptionStepForm.preview(draft, by: actor, at: page.now)
    let typed = context.typed["apart-reason"].isEmpty ? ReceptionStepForm.typed(draft.fields) : context.typed
    if case .ask(let warning) = try await question(reception, typed, actor, page) { return warning }
    return nil
  }

  private func edit(_ step: ReceptionDraft.Step, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let draft = try await receptions.open(context.id("reception"), for: actor)
    guard draft.state == .begun, draft.author == actor.id else {
      return .seeOther(ReceptionPaths.show(draft.id))
    }
    let attempt = ReceptionAttempt(ReceptionStepForm.typed(draft.fields))
    return try await form(step, draft, attempt, context).response()
  }

  private func form(
    _ step: ReceptionDraft.Step, _ draft: ReceptionDraft, _ attempt: ReceptionAttempt, _ context: AppContext
  ) async throws -> HTML {
    ReceptionStepTemplates.step(
      step, of: draft, attempt, try await antennas.territory(), usualMonths,
      device: try await receptions.deviceMark(of: context.actor), on: try context.page)
  }

  private func save(_ step: ReceptionDraft.Step, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let draft = try await receptions.open(context.id("reception"), for: actor)
    let territory = try await antennas.territory()
    do {
      let fields = try ReceptionStepForm.checked(
        step, context.typed, today: page.today, in: territory, usualMonths: usualMonths)
      if step == .who {
        let next = draft.told(fields)
        if let warning = try await warning(next, context) {
          return try await form(step, draft, ReceptionAttempt(context.typed, warning: warning), context)
            .response(.conflict)
        }
      }
      let version = Int(context.typed["version"]) ?? draft.version
      try await receptions.save(step, fields, from: version, of: draft.id, by: actor)
      return .seeOther(
        step.next.map { ReceptionPaths.step($0, draft.id) } ?? ReceptionPaths.show(draft.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(step, draft, ReceptionAttempt(context.typed, errors), context)
        .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let merged) {
      let newest = try await receptions.open(draft.id, for: actor)
      let errors = try await context.told(conflicts) {
        ReceptionReadTemplates.shown($0, $1, territory, on: page)
      }
      let attempt = ReceptionAttempt(ReceptionStepForm.typed(merged), errors, isNewest: true)
      return try await form(step, newest, attempt, context).response(.conflict)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let draft = try await receptions.open(context.id("reception"), for: context.actor)
    if draft.state == .opened { return .seeOther(CasePaths.show(draft.file)) }
    return try await readBack(draft, ReceptionAttempt(Typed()), context).response()
  }

  private func readBack(
    _ draft: ReceptionDraft, _ attempt: ReceptionAttempt, _ context: AppContext
  ) async throws -> HTML {
    let names = try await names(of: [draft])
    return ReceptionReadTemplates.readBack(
      draft, attempt, names, try await antennas.territory(), on: try context.page)
  }

  @Sendable func openFile(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let draft = try await receptions.open(context.id("reception"), for: actor)
    guard draft.state == .begun else { return .seeOther(CasePaths.show(draft.file), .received) }
    let reception = ReceptionStepForm.preview(draft, by: actor, at: page.now)
    let typed = context.typed["apart-reason"].isEmpty ? ReceptionStepForm.typed(draft.fields) : context.typed
    do {
      switch try await question(reception, typed, actor, page) {
      case .goOn(let also):
        let file = try await receptions.openFile(
          of: draft.id, usualMonths: usualMonths, by: actor, also: also)
        return .seeOther(CasePaths.show(file), .received)
      case .ask(let warning):
        return try await readBack(draft, ReceptionAttempt(context.typed, warning: warning), context)
          .response(.conflict)
      }
    } catch Refusal.invalid(let errors) {
      return try await readBack(draft, ReceptionAttempt(context.typed, errors), context)
        .response(.unprocessableContent)
    }
  }

  @Sendable func takeOver(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<ReceptionDraft> = try context.id("reception")
    try await receptions.takeOver(id, by: context.actor)
    return .seeOther(ReceptionPaths.show(id), .changed)
  }

  @Sendable func discard(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<ReceptionDraft> = try context.id("reception")
    guard let why = ReceptionDraft.Discarding(rawValue: context.typed["discarding"]) else {
      let draft = try await receptions.open(id, for: actor)
      let error = FieldError("discarding", say("Say why it is discarded."))
      return try await readBack(draft, ReceptionAttempt(context.typed, [error]), context)
        .response(.unprocessableContent)
    }
    try await receptions.discard(id, because: why, by: actor)
    return .seeOther(ReceptionPaths.list, .discarded)
  }

  @Sendable func told(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (file, told) = try await receptions.told(in: context.id("case"), for: context.actor)
    return ReceptionReadTemplates.told(told, file, on: try context.page)
  }
}

extension ReceptionDraft {
  /// The same with another first step.
  fileprivate func told(_ who: Fields) -> ReceptionDraft {
    ReceptionDraft(
      id: id, person: person, antenna: antenna, author: author, state: state, version: version, done: done,
      begunAt: begunAt, savedAt: savedAt, fields: ReceptionRules.replaced(.who, by: who, in: fields))
  }
}

/// What somebody typed into a form of the area, and what was wrong with it.
struct ReceptionAttempt: Sendable {
  let typed: Typed
  let errors: [FieldError]
  /// Typed on top of what is stored now.
  let isNewest: Bool
  /// Asks whether the person is here already.
  let warning: HTML

  init(_ typed: Typed, _ errors: [FieldError] = [], isNewest: Bool = false, warning: HTML = .empty) {
    self.typed = typed
    self.errors = errors
    self.isNewest = isNewest
    self.warning = warning
  }
}

/// Links into the area.
package enum ReceptionPaths {
  package static let list = "/receptions"
  package static let new = "/receptions/new"
  package static func new(sealedQuery: String) -> String { "/receptions/new?q=\(sealedQuery)" }
  package static func show(_ id: RecordID<ReceptionDraft>) -> String { "/receptions/\(id)" }
  static func step(_ step: ReceptionDraft.Step, _ id: RecordID<ReceptionDraft>) -> String {
    "\(show(id))/\(step.rawValue)"
  }
  static func opening(_ id: RecordID<ReceptionDraft>) -> String { "\(show(id))/opening" }
  static func takeover(_ id: RecordID<ReceptionDraft>) -> String { "\(show(id))/takeover" }
  static func discarding(_ id: RecordID<ReceptionDraft>) -> String { "\(show(id))/discarding" }
  static func told(_ file: RecordID<CaseFile>) -> String { "/receptions/of/\(file)" }
}
