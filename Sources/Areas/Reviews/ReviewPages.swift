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

/// The pages of the area: rounds, drawn files, findings, figures.
package struct ReviewPages: Area {
  let reviews: Reviews
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ reviews: Reviews, papers: Papers?) {
    self.reviews = reviews
    self.papers = papers
  }

  private static let template = Bundle.module.url(
    forResource: "summary", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  package var migrations: [Migration] { Reviews.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Reviews"), path: ReviewPaths.list, icon: .search, in: .steering, duty: .reviewFiles)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/reviews", use: list)
    routes.post("/reviews", use: draw)
    routes.get("/reviews/new", use: new)
    routes.get("/reviews/findings", use: findings)
    routes.get("/reviews/figures", use: figures)
    routes.get("/reviews/rounds/:round", use: show)
    routes.get("/reviews/rounds/:round/summary.pdf", use: paper)
    routes.get("/reviews/files/:entry", use: entry)
    routes.post("/reviews/files/:entry/reading", use: save)
    routes.post("/reviews/files/:entry/findings", use: give)
  }

  /// The words for the journal; the page of a case reads nothing for it.
  package static let section = CaseSection(words: ReviewWords.phrase) { _, _ in { _ in .empty } }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let found = try await reviews.rounds(before: RecordID(request.query("after")), for: actor)
    let open = try await reviews.openFindings(for: actor)
    return ReviewTemplates.list(
      found.rounds, next: found.next, open, try await reviews.accounts.names(of: found.rounds.map(\.by)),
      try await reviews.antennas.territory(), on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try ReviewRules.mustReview(context.actor)
    return try await form(context, Typed(), [])
  }

  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    ReviewTemplates.new(try await reviews.antennas.territory(), typed, errors, on: try context.page)
  }

  @Sendable func draw(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try ReviewRules.mustReview(actor)
    do {
      let territory = try await reviews.antennas.territory()
      let new = try ReviewForm.round(
        context.typed, antennas: territory.antennas.map(\.id), today: try context.page.today)
      try await reviews.draw(new, by: actor)
      return .seeOther(ReviewPaths.round(new.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let opened = try await reviews.open(context.id("round") as RecordID<ReviewRound>, for: context.actor)
    let ids = opened.readings.values.joined().map(\.rater) + [opened.round.by]
    return ReviewTemplates.show(
      opened, reviews.knowledge, try await reviews.accounts.names(of: ids),
      try await reviews.antennas.territory(), on: try context.page)
  }

  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<ReviewRound> = try context.id("round")
    let opened = try await reviews.open(id, for: actor)
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    let sheet = ReviewPaper(
      opened, reviews.knowledge, try await reviews.antennas.territory(), on: page.today, in: language)
    return try await context.paper(
      named: "review-\(opened.round.criteria.antenna)-\(language.rawValue).pdf", back: ReviewPaths.round(id),
      say("Review of files")
    ) {
      let pdf = try await papers.pdf(Self.template, sheet)
      try await reviews.notePaper(of: id, by: actor)
      return pdf
    }
  }

  @Sendable func entry(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await entry(context)
  }

  private func entry(
    _ context: AppContext, reading: (Typed, [FieldError])? = nil, finding: (Typed, [FieldError])? = nil
  ) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    let opened = try await reviews.open(context.id("entry") as RecordID<ReviewEntry>, for: actor)
    let ids = opened.readings.map(\.rater) + opened.findings.map(\.by)
    return ReviewEntryTemplates.show(
      ReviewEntryView(
        opened: opened, checklist: reviews.knowledge.checklist(opened.round.checklist),
        names: try await reviews.accounts.names(of: ids),
        reading: reading ?? (ReviewEntryView.typed(opened.own(of: actor)), []),
        finding: finding ?? (Typed(), [])), on: page)
  }

  @Sendable func save(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<ReviewEntry> = try context.id("entry")
    let opened = try await reviews.open(id, for: actor)
    let items = reviews.knowledge.checklist(opened.round.checklist)?.items.map(\.code) ?? []
    do {
      let form = try ReviewForm.reading(context.typed, items: items)
      try await reviews.save(form.draft, of: id, from: form.version, by: actor)
      return .seeOther(ReviewPaths.entry(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await entry(context, reading: (context.typed, errors)).response(.unprocessableContent)
    }
  }

  @Sendable func give(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<ReviewEntry> = try context.id("entry")
    let opened = try await reviews.open(id, for: actor)
    let items = reviews.knowledge.checklist(opened.round.checklist)?.items.map(\.code) ?? []
    do {
      let new = try ReviewForm.finding(context.typed, items: items, today: try context.page.today)
      try await reviews.give(new, about: id, by: actor)
      return .seeOther(ReviewPaths.entry(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await entry(context, finding: (context.typed.renewed, errors))
        .response(.unprocessableContent)
    }
  }

  @Sendable func findings(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    let isOpen = request.query("show") != "closed"
    let antenna = AntennaCode(rawValue: request.query("antenna"))
    let found = try await reviews.findings(
      isOpen: isOpen, at: antenna.rawValue.isEmpty ? nil : antenna,
      after: ReviewCursor(request.query("after")),
      for: actor)
    return ReviewTemplates.findings(
      found, isOpen: isOpen, at: antenna.rawValue.isEmpty ? nil : antenna, reviews.knowledge,
      try await reviews.antennas.territory(), on: page)
  }

  @Sendable func figures(_ request: Request, _ context: AppContext) async throws -> HTML {
    let antenna = AntennaCode(rawValue: request.query("antenna"))
    let place = antenna.rawValue.isEmpty ? nil : antenna
    return ReviewTemplates.figures(
      try await reviews.figures(at: place, for: context.actor), at: place, reviews.knowledge,
      try await reviews.antennas.territory(), on: try context.page)
  }
}

/// Links into the area.
package enum ReviewPaths {
  package static let list = "/reviews"
  static let new = "/reviews/new"
  package static let findings = "/reviews/findings"
  static func list(after id: RecordID<ReviewRound>) -> String { "/reviews?after=\(id)" }
  package static func findings(at antenna: AntennaCode) -> String { "/reviews/findings?antenna=\(antenna)" }
  static func findings(isOpen: Bool, at antenna: AntennaCode?, after cursor: ReviewCursor? = nil) -> String {
    var path = "/reviews/findings?show=\(isOpen ? "open" : "closed")"
    if let antenna { path += "&antenna=\(antenna)" }
    if let cursor { path += "&after=\(Page.queryEscaped(cursor.text))" }
    return path
  }
  static func figures(at antenna: AntennaCode?) -> String {
    antenna.map { "/reviews/figures?antenna=\($0)" } ?? "/reviews/figures"
  }
  static func round(_ id: RecordID<ReviewRound>) -> String { "/reviews/rounds/\(id)" }
  static func paper(_ id: RecordID<ReviewRound>, _ language: Language) -> String {
    "/reviews/rounds/\(id)/summary.pdf?language=\(language.rawValue)"
  }
  static func entry(_ id: RecordID<ReviewEntry>) -> String { "/reviews/files/\(id)" }
  static func reading(_ id: RecordID<ReviewEntry>) -> String { "/reviews/files/\(id)/reading" }
  static func giving(_ id: RecordID<ReviewEntry>) -> String { "/reviews/files/\(id)/findings" }
}
