import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the rules, what would change by them, and what they say of a person.
package struct EligibilityPages: Area {
  let eligibility: Eligibility
  let antennas: Antennas

  package init(_ eligibility: Eligibility, antennas: Antennas) {
    self.eligibility = eligibility
    self.antennas = antennas
  }

  package var migrations: [Migration] { Eligibility.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Rules of aids"), path: EligibilityPaths.list, icon: .paper, in: .aids, duty: .keepEligibility)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/eligibility", use: list)
    routes.post("/eligibility", use: load)
    routes.get("/eligibility/new", use: new)
    routes.get("/eligibility/cases/:case", use: person)
    routes.post("/eligibility/cases/:case", use: judge)
    routes.get("/eligibility/:rules", use: show)
    routes.get("/eligibility/:rules/what-if", use: whatIf)
    routes.post("/eligibility/:rules/decision", use: decide)
    routes.post("/eligibility/:rules/discarding", use: discard)
    routes.post("/eligibility/:rules/end", use: end)
  }

  /// The tab on the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: EligibilityWords.phrase,
      tab: CaseTab(say("Which aids"), duty: .prepareAids, path: EligibilityPaths.person))
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    EligibilityTemplates.list(try await eligibility.sets(for: context.actor), on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepEligibility)
    return EligibilityTemplates.new(Typed(), [], on: try context.page)
  }

  @Sendable func load(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepEligibility)
    do {
      let form = try EligibilityForm.load(context.typed)
      try await eligibility.load(form.file, as: form.id, by: actor)
      return .seeOther(EligibilityPaths.show(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try EligibilityTemplates.new(context.typed.renewed, errors, on: context.page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, Typed(), [])
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let kept = try await eligibility.find(context.id("rules"), for: context.actor)
    return RuleSetTemplates.show(kept, try await words(), typed, errors, on: try context.page)
  }

  private func words() async throws -> FactWords {
    FactWords(territory: try await antennas.territory(), names: try await eligibility.names())
  }

  @Sendable func whatIf(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<KeptRuleSet> = try context.id("rules")
    let day = FormCheck.day(typed: request.query("day")) ?? page.today
    let compared = try await eligibility.whatIf(id, on: day, for: actor)
    let shown = compared.result.gains.files + compared.result.loses.files
    return WhatIfTemplates.show(
      compared.rules, compared.current, compared.result, on: day,
      try await eligibility.numbers(of: shown, for: actor), try await antennas.territory(), page)
  }

  @Sendable func decide(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<KeptRuleSet> = try context.id("rules")
    try await eligibility.decide(id, by: context.actor)
    return .seeOther(EligibilityPaths.show(id), .saved)
  }

  @Sendable func discard(_ request: Request, _ context: AppContext) async throws -> Response {
    try await eligibility.discard(context.id("rules"), by: context.actor)
    return .seeOther(EligibilityPaths.list, .saved)
  }

  @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<KeptRuleSet> = try context.id("rules")
    let actor = try context.actor
    try actor.must(.keepEligibility)
    do {
      try await eligibility.end(id, on: EligibilityForm.end(context.typed), by: actor)
      return .seeOther(EligibilityPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func person(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    return try await person(context, on: FormCheck.day(typed: request.query("day")) ?? page.today, [])
  }

  private func person(_ context: AppContext, on day: Day, _ errors: [FieldError]) async throws -> HTML {
    let found = try await eligibility.open(context.id("case"), on: day, for: context.actor)
    return PersonAnswerTemplates.show(found, try await words(), errors, on: try context.page)
  }

  @Sendable func judge(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.prepareAids)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      let form = try EligibilityForm.judge(context.typed, today: page.today)
      try await eligibility.judge(id, by: form.rules, on: form.day, as: form.id, by: actor)
      return .seeOther(EligibilityPaths.person(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await person(context, on: page.today, errors).response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum EligibilityPaths {
  package static let list = "/eligibility"
  static let new = "/eligibility/new"
  package static func show(_ id: RecordID<KeptRuleSet>) -> String { "/eligibility/\(id)" }
  static func whatIf(_ id: RecordID<KeptRuleSet>) -> String { "\(show(id))/what-if" }
  static func decision(_ id: RecordID<KeptRuleSet>) -> String { "\(show(id))/decision" }
  static func discarding(_ id: RecordID<KeptRuleSet>) -> String { "\(show(id))/discarding" }
  static func end(_ id: RecordID<KeptRuleSet>) -> String { "\(show(id))/end" }
  package static func person(_ id: RecordID<CaseFile>) -> String { "/eligibility/cases/\(id)" }
}
