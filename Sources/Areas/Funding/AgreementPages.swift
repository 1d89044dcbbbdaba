import Accounts
import Antennas
import Basics
import Hummingbird
import Pages
import Web

/// Agreements, what funders promise by day, and what arrives.
extension FundingPages {
  @Sendable func addFunder(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepFunds)
    do {
      try await funding.add(try FunderForm.checked(context.typed), by: actor)
      return .seeOther(FundingPaths.newAgreement, .saved)
    } catch Refusal.invalid(let errors) {
      let names = try await names()
      return AgreementTemplates.form(
        nil, Typed(), [], names, funder: (context.typed.renewed, errors), on: try context.page
      ).response(.unprocessableContent)
    }
  }

  @Sendable func newAgreement(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepFunds)
    var typed = Typed()
    typed["basis"] = Agreement.Basis.promised.rawValue
    return AgreementTemplates.form(nil, typed, [], try await names(), on: try context.page)
  }

  @Sendable func addAgreement(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let names = try await names()
    do {
      let (agreement, _) = try AgreementForm.checked(
        context.typed, nil, funders: names.funders, names.choices, today: page.today)
      try await funding.add(agreement, by: actor)
      return .seeOther(FundingPaths.agreement(agreement.id), .saved)
    } catch Refusal.invalid(let errors) {
      return AgreementTemplates.form(nil, context.typed.renewed, errors, names, on: page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func showAgreement(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await show(context, AgreementPageForms())
  }

  private func show(_ context: AppContext, _ forms: AgreementPageForms) async throws -> HTML {
    let opened = try await funding.open(context.id("agreement") as RecordID<Agreement>, for: context.actor)
    return AgreementTemplates.show(opened, forms, try await names(), on: try context.page)
  }

  @Sendable func editAgreement(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepFunds)
    let agreement = try await found(context)
    return AgreementTemplates.form(
      agreement, Self.typed(agreement.fields, version: agreement.version), [], try await names(),
      on: try context.page)
  }

  @Sendable func changeAgreement(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let kept = try await found(context)
    let names = try await names()
    do {
      let (agreement, version) = try AgreementForm.checked(
        context.typed, kept, funders: names.funders, names.choices, today: page.today)
      try await funding.change(agreement, from: version ?? kept.version, by: actor)
      return .seeOther(FundingPaths.agreement(kept.id), .saved)
    } catch Refusal.invalid(let errors) {
      return AgreementTemplates.form(kept, context.typed, errors, names, on: page)
        .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let version = try await found(context).version
      return AgreementTemplates.form(
        kept, Self.typed(draft, version: version), try await context.told(conflicts) { $1 }, names, on: page
      ).response(.conflict)
    }
  }

  func found(_ context: AppContext) async throws -> Agreement {
    try await funding.open(context.id("agreement") as RecordID<Agreement>, for: context.actor).shown.agreement
  }

  /// Fields as a form has them: what holds several codes stands in several boxes.
  static func typed(_ fields: Fields, version: Int) -> Typed {
    var values = fields.values.mapValues { [$0] }
    for name in ["countries", "antennas", "kinds", "returns"] {
      values[name] = (fields[name] ?? "").split(separator: ",").map(String.init)
    }
    values["version"] = [String(version)]
    return Typed(values)
  }

  @Sendable func addInstalment(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepFunds)
    let agreement = try await found(context)
    do {
      try await funding.add(try CashForm.instalment(context.typed, of: agreement), by: actor)
      return .seeOther(FundingPaths.agreement(agreement.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await show(context, AgreementPageForms(instalment: (context.typed.renewed, errors)))
        .response(.unprocessableContent)
    }
  }

  @Sendable func dropInstalment(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepFunds)
    let agreement = try await found(context)
    try await funding.drop(try context.id("instalment"), of: agreement.id, by: actor)
    return .seeOther(FundingPaths.agreement(agreement.id), .saved)
  }

  @Sendable func receive(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepFunds)
    let agreement = try await found(context)
    do {
      try await funding.receive(
        try CashForm.receipt(context.typed, of: agreement, today: page.today), by: actor)
      return .seeOther(FundingPaths.agreement(agreement.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await show(context, AgreementPageForms(receipt: (context.typed.renewed, errors)))
        .response(.unprocessableContent)
    }
  }
}

/// The small forms on the page of an agreement, as they came back.
struct AgreementPageForms {
  typealias Returned = (typed: Typed, errors: [FieldError])

  var instalment: Returned = (Typed(), [])
  var receipt: Returned = (Typed(), [])
}
