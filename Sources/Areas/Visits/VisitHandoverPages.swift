import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of goods handed over: the list of a case with its form, and a certificate to print.
struct VisitHandoverPages: Sendable {
  let visits: Visits
  let antennas: Antennas

  func addRoutes(to routes: Routes) {
    routes.get("/visits/:case/handovers", use: list)
    routes.post("/visits/:case/handovers", use: record)
    routes.get("/visits/:case/handovers/:handover", use: show)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await list(context, Typed(), [])
  }

  private func list(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let (opened, handovers) = try await open(context)
    return VisitHandoverTemplates.list(handovers, opened.file, typed, errors, on: try context.page)
  }

  private func open(_ context: AppContext) async throws -> (OpenedCase, [VisitHandover]) {
    try await visits.cases.open(context.id("case"), for: context.actor) { opened, db in
      try visits.handovers(of: opened, in: db)
    }
  }

  @Sendable func record(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.recordVisits)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      let handover = try VisitHandoverForm.checked(context.typed, today: page.today)
      try await visits.record(handover, in: id, by: actor)
      return .seeOther(VisitPaths.handovers(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await list(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let id: RecordID<VisitHandover> = try context.id("handover")
    let (opened, handovers) = try await open(context)
    guard let handover = handovers.first(where: { $0.id == id }) else { throw Refusal.notFound }
    return VisitHandoverTemplates.certificate(
      handover, opened, try await antennas.territory(), on: try context.page)
  }
}
