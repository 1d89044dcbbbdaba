import Basics
import Hummingbird
import Pages
import Web

/// The page on which the office sets when visits are due.
struct VisitTermPages: Sendable {
  let visits: Visits

  func addRoutes(to routes: Routes) {
    routes.get("/visits/terms", use: show)
    routes.post("/visits/terms", use: set)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    _ = try context.actor
    return VisitTermTemplates.show(try await visits.terms(), Typed(), [], on: try context.page)
  }

  @Sendable func set(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageFollowUp)
    do {
      try await visits.set(VisitTermForm.checked(context.typed), by: actor)
      return .seeOther(VisitPaths.terms, .saved)
    } catch Refusal.invalid(let errors) {
      return VisitTermTemplates.show(try await visits.terms(), context.typed, errors, on: try context.page)
        .response(.unprocessableContent)
    }
  }
}
