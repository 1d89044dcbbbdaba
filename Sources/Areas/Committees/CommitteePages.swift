import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Hummingbird
import Pages
import Papers
import Storage
import Web

/// The pages of the area: the sessions, one session with its agenda and its minutes, what waits.
package struct CommitteePages: Area {
  let committees: Committees
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ committees: Committees, papers: Papers?) {
    self.committees = committees
    self.papers = papers
  }

  package var migrations: [Migration] { Committees.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Committees"), path: CommitteePaths.list, icon: .people, in: .aids, duty: .sitInCommittees)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/committees", use: list)
    routes.post("/committees", use: convene)
    routes.get("/committees/new", use: new)
    routes.get("/committees/waiting", use: waiting)
    routes.get("/committees/:session", use: show)
    routes.post("/committees/:session/presence", use: setPresent)
    routes.post("/committees/:session/cancelling", use: cancel)
    routes.post("/committees/:session/closing", use: close)
    routes.post("/committees/:session/confirmation", use: confirm)
    routes.get("/committees/:session/ranking", use: ranking)
    routes.get("/committees/:session/pack.pdf", use: pack)
    routes.get("/committees/:session/minutes.pdf", use: minutes)
    addPreparationRoutes(to: routes)
    addItemRoutes(to: routes)
    addCaseRoutes(to: routes)
  }

  /// The tab on the page of a case, and the words for the journal.
  package static let section = CaseSection(
    words: CommitteeWords.phrase, isKnown: { entry, _ in !CommitteeWords.secret.contains(entry.act) },
    tab: CaseTab(say("Committee"), duty: .openFiles, path: CommitteePaths.file))

  /// Sessions to come in which the reader of the home page sits.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let coming = try await committees.coming(for: actor)
      return coming.isEmpty ? .empty : CommitteeTemplates.home(coming, on: page)
    }
  }

  static func template(_ name: String) -> String? {
    Bundle.module.url(forResource: name, withExtension: "typ", subdirectory: "Knowledge")
      .flatMap { try? String(contentsOf: $0, encoding: .utf8) }
  }

  private static let minutesTemplate = template("minutes")

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await committees.list(after: SessionCursor(request.query("after")), for: context.actor)
    return CommitteeTemplates.list(
      found, try await committees.antennas.territory(), on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try CommitteeRules.mustConvene(context.actor)
    return try await new(context, Typed(), [])
  }

  private func new(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    CommitteeTemplates.new(
      try await committees.antennas.territory(), typed, errors, on: try context.page)
  }

  @Sendable func convene(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try CommitteeRules.mustConvene(actor)
    do {
      let antennas = try await committees.antennas.territory().antennas.map(\.id)
      let form = try CommitteeForm.session(context.typed, antennas: antennas, today: context.page.today)
      try await committees.convene(form.id, form.draft, by: actor)
      return .seeOther(CommitteePaths.show(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await new(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func waiting(_ request: Request, _ context: AppContext) async throws -> HTML {
    let territory = try await committees.antennas.territory()
    let chosen = request.query("antenna")
    let antenna = territory.antennas.map(\.id).first { $0.rawValue == chosen }
    let found = try await committees.waiting(
      at: antenna, after: ItemCursor(request.query("after")), for: context.actor)
    return CommitteeTemplates.waiting(found, antenna, territory, on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let opened = try await committees.open(context.id("session"), for: context.actor)
    return SessionTemplates.show(
      SessionView(
        opened: opened, names: try await names(opened),
        territory: try await committees.antennas.territory()),
      on: try context.page)
  }

  func names(_ opened: OpenedSession) async throws -> [AccountID: String] {
    let session = opened.session
    let signed = [session.convenedBy, session.closing?.by, session.confirmation?.by].compactMap(\.self)
    return try await committees.accounts.names(
      of: opened.members.map(\.account) + opened.entries.map(\.item.preparedBy) + signed)
  }

  @Sendable func setPresent(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, actor in
      try await committees.setPresent(CommitteeForm.accounts(context.typed, "present"), in: id, by: actor)
    }
  }

  @Sendable func cancel(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, actor in try await committees.cancel(id, by: actor) }
  }

  @Sendable func close(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, actor in try await committees.close(id, by: actor) }
  }

  @Sendable func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, actor in try await committees.confirm(id, by: actor) }
  }

  private func change(
    _ context: AppContext, _ body: (RecordID<CommitteeSession>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try CommitteeRules.mustTakePart(actor)
    let id: RecordID<CommitteeSession> = try context.id("session")
    try await body(id, actor)
    return .seeOther(CommitteePaths.show(id), .saved)
  }

  @Sendable func ranking(_ request: Request, _ context: AppContext) async throws -> HTML {
    CommitteeRankingTemplates.show(
      try await committees.rank(context.id("session"), for: context.actor), on: try context.page)
  }

  private static let packTemplate = template("pack")

  /// What the committee reads, on paper, in the reader's language.
  @Sendable func pack(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<CommitteeSession> = try context.id("session")
    let (opened, summaries) = try await committees.pack(of: id, for: context.actor)
    let sheet = CommitteePackPaper(opened, summaries, in: try context.page.reader.language)
    return try await context.paper(
      named: "committee-\(opened.session.day).pdf", back: CommitteePaths.show(id), say("Committee")
    ) {
      let pdf = try await papers.pdf(Self.packTemplate, sheet)
      try await committees.notePack(opened, Set(summaries.keys))
      return pdf
    }
  }

  /// The minutes on paper, in French or Arabic.
  @Sendable func minutes(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<CommitteeSession> = try context.id("session")
    let language = Language(rawValue: request.query("language")) ?? .french
    let (opened, decisions) = try await committees.minutes(of: id, for: actor)
    let sheet = CommitteeMinutesPaper(
      opened, decisions, names: try await names(opened),
      territory: try await committees.antennas.territory(), in: language)
    return try await context.paper(
      named: "minutes-\(opened.session.day)-\(language.rawValue).pdf", back: CommitteePaths.show(id),
      say("Committee")
    ) {
      let pdf = try await papers.pdf(Self.minutesTemplate, sheet)
      try await committees.noteMinutes(of: id, language, pdf, by: actor)
      return pdf
    }
  }
}

/// Links into the area.
package enum CommitteePaths {
  package static let list = "/committees"
  static let new = "/committees/new"
  static let waiting = "/committees/waiting"
  static func list(after cursor: SessionCursor) -> String {
    "\(list)?after=\(Page.queryEscaped(cursor.text))"
  }
  static func waiting(_ antenna: AntennaCode?, after cursor: ItemCursor? = nil) -> String {
    let after = cursor.map { "&after=\(Page.queryEscaped($0.text))" } ?? ""
    return "\(waiting)?antenna=\(antenna?.rawValue ?? "")\(after)"
  }
  package static func show(_ id: RecordID<CommitteeSession>) -> String { "/committees/\(id)" }
  static func act(_ act: String, _ id: RecordID<CommitteeSession>) -> String { "/committees/\(id)/\(act)" }
  static func ranking(_ id: RecordID<CommitteeSession>) -> String { "/committees/\(id)/ranking" }
  static func pack(_ id: RecordID<CommitteeSession>) -> String { "/committees/\(id)/pack.pdf" }
  static func minutes(_ id: RecordID<CommitteeSession>, _ language: Language) -> String {
    "/committees/\(id)/minutes.pdf?language=\(language.rawValue)"
  }
  static func item(_ item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>) -> String {
    "/committees/\(id)/items/\(item)"
  }
  static func act(_ act: String, on item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>)
    -> String
  {
    "/committees/\(id)/items/\(item)/\(act)"
  }
  package static func file(_ id: RecordID<CaseFile>) -> String { "/committees/of/\(id)" }
  static func withdrawal(_ item: RecordID<CommitteeItem>, in id: RecordID<CaseFile>) -> String {
    "/committees/of/\(id)/\(item)/withdrawal"
  }
  static func appeal(_ item: RecordID<CommitteeItem>, in id: RecordID<CaseFile>) -> String {
    "/committees/of/\(id)/\(item)/appeal"
  }
  static func notice(_ decision: Decision, in id: RecordID<CaseFile>) -> String {
    "/committees/of/\(id)/\(decision.item)/\(decision.id)/notice.pdf"
  }
}

extension SessionCursor {
  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let day = Day(parts[0]), let id = RecordID<CommitteeSession>(parts[1]) else {
      return nil
    }
    (self.day, self.id) = (day, id)
  }

  var text: String { "\(day)~\(id)" }
}

extension ItemCursor {
  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = RecordID<CommitteeItem>(parts[1])
    else { return nil }
    (at, self.id) = (Date(timeIntervalSince1970: Double(milliseconds) / 1_000), id)
  }

  var text: String { "\(at.milliseconds)~\(id)" }
}
