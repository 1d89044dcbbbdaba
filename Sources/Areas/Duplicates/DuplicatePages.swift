import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import People
import Storage
import Web

/// The pages of the area: the queue, the comparison of two files, parting them again.
package struct DuplicatePages: Area {
  let duplicates: Duplicates
  let antennas: Antennas
  let accounts: Accounts

  package init(_ duplicates: Duplicates, accounts: Accounts) {
    self.duplicates = duplicates
    antennas = duplicates.antennas
    self.accounts = accounts
  }

  package var migrations: [Migration] { Duplicates.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Duplicates"), path: DuplicatePaths.list, icon: .people, in: .persons, duty: .compareFiles)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/duplicates", use: list)
    routes.get("/duplicates/:id", use: show)
    routes.post("/duplicates/of/:person", use: suggest)
    routes.post("/duplicates/:id/difference", use: tellApart)
    routes.post("/duplicates/:id/doubt", use: doubt)
    routes.post("/duplicates/:id/joining", use: join)
    routes.post("/duplicates/:id/confirmation", use: confirm)
    routes.get("/duplicates/joined/:merge", use: editParting)
    routes.post("/duplicates/joined/:merge/parting", use: part)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let state = DuplicatePair.State(rawValue: request.query("state")) ?? .open
    let found = try await duplicates.list(
      state, after: DuplicateCursor(request.query("after")), for: context.actor)
    return DuplicateListTemplates.list(found, state, try await antennas.territory(), on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await comparison(context, Typed(), [])
  }

  private func comparison(
    _ context: AppContext, _ typed: Typed, _ errors: [FieldError], refusal: Phrase? = nil
  ) async throws -> HTML {
    let opened = try await duplicates.open(context.id(), for: context.actor)
    // Where others decided meanwhile the form is gone: what was wrong with it is said all the same.
    let isOver = [.different, .joined].contains(opened.pair.state)
    let view = PairView(
      opened: opened,
      names: try await accounts.names(
        of: opened.acts.map(\.by) + [opened.pair.suggestedBy].compactMap { $0 }),
      territory: try await antennas.territory(), typed: typed, errors: errors,
      refusal: refusal ?? (isOver ? errors.first?.message : nil))
    return DuplicateTemplates.show(view, on: try context.page)
  }

  @Sendable func tellApart(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      try await duplicates.tellApart(id, DuplicateForm.decision(context.typed), by: actor)
      return .apart
    }
  }

  @Sendable func doubt(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      try await duplicates.doubt(id, DuplicateForm.decision(context.typed), by: actor)
      return .doubted
    }
  }

  @Sendable func join(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      let form = try DuplicateForm.joining(context.typed)
      return try await duplicates.same(id, form.joining, form.decision, by: actor) ? .joined : .proposed
    }
  }

  /// Somebody knows of another file of the person: they are set side by side.
  @Sendable func suggest(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, person) = (try context.actor, try context.id("person") as PersonID)
    do {
      let pair = try await duplicates.suggest(person, caseNumbered: context.typed["number"], by: actor)
      return .seeOther(DuplicatePaths.show(pair))
    } catch Refusal.invalid(let errors) {
      _ = try await duplicates.people.open(person, for: actor)
      return DuplicateListTemplates.suggestion(person, context.typed, errors, on: try context.page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context) { id, actor in
      try await duplicates.confirm(id, DuplicateForm.decision(context.typed), by: actor)
      return .joined
    }
  }

  /// Decides and shows the pair; what was typed wrongly comes back, and what others decided meanwhile is shown.
  private func act(
    _ context: AppContext, _ body: (RecordID<DuplicatePair>, Actor) async throws -> Notice
  ) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<DuplicatePair> = try context.id()
    do {
      return .seeOther(DuplicatePaths.show(id), try await body(id, actor))
    } catch Refusal.invalid(let errors) {
      return try await comparison(context, context.typed, errors).response(.unprocessableContent)
    } catch Refusal.conflict(let phrase) {
      return try await comparison(context, Typed(), [], refusal: phrase).response(.conflict)
    }
  }

  @Sendable func editParting(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await parting(context, Typed(), [])
  }

  private func parting(
    _ context: AppContext, _ typed: Typed, _ errors: [FieldError], refusal: Phrase? = nil
  ) async throws -> HTML {
    let since = try await duplicates.since(context.id("merge"), for: context.actor)
    let names = try await accounts.names(of: [since.merge.mergedBy] + since.notes.map(\.note.by))
    return PartingTemplates.show(
      since, names, try await antennas.territory(), typed, errors, refusal, on: try context.page)
  }

  @Sendable func part(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let merge: RecordID<PersonMerge> = try context.id("merge")
    do {
      let since = try await duplicates.since(merge, for: actor)
      let form = try DuplicateForm.parting(context.typed, since)
      try await duplicates.part(merge, form.attribution, form.decision, by: actor)
      return .seeOther(DuplicatePaths.show(since.pair.id), .parted)
    } catch Refusal.invalid(let errors) {
      return try await parting(context, context.typed, errors).response(.unprocessableContent)
    } catch Refusal.conflict(let phrase) {
      return try await parting(context, Typed(), [], refusal: phrase).response(.conflict)
    }
  }
}

