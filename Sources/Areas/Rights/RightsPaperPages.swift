import Antennas
import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Papers
import People
import Storage
import Web

/// What a person takes away: her copy, who saw her data, the form of consent; and with whom data were shared.
struct RightsPaperPages: Sendable {
  let rights: Rights
  let papers: Papers?
  let words: @Sendable (_ act: String) -> Phrase

  /// A paper tells the newest of what was done: so many pages of the journal.
  private static let mostPages = 10

  static let template = Bundle.module.url(
    forResource: "rights", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  func addRoutes(to routes: Routes) {
    routes.get("/rights/persons/:person/copy.pdf", use: copyPaper)
    routes.get("/rights/persons/:person/copy.json", use: copyFile)
    routes.get("/rights/persons/:person/seen", use: seen)
    routes.get("/rights/persons/:person/seen.pdf", use: seenPaper)
    routes.get("/rights/persons/:person/consent", use: consent)
    routes.get("/rights/persons/:person/consent.pdf", use: consentPaper)
    routes.get("/rights/persons/:person/sharing", use: sharing)
  }

  private func language(_ request: Request, _ page: Page) -> Language {
    Language(rawValue: request.query("language")) ?? page.reader.language
  }

  @Sendable func copyPaper(_ request: Request, _ context: AppContext) async throws -> Response {
    let language = language(request, try context.page)
    let copy = try await rights.beginCopy(
      of: context.id("person"), as: .pdf, in: language, for: context.actor)
    var parts: [CopyPart] = []
    for table in rights.copied { parts.append(try await rights.part(table, of: copy)) }
    var (history, cursor) = ([SeenPage](), JournalCursor?.none)
    repeat {
      let page = try await rights.history(of: copy, after: cursor)
      history.append(page)
      cursor = page.next
    } while cursor != nil && history.count < Self.mostPages
    let paper = RightsPaper.copy(copy, parts, history, words: words, in: language)
    return try await pdf(paper, "copy", copy.person.id, context)
  }

  /// Written piece by piece, in constant memory.
  @Sendable func copyFile(_ request: Request, _ context: AppContext) async throws -> Response {
    let language = language(request, try context.page)
    let copy = try await rights.beginCopy(
      of: context.id("person"), as: .json, in: language, for: context.actor)
    let json = CopyJSON(told: CopyWords(reader: Reader(language), territory: copy.territory))
    let body = ResponseBody { writer in
      try await writer.write(ByteBuffer(string: json.opening(copy)))
      var comma = ""
      for table in rights.copied {
        let part = try await rights.part(table, of: copy)
        guard !part.rows.isEmpty else { continue }
        try await writer.write(ByteBuffer(string: comma + json.part(part)))
        comma = ","
      }
      try await writer.write(ByteBuffer(string: "],\"history\":["))
      comma = ""
      var cursor: JournalCursor?
      repeat {
        let page = try await rights.history(of: copy, after: cursor)
        for entry in page.entries {
          try await writer.write(ByteBuffer(string: comma + json.act(entry, page, words: words)))
          comma = ","
        }
        cursor = page.next
      } while cursor != nil
      try await writer.write(ByteBuffer(string: "]}"))
      try await writer.finish(nil)
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/json; charset=utf-8",
        .contentDisposition: "attachment; filename=\"copy-\(copy.person.id.text.prefix(8)).json\"",
        .cacheControl: "no-store",
      ], body: body)
  }

  @Sendable func seen(_ request: Request, _ context: AppContext) async throws -> HTML {
    let cursor = JournalCursor(request.query("after"))
    let found = try await rights.seen(context.id("person"), after: cursor, for: context.actor)
    let page = try context.page
    let told = CopyWords(reader: page.reader, territory: try await rights.antennas.territory())
    return RightsSeenTemplates.seen(
      found.person, found.page, found.shared, told, words: words, on: page)
  }

  @Sendable func seenPaper(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: PersonID = try context.id("person")
    var (pages, cursor) = ([SeenPage](), JournalCursor?.none)
    let (person, first, shared) = try await rights.seen(id, after: nil, for: actor)
    pages.append(first)
    cursor = first.next
    while let after = cursor, pages.count < Self.mostPages {
      let found = try await rights.seen(id, after: after, for: actor).page
      pages.append(found)
      cursor = found.next
    }
    let paper = RightsPaper.seen(
      person, pages, shared, words: words, try await rights.antennas.territory(), at: page.now,
      in: language(request, page))
    return try await pdf(paper, "seen", id, context)
  }

  @Sendable func consent(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    let opened = try await rights.consentForm(of: context.id("person"), for: context.actor)
    return RightsConsentTemplates.form(opened, in: language(request, page), on: page)
  }

  @Sendable func consentPaper(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    let id: PersonID = try context.id("person")
    let opened = try await rights.consentForm(of: id, for: context.actor)
    let paper = RightsPaper.consent(opened, at: page.now, in: language(request, page))
    return try await pdf(paper, "consent", id, context)
  }

  @Sendable func sharing(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    let purpose = Consent.Purpose(rawValue: request.query("purpose")) ?? .accompaniment
    let found = try await rights.sharing(of: context.id("person"), for: purpose, context.actor)
    let told = CopyWords(reader: page.reader, territory: try await rights.antennas.territory())
    let to = LocalPath.checked(request.query("to"))
    return RightsConsentTemplates.sharing(found, told, back: to == "/" ? nil : to, words: words, on: page)
  }

  private func pdf(_ paper: RightsPaper, _ name: String, _ id: PersonID, _ context: AppContext) async throws
    -> Response
  {
    try await context.paper(
      named: "\(name)-\(id.text.prefix(8))-\(paper.language).pdf", number: paper.number,
      back: RightsPaths.person(id), say("Rights on the data")
    ) { try await papers.pdf(Self.template, paper) }
  }
}
