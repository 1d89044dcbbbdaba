import Basics
import Cases
import Documents
import Hummingbird
import Pages
import Web

/// The pages of what was agreed: the versions, and what changed between them.
struct PlanVersionPages: Sendable {
  let plans: Plans
  let cases: Cases

  /// So many of the newest documents are offered as the signed paper.
  private static let offered = 40

  func addRoutes(to routes: Routes) {
    routes.get("/cases/:id/plan/versions", use: show)
    routes.post("/plans/:case/versions/:number/scan", use: attach)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (from, to) = (Int(request.query("from")), Int(request.query("to")))
    return try await shown(context.id(), from, to, PlanVersionTemplates.Attempt(), context)
  }

  private func shown(
    _ id: RecordID<CaseFile>, _ from: Int?, _ to: Int?, _ attempt: PlanVersionTemplates.Attempt,
    _ context: AppContext
  ) async throws -> HTML {
    let (opened, found) = try await cases.open(id, for: context.actor) { opened, db in
      (
        try plans.compare(opened, from: from, to: to, in: db),
        try plans.documents.documents(of: opened, limit: Self.offered, in: db).documents
      )
    }
    return PlanVersionTemplates.show(found.0, opened.file, found.1, attempt, on: try context.page)
  }

  @Sendable func attach(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.agreePlans)
    let id: RecordID<CaseFile> = try context.id("case")
    guard let number = context.parameters.get("number").flatMap({ Int($0) }) else { throw Refusal.notFound }
    do {
      try await plans.attach(PlanForms.scan(context.typed), to: number, of: id, by: actor)
      return .seeOther(PlanPaths.versions(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = PlanVersionTemplates.Attempt(number: number, typed: context.typed, errors: errors)
      return try await shown(id, nil, nil, attempt, context).response(.unprocessableContent)
    }
  }
}
