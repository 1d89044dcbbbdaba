import Accounts
import Basics
import Hummingbird
import Pages
import Web

/// The lists: requests that wait, files whose term is over, what was asked to be destroyed, the rules.
struct RightsListPages: Sendable {
  let rights: Rights

  func addRoutes(to routes: Routes) {
    routes.get("/rights", use: list)
    routes.get("/rights/due", use: due)
    routes.get("/rights/rules", use: rules)
    routes.post("/rights/rules", use: enter)
    routes.post("/rights/rules/:rule", use: end)
    routes.get("/rights/erasures", use: erasures)
    routes.get("/rights/erasures/:erasure", use: erasure)
    routes.post("/rights/erasures/:erasure/destruction", use: erase)
    routes.post("/rights/erasures/:erasure/refusal", use: decline)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await rights.waiting(after: RightsCursor(request.query("after")), for: context.actor)
    return RightsListTemplates.waiting(
      found.requests, found.names, next: found.next, term: rights.daysToAnswer, on: try context.page)
  }

  @Sendable func due(_ request: Request, _ context: AppContext) async throws -> HTML {
    let category = RetentionRule.Category(rawValue: request.query("category")) ?? .withoutHelp
    let found = try await rights.due(
      category, after: RightsCursor(request.query("after")), for: context.actor)
    return RightsListTemplates.due(found, category, on: try context.page)
  }

  @Sendable func rules(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await rules(context, RightsAttempt())
  }

  private func rules(_ context: AppContext, _ attempt: RightsAttempt) async throws -> HTML {
    RightsListTemplates.rules(try await rights.rules(for: context.actor), attempt, on: try context.page)
  }

  @Sendable func enter(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.setRetention)
    do {
      try await rights.enter(RightsForm.rule(context.typed), by: actor)
      return .seeOther(RightsPaths.rules, .saved)
    } catch Refusal.invalid(let errors) {
      return try await rules(
        context, RightsAttempt(form: .rule, typed: context.typed.renewed, errors: errors)
      )
      .response(.unprocessableContent)
    }
  }

  @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.setRetention)
    let id: RecordID<RetentionRule> = try context.id("rule")
    do {
      try await rights.end(id, on: RightsForm.end(context.typed), by: actor)
      return .seeOther(RightsPaths.rules, .saved)
    } catch Refusal.invalid(let errors) {
      return try await rules(context, RightsAttempt(form: .end(id), typed: context.typed, errors: errors))
        .response(.unprocessableContent)
    }
  }

  @Sendable func erasures(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await rights.erasures(after: RightsCursor(request.query("after")), for: context.actor)
    return RightsListTemplates.erasures(found.erasures, found.names, next: found.next, on: try context.page)
  }

  @Sendable func erasure(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await erasure(context, Typed(), [])
  }

  private func erasure(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let opened = try await rights.erasure(context.id("erasure"), for: context.actor)
    let erasure = opened.erasure
    let names = try await rights.accounts.names(of: [erasure.askedBy] + [erasure.decidedBy].compactMap { $0 })
    return RightsErasureTemplates.show(opened, names, typed, errors, on: try context.page)
  }

  @Sendable func erase(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<Erasure> = try context.id("erasure")
    try await rights.erase(id, by: context.actor)
    return .seeOther(RightsPaths.erasure(id), .changed)
  }

  @Sendable func decline(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.decideErasure)
    let id: RecordID<Erasure> = try context.id("erasure")
    do {
      try await rights.decline(id, because: RightsForm.decline(context.typed), by: actor)
      return .seeOther(RightsPaths.erasure(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await erasure(context, context.typed, errors).response(.unprocessableContent)
    }
  }
}
