import Antennas
import Basics
import Foundation
import Hummingbird
import Pages
import Storage
import Web

/// Files of services: sending one up, what it would do, entering it.
package struct ServiceImportPages: Area {
  let directory: Directory

  package init(_ directory: Directory) { self.directory = directory }

  package var migrations: [Migration] { [] }

  package func addRoutes(to routes: Routes) {
    routes.get("/directory/files/new", use: new)
    routes.post("/directory/files", takesFiles: true, use: send)
    routes.get("/directory/files/:services", use: show)
    routes.post("/directory/files/:services/entry", use: enter)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepDirectory)
    return ServiceImportTemplates.new(Typed(), [], on: try context.page)
  }

  @Sendable func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepDirectory)
    do {
      var check = FormCheck(context.typed)
      let id: RecordID<ServiceImport> = check.newID()
      let file = context.files["file"].flatMap { $0.size > 0 ? $0 : nil }
      if file == nil { check.refuse("file", say("Choose the file.")) }
      try check.finish()
      guard let file else { throw Refusal.notFound }
      let rows = try ServiceFile.rows(at: file.path, in: try await directory.antennas.territory())
      try await directory.send(id, String(file.name.prefix(100)), rows, by: actor)
      return .seeOther(ServiceImportPaths.show(id))
    } catch Refusal.invalid(let errors) {
      return ServiceImportTemplates.new(context.typed.renewed, errors, on: page).response(
        .unprocessableContent)
    } catch let fault as ServiceFileFault {
      let errors = [FieldError("file", fault.phrase)]
      return ServiceImportTemplates.new(context.typed.renewed, errors, on: page).response(
        .unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (file, results) = try await directory.preview(context.id("services"), for: context.actor)
    return ServiceImportTemplates.show(file, results, on: try context.page)
  }

  @Sendable func enter(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<ServiceImport> = try context.id("services")
    try await directory.enter(id, by: context.actor)
    return .seeOther(ServiceImportPaths.show(id), .saved)
  }
}

/// Links into these pages.
enum ServiceImportPaths {
  static let send = "/directory/files"
  static let new = "/directory/files/new"
  static func show(_ id: RecordID<ServiceImport>) -> String { "\(send)/\(id)" }
  static func enter(_ id: RecordID<ServiceImport>) -> String { "\(show(id))/entry" }
}
