import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the household of a case, and the reason why a member is removed.
package struct HouseholdPages: Area {
  let households: Households

  package init(_ households: Households) { self.households = households }

  package var migrations: [Migration] { Households.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/households/:case", use: list)
    routes.post("/households/:case", use: add)
    routes.post("/households/:case/:member/removal", use: remove)
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
    let (opened, members) = try await households.cases.open(context.id("case"), for: context.actor) {
      opened, db in try households.members(of: opened, in: db)
    }
    return HouseholdTemplates.list(members, opened.file, attempt, on: try context.page)
  }

  @Sendable func add(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await change(context, about: nil) { file, actor in
      try await households.add(HouseholdForm.member(context.typed, today: today), to: file, by: actor)
    }
  }

  @Sendable func remove(_ request: Request, _ context: AppContext) async throws -> Response {
    let member: RecordID<HouseholdMember> = try context.id("member")
    return try await change(context, about: member) { file, actor in
      try await households.remove(
        member, because: HouseholdForm.reason(context.typed), from: file, by: actor)
    }
  }

  /// Does it and shows the household; what was typed wrongly comes back in its form.
  private func change(
    _ context: AppContext, about member: RecordID<HouseholdMember>?,
    _ body: (RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let actor = try context.actor
    try actor.must(.editPersons)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      try await body(id, actor)
      return .seeOther(HouseholdPaths.list(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = HouseholdAttempt(
        typed: member == nil ? context.typed.renewed : context.typed, errors: errors, member: member)
      return try await list(context, attempt).response(.unprocessableContent)
    }
  }
}

/// What was typed wrongly: about a new member, or about the removal of one.
struct HouseholdAttempt: Sendable {
  var typed = Typed()
  var errors: [FieldError] = []
  var member: RecordID<HouseholdMember>?
}

/// Links into the area.
package enum HouseholdPaths {
  static func list(_ id: RecordID<CaseFile>) -> String { "/households/\(id)" }
  static func removal(_ id: RecordID<CaseFile>, _ member: RecordID<HouseholdMember>) -> String {
    "\(list(id))/\(member)/removal"
  }
}
