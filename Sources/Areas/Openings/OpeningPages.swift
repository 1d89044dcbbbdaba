import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import People
import Storage
import Web

/// The pages of the area: the form that opens a file, the lists, one opening with its judgement.
package struct OpeningPages: Area {
  let openings: Openings
  /// The words for an act of the journal.
  let words: @Sendable (_ act: String) -> Phrase?
  /// Whether an actor may know what an act was about.
  let isKnown: @Sendable (JournalEntry, Actor) -> Bool

  package init(
    _ openings: Openings, words: @escaping @Sendable (_ act: String) -> Phrase?,
    isKnown: @escaping @Sendable (JournalEntry, Actor) -> Bool
  ) {
    self.openings = openings
    self.words = words
    self.isKnown = isKnown
  }

  package var migrations: [Migration] { Openings.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Openings"), path: OpeningPaths.list, icon: .lock, in: .persons, duty: .openFiles)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/openings", use: list)
    routes.get("/openings/of/:ticket", use: ask)
    routes.post("/openings/of/:ticket", use: open)
    routes.get("/openings/:opening", use: show)
    routes.post("/openings/:opening/judgement", use: judge)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let standard: OpeningList = actor.may(.judgeOpenings) ? .waiting : .mine
    let list = OpeningList(rawValue: request.query("show")) ?? standard
    let found = try await openings.list(list, after: OpeningCursor(request.query("after")), for: actor)
    return OpeningTemplates.list(try await listed(found), list, on: try context.page)
  }

  private func listed(_ found: OpeningPage) async throws -> OpeningTemplates.Listed {
    OpeningTemplates.Listed(
      page: found, names: try await openings.accounts.names(of: found.lines.map(\.by)),
      territory: try await openings.antennas.territory(), days: openings.daysToJudge)
  }

  @Sendable func ask(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await ask(context, Typed(), [])
  }

  private func ask(_ context: AppContext, _ typed: Typed, _ errors: [FieldError])
    async throws -> HTML
  {
    let (antenna, renewed) = try await openings.renewed(ticket(context), for: context.actor)
    let territory = try await openings.antennas.territory()
    return OpeningTemplates.form(
      renewed, antenna, territory, openings.daysToJudge, typed, errors, on: try context.page)
  }

  @Sendable func open(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.openOutsideScope)
    do {
      let form = try OpeningForm.opening(context.typed)
      let file = try await openings.open(ticket(context), form.reason, as: form.id, by: actor)
      return .seeOther(CasePaths.show(file))
    } catch Refusal.invalid(let errors) {
      return try await ask(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  private func ticket(_ context: AppContext) -> String { context.parameters.get("ticket") ?? "" }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let shown = try await openings.show(context.id("opening"), for: context.actor)
    return try await show(shown, context, Typed(), [])
  }

  private func show(
    _ shown: ShownOpening, _ context: AppContext, _ typed: Typed, _ errors: [FieldError]
  ) async throws -> HTML {
    let (opening, actor) = (shown.opening, try context.actor)
    let view = OpeningView(
      shown: shown,
      names: try await openings.accounts.names(
        of: [opening.line.by] + [opening.judgement?.by].compactMap { $0 }),
      territory: try await openings.antennas.territory(), days: openings.daysToJudge,
      words: { entry in
        guard isKnown(entry, actor) else { return say("Read something that your duties do not show") }
        return words(entry.act) ?? say("Another act")
      }, typed: typed, errors: errors)
    return OpeningTemplates.show(view, on: try context.page)
  }

  @Sendable func judge(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.judgeOpenings)
    let id: RecordID<Opening> = try context.id("opening")
    do {
      let form = try OpeningForm.judgement(context.typed)
      try await openings.judge(id, form.verdict, because: form.words, by: actor)
      return .seeOther(OpeningPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      let shown = try await openings.show(id, for: actor)
      return try await show(shown, context, context.typed, errors).response(.unprocessableContent)
    }
  }

  /// The words for the page of a case, which reads nothing more for it.
  package static let section = CaseSection(words: OpeningWords.phrase) { _, _ in { _ in .empty } }

  /// What stands on the home page.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let day = try await openings.day(of: actor)
      guard !day.lines.isEmpty else { return .empty }
      return OpeningTemplates.day(try await listed(day), on: page)
    }
  }

  /// Under the word of the search that files are elsewhere: the way to open one.
  package var elsewhere: PersonsElsewhere {
    { hidden, actor, page in
      guard !hidden.isEmpty, actor.may(.openOutsideScope) else { return .empty }
      let links = try await openings.tickets(to: hidden, for: actor)
      return OpeningTemplates.elsewhere(links, try await openings.antennas.territory(), on: page)
    }
  }
}

/// Links into the area.
package enum OpeningPaths {
  package static let list = "/openings"
  static func list(_ list: OpeningList) -> String { "/openings?show=\(list.rawValue)" }
  static func list(_ shown: OpeningList, after cursor: OpeningCursor) -> String {
    "\(list(shown))&after=\(Page.queryEscaped(cursor.text))"
  }
  static func ask(_ ticket: String) -> String { "/openings/of/\(ticket)" }
  package static func show(_ id: RecordID<Opening>) -> String { "/openings/\(id)" }
  static func judgement(_ id: RecordID<Opening>) -> String { "/openings/\(id)/judgement" }
}