/// What the area shows on pages of others.
extension DuplicatePages {
  /// Before a new person is received: who is alike? A reason lets her be received all the same.
  package var question: ReceptionQuestion {
    { reception, typed, actor, page in
      let warning = try await duplicates.warning(of: reception, by: actor)
      let form = ApartForm(typed)
      if warning.isEmpty { return .goOn { _ in } }
      guard form.answers(warning), let reason = form.reason else {
        return .ask(
          ReceptionWarningTemplates.warning(warning, form, typed, try await antennas.territory(), on: page))
      }
      return .goOn { db in
        try duplicates.keepApart(reception, warning, reason: reason, by: actor, in: db)
      }
    }
  }

  /// On a person's page: files that were joined, and files that may be hers too.
  package func personSection(_ person: PersonID, _ actor: Actor, _ page: Page) async throws -> HTML {
    guard actor.may(.compareFiles) else { return .empty }
    let found = try await duplicates.ofPerson(person, for: actor)
    let names = try await accounts.names(
      of: found.merges.flatMap { [$0.merge.mergedBy, $0.merge.undoneBy].compactMap { $0 } })
    return DuplicateListTemplates.ofPerson(found, names, try await antennas.territory(), on: page)
  }

  /// On a case: that another case of the same person is open.
  package var caseSection: CaseSection {
    CaseSection(words: DuplicateWords.phrase) { opened, db in
      let others = try duplicates.otherOpenCases(opened, in: db)
      return { page in DuplicateListTemplates.otherCases(others, on: page) }
    }
  }
}

/// Links into the area.
package enum DuplicatePaths {
  package static let list = "/duplicates"
  static func list(_ state: DuplicatePair.State, after: DuplicateCursor? = nil) -> String {
    let parts = [
      state == .open ? nil : "state=\(state.rawValue)", after.map { "after=\(Page.queryEscaped($0.text))" },
    ].compactMap { $0 }
    return parts.isEmpty ? list : "\(list)?\(parts.joined(separator: "&"))"
  }
  package static func show(_ id: RecordID<DuplicatePair>) -> String { "/duplicates/\(id)" }
  static func of(_ person: PersonID) -> String { "/duplicates/of/\(person)" }
  static func difference(_ id: RecordID<DuplicatePair>) -> String { "/duplicates/\(id)/difference" }
  static func doubt(_ id: RecordID<DuplicatePair>) -> String { "/duplicates/\(id)/doubt" }
  static func joining(_ id: RecordID<DuplicatePair>) -> String { "/duplicates/\(id)/joining" }
  static func confirmation(_ id: RecordID<DuplicatePair>) -> String { "/duplicates/\(id)/confirmation" }
  package static func joined(_ id: RecordID<PersonMerge>) -> String { "/duplicates/joined/\(id)" }
  static func parting(_ id: RecordID<PersonMerge>) -> String { "/duplicates/joined/\(id)/parting" }
}
