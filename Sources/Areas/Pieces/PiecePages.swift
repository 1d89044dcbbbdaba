import Accounts
import Basics
import Cases
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Papers
import Storage
import Web

/// The pages of the area: which papers a case needs, how one of them stands, and the sheet for the person.
package struct PiecePages: Area {
  let pieces: Pieces
  let accounts: Accounts
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ pieces: Pieces, accounts: Accounts, papers: Papers?) {
    self.pieces = pieces
    self.accounts = accounts
    self.papers = papers
  }

  private static let template = Bundle.module.url(
    forResource: "sheet", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  package var migrations: [Migration] { Pieces.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/pieces", use: awaited)
    routes.get("/pieces/:case", use: list)
    routes.post("/pieces/:case", use: ask)
    routes.get("/pieces/:case/sheet", use: sheet)
    routes.get("/pieces/:case/sheet.pdf", use: paper)
    routes.get("/pieces/:case/:piece", use: edit)
    routes.post("/pieces/:case/:piece", use: set)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: PieceWords.phrase,
      tab: CaseTab(say("Pieces of the file"), duty: .readDocuments, path: PiecePaths.list))
  }

  @Sendable func awaited(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await pieces.awaited(after: PieceCursor(request.query("after")), by: context.actor)
    return PieceListTemplates.awaited(found, pieces.knowledge, on: try context.page)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await list(context, [])
  }

  private func list(_ context: AppContext, _ errors: [FieldError]) async throws -> HTML {
    let (opened, lines) = try await pieces.open(context.id("case"), for: context.actor)
    return PieceTemplates.list(
      lines, opened.file, try await names(lines), errors, on: try context.page)
  }

  private func names(_ lines: [PieceLine]) async throws -> [AccountID: String] {
    try await accounts.names(of: lines.compactMap { $0.piece?.follower })
  }

  @Sendable func ask(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.addDocuments)
    let id: RecordID<CaseFile> = try context.id("case")
    let codes = context.typed.all("ask")
    guard !codes.isEmpty else {
      let error = FieldError("ask", say("Choose at least one."))
      return try await list(context, [error]).response(.unprocessableContent)
    }
    try await pieces.ask(for: codes, in: id, by: actor)
    return .seeOther(PiecePaths.list(id), .saved)
  }

  @Sendable func edit(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await form(context, nil)
  }

  private func form(_ context: AppContext, _ attempt: PieceAttempt?) async throws -> HTML {
    let (opened, lines) = try await pieces.open(context.id("case"), for: context.actor)
    let code = context.parameters.get("piece")
    guard let line = lines.first(where: { $0.entry.code == code }) else { throw Refusal.notFound }
    let colleagues = try await followers(opened.file, line.piece)
    return PieceTemplates.form(line, opened.file, colleagues, attempt, on: try context.page)
  }

  /// Those at the antenna, and who follows it now.
  private func followers(_ file: CaseFile, _ piece: Piece?) async throws -> [(id: AccountID, name: String)] {
    var found = try await accounts.colleagues(of: file.antenna).map { (id: $0.id, name: $0.name) }
    if let now = piece?.follower, !found.contains(where: { $0.id == now }) {
      found.append((now, try await accounts.names(of: [now])[now] ?? "—"))
    }
    return found
  }

  @Sendable func set(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.addDocuments)
    let id: RecordID<CaseFile> = try context.id("case")
    let (opened, lines) = try await pieces.open(id, for: actor)
    let code = context.parameters.get("piece")
    guard let line = lines.first(where: { $0.entry.code == code }) else { throw Refusal.notFound }
    let colleagues = try await followers(opened.file, line.piece)
    do {
      let form = try PieceForm.checked(
        context.typed, today: page.today, followers: colleagues.map(\.id) + [actor.id])
      try await pieces.set(
        line.entry.code, to: form.fields, from: form.version, as: form.id, in: id, by: actor)
      return .seeOther(PiecePaths.list(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = PieceAttempt(typed: context.typed, errors: errors)
      return try await form(context, attempt).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let names = Dictionary(colleagues.map { ($0.id, $0.name) }) { first, _ in first }
      let errors = try await context.told(conflicts) { PieceWords.shown($0, $1, names, page.reader) }
      let attempt = PieceAttempt(typed: Typed(draft), errors: errors, isNewest: true)
      return try await form(context, attempt).response(.conflict)
    }
  }

  /// For the person: in her language, whatever the reader's is.
  @Sendable func sheet(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    let (opened, lines) = try await pieces.open(context.id("case"), for: context.actor)
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    return PieceTemplates.sheet(
      PieceSheet(PieceRules.open(lines), opened, on: page.today, in: language), opened.file, on: page)
  }

  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id("case")
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    let (opened, lines) = try await pieces.open(id, for: actor)
    let number = opened.file.number
    return try await context.paper(
      named: "papers-\(number)-\(language.rawValue).pdf", number: number, back: PiecePaths.list(id),
      say("Pieces of the file")
    ) {
      let sheet = PieceSheet(PieceRules.open(lines), opened, on: page.today, in: language)
      let pdf = try await papers.pdf(Self.template, sheet)
      try await pieces.noteSheet(of: id, in: language, by: actor)
      return pdf
    }
  }
}

/// What somebody typed into the form of a piece, and what was wrong with it.
struct PieceAttempt: Sendable {
  let typed: Typed
  let errors: [FieldError]
  /// Typed on top of what is stored now.
  var isNewest = false
}

/// Links into the area.
package enum PiecePaths {
  /// Those that the reader follows.
  static let awaited = "/pieces"
  static func awaited(after cursor: PieceCursor) -> String { "\(awaited)?after=\(cursor.text)" }
  package static func list(_ id: RecordID<CaseFile>) -> String { "\(awaited)/\(id)" }
  static func piece(_ id: RecordID<CaseFile>, _ code: String) -> String { "\(list(id))/\(code)" }
  static func sheet(_ id: RecordID<CaseFile>, _ language: Language) -> String {
    "\(list(id))/sheet?language=\(language.rawValue)"
  }
  static func pdf(_ id: RecordID<CaseFile>, _ language: Language) -> String {
    "\(list(id))/sheet.pdf?language=\(language.rawValue)"
  }
}
