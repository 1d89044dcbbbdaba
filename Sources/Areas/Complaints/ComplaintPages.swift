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

/// The pages of the area: the lists, the form, one complaint with its answer, the days to answer.
package struct ComplaintPages: Area {
  let complaints: Complaints

  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ complaints: Complaints, papers: Papers?) {
    self.complaints = complaints
    self.papers = papers
  }

  private static let template = Bundle.module.url(
    forResource: "answer", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  package var migrations: [Migration] { Complaints.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Complaints"), path: ComplaintPaths.list, icon: .note, in: .persons)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/complaints", use: list)
    routes.post("/complaints", use: record)
    routes.get("/complaints/new", use: new)
    routes.get("/complaints/figures", use: figures)
    routes.get("/complaints/terms", use: terms)
    routes.post("/complaints/terms", use: setTerm)
    routes.get("/complaints/:complaint", use: show)
    routes.get("/complaints/:complaint/answer.pdf", use: paper)
    routes.post("/complaints/:complaint/taking", use: take)
    routes.post("/complaints/:complaint/answer", use: answer)
    routes.post("/complaints/:complaint/appeal", use: appeal)
  }

  /// The words for the journal; the page of a case tells nothing of complaints.
  package static let section = CaseSection(words: ComplaintWords.phrase) { _, _ in { _ in .empty } }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let standard: ComplaintList = actor.may(.answerComplaints) ? .waiting : .mine
    let list = ComplaintList(rawValue: request.query("show")) ?? standard
    let found = try await complaints.list(list, after: ComplaintCursor(request.query("after")), for: actor)
    let names = try await complaints.accounts.names(of: found.lines.compactMap(\.handler))
    return ComplaintTemplates.list(
      found, list, names, try await complaints.antennas.territory(), on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await form(context, Typed(), [])
  }

  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let actor = try context.actor
    return ComplaintTemplates.new(
      try await staff(for: actor), try await complaints.antennas.territory(), typed, errors,
      on: try context.page)
  }

  /// Who may be named: those of one's antenna, or of all.
  private func staff(for actor: Actor) async throws -> [Account] {
    if let antenna = actor.antenna { return try await complaints.accounts.colleagues(of: antenna) }
    return try await complaints.accounts.colleagues(of: complaints.antennas.territory().antennas.map(\.id))
  }

  @Sendable func record(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    do {
      let territory = try await complaints.antennas.territory()
      let form = try ComplaintForm.draft(
        context.typed, staff: try await staff(for: actor).map(\.id), antennas: territory.antennas.map(\.id),
        own: actor.antenna, today: page.today)
      var file: RecordID<CaseFile>?
      if let number = form.number {
        file =
          actor.may(.openFiles) ? try await complaints.cases.find(number: number, for: actor) : nil
        guard file != nil else {
          throw Refusal.invalid([FieldError("case-number", say("You see no case with this number."))])
        }
      }
      try await complaints.record(form.draft, about: file, at: form.antenna, by: actor)
      // Whoever named herself as the one who decided does not get here; whoever recorded it may read it.
      return .seeOther(ComplaintPaths.show(form.draft.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let shown = try await complaints.open(context.id("complaint"), for: context.actor)
    let line = shown.complaint.line
    let named = [line.about, line.decidedBy, line.handler, line.recordedBy, shown.complaint.answered?.by]
    return ComplaintTemplates.show(
      ComplaintView(
        shown: shown, names: try await complaints.accounts.names(of: named.compactMap { $0 }),
        territory: try await complaints.antennas.territory(), typed: typed, errors: errors),
      on: try context.page)
  }

  /// The answer on paper, in the language of whoever complained.
  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<Complaint> = try context.id("complaint")
    let shown = try await complaints.find(id, for: actor)
    guard let answered = shown.complaint.answered, let words = answered.answer?.words else {
      throw Refusal.notFound
    }
    let language = shown.complaint.line.language
    let sheet = ComplaintPaper(
      shown.complaint, answered, words, number: shown.file?.number ?? "",
      try await complaints.antennas.territory())
    return try await context.paper(
      named: "answer-\(id.text.prefix(8))-\(language.rawValue).pdf", back: ComplaintPaths.show(id),
      say("Complaint")
    ) {
      let pdf = try await papers.pdf(Self.template, sheet)
      try await complaints.notePaper(of: id, by: actor)
      return pdf
    }
  }

  @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, actor in try await complaints.take(id, by: actor) }
  }

  @Sendable func answer(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, actor in
      try await complaints.answer(id, ComplaintForm.answer(context.typed), by: actor)
    }
  }

  private func change(
    _ context: AppContext, _ body: (RecordID<Complaint>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(.answerComplaints)
    let id: RecordID<Complaint> = try context.id("complaint")
    do {
      try await body(id, actor)
      return .seeOther(ComplaintPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func appeal(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<Complaint> = try context.id("complaint")
    do {
      let form = try ComplaintForm.appeal(context.typed)
      try await complaints.appeal(
        id, as: form.id, form.words, on: context.page.today, by: context.actor)
      return .seeOther(ComplaintPaths.show(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func figures(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    let since = page.today + -365
    return ComplaintTemplates.figures(
      try await complaints.figures(since: since, for: context.actor), since: since,
      try await complaints.antennas.territory(), on: page)
  }

  @Sendable func terms(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await terms(context, Typed(), [])
  }

  private func terms(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let terms = try await complaints.terms(for: context.actor)
    return ComplaintTemplates.terms(terms, typed, errors, on: try context.page)
  }

  @Sendable func setTerm(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try Complaints.mustSetTerms(actor)
    do {
      try await complaints.set(ComplaintForm.term(context.typed, today: context.page.today), by: actor)
      return .seeOther(ComplaintPaths.terms, .saved)
    } catch Refusal.invalid(let errors) {
      return try await terms(context, context.typed, errors).response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum ComplaintPaths {
  package static let list = "/complaints"
  static let new = "/complaints/new"
  static let terms = "/complaints/terms"
  static let figures = "/complaints/figures"
  static func list(_ list: ComplaintList) -> String { "/complaints?show=\(list.rawValue)" }
  static func list(_ shown: ComplaintList, after cursor: ComplaintCursor) -> String {
    "\(list(shown))&after=\(Page.queryEscaped(cursor.text))"
  }
  package static func show(_ id: RecordID<Complaint>) -> String { "/complaints/\(id)" }
  static func taking(_ id: RecordID<Complaint>) -> String { "/complaints/\(id)/taking" }
  static func paper(_ id: RecordID<Complaint>) -> String { "/complaints/\(id)/answer.pdf" }
  static func answer(_ id: RecordID<Complaint>) -> String { "/complaints/\(id)/answer" }
  static func appeal(_ id: RecordID<Complaint>) -> String { "/complaints/\(id)/appeal" }
}

extension ComplaintCursor {
  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = RecordID<Complaint>(parts[1]) else {
      return nil
    }
    (at, self.id) = (Date(timeIntervalSince1970: Double(milliseconds) / 1_000), id)
  }

  var text: String { "\(at.milliseconds)~\(id)" }
}
