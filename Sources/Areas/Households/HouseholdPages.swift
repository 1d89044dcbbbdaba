import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the household of a case, and the correction of a member.
package struct HouseholdPages: Area {
  let households: Households
  /// The form by which a member is received as a person of her own; nil where nobody is received.
  let reception: (@Sendable (_ sealedQuery: String) -> String)?

  package init(
    _ households: Households, reception: (@Sendable (_ sealedQuery: String) -> String)? = nil
  ) {
    self.households = households
    self.reception = reception
  }

  package var migrations: [Migration] { Households.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/households/:case", use: list)
    routes.post("/households/:case", use: add)
    routes.post("/households/:case/alone", use: setAlone)
    routes.get("/households/:case/:member/correction", use: correction)
    routes.post("/households/:case/:member/correction", use: correct)
    routes.post("/households/:case/:member/removal", use: remove)
    routes.get("/households/:case/:member/reception", use: receive)
  }

  /// What leads here from the page of a case.
  package var section: CaseSection {
    CaseSection(
      words: HouseholdWords.phrase,
      tab: CaseTab(say("Household"), duty: .openFiles, path: HouseholdPaths.list))
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await list(context, HouseholdAttempt())
  }

  private func list(_ context: AppContext, _ attempt: HouseholdAttempt) async throws -> HTML {
    let (opened, found) = try await households.cases.open(context.id("case"), for: context.actor) {
      opened, db in
      (members: try households.members(of: opened, in: db), isAlone: try households.isAlone(opened, in: db))
    }
    return HouseholdTemplates.list(
      found.members, isAlone: found.isAlone, opened.file, attempt, on: try context.page)
  }

  @Sendable func add(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await change(context, .addition, shown: list) { file, actor in
      try await households.add(HouseholdForm.member(context.typed, today: today), to: file, by: actor)
    }
  }

  @Sendable func setAlone(_ request: Request, _ context: AppContext) async throws -> Response {
    try await change(context, .alone, shown: list) { file, actor in
      try await households.set(alone: HouseholdForm.alone(context.typed), in: file, by: actor)
    }
  }

  /// Where nothing can be corrected any more, the household says so.
  @Sendable func correction(_ request: Request, _ context: AppContext) async throws -> Response {
    do {
      return try await correction(context, HouseholdAttempt()).response()
    } catch Refusal.conflict {
      return .seeOther(HouseholdPaths.list(try context.id("case")))
    }
  }

  private func correction(_ context: AppContext, _ attempt: HouseholdAttempt) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.editPersons)
    let id: RecordID<HouseholdMember> = try context.id("member")
    let (opened, member) = try await households.cases.open(context.id("case"), for: actor) { opened, db in
      try households.members(of: opened, in: db).first { $0.id == id }
    }
    guard let member else { throw Refusal.notFound }
    try CaseRules.mustBeOpen(opened.file)
    try HouseholdRules.mayCorrect(member)
    return HouseholdTemplates.correction(member, opened.file, attempt, on: try context.page)
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    let member: RecordID<HouseholdMember> = try context.id("member")
    let today = try context.page.today
    return try await change(context, .correction, shown: correction) { file, actor in
      let form = try HouseholdForm.correction(context.typed, today: today)
      try await households.correct(member, to: form.fields, from: form.version, in: file, by: actor)
    }
  }

  @Sendable func remove(_ request: Request, _ context: AppContext) async throws -> Response {
    let member: RecordID<HouseholdMember> = try context.id("member")
    return try await change(context, .removal(member), shown: list) { file, actor in
      try await households.remove(
        member, because: HouseholdForm.reason(context.typed), from: file, by: actor)
    }
  }

  /// The form of reception, filled with what is known of a member.
  @Sendable func receive(_ request: Request, _ context: AppContext) async throws -> Response {
    let sealed = try await households.reception(
      of: context.id("member"), in: context.id("case"), for: context.actor)
    guard let reception else { throw Refusal.notFound }
    return .seeOther(reception(sealed))
  }

  /// Does it and shows the household; what was typed wrongly comes back in its form, and what was corrected in two
  /// windows is shown from both.
  private func change(
    _ context: AppContext, _ form: HouseholdAttempt.Form,
    shown: (AppContext, HouseholdAttempt) async throws -> HTML,
    _ body: (RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.editPersons)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      try await body(id, actor)
      return .seeOther(HouseholdPaths.list(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = HouseholdAttempt(form: form, typed: context.typed.renewed, errors: errors)
      return try await shown(context, attempt).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let errors = try await context.told(conflicts) { HouseholdWords.shown($0, $1, page.reader) }
      let attempt = HouseholdAttempt(form: form, typed: Typed(draft), errors: errors, isNewest: true)
      return try await shown(context, attempt).response(.conflict)
    }
  }
}

/// What was typed into one of the forms, and what was wrong with it.
struct HouseholdAttempt: Sendable {
  enum Form: Sendable, Equatable {
    case addition, correction, alone
    case removal(RecordID<HouseholdMember>)
  }

  var form: Form?
  var typed = Typed()
  var errors: [FieldError] = []
  /// Typed on top of what is stored now.
  var isNewest = false
}

/// Links into the area.
package enum HouseholdPaths {
  static func list(_ id: RecordID<CaseFile>) -> String { "/households/\(id)" }
  static func alone(_ id: RecordID<CaseFile>) -> String { "\(list(id))/alone" }
  static func correction(_ id: RecordID<CaseFile>, _ member: RecordID<HouseholdMember>) -> String {
    "\(list(id))/\(member)/correction"
  }
  static func reception(_ id: RecordID<CaseFile>, _ member: RecordID<HouseholdMember>) -> String {
    "\(list(id))/\(member)/reception"
  }
  static func removal(_ id: RecordID<CaseFile>, _ member: RecordID<HouseholdMember>) -> String {
    "\(list(id))/\(member)/removal"
  }
}
