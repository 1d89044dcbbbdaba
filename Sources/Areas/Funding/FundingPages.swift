import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: what money there is, whom it serves, and those who keep it.
package struct FundingPages: Area {
  let funding: Funding

  package init(_ funding: Funding) { self.funding = funding }

  package var migrations: [Migration] { Funding.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Funding"), path: FundingPaths.list, icon: .money, in: .aids, duty: .readFunds)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/funding", use: list)
    routes.get("/funding/sheet", use: sheet)
    routes.get("/funding/serving", use: serving)
    routes.get("/funding/outlook", use: outlook)
    routes.get("/funding/risks", use: risks)
    routes.get("/funding/kinds", use: listKinds)
    routes.post("/funding/kinds", use: addKind)
    routes.get("/funding/kinds/:kind", use: editKind)
    routes.post("/funding/kinds/:kind", use: changeKind)
    routes.get("/funding/rates", use: listRates)
    routes.post("/funding/rates", use: enterRate)
    routes.post("/funding/rates/:rate/withdrawal", use: withdrawRate)
    routes.post("/funding/funders", use: addFunder)
    routes.get("/funding/agreements/new", use: newAgreement)
    routes.post("/funding/agreements", use: addAgreement)
    routes.get("/funding/agreements/:agreement", use: showAgreement)
    routes.get("/funding/agreements/:agreement/edit", use: editAgreement)
    routes.post("/funding/agreements/:agreement/edit", use: changeAgreement)
    routes.get("/funding/agreements/:agreement/lines/new", use: newLine)
    routes.post("/funding/agreements/:agreement/lines", use: addLine)
    routes.post("/funding/agreements/:agreement/instalments", use: addInstalment)
    routes.post("/funding/agreements/:agreement/instalments/:instalment/dropping", use: dropInstalment)
    routes.post("/funding/agreements/:agreement/receipts", use: receive)
    routes.get("/funding/lines/:line", use: showLine)
    routes.get("/funding/lines/:line/sheet", use: lineSheet)
    routes.get("/funding/lines/:line/edit", use: editLine)
    routes.post("/funding/lines/:line/edit", use: changeLine)
    routes.post("/funding/lines/:line/costs", use: spend)
    routes.post("/funding/movements/:movement/reversal", use: reverse)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let list = AgreementList(rawValue: request.query("show")) ?? .running
    let found = try await funding.list(
      list, after: AgreementCursor(request.query("after")), for: context.actor)
    return OverviewTemplates.list(found, list, on: try context.page)
  }

  /// Which lines serve a need today: asked in the address, so that the answer can be sent to a colleague.
  @Sendable func serving(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.readFunds)
    let names = try await names()
    var typed = Typed()
    for field in ["amount", "currency", "kind", "country", "antenna", "day"] {
      typed[field] = request.query(field)
    }
    guard !request.query("asked").isEmpty else {
      typed["day"] = page.today.description
      typed["antenna"] = actor.antenna?.rawValue ?? ""
      return OutlookTemplates.serving(nil, typed, [], names, on: page)
    }
    do {
      let need = try NeedForm.checked(typed, names.choices, today: page.today)
      return OutlookTemplates.serving(
        try await funding.fitting(need, for: actor), typed, [], names, on: page)
    } catch Refusal.invalid(let errors) {
      return OutlookTemplates.serving(nil, typed, errors, names, on: page)
    }
  }

  @Sendable func outlook(_ request: Request, _ context: AppContext) async throws -> HTML {
    OutlookTemplates.outlook(try await funding.outlook(for: context.actor), on: try context.page)
  }

  @Sendable func risks(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await funding.risks(after: RecordID(request.query("after")), for: context.actor)
    return OutlookTemplates.risks(found.risks, next: found.next, on: try context.page)
  }

  /// What codes are called.
  func names() async throws -> FundingNames {
    FundingNames(
      territory: try await funding.antennas.territory(), kinds: try await funding.kinds(),
      funders: try await funding.funders())
  }
}

/// What the codes of earmarks are called.
struct FundingNames: Sendable {
  let territory: Territory
  let kinds: [AidKind]
  let funders: [Funder]

  var choices: EarmarkChoices { EarmarkChoices(territory, kinds) }

  func name(of kind: AidKindCode, in language: Language) -> String {
    kinds.first { $0.id == kind }?.name.text(in: language) ?? kind.rawValue
  }
}

/// Links into the area.
package enum FundingPaths {
  package static let list = "/funding"
  static let serving = "/funding/serving"
  static let outlook = "/funding/outlook"
  static let risks = "/funding/risks"
  static let kinds = "/funding/kinds"
  static let rates = "/funding/rates"
  static let funders = "/funding/funders"
  static let newAgreement = "/funding/agreements/new"
  static let agreements = "/funding/agreements"

  static func list(_ list: AgreementList, after: AgreementCursor? = nil) -> String {
    "/funding?show=\(list.rawValue)" + (after.map { "&after=\($0.text)" } ?? "")
  }
  static func sheet(_ list: AgreementList, as kind: FundingSheet.Kind) -> String {
    "/funding/sheet?show=\(list.rawValue)&as=\(kind.rawValue)"
  }
  static func risks(after: RecordID<Reservation>) -> String { "/funding/risks?after=\(after)" }
  static func kind(_ code: AidKindCode) -> String { "/funding/kinds/\(code)" }
  static func withdrawal(_ rate: RecordID<ExchangeRate>) -> String { "/funding/rates/\(rate)/withdrawal" }
  package static func agreement(_ id: RecordID<Agreement>) -> String { "/funding/agreements/\(id)" }
  static func edit(_ id: RecordID<Agreement>) -> String { "/funding/agreements/\(id)/edit" }
  static func newLine(_ id: RecordID<Agreement>) -> String { "/funding/agreements/\(id)/lines/new" }
  static func lines(_ id: RecordID<Agreement>) -> String { "/funding/agreements/\(id)/lines" }
  static func instalments(_ id: RecordID<Agreement>) -> String { "/funding/agreements/\(id)/instalments" }
  static func dropping(_ id: RecordID<FunderInstalment>, of agreement: RecordID<Agreement>) -> String {
    "/funding/agreements/\(agreement)/instalments/\(id)/dropping"
  }
  static func receipts(_ id: RecordID<Agreement>) -> String { "/funding/agreements/\(id)/receipts" }
  package static func line(_ id: RecordID<BudgetLine>) -> String { "/funding/lines/\(id)" }
  static func line(_ id: RecordID<BudgetLine>, before: RecordID<Movement>) -> String {
    "/funding/lines/\(id)?before=\(before)"
  }
  static func sheet(_ id: RecordID<BudgetLine>, as kind: FundingSheet.Kind) -> String {
    "/funding/lines/\(id)/sheet?as=\(kind.rawValue)"
  }
  static func edit(_ id: RecordID<BudgetLine>) -> String { "/funding/lines/\(id)/edit" }
  static func costs(_ id: RecordID<BudgetLine>) -> String { "/funding/lines/\(id)/costs" }
  static func reversal(_ id: RecordID<Movement>) -> String { "/funding/movements/\(id)/reversal" }
}
