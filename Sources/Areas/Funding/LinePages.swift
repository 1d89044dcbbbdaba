import Accounts
import Antennas
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// Budget lines and their ledger.
extension FundingPages {
  @Sendable func newLine(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepFunds)
    let opened = try await funding.open(context.id("agreement") as RecordID<Agreement>, for: context.actor)
    return LineTemplates.form(nil, opened.shown, Typed(), [], try await names(), on: try context.page)
  }

  @Sendable func addLine(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let opened = try await funding.open(context.id("agreement") as RecordID<Agreement>, for: actor)
    let names = try await names()
    do {
      let (line, _) = try LineForm.checked(context.typed, nil, of: opened.shown.agreement, names.choices)
      try await funding.add(line, by: actor)
      return .seeOther(FundingPaths.agreement(line.agreement), .saved)
    } catch Refusal.invalid(let errors) {
      return LineTemplates.form(nil, opened.shown, context.typed.renewed, errors, names, on: page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func showLine(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await show(context, before: RecordID(request.query("before")))
  }

  private func show(
    _ context: AppContext, before: RecordID<Movement>? = nil, _ typed: Typed = Typed(),
    _ errors: [FieldError] = []
  ) async throws -> HTML {
    let opened = try await funding.open(
      context.id("line") as RecordID<BudgetLine>, before: before, for: context.actor)
    return LineTemplates.show(opened, typed, errors, try await names(), on: try context.page)
  }

  @Sendable func editLine(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let opened = try await funding.open(
      context.id("line") as RecordID<BudgetLine>, before: nil, for: actor)
    let line = opened.line.line
    return LineTemplates.form(
      line, opened.agreement, Self.typed(line.fields, version: line.version), [], try await names(), on: page)
  }

  @Sendable func changeLine(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let id: RecordID<BudgetLine> = try context.id("line")
    let opened = try await funding.open(id, before: nil, for: actor)
    let kept = opened.line.line
    let names = try await names()
    do {
      let (line, version) = try LineForm.checked(
        context.typed, kept, of: opened.agreement.agreement, names.choices)
      try await funding.change(line, from: version ?? kept.version, by: actor)
      return .seeOther(FundingPaths.line(id), .saved)
    } catch Refusal.invalid(let errors) {
      return LineTemplates.form(kept, opened.agreement, context.typed, errors, names, on: page)
        .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let version = try await funding.open(id, before: nil, for: actor).line.line.version
      return LineTemplates.form(
        kept, opened.agreement, Self.typed(draft, version: version),
        try await context.told(conflicts) { $1 }, names, on: page
      ).response(.conflict)
    }
  }

  @Sendable func spend(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let id: RecordID<BudgetLine> = try context.id("line")
    let agreement = try await funding.open(id, before: nil, for: actor).agreement.agreement
    do {
      let cost = try CashForm.expense(context.typed, of: agreement, today: page.today)
      try await funding.spend(cost.amount, of: id, id: cost.id, on: cost.on, for: cost.what, by: actor)
      return .seeOther(FundingPaths.line(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await show(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func reverse(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let movement = try await funding.movement(try context.id("movement"), for: actor)
    let back = movement.line.map { FundingPaths.line($0) } ?? FundingPaths.agreement(movement.agreement)
    do {
      try await funding.reverse(movement.id, because: try CashForm.reason(context.typed), by: actor)
      return .seeOther(back, .saved)
    } catch Refusal.invalid(let errors) {
      return LineTemplates.reversal(movement, back: back, context.typed, errors, on: page)
        .response(.unprocessableContent)
    }
  }
}
