import Accounts
import Basics
import Cases
import HTTPTypes
import Hummingbird
import Logging
import Messages
import NIOCore
import Pages
import Papers
import People
import Storage
import Web

/// The pages of the area: the letters of a case, writing one, and one letter with its PDF.
package struct LetterPages: Area {
  let letters: Letters
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ letters: Letters, papers: Papers?) {
    self.letters = letters
    self.papers = papers
  }

  package var migrations: [Migration] { Letters.migrations }
  package var navigation: [NavigationItem] { [] }

  package func addRoutes(to routes: Routes) {
    routes.get("/letters/:case", use: list)
    routes.post("/letters/:case", use: write)
    routes.get("/letters/:case/new", use: new)
    routes.get("/letters/:case/:letter", use: show)
    routes.get("/letters/:case/:letter/pdf", use: pdf)
    routes.post("/letters/:case/:letter/sent", use: send)
    routes.post("/letters/:case/:letter/withdrawal", use: withdraw)
  }

  package var section: CaseSection {
    CaseSection(
      words: LetterWords.phrase, tab: CaseTab(say("Letters"), duty: .openFiles, path: LetterPaths.all))
  }

  private func templates(_ context: AppContext) throws -> LetterTemplates {
    LetterTemplates(try LetterKnowledge.own, on: try context.page)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let after = RecordID<Letter>(request.query("after"))
    let (opened, found) = try await letters.letters(
      of: context.id("case"), after: after, for: context.actor)
    return try templates(context).list(found, opened)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.writeLetters)
    let name = request.query("model")
    return try await form(context, model: name.isEmpty ? LetterKnowledge.names[0] : name) { opened in
      let identity = opened.person.person.identity
      let language = try Messages.firstOfOurs(identity[.languages]) ?? context.page.reader.language
      let recipient = identity[.address] == nil ? LetterForm.Recipient.name : .address
      return Typed(["language": [language.rawValue], "recipient": [recipient.rawValue]])
    }
  }

  /// The form of a model, with what is typed; not for those who read the case by leave.
  private func form(
    _ context: AppContext, model: String, _ errors: [FieldError] = [],
    typed: (OpenedCase) throws -> Typed
  ) async throws -> HTML {
    let templates = try templates(context)
    guard let model = templates.knowledge.find(model) else { throw Refusal.notFound }
    let opened = try await letters.cases.open(context.id("case"), for: context.actor)
    guard templates.page.may(.writeLetters) else { throw Refusal.notAllowed(.writeLetters) }
    return templates.new(model, opened, nil, try typed(opened), errors)
  }

  /// Writes it, or only shows it where that button was pressed.
  @Sendable func write(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.writeLetters)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      let draft = try LetterForm.draft(context.typed, LetterKnowledge.own, today: page.today)
      if context.typed.isChecked("show") { return try await shown(draft, in: id, context) }
      try await letters.write(draft, in: id, by: actor)
      return .seeOther(LetterPaths.show(id, draft.id), .saved)
    } catch Refusal.invalid(let errors) {
      let typed = context.typed.renewed
      let model = try LetterKnowledge.own.find(typed["model"])?.name ?? LetterKnowledge.names[0]
      return try await form(context, model: model, errors) { _ in typed }.response(.unprocessableContent)
    }
  }

  private func shown(_ draft: LetterDraft, in id: RecordID<CaseFile>, _ context: AppContext) async throws
    -> Response
  {
    let templates = try templates(context)
    let (opened, text) = try await letters.preview(draft, in: id, by: context.actor)
    guard let model = templates.knowledge.find(draft.model) else { throw Refusal.notFound }
    guard templates.page.may(.writeLetters) else { throw Refusal.notAllowed(.writeLetters) }
    return templates.new(model, opened, text, context.typed).response(.ok)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let (opened, letter) = try await letters.find(
      context.id("letter"), in: context.id("case"), for: context.actor)
    let names = try await letters.accounts.names(of: [letter.writtenBy])
    return try templates(context).show(letter, opened, by: names[letter.writtenBy] ?? "", typed, errors)
  }

  @Sendable func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    return try await change(context) { id, letter, actor in
      let sent = try LetterForm.sent(context.typed, today: page.today)
      try await letters.send(letter, sent, in: id, by: actor)
    }
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context) { id, letter, actor in
      try await letters.withdraw(letter, because: LetterForm.withdrawal(context.typed), in: id, by: actor)
    }
  }

  private func change(
    _ context: AppContext,
    _ body: (RecordID<CaseFile>, RecordID<Letter>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(.writeLetters)
    let id: RecordID<CaseFile> = try context.id("case")
    let letter: RecordID<Letter> = try context.id("letter")
    do {
      try await body(id, letter, actor)
      return .seeOther(LetterPaths.show(id, letter), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func pdf(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let (opened, letter) = try await letters.find(context.id("letter"), in: context.id("case"), for: actor)
    guard letter.channel == .letter else { throw Refusal.notFound }
    guard letter.withdrawn == nil else { throw Refusal.conflict(say("This letter was withdrawn.")) }
    let file = opened.file
    return try await context.paper(
      named: LetterRules.fileName(file.number, letter.language), number: file.number,
      back: LetterPaths.show(file.id, letter.id), say("Letters and messages")
    ) {
      let pdf = try await papers.pdf(LetterKnowledge.own.paper, LetterPaper(letter, number: file.number))
      try await letters.notePaper(letter.id, in: file.id, by: actor)
      return pdf
    }
  }
}

/// Every path of the area.
package enum LetterPaths {
  static func all(_ id: RecordID<CaseFile>) -> String { "/letters/\(id)" }
  static func all(_ id: RecordID<CaseFile>, after letter: RecordID<Letter>) -> String {
    "\(all(id))?after=\(letter)"
  }
  static func new(_ id: RecordID<CaseFile>) -> String { "\(all(id))/new" }
  static func new(_ id: RecordID<CaseFile>, _ model: String) -> String { "\(new(id))?model=\(model)" }
  static func show(_ id: RecordID<CaseFile>, _ letter: RecordID<Letter>) -> String { "\(all(id))/\(letter)" }
  static func pdf(_ id: RecordID<CaseFile>, _ letter: RecordID<Letter>) -> String {
    "\(show(id, letter))/pdf"
  }
  static func sent(_ id: RecordID<CaseFile>, _ letter: RecordID<Letter>) -> String {
    "\(show(id, letter))/sent"
  }
  static func withdrawal(_ id: RecordID<CaseFile>, _ letter: RecordID<Letter>) -> String {
    "\(show(id, letter))/withdrawal"
  }
}
