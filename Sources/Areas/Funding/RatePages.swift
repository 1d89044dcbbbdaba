import Basics
import Hummingbird
import Pages
import Storage
import Web

/// Kinds of aid and rates.
extension FundingPages {
  @Sendable func listKinds(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.readFunds)
    return RateTemplates.kinds(try await funding.kinds(), Typed(), [], on: try context.page)
  }

  @Sendable func addKind(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepFunds)
    do {
      var typed = context.typed
      typed["active"] = "yes"
      try await funding.add(try AidKindForm.checked(typed, code: nil).kind, by: actor)
      return .seeOther(FundingPaths.kinds, .saved)
    } catch Refusal.invalid(let errors) {
      return RateTemplates.kinds(try await funding.kinds(), context.typed, errors, on: try context.page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func editKind(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepFunds)
    let (kind, version) = try await funding.kind(try code(context))
    return RateTemplates.kind(kind, Self.typed(kind, version), [], on: try context.page)
  }

  @Sendable func changeKind(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let (kept, current) = try await funding.kind(try code(context))
    do {
      let (kind, version) = try AidKindForm.checked(context.typed, code: kept.id)
      try await funding.change(kind, from: version ?? current, by: actor)
      return .seeOther(FundingPaths.kinds, .saved)
    } catch Refusal.invalid(let errors) {
      return RateTemplates.kind(kept, context.typed, errors, on: page).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let (_, version) = try await funding.kind(kept.id)
      let typed = AidKind(id: kept.id, draft).map { Self.typed($0, version) } ?? context.typed
      return RateTemplates.kind(kept, typed, try await context.told(conflicts) { $1 }, on: page)
        .response(.conflict)
    }
  }

  private func code(_ context: AppContext) throws -> AidKindCode {
    AidKindCode(rawValue: context.parameters.get("kind") ?? "")
  }

  private static func typed(_ kind: AidKind, _ version: Int) -> Typed {
    var fields = kind.fields
    fields["active"] = kind.isActive ? "yes" : nil
    var typed = Typed(fields)
    typed["version"] = String(version)
    return typed
  }

  @Sendable func listRates(_ request: Request, _ context: AppContext) async throws -> HTML {
    RateTemplates.rates(try await funding.rates(for: context.actor), Typed(), [], on: try context.page)
  }

  @Sendable func enterRate(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    do {
      try await funding.enter(try CashForm.rate(context.typed, today: page.today), by: actor)
      return .seeOther(FundingPaths.rates, .saved)
    } catch Refusal.invalid(let errors) {
      return RateTemplates.rates(
        try await funding.rates(for: actor), context.typed.renewed, errors, on: page
      ).response(.unprocessableContent)
    }
  }

  @Sendable func withdrawRate(_ request: Request, _ context: AppContext) async throws -> Response {
    try await funding.withdraw(try context.id("rate"), by: context.actor)
    return .seeOther(FundingPaths.rates, .saved)
  }
}
