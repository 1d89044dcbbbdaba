import Antennas
import Basics
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import Storage
import Web

/// The pages of the area: partners' files, from sending them up to the report.
package struct ImportPages: Area {
  let imports: Imports

  package init(_ imports: Imports) { self.imports = imports }

  package var migrations: [Migration] { Imports.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Partners' files"), path: ImportPaths.list, icon: .file, in: .services, duty: .importPersons)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/imports", use: list)
    routes.post("/imports", takesFiles: true, use: send)
    routes.get("/imports/new", use: new)
    routes.get("/imports/mappings", use: mappings)
    routes.post("/imports/mappings", takesFiles: true, use: keep)
    routes.get("/imports/:id", use: show)
    routes.get("/imports/:id/report", use: report)
    routes.post("/imports/:id/entry", use: bringIn)
    routes.post("/imports/:id/discarding", use: discard)
    routes.get("/imports/:id/rows/:number", use: row)
    routes.post("/imports/:id/rows/:number", use: correct)
    routes.post("/imports/:id/rows/:number/leaving", use: leave)
    routes.post("/imports/:id/rows/:number/taking", use: take)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await imports.list(before: request.query("before"), for: context.actor)
    return ImportTemplates.list(found.files, next: found.next, on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    let mappings = try await imports.mappings(for: context.actor)
    return ImportTemplates.send(mappings, Typed(), [], on: try context.page)
  }

  @Sendable func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let mappings = try await imports.mappings(for: actor)
    let again = { ImportTemplates.send(mappings, context.typed, $0, on: page) }
    return try await act(again, fileField: "file") {
      let form = try SendForm.checked(context.typed, context.files["file"], mappings)
      try await imports.read(form.file.path, form.mapping, as: form.id, by: actor)
      return .seeOther(ImportPaths.show(form.id))
    }
  }

  @Sendable func mappings(_ request: Request, _ context: AppContext) async throws -> HTML {
    let mappings = try await imports.mappings(for: context.actor)
    return ImportTemplates.mappings(mappings, Typed(), [], on: try context.page)
  }

  @Sendable func keep(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let mappings = try await imports.mappings(for: actor)
    let again = { ImportTemplates.mappings(mappings, context.typed, $0, on: page) }
    return try await act(again, fileField: "sample") {
      let form = try MappingForm.checked(context.typed, context.files["sample"])
      try await imports.keep(form.mapping, provenOn: form.sample.path, by: actor)
      return .seeOther(ImportPaths.mappings, .saved)
    }
  }

  /// Does it; what is wrong with the form, or with the file that came with it, comes back with the form.
  private func act(_ again: ([FieldError]) -> HTML, fileField: String, _ body: () async throws -> Response)
    async throws -> Response
  {
    do {
      return try await body()
    } catch Refusal.invalid(let errors) {
      return again(errors).response(.unprocessableContent)
    } catch let fault as ImportFault {
      return again([FieldError(fileField, fault.phrase)]).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let only = ImportRow.Result(rawValue: request.query("show"))
    let after = Int(request.query("after").prefix(9)) ?? 0
    let opened = try await imports.open(context.id(), after: after, only: only, for: context.actor)
    return ImportFileTemplates.show(opened, only: only, on: try context.page)
  }

  @Sendable func row(_ request: Request, _ context: AppContext) async throws -> HTML {
    let opened = try await imports.row(number(context), of: context.id(), for: context.actor)
    let row = opened.rows[0]
    let errors = row.result == .refused ? row.reasons.filter { RowForm.fields.contains($0.field) } : []
    return ImportRowTemplates.row(
      opened, RowForm.shown(row), errors, try await imports.antennas.territory(), on: try context.page)
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page, number) = (try context.actor, try context.page, try number(context))
    let id: RecordID<ImportFile> = try context.id()
    do {
      try await imports.correct(number, of: id, to: RowForm.read(context.typed), by: actor)
      return .seeOther(ImportPaths.around(number, of: id), .saved)
    } catch Refusal.invalid(let errors) {
      let opened = try await imports.row(number, of: id, for: actor)
      let territory = try await imports.antennas.territory()
      return ImportRowTemplates.row(opened, context.typed, errors, territory, on: page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func leave(_ request: Request, _ context: AppContext) async throws -> Response {
    let (id, number): (RecordID<ImportFile>, Int) = (try context.id(), try number(context))
    try await imports.leave(number, of: id, by: context.actor)
    return .seeOther(ImportPaths.around(number, of: id), .left)
  }

  @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
    let (id, number): (RecordID<ImportFile>, Int) = (try context.id(), try number(context))
    do {
      try await imports.take(number, of: id, because: RowForm.reason(context.typed), by: context.actor)
      return .seeOther(ImportPaths.around(number, of: id), .changed)
    } catch Refusal.invalid(let errors) {
      let opened = try await imports.row(number, of: id, for: context.actor)
      return ImportRowTemplates.row(
        opened, RowForm.shown(opened.rows[0]), errors, try await imports.antennas.territory(),
        on: try context.page
      ).response(.unprocessableContent)
    }
  }

  @Sendable func bringIn(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<ImportFile> = try context.id()
    try await imports.bringIn(id, by: context.actor)
    return .seeOther(ImportPaths.show(id), .broughtIn)
  }

  @Sendable func discard(_ request: Request, _ context: AppContext) async throws -> Response {
    try await imports.discard(context.id(), by: context.actor)
    return .seeOther(ImportPaths.list, .discarded)
  }

  /// The report as a file for the sender, written as it is read.
  @Sendable func report(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<ImportFile> = try context.id()
    let opened = try await imports.report(id, after: 0, for: actor)
    let imports = imports
    let body = ResponseBody { writer in
      var part = opened
      try await writer.write(ByteBuffer(string: ImportReport.head(page)))
      while !part.rows.isEmpty {
        let lines = part.rows.map { ImportReport.line($0, part.mapping, page) }.joined()
        try await writer.write(ByteBuffer(string: lines))
        guard let next = part.next else { break }
        part = try await imports.report(id, after: next, for: actor)
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/csv; charset=utf-8",
        .contentDisposition: "attachment; filename=\"report-\(Day(of: opened.file.sentAt)).csv\"",
      ], body: body)
  }

  private func number(_ context: AppContext) throws(Refusal) -> Int {
    guard let number = context.parameters.get("number").flatMap({ Int($0) }), (0..<1 << 30).contains(number)
    else { throw .notFound }
    return number
  }
}

/// Links into the area.
package enum ImportPaths {
  package static let list = "/imports"
  static let new = "/imports/new"
  static let mappings = "/imports/mappings"
  package static func show(_ id: RecordID<ImportFile>) -> String { "/imports/\(id)" }
  static func list(before mark: String) -> String { "/imports?before=\(mark)" }
  static func report(_ id: RecordID<ImportFile>) -> String { "/imports/\(id)/report" }
  static func entry(_ id: RecordID<ImportFile>) -> String { "/imports/\(id)/entry" }
  static func discarding(_ id: RecordID<ImportFile>) -> String { "/imports/\(id)/discarding" }
  static func row(_ number: Int, of id: RecordID<ImportFile>) -> String { "/imports/\(id)/rows/\(number)" }
  static func leaving(_ number: Int, of id: RecordID<ImportFile>) -> String {
    "\(row(number, of: id))/leaving"
  }
  static func taking(_ number: Int, of id: RecordID<ImportFile>) -> String { "\(row(number, of: id))/taking" }

  static func show(_ id: RecordID<ImportFile>, only result: ImportRow.Result?, after number: Int = 0)
    -> String
  {
    let parts = [result.map { "show=\($0.rawValue)" }, number > 0 ? "after=\(number)" : nil].compactMap { $0 }
    return parts.isEmpty ? show(id) : "\(show(id))?\(parts.joined(separator: "&"))"
  }

  /// The page of the list that begins with a row: what was just decided stands on top.
  static func around(_ number: Int, of id: RecordID<ImportFile>) -> String {
    show(id, only: nil, after: number - 1)
  }
}
