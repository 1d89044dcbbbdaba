import Accounts
import Antennas
import Basics
import Hummingbird
import Pages
import Web

/// The pages of draws: the list with the next draw, and one draw with its files.
struct VisitDrawPages: Sendable {
  let visits: Visits
  let accounts: Accounts
  let antennas: Antennas

  func addRoutes(to routes: Routes) {
    routes.get("/visits/draws", use: list)
    routes.post("/visits/draws", use: draw)
    routes.get("/visits/draws/:draw", use: show)
    routes.post("/visits/draws/:draw/:look", use: record)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await list(context, after: VisitDrawCursor(request.query("after")), Typed(), [])
  }

  private func list(
    _ context: AppContext, after cursor: VisitDrawCursor?, _ typed: Typed, _ errors: [FieldError]
  ) async throws -> HTML {
    let found = try await visits.draws(after: cursor, for: context.actor)
    return VisitDrawTemplates.list(
      found.draws, next: found.next, typed, errors, try await antennas.territory(), on: try context.page)
  }

  @Sendable func draw(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.drawSpotChecks)
    do {
      let form = try VisitDrawForm.draw(context.typed)
      let id = try await visits.draw(form.month, count: form.count, by: actor)
      return .seeOther(VisitPaths.draw(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await list(context, after: nil, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await show(context, nil, Typed(), [])
  }

  private func show(
    _ context: AppContext, _ look: RecordID<VisitDraw.Look>?, _ typed: Typed, _ errors: [FieldError]
  ) async throws -> HTML {
    let opened = try await visits.open(context.id("draw"), for: context.actor)
    let names = try await accounts.names(of: [opened.draw.by])
    return VisitDrawTemplates.show(
      VisitDrawTemplates.View(
        opened: opened, by: names[opened.draw.by] ?? "—", territory: try await antennas.territory(),
        look: look, typed: typed, errors: errors), on: try context.page)
  }

  @Sendable func record(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.drawSpotChecks)
    let (draw, look): (RecordID<VisitDraw>, RecordID<VisitDraw.Look>) = (
      try context.id("draw"), try context.id("look")
    )
    do {
      let form = try VisitDrawForm.result(context.typed)
      try await visits.record(form.result, of: look, in: draw, from: form.version, by: actor)
      return .seeOther(VisitPaths.draw(draw), .saved)
    } catch Refusal.invalid(let errors) {
      return try await show(context, look, context.typed, errors).response(.unprocessableContent)
    }
  }
}

/// From what was typed to what is meant.
enum VisitDrawForm {
  static func draw(_ typed: Typed) throws(Refusal) -> (month: Day, count: Int) {
    var check = FormCheck(typed)
    let month = check.day("month")
    if month == nil, typed["month"].isEmpty { check.refuse("month", say("Choose a month that is over.")) }
    let count = check.number("count", in: 1...VisitDraw.most)
    if count == nil, typed["count"].isEmpty { check.refuse("count", say("Say how many files to draw.")) }
    try check.finish()
    guard let month, let count else { throw .invalid(check.errors) }
    return (month, count)
  }

  static func result(_ typed: Typed) throws(Refusal) -> (result: VisitDraw.Result, version: Int) {
    var check = FormCheck(typed)
    let outcome =
      check.required(choice: "outcome", say("Say whether what you saw agrees with the report."))
      as VisitDraw.Look.Outcome?
    let told = check.paragraph("differs", limit: 2_000)
    if outcome == .differs, told == nil { check.refuse("differs", say("Write what differs.")) }
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return (VisitDraw.Result(outcome, told: told), version)
  }
}
