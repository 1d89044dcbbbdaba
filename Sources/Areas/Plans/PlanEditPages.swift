import Basics
import Cases
import Hummingbird
import Pages
import Web

/// The pages on which a goal, an action and a budget line are corrected.
struct PlanEditPages: Sendable {
  let plans: Plans
  let cases: Cases
  let referral: PlanPages.ActionPath?

  private typealias Attempt = PlanEditTemplates.Attempt

  func addRoutes(to routes: Routes) {
    routes.get("/plans/:case/goals/:goal", use: showGoal)
    routes.post("/plans/:case/goals/:goal/correction", use: correctGoal)
    routes.post("/plans/:case/goals/:goal/abandonment", use: giveUpGoal)
    routes.get("/plans/:case/actions/:action", use: showAction)
    routes.post("/plans/:case/actions/:action/correction", use: correctAction)
    routes.post("/plans/:case/actions/:action/budget", use: addLine)
    routes.get("/plans/:case/budget/:line", use: showLine)
    routes.post("/plans/:case/budget/:line/correction", use: correctLine)
    routes.post("/plans/:case/budget/:line/striking", use: strikeLine)
  }

  @Sendable func showGoal(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await goal(context, Attempt())
  }

  private func goal(_ context: AppContext, _ attempt: Attempt) async throws -> HTML {
    let id: RecordID<Plan.Goal> = try context.id("goal")
    let (plan, file) = try await open(context)
    guard let goal = plan.goals.first(where: { $0.id == id }) else { throw Refusal.notFound }
    let hindrance = hindrance(file) { () throws(Refusal) in try PlanRules.mustStand(goal) }
    return PlanEditTemplates.goal(goal, file, attempt, hindrance, on: try context.page)
  }

  @Sendable func correctGoal(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .correction, goal, to: PlanPaths.onCase) { file, actor, _ in
      let form = try GoalForm.correction(context.typed)
      let id: RecordID<Plan.Goal> = try context.id("goal")
      try await plans.correct(id, to: form.fields, from: form.version, in: file, by: actor)
    }
  }

  @Sendable func giveUpGoal(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .abandonment, goal, to: PlanPaths.onCase) { file, actor, today in
      let reason = try ActionForm.reason(context.typed)
      try await plans.giveUp(context.id("goal"), reason: reason, in: file, on: today, by: actor)
    }
  }

  @Sendable func showAction(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await action(context, Attempt())
  }

  private func action(_ context: AppContext, _ attempt: Attempt) async throws -> HTML {
    let id: RecordID<Plan.Action> = try context.id("action")
    let (plan, file) = try await open(context)
    guard let goal = plan.goals.first(where: { $0.actions.contains { $0.id == id } }),
      let action = goal.actions.first(where: { $0.id == id })
    else { throw Refusal.notFound }
    let hindrance = hindrance(file) { () throws(Refusal) in try PlanRules.mustStand(action, under: goal) }
    return PlanEditTemplates.action(
      action, file, attempt, hindrance, refer: referral?(file.id, action.id), on: try context.page)
  }

  @Sendable func correctAction(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .correction, action, to: PlanPaths.onCase) { file, actor, today in
      let form = try ActionForm.correction(context.typed, today: today)
      let id: RecordID<Plan.Action> = try context.id("action")
      try await plans.correct(id, to: form.fields, from: form.version, in: file, by: actor)
    }
  }

  @Sendable func addLine(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<Plan.Action> = try context.id("action")
    return try await act(context, .budget, action, to: { PlanPaths.action($0, id) }) { file, actor, _ in
      try await plans.add(BudgetForm.checked(context.typed), under: id, of: file, by: actor)
    }
  }

  @Sendable func showLine(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await line(context, Attempt())
  }

  private func line(_ context: AppContext, _ attempt: Attempt) async throws -> HTML {
    let id: RecordID<Plan.BudgetLine> = try context.id("line")
    let (plan, file) = try await open(context)
    guard let line = plan.budget.first(where: { $0.id == id }) else { throw Refusal.notFound }
    return PlanEditTemplates.line(line, file, attempt, hindrance(file) {}, on: try context.page)
  }

  @Sendable func correctLine(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .correction, line, to: PlanPaths.onCase) { file, actor, _ in
      let form = try BudgetForm.correction(context.typed)
      let id: RecordID<Plan.BudgetLine> = try context.id("line")
      try await plans.correct(id, to: form.fields, from: form.version, in: file, by: actor)
    }
  }

  @Sendable func strikeLine(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .abandonment, line, to: PlanPaths.onCase) { file, actor, _ in
      try await plans.strike(context.id("line"), in: file, by: actor)
    }
  }

  private func open(_ context: AppContext) async throws -> (Plan, CaseFile) {
    let actor = try context.actor
    try actor.must(.agreePlans)
    let (opened, plan) = try await cases.open(context.id("case"), for: actor) { opened, db in
      try plans.plan(of: opened, in: db)
    }
    return (plan, opened.file)
  }

  /// Why nothing can be changed here now.
  private func hindrance(_ file: CaseFile, _ check: () throws(Refusal) -> Void) -> Phrase? {
    do {
      try CaseRules.mustBeOpen(file)
      try check()
      return nil
    } catch {
      guard case .conflict(let why) = error else { return nil }
      return why
    }
  }

  /// Does it and shows where it stands now; what was typed wrongly comes back on its page, and what was corrected in two
  /// windows is shown from both.
  private func act(
    _ context: AppContext, _ form: Attempt.Form, _ shown: (AppContext, Attempt) async throws -> HTML,
    to path: (RecordID<CaseFile>) -> String, _ body: (RecordID<CaseFile>, Actor, Day) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      try await body(id, actor, page.today)
      return .seeOther(path(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = Attempt(form: form, typed: context.typed.renewed, errors: errors)
      return try await shown(context, attempt).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let errors = try await context.told(conflicts) { PlanWords.shown($0, $1, draft, page.reader) }
      let attempt = Attempt(form: form, typed: BudgetForm.typed(draft), errors: errors, isNewest: true)
      return try await shown(context, attempt).response(.conflict)
    }
  }
}
