import Basics
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import Web

/// The files of orders for the bank.
struct PaymentFilePages: Sendable {
  let aids: Aids

  func addRoutes(to routes: Routes) {
    routes.get("/aids/files", use: list)
    routes.post("/aids/files", use: make)
    routes.post("/aids/files/known", use: recognise)
    routes.get("/aids/files/:file", use: show)
    routes.get("/aids/files/:file/orders.csv", use: csv)
    routes.get("/aids/files/:file/orders.xml", use: pain)
    routes.post("/aids/files/:file/payment", use: pay)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await listed(request, context, Typed(), [])
  }

  private func listed(
    _ request: Request, _ context: AppContext, _ typed: Typed, _ errors: [FieldError]
  ) async throws -> HTML {
    let found = try await aids.files(after: RecordID(request.query("after")), for: context.actor)
    return PaymentFileTemplates.list(found, typed, errors, on: try context.page)
  }

  @Sendable func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.recordPayments)
    do {
      let form = try AidPartForm.file(context.typed, today: context.page.today)
      try await aids.makeFile(form.id, of: form.currency, for: form.payer, on: form.on, by: actor)
      return .seeOther(AidPaths.file(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await listed(request, context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func recognise(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.recordPayments)
    do {
      try await aids.recognise(AidPartForm.references(context.typed), by: actor)
      return .seeOther(AidPaths.files, .saved)
    } catch Refusal.invalid(let errors) {
      return try await listed(request, context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    PaymentFileTemplates.show(
      try await aids.show(context.id("file"), for: context.actor), typed, errors, on: try context.page)
  }

  @Sendable func csv(_ request: Request, _ context: AppContext) async throws -> Response {
    try await file(.csv, "text/csv; charset=utf-8", context)
  }

  @Sendable func pain(_ request: Request, _ context: AppContext) async throws -> Response {
    try await file(.pain, "application/xml; charset=utf-8", context)
  }

  private func file(_ format: PaymentFile.Format, _ type: String, _ context: AppContext) async throws
    -> Response
  {
    let id: RecordID<PaymentFile> = try context.id("file")
    let text = try await aids.text(of: id, as: format, for: context.actor)
    return Response(
      status: .ok,
      headers: [
        .contentType: type, .cacheControl: "no-store",
        .contentDisposition: "attachment; filename=\"orders-\(id.text.suffix(8)).\(format.rawValue)\"",
      ], body: .init(byteBuffer: ByteBuffer(string: text)))
  }

  @Sendable func pay(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.recordPayments)
    let id: RecordID<PaymentFile> = try context.id("file")
    do {
      let form = try AidPartForm.payment(context.typed, today: context.page.today)
      try await aids.payAll(of: id, on: form.on, reference: form.reference, by: actor)
      return .seeOther(AidPaths.file(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }
}
