import Antennas
import Basics
import Cases
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Storage
import Web

/// The pages of the area: the newest documents stand on the page of their case; here are the others, their acts, and
/// the list of what expires.
package struct DocumentPages: Area {
  let documents: Documents
  let antennas: Antennas

  package init(_ documents: Documents, antennas: Antennas) {
    self.documents = documents
    self.antennas = antennas
  }

  private var cases: Cases { documents.cases }

  /// So many stand on the page of their case.
  private static let onCase = 8

  package var migrations: [Migration] { Documents.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Documents"), path: DocumentPaths.list, icon: .paper, in: .persons, duty: .readDocuments)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/documents", use: list)
    routes.get("/documents/:case", use: ofCase)
    routes.post("/documents/:case", takesFiles: true, sealsFiles: true, use: add)
    routes.get("/documents/:case/:document", use: download)
    routes.get("/documents/:case/:document/withdrawal", use: editWithdrawal)
    routes.post("/documents/:case/:document/withdrawal", use: withdraw)
  }

  /// What stands on the page of a case.
  package var section: CaseSection {
    CaseSection(words: DocumentWords.phrase, isKnown: DocumentRules.isKnown) { opened, db in
      let found = try documents.documents(of: opened, limit: Self.onCase, in: db)
      return { page in DocumentTemplates.section(found, opened.file, warnDays: documents.warnDays, on: page) }
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let filter = DocumentPaths.filter(of: request)
    let found = try await documents.expiring(
      filter, after: ExpiryCursor(request.query("after")), for: context.actor)
    return DocumentListTemplates.list(
      found, filter, warnDays: documents.warnDays, try await antennas.territory(), on: try context.page)
  }

  @Sendable func ofCase(_ request: Request, _ context: AppContext) async throws -> HTML {
    let cursor = DocumentCursor(request.query("after"))
    let (file, found) = try await documents.documents(
      of: context.id("case"), after: cursor, for: context.actor)
    return DocumentTemplates.all(found, file, warnDays: documents.warnDays, on: try context.page)
  }

  @Sendable func add(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.addDocuments)
    let id: RecordID<CaseFile> = try context.id("case")
    let file = context.files["file"]
    let errors: [FieldError]
    var status =
      (file?.size ?? 0) > Document.limit ? HTTPResponse.Status.contentTooLarge : .unprocessableContent
    do {
      let form = try DocumentForm.checked(context.typed, file, today: page.today)
      try await documents.add(form.document, form.content, to: id, by: actor)
      return .seeOther(DocumentPaths.onCase(id), .saved)
    } catch Refusal.invalid(let found) {
      errors = found
    } catch let fault as ScannerFault {
      context.logger.error("a document could not be checked for viruses", metadata: ["cause": "\(fault)"])
      (errors, status) = ([FieldError("file", DocumentWords.notCheckedNow)], .serviceUnavailable)
    }
    let held = try await cases.open(id, for: actor).file
    let form = DocumentTemplates.form(id, context.typed.renewed, errors, on: page)
    return DocumentTemplates.alone(form, held, on: page).response(status)
  }

  /// The document as a file to be saved: read, opened and sent chunk by chunk.
  @Sendable func download(_ request: Request, _ context: AppContext) async throws -> Response {
    let opened = try await documents.open(context.id("document"), in: context.id("case"), for: context.actor)
    return Self.response(documents, opened)
  }

  /// The file itself, streamed.
  /// - Parameter isNamed: under its own name, which may be a person's.
  package static func response(_ documents: Documents, _ opened: OpenedDocument, isNamed: Bool = true)
    -> Response
  {
    let document = opened.document
    let name = isNamed ? document.name : FileName.harmless("document", document.type)
    let body = ResponseBody(contentLength: document.size) { writer in
      for number in 0..<DocumentRules.chunkCount(of: document.size) {
        try await writer.write(ByteBuffer(bytes: documents.chunk(number, of: opened)))
      }
      try await writer.finish(nil)
    }
    var headers: HTTPFields = [
      .contentType: document.type.rawValue, .contentDisposition: FileName.attachment(name),
      .cacheControl: "no-store",
    ]
    // Whatever a browser makes of it, it runs nothing and asks for nothing.
    if let policy = HTTPField.Name("Content-Security-Policy") {
      headers[policy] = "default-src 'none'; sandbox; frame-ancestors 'none'"
    }
    return Response(status: .ok, headers: headers, body: body)
  }

  @Sendable func editWithdrawal(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (file, document) = try await found(context)
    return DocumentTemplates.withdrawal(document, file, Typed(), [], on: try context.page)
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    let (file, document) = try await found(context)
    do {
      let reason = try DocumentForm.reason(context.typed)
      try await documents.withdraw(document.id, reason: reason, in: file.id, by: context.actor)
      return .seeOther(DocumentPaths.onCase(file.id), .saved)
    } catch Refusal.invalid(let errors) {
      return DocumentTemplates.withdrawal(document, file, context.typed, errors, on: try context.page)
        .response(.unprocessableContent)
    }
  }

  private func found(_ context: AppContext) async throws -> (CaseFile, Document) {
    let actor = try context.actor
    try actor.must(.addDocuments)
    return try await documents.find(context.id("document"), in: context.id("case"), for: actor)
  }
}

/// Links into the area.
package enum DocumentPaths {
  package static let list = "/documents"
  static func onCase(_ id: RecordID<CaseFile>) -> String { "\(CasePaths.show(id))#documents" }
  static func ofCase(_ id: RecordID<CaseFile>) -> String { "/documents/\(id)" }
  static func ofCase(_ id: RecordID<CaseFile>, after cursor: DocumentCursor) -> String {
    "/documents/\(id)?after=\(Page.queryEscaped(cursor.text))"
  }
  package static func file(_ id: RecordID<CaseFile>, _ document: RecordID<Document>) -> String {
    "/documents/\(id)/\(document)"
  }
  static func withdrawal(_ id: RecordID<CaseFile>, _ document: RecordID<Document>) -> String {
    "/documents/\(id)/\(document)/withdrawal"
  }

  static func filter(of request: Request) -> ExpiryFilter {
    var filter = ExpiryFilter()
    filter.whose = ExpiryFilter.Whose(rawValue: request.query("whose")) ?? .all
    filter.state = ExpiryFilter.State(rawValue: request.query("show")) ?? .all
    let antenna = request.query("antenna")
    filter.antenna = antenna.isEmpty ? nil : AntennaCode(rawValue: antenna)
    return filter
  }

  /// The list under `filter`; the view can be sent to a colleague.
  static func list(_ filter: ExpiryFilter, after: ExpiryCursor? = nil) -> String {
    let parts = [
      filter.whose == .mine ? "whose=mine" : nil,
      filter.state == .all ? nil : "show=\(filter.state.rawValue)",
      filter.antenna.map { "antenna=\(Page.queryEscaped($0.rawValue))" },
      after.map { "after=\(Page.queryEscaped($0.text))" },
    ].compactMap { $0 }
    return parts.isEmpty ? list : "\(list)?\(parts.joined(separator: "&"))"
  }
}
