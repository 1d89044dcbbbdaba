import Accounts
import Basics
import Cases
import HTTPTypes
import Hummingbird
import Logging
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
    routes.post("/letters/:case/preview", use: preview)
    routes.get("/letters/:case/:letter", use: show)
    routes.get("/letters/:case/:letter/pdf", use: pdf)
    routes.post("/letters/:case/:letter/sent", use: send)
    routes.post("/letters/:case/:letter/withdrawal", use: withdraw)
  }

  package var section: CaseSection {
    CaseSection(
      words: LetterWords.phrase, tab: CaseTab(say("Letters"), duty: .openFiles, path: LetterPaths.all))
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let after = RecordID<Letter>(request.query("after"))
    let (opened, found) = try await letters.letters(
      of: context.id("case"), after: after, for: context.actor)
    return LetterTemplates.list(found, opened, on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.writeLetters)
    guard let model = LetterModels.find(request.query("model")) else { throw Refusal.notFound }
    let opened = try await letters.cases.open(context.id("case"), for: actor)
    let language =
      Language(rawValue: request.query("language"))
      ?? LetterRules.preferred(opened.person.person.identity[.languages]) ?? page.reader.language
    var typed = Typed()
    (typed["model"], typed["language"]) = (model.name, language.rawValue)
    return LetterTemplates.new(opened.file, nil, typed, [], on: page)
  }

  @Sendable func preview(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.writeLetters)
    let page = try context.page
    do {
      let draft = try LetterForm.draft(context.typed, today: page.today)
      let (opened, text) = try await letters.preview(draft, in: context.id("case"), by: context.actor)
      return LetterTemplates.new(opened.file, text, context.typed, [], on: page).response(.ok)
    } catch Refusal.invalid(let errors) {
      return try await again(context, errors)
    }
  }

  @Sendable func write(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.writeLetters)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      let draft = try LetterForm.draft(context.typed, today: try context.page.today)
      try await letters.write(draft, in: id, by: actor)
      return .seeOther(LetterPaths.show(id, draft.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await again(context, errors)
    }
  }

  private func again(_ context: AppContext, _ errors: [FieldError]) async throws -> Response {
    let opened = try await letters.cases.open(context.id("case"), for: context.actor)
    return LetterTemplates.new(opened.file, nil, context.typed.renewed, errors, on: try context.page)
      .response(.unprocessableContent)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let (opened, letter) = try await letters.find(
      context.id("letter"), in: context.id("case"), for: context.actor)
    let names = try await letters.accounts.names(of: [letter.writtenBy])
    return LetterTemplates.show(
      letter, opened.file, by: names[letter.writtenBy] ?? "", typed, errors, on: try context.page)
  }

  @Sendable func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.writeLetters)
    let (id, letter): (RecordID<CaseFile>, RecordID<Letter>) = (
      try context.id("case"), try context.id("letter")
    )
    do {
      let sent = try LetterForm.sent(context.typed, today: try context.page.today)
      try await letters.send(letter, sent, in: id, by: actor)
      return .seeOther(LetterPaths.show(id, letter), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.writeLetters)
    let (id, letter): (RecordID<CaseFile>, RecordID<Letter>) = (
      try context.id("case"), try context.id("letter")
    )
    do {
      try await letters.withdraw(letter, because: LetterForm.withdrawal(context.typed), in: id, by: actor)
      return .seeOther(LetterPaths.show(id, letter), .withdrawn)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func pdf(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let (opened, letter) = try await letters.find(context.id("letter"), in: context.id("case"), for: actor)
    guard letter.channel == .letter else { throw Refusal.notFound }
    do {
      guard let papers else { throw PapersFault.notHere("none are asked for") }
      let template = try LetterModels.knowledge("letter", "typ")
      let pdf = try await papers.pdf(template, LetterPaper(letter, number: opened.file.number))
      try await letters.notePaper(letter.id, in: opened.file.id, by: actor)
      let name = LetterRules.fileName(opened.file.number, letter.language)
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/pdf", .contentDisposition: "attachment; filename=\"\(name)\"",
          .cacheControl: "no-store",
        ],
        body: .init(byteBuffer: ByteBuffer(bytes: pdf)))
    } catch PapersFault.notHere(let why) {
      context.logger.error("no paper could be made", metadata: ["cause": "\(why)"])
      return LetterTemplates.noPaper(opened.file, on: try context.page).response(.serviceUnavailable)
    }
  }
}

/// Every path of the area.
package enum LetterPaths {
  static func all(_ id: RecordID<CaseFile>) -> String { "/letters/\(id)" }
  static func all(_ id: RecordID<CaseFile>, after letter: RecordID<Letter>) -> String {
    "\(all(id))?after=\(letter)"
  }
  static func new(_ id: RecordID<CaseFile>, _ model: String, _ language: Language? = nil) -> String {
    "\(all(id))/new?model=\(model)\(language.map { "&language=\($0.rawValue)" } ?? "")"
  }
  static func preview(_ id: RecordID<CaseFile>) -> String { "\(all(id))/preview" }
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
