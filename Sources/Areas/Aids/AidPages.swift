import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Funding
import Hummingbird
import Pages
import Papers
import People
import Storage
import Web

/// The pages of the area: the lists, the figures, an aid from its preparation to the decision.
package struct AidPages: Area {
  let aids: Aids
  /// Nil where no papers are made.
  let papers: Papers?
  let clauses: AidClauses

  package init(_ aids: Aids, papers: Papers?, clauses: AidClauses = .own) {
    self.aids = aids
    self.papers = papers
    self.clauses = clauses
  }

  package var migrations: [Migration] { Aids.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Aids"), path: AidPaths.list, icon: .plan, in: .aids, duty: .openFiles)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/aids", use: list)
    routes.get("/aids/figures", use: figures)
    routes.get("/aids/of/:case/new", use: new)
    routes.post("/aids/of/:case", use: prepare)
    routes.get("/aids/:aid", use: show)
    routes.get("/aids/:aid/edit", use: edit)
    routes.post("/aids/:aid/edit", use: correct)
    routes.post("/aids/:aid/submission", use: submit)
    routes.post("/aids/:aid/money", use: setAside)
    routes.post("/aids/:aid/decision", use: decide)
    routes.post("/aids/:aid/giving-up", use: giveUp)
    routes.post("/aids/:aid/end", use: end)
    AidPartPages(pages: self).addRoutes(to: routes)
    PaymentFilePages(aids: aids).addRoutes(to: routes)
  }

  /// What stands on the page of a case.
  package var section: CaseSection {
    CaseSection(words: AidWords.phrase) { opened, db in
      let found = try aids.aids(of: opened, in: db)
      let kinds = try found.isEmpty ? [] : aids.kinds(in: db)
      return { page in AidCaseTemplates.section(found, kinds, opened.file, on: page) }
    }
  }

  /// What waits for the reader of the home page and those beside her, counted.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      guard actor.may(.openFiles) else { return .empty }
      return AidListTemplates.home(try await aids.counts(for: actor), actor, on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let filter = AidPaths.filter(of: request)
    let found = try await aids.list(filter, after: AidCursor(request.query("after")), for: actor)
    return AidListTemplates.list(
      found, filter, try await allKinds(), try await aids.antennas.territory(), on: try context.page)
  }

  private func allKinds() async throws -> [AidKind] {
    try await aids.database.read { db in try aids.kinds(in: db) }
  }

  @Sendable func figures(_ request: Request, _ context: AppContext) async throws -> HTML {
    AidListTemplates.figures(
      try await aids.figures(for: context.actor), try await allKinds(), try await aids.antennas.territory(),
      on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await form(context, Typed(["currency": ["TND"]]), [])
  }

  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.prepareAids)
    let opened = try await aids.cases.open(context.id("case"), for: actor)
    return AidFormTemplates.new(opened, try await aids.activeKinds(), typed, errors, on: try context.page)
  }

  @Sendable func prepare(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.prepareAids)
    do {
      let form = try AidForm.request(context.typed, kinds: try await aids.activeKinds())
      try await aids.prepare(form.request, as: form.id, in: context.id("case"), by: actor)
      return .seeOther(AidPaths.show(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, AidAttempt())
  }

  /// The page of an aid, with a form as it came back.
  func shown(_ context: AppContext, _ attempt: AidAttempt) async throws -> HTML {
    let actor = try context.actor
    let shown = try await aids.open(context.id("aid"), for: actor)
    let staff = shown.aid.instalments.flatMap { part in
      [part.order?.preparedBy, part.order?.approvedBy].compactMap { $0 }
        + part.proofs.flatMap { [$0.broughtBy, $0.checkedBy].compactMap { $0 } }
    }
    let view = AidView(
      shown: shown, names: try await aids.accounts.names(of: staff + [shown.aid.line.preparedBy]),
      territory: try await aids.antennas.territory(),
      lines: AidRules.choosesMoney(shown.aid.line, actor) ? try await aids.fitting(shown) : [],
      attempt: attempt)
    return AidTemplates.show(view, on: try context.page)
  }

  @Sendable func edit(_ request: Request, _ context: AppContext) async throws -> HTML {
    let shown = try await aids.open(context.id("aid"), for: context.actor)
    return try await editing(shown, AidForm.typed(shown.aid), [], context)
  }

  private func editing(
    _ shown: AidShown, _ typed: Typed, _ errors: [FieldError], _ context: AppContext
  ) async throws -> HTML {
    try context.actor.must(.prepareAids)
    return AidFormTemplates.edit(
      shown, shown.kinds.filter { $0.isActive || $0.id == shown.aid.line.kind }, typed, errors,
      on: try context.page)
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.prepareAids)
    let id: RecordID<Aid> = try context.id("aid")
    do {
      let request = try AidForm.request(context.typed, kinds: try await allKinds()).request
      try await aids.correct(id, to: request, from: AidForm.version(context.typed), by: actor)
      return .seeOther(AidPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      let shown = try await aids.open(id, for: actor)
      return try await editing(shown, context.typed, errors, context).response(.unprocessableContent)
    }
  }

  @Sendable func submit(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act("submission", with: [.prepareAids], context) { id, actor in
      try await aids.submit(
        id, outside: AidForm.isOutside(context.typed), from: AidForm.money(context.typed, isNeeded: false),
        although: AidForm.exception(context.typed), by: actor)
    }
  }

  @Sendable func setAside(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act("money", with: [.prepareAids, .approvePayments], context) { id, actor in
      guard let money = try AidForm.money(context.typed, isNeeded: true) else { return }
      try await aids.setAside(money, for: id, by: actor)
    }
  }

  @Sendable func decide(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act("decision", with: [.approvePayments], context) { id, actor in
      let line = try await aids.open(id, for: actor).aid.line
      let decision = try AidForm.decision(context.typed, line, today: context.page.today)
      try await aids.decide(decision, on: id, from: AidForm.money(context.typed, isNeeded: false), by: actor)
    }
  }

  @Sendable func giveUp(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act("giving-up", with: [.prepareAids], context) { id, actor in
      let words = try AidForm.words(context.typed, "why", say("Say why it is given up."))
      try await aids.giveUp(id, because: words, by: actor)
    }
  }

  @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act("end", with: [.approvePayments], context) { id, actor in
      let words = try AidForm.words(context.typed, "outcome-words", say("Write what came of it."))
      try await aids.end(id, with: words, by: actor)
    }
  }

  /// An act on the page of an aid: back to it, or the form again with what is wrong.
  /// - Parameters:
  ///   - form: which of the forms of the page it is.
  ///   - record: what it is about, where the page shows several such forms.
  ///   - duties: one of them is needed, before anything typed is judged.
  func act(
    _ form: String, about record: String? = nil, with duties: [Duty], _ context: AppContext,
    _ body: (RecordID<Aid>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    if let first = duties.first, !duties.contains(where: actor.may) { throw Refusal.notAllowed(first) }
    let id: RecordID<Aid> = try context.id("aid")
    do {
      try await body(id, actor)
      return .seeOther(AidPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = AidAttempt(form: form, record: record, typed: context.typed.renewed, errors: errors)
      return try await shown(context, attempt).response(.unprocessableContent)
    }
  }
}

/// What somebody typed into one of the forms of an aid's page, and what was wrong with it.
struct AidAttempt: Sendable {
  var form = ""
  var record: String?
  var typed = Typed()
  var errors: [FieldError] = []

  func typed(_ form: String, _ record: String? = nil) -> Typed { isOf(form, record) ? typed : Typed() }
  func errors(_ form: String, _ record: String? = nil) -> [FieldError] { isOf(form, record) ? errors : [] }
  func isOf(_ form: String, _ record: String? = nil) -> Bool { self.form == form && self.record == record }
}

/// Links into the area.
package enum AidPaths {
  package static let list = "/aids"
  static let figures = "/aids/figures"
  static let files = "/aids/files"
  package static func new(_ file: RecordID<CaseFile>) -> String { "/aids/of/\(file)/new" }
  static func ofCase(_ file: RecordID<CaseFile>) -> String { "/aids/of/\(file)" }
  package static func show(_ id: RecordID<Aid>) -> String { "/aids/\(id)" }
  static func edit(_ id: RecordID<Aid>) -> String { "/aids/\(id)/edit" }
  static func act(_ act: String, _ id: RecordID<Aid>) -> String { "/aids/\(id)/\(act)" }
  static func part(_ act: String, _ part: AidInstalment) -> String {
    "/aids/\(part.aid)/parts/\(part.id)/\(act)"
  }
  static func order(_ act: String, _ part: AidInstalment, _ order: AidOrder) -> String {
    "/aids/\(part.aid)/orders/\(order.id)/\(act)"
  }
  static func proof(_ part: AidInstalment, _ proof: AidProof) -> String {
    "/aids/\(part.aid)/proofs/\(proof.id)/check"
  }
  static func paper(_ id: RecordID<Aid>, in language: Language) -> String {
    "/aids/\(id)/contract.pdf?language=\(language.rawValue)"
  }
  static func certificate(_ part: AidInstalment, in language: Language) -> String {
    "/aids/\(part.aid)/parts/\(part.id)/certificate.pdf?language=\(language.rawValue)"
  }
  static func file(_ id: RecordID<PaymentFile>) -> String { "/aids/files/\(id)" }
  static func filePayment(_ id: RecordID<PaymentFile>) -> String { "/aids/files/\(id)/payment" }
  static func file(_ id: RecordID<PaymentFile>, as format: PaymentFile.Format) -> String {
    "/aids/files/\(id)/orders.\(format.rawValue)"
  }
  static let known = "/aids/files/known"
  static func files(after cursor: RecordID<PaymentFile>) -> String { "/aids/files?after=\(cursor)" }

  static func filter(of request: Request) -> AidFilter {
    var filter = AidFilter()
    filter.show = AidFilter.Show(rawValue: request.query("show")) ?? .late
    let (antenna, kind) = (request.query("antenna"), request.query("kind"))
    filter.antenna = antenna.isEmpty ? nil : AntennaCode(rawValue: antenna)
    filter.kind = kind.isEmpty ? nil : AidKindCode(rawValue: kind)
    return filter
  }

  /// The list under `filter`; the view can be sent to a colleague.
  static func list(_ filter: AidFilter, after cursor: AidCursor? = nil) -> String {
    let parts = [
      "show=\(filter.show.rawValue)", filter.antenna.map { "antenna=\(Page.queryEscaped($0.rawValue))" },
      filter.kind.map { "kind=\(Page.queryEscaped($0.rawValue))" },
      cursor.map { "after=\(Page.queryEscaped($0.text))" },
    ].compactMap { $0 }
    return "\(list)?\(parts.joined(separator: "&"))"
  }
}

extension AidCursor {
  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~").map(String.init)
    guard parts.count == 2, RecordID<Aid>(parts[1]) != nil, Day(parts[0]) != nil || Int64(parts[0]) != nil
    else {
      return nil
    }
    self.init(place: parts[0], id: parts[1])
  }

  var text: String { "\(place)~\(id)" }
}
