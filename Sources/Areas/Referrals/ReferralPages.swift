import Accounts
import Antennas
import Basics
import Cases
import Directory
import Hummingbird
import Pages
import Plans
import Storage
import Web

/// The pages of the area: lists, sending one, one referral with its acts; and those for services outside.
package struct ReferralPages: Area {
  let referrals: Referrals
  let isSecure: Bool

  let guessesAMinute: Int

  /// - Parameter guessesAMinute: so many links that show nothing may be asked for from one address.
  package init(_ referrals: Referrals, isSecure: Bool, guessesAMinute: Int = 20) {
    self.guessesAMinute = guessesAMinute
    self.referrals = referrals
    self.isSecure = isSecure
  }

  package var migrations: [Migration] { Referrals.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Referrals"), path: ReferralPaths.list, icon: .referral, in: .services, duty: .openFiles),
      NavigationItem(
        say("Requests to your service"), path: DeskPaths.list, icon: .referral, in: .services,
        duty: .answerReferrals),
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/referrals", use: list)
    routes.get("/referrals/figures", use: figures)
    routes.get("/referrals/terms", use: terms)
    routes.post("/referrals/terms", use: setTerms)
    routes.get("/referrals/of/:case", use: ofCase)
    routes.get("/referrals/of/:case/new", use: new)
    routes.post("/referrals/of/:case", use: send)
    routes.get("/referrals/:referral", use: show)
    routes.post("/referrals/:referral/reply", use: reply)
    routes.post("/referrals/:referral/lapse", use: lapse)
    routes.post("/referrals/:referral/settlement", use: settle)
    routes.post("/referrals/:referral/revocation", use: revoke)
    routes.post("/referrals/:referral/link", use: renew)
    routes.post("/referrals/:referral/link-revocation", use: revokeLinks)
    routes.post("/referrals/:referral/paper", use: paper)
    routes.post("/referrals/:referral/note/:act", use: note)
    DeskPages(referrals: referrals).addRoutes(to: routes)
    AnswerPages(referrals: referrals, isSecure: isSecure, guessesAMinute: guessesAMinute).addRoutes(
      to: routes)
  }

  package var section: CaseSection {
    CaseSection(
      words: ReferralWords.phrase,
      tab: CaseTab(say("Referrals"), duty: .openFiles, path: ReferralPaths.ofCase))
  }

  /// What stands on the home page of whoever must do something.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let found = try await referrals.day(of: actor)
      return found.referrals.isEmpty ? .empty : ReferralListTemplates.day(found, on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let list = ReferralList(rawValue: request.query("show")) ?? .mine
    let found = try await referrals.list(list, after: RecordID(request.query("after")), for: context.actor)
    return ReferralListTemplates.list(found, list, on: try context.page)
  }

  @Sendable func figures(_ request: Request, _ context: AppContext) async throws -> HTML {
    ReferralListTemplates.figures(try await referrals.figures(for: context.actor), on: try context.page)
  }

  @Sendable func terms(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.openFiles)
    return ReferralListTemplates.terms(try await referrals.terms(), Typed(), [], on: try context.page)
  }

  @Sendable func setTerms(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageFollowUp)
    do {
      let form = try ReferralForm.terms(context.typed)
      try await referrals.set(form.terms, of: form.kind, by: actor)
      return .seeOther(ReferralPaths.terms, .saved)
    } catch Refusal.invalid(let errors) {
      return ReferralListTemplates.terms(
        try await referrals.terms(), context.typed, errors, on: try context.page
      )
      .response(.unprocessableContent)
    }
  }

  @Sendable func ofCase(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (opened, found) = try await referrals.list(of: context.id("case"), for: context.actor)
    return ReferralListTemplates.ofCase(opened, found, on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    let typed = Typed(
      Dictionary(
        uniqueKeysWithValues: ["action", "need", "service", "q"].map { ($0, [request.query($0)]) }))
    return try await form(context, typed, [], isNew: true)
  }

  /// What is asked first is for what, then at which service, then all the rest.
  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError], isNew: Bool = false)
    async throws
    -> HTML
  {
    let actor = try context.actor
    try actor.must(.agreePlans)
    let today = try context.page.today
    let view = try await referrals.cases.open(context.id("case"), for: actor) { opened, db in
      try ReferralView.read(referrals, opened, typed, today: today, in: db)
    }.1
    guard view.opened.reader.may(.agreePlans) else { throw Refusal.notAllowed(.agreePlans) }
    let page = try context.page
    guard let service = view.service else {
      return ReferralFormTemplates.choose(view, typed, errors, on: page)
    }
    return ReferralFormTemplates.form(
      view, service, isNew ? view.begun(typed, page) : typed, errors, nil, on: page)
  }

  @Sendable func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.agreePlans)
    let (id, page): (RecordID<CaseFile>, Page) = (try context.id("case"), try context.page)
    do {
      let draft = try ReferralForm.draft(context.typed, today: page.today)
      if context.typed.isChecked("show") { return try await preview(draft, in: id, context) }
      try await referrals.send(draft, in: id, by: actor)
      return .seeOther(ReferralPaths.show(draft.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  private func preview(_ draft: ReferralDraft, in id: RecordID<CaseFile>, _ context: AppContext) async throws
    -> Response
  {
    let (opened, ready) = try await referrals.preview(draft, in: id, by: context.actor)
    let (typed, page) = (context.typed, try context.page)
    let territory = try await referrals.antennas.territory()
    let view = try await referrals.database.read { db in
      try ReferralView.read(referrals, opened, typed, today: page.today, in: db)
    }
    guard opened.reader.may(.agreePlans) else { throw Refusal.notAllowed(.agreePlans) }
    return ReferralFormTemplates.form(
      view, ready.service, typed, [], AnswerTemplates.shown(ready.shared, territory, on: page), on: page
    ).response()
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let opened = try await referrals.open(context.id("referral"), for: context.actor)
    let names = try await referrals.accounts.names(of: [opened.referral.contact, opened.referral.sentBy])
    return ReferralTemplates.show(
      opened, names, try await referrals.antennas.territory(), typed, errors, on: try context.page)
  }

  @Sendable func reply(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .agreePlans) { id, actor in
      try await referrals.reply(
        ReferralForm.words(context.typed, "reply", say("Write your reply.")), on: id, by: actor)
    }
  }

  @Sendable func lapse(_ request: Request, _ context: AppContext) async throws -> Response {
    let duty: Duty = try context.actor.may(.agreePlans) ? .agreePlans : .assignCases
    return try await act(context, duty) { id, actor in
      try await referrals.lapse(
        id, because: ReferralForm.words(context.typed, "lapse-why", say("Write why it ends.")), by: actor)
    }
  }

  @Sendable func settle(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .agreePlans) { id, actor in
      try await referrals.settle(id, ReferralForm.effect(context.typed), by: actor)
    }
  }

  @Sendable func revoke(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .recordConsent) { id, actor in try await referrals.revoke(id, by: actor) }
  }

  @Sendable func renew(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .agreePlans) { id, actor in try await referrals.renew(id, by: actor) }
  }

  @Sendable func revokeLinks(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .agreePlans) { id, actor in try await referrals.revokeLinks(id, by: actor) }
  }

  @Sendable func note(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await act(context, .agreePlans) { id, actor in
      guard let act = context.parameters.get("act").flatMap({ Referral.Act(rawValue: $0) }) else {
        throw Refusal.notFound
      }
      try await referrals.note(ReferralForm.answer(act, context.typed, today: today), on: id, by: actor)
    }
  }

  /// The sheet stands in the answer itself: it holds a link that is made for it, and shown nowhere again.
  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let (opened, url) = try await referrals.paper(context.id("referral"), by: context.actor)
    return AnswerTemplates.paper(
      opened, url, try await referrals.antennas.territory(), on: try context.page
    ).response()
  }

  private func act(
    _ context: AppContext, _ duty: Duty, _ body: (RecordID<Referral>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(duty)
    let id: RecordID<Referral> = try context.id("referral")
    do {
      try await body(id, actor)
      return .seeOther(ReferralPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum ReferralPaths {
  package static let list = "/referrals"
  static let figures = "\(list)/figures"
  static let terms = "\(list)/terms"
  package static let late = list(.late)
  static func list(_ shown: ReferralList) -> String { "\(list)?show=\(shown.rawValue)" }
  static func list(_ shown: ReferralList, after id: RecordID<Referral>) -> String {
    "\(list(shown))&after=\(id)"
  }
  package static func ofCase(_ id: RecordID<CaseFile>) -> String { "\(list)/of/\(id)" }
  package static func new(
    _ id: RecordID<CaseFile>, action: RecordID<Plan.Action>? = nil, need: RecordID<Need>? = nil,
    service: RecordID<Service>? = nil
  ) -> String {
    let values = [("action", action?.text), ("need", need?.text), ("service", service?.text)]
    let query = values.compactMap { name, value in value.map { "\(name)=\($0)" } }.joined(separator: "&")
    return "\(ofCase(id))/new\(query.isEmpty ? "" : "?\(query)")"
  }
  package static func show(_ id: RecordID<Referral>) -> String { "\(list)/\(id)" }
  static func act(_ id: RecordID<Referral>, _ act: String) -> String { "\(show(id))/\(act)" }
  static func note(_ id: RecordID<Referral>, _ act: Referral.Act) -> String {
    "\(show(id))/note/\(act.rawValue)"
  }
}
