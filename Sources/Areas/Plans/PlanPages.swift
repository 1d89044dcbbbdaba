import Basics
import Cases
import Hummingbird
import Pages
import Papers
import Storage
import Web

/// The pages of the area: the plan stands on the page of its case; here are its acts.
package struct PlanPages: Area {
  let plans: Plans
  let cases: Cases
  /// Nil where no papers are made.
  let papers: Papers?
  /// Where an action is referred to a service; nil where that is not done.
  let referral: ActionPath?

  /// The path of another area's page about an action.
  package typealias ActionPath = @Sendable (RecordID<CaseFile>, RecordID<Plan.Action>) -> String

  package init(_ plans: Plans, cases: Cases, papers: Papers? = nil, referral: ActionPath? = nil) {
    self.referral = referral
    self.plans = plans
    self.cases = cases
    self.papers = papers
  }

  package var migrations: [Migration] { Plans.migrations }

  package func addRoutes(to routes: Routes) {
    routes.post("/plans/:case/goals", use: addGoal)
    routes.post("/plans/:case/actions", use: addAction)
    routes.post("/plans/:case/actions/:action/start", use: start)
    routes.post("/plans/:case/actions/:action/completion", use: complete)
    routes.post("/plans/:case/actions/:action/abandonment", use: abandon)
    routes.post("/plans/:case/agreement", use: agree)
    routes.post("/plans/:case/completion", use: completePlan)
    PlanEditPages(plans: plans, cases: cases, referral: referral).addRoutes(to: routes)
    PlanVersionPages(plans: plans, cases: cases).addRoutes(to: routes)
    PlanPaperPages(plans: plans, papers: papers).addRoutes(to: routes)
  }

  /// What stands on the page of a case.
  package var section: CaseSection {
    CaseSection(words: PlanWords.phrase) { opened, db in
      let plan = try plans.plan(of: opened, in: db)
      return { page in PlanTemplates.section(plan, opened.file, on: page) }
    }
  }

  @Sendable func addGoal(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .saved) { id, actor, _ in
      try await plans.add(GoalForm.checked(context.typed), to: id, by: actor)
    }
  }

  @Sendable func addAction(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .saved) { id, actor, today in
      let form = try ActionForm.checked(context.typed, today: today)
      try await plans.add(form.action, under: form.goal, of: id, by: actor)
    }
  }

  @Sendable func start(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .saved) { id, actor, today in
      try await plans.set(.doing, of: context.id("action"), in: id, on: today, by: actor)
    }
  }

  @Sendable func complete(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .saved) { id, actor, today in
      try await plans.set(.done, of: context.id("action"), in: id, on: today, by: actor)
    }
  }

  @Sendable func abandon(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .saved) { id, actor, today in
      let reason = try ActionForm.reason(context.typed)
      try await plans.set(.abandoned, of: context.id("action"), in: id, on: today, reason: reason, by: actor)
    }
  }

  @Sendable func agree(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .agreed) { id, actor, today in
      let form = try AgreementForm.checked(context.typed, today: today)
      try await plans.agree(form.agreement, as: form.id, seen: form.seen, on: id, by: actor)
    }
  }

  @Sendable func completePlan(_ request: Request, _ context: AppContext) async throws -> Response {
    try await act(context, .saved) { id, actor, today in
      let day = try AgreementForm.completion(context.typed, today: today)
      try await plans.complete(id, on: day, by: actor)
    }
  }

  /// Does it and shows the case; what was typed wrongly comes back with the plan on a page of its own.
  private func act(
    _ context: AppContext, _ notice: Notice, _ body: (RecordID<CaseFile>, Actor, Day) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.agreePlans)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      try await body(id, actor, page.today)
      return .seeOther(PlanPaths.onCase(id), notice)
    } catch Refusal.invalid(let errors) {
      let (opened, plan) = try await cases.open(id, for: actor) { opened, db in
        try plans.plan(of: opened, in: db)
      }
      let action = context.parameters.get("action").flatMap { RecordID<Plan.Action>($0) }
      let attempt = PlanTemplates.Attempt(typed: context.typed.renewed, errors: errors, action: action)
      return PlanTemplates.alone(plan, opened.file, attempt, on: page).response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum PlanPaths {
  static func onCase(_ id: RecordID<CaseFile>) -> String { "\(CasePaths.show(id))#plan" }
  static func goals(_ id: RecordID<CaseFile>) -> String { "/plans/\(id)/goals" }
  static func actions(_ id: RecordID<CaseFile>) -> String { "/plans/\(id)/actions" }
  static func agreement(_ id: RecordID<CaseFile>) -> String { "/plans/\(id)/agreement" }
  static func start(_ id: RecordID<CaseFile>, _ action: RecordID<Plan.Action>) -> String {
    "/plans/\(id)/actions/\(action)/start"
  }
  static func completion(_ id: RecordID<CaseFile>, _ action: RecordID<Plan.Action>) -> String {
    "/plans/\(id)/actions/\(action)/completion"
  }
  static func abandonment(_ id: RecordID<CaseFile>, _ action: RecordID<Plan.Action>) -> String {
    "/plans/\(id)/actions/\(action)/abandonment"
  }
  static func completion(_ id: RecordID<CaseFile>) -> String { "/plans/\(id)/completion" }
  static func goal(_ id: RecordID<CaseFile>, _ goal: RecordID<Plan.Goal>) -> String {
    "\(goals(id))/\(goal)"
  }
  static func correction(_ id: RecordID<CaseFile>, _ goal: RecordID<Plan.Goal>) -> String {
    "\(self.goal(id, goal))/correction"
  }
  static func abandonment(_ id: RecordID<CaseFile>, _ goal: RecordID<Plan.Goal>) -> String {
    "\(self.goal(id, goal))/abandonment"
  }
  static func action(_ id: RecordID<CaseFile>, _ action: RecordID<Plan.Action>) -> String {
    "\(actions(id))/\(action)"
  }
  static func correction(_ id: RecordID<CaseFile>, _ action: RecordID<Plan.Action>) -> String {
    "\(self.action(id, action))/correction"
  }
  static func budget(_ id: RecordID<CaseFile>, _ action: RecordID<Plan.Action>) -> String {
    "\(self.action(id, action))/budget"
  }
  static func line(_ id: RecordID<CaseFile>, _ line: RecordID<Plan.BudgetLine>) -> String {
    "/plans/\(id)/budget/\(line)"
  }
  static func correction(_ id: RecordID<CaseFile>, _ line: RecordID<Plan.BudgetLine>) -> String {
    "\(self.line(id, line))/correction"
  }
  static func striking(_ id: RecordID<CaseFile>, _ line: RecordID<Plan.BudgetLine>) -> String {
    "\(self.line(id, line))/striking"
  }
  static func versions(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)/plan/versions" }
  /// - Parameter to: nil for the plan as it stands.
  static func versions(_ id: RecordID<CaseFile>, from: Int, to: Int?) -> String {
    "\(versions(id))?from=\(from)\(to.map { "&to=\($0)" } ?? "")"
  }
  static func scan(_ id: RecordID<CaseFile>, _ version: Int) -> String {
    "/plans/\(id)/versions/\(version)/scan"
  }
  static func pdf(_ id: RecordID<CaseFile>, _ language: Language) -> String {
    "/cases/\(id)/plan.pdf?language=\(language.rawValue)"
  }
}
