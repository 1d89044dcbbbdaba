import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the visits stand on the page of their case; here are their acts.
package struct VisitPages: Area {
  let visits: Visits
  let cases: Cases

  package init(_ visits: Visits, cases: Cases) {
    self.visits = visits
    self.cases = cases
  }

  package var migrations: [Migration] { Visits.migrations }

  package func addRoutes(to routes: Routes) {
    routes.post("/visits/:case", use: plan)
    routes.post("/visits/:case/:visit/report", use: report)
    routes.post("/visits/:case/:visit/missing", use: miss)
  }

  /// What stands on the page of a case.
  package var section: CaseSection {
    CaseSection(words: VisitWords.phrase) { opened, db in
      let visits = try visits.visits(of: opened, in: db)
      return { page in VisitTemplates.section(visits, opened.file, on: page) }
    }
  }

  @Sendable func plan(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    return try await act(context, { VisitTemplates.planForm($0, context.typed.renewed, $1, on: page) }) {
      id, actor in
      let form = try VisitForm.planned(context.typed, today: page.today)
      try await visits.plan(form.id, on: form.day, in: id, by: actor)
    }
  }

  @Sendable func report(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    let visit: RecordID<Visit> = try context.id("visit")
    return try await act(context, { VisitTemplates.reportForm($0, visit, context.typed, $1, on: page) }) {
      id, actor in
      try await visits.report(visit, VisitForm.report(context.typed, today: page.today), in: id, by: actor)
    }
  }

  @Sendable func miss(_ request: Request, _ context: AppContext) async throws -> Response {
    let visit: RecordID<Visit> = try context.id("visit")
    return try await act(context, { _, _ in .empty }) { id, actor in
      try await visits.miss(visit, in: id, by: actor)
    }
  }

  /// Does it and shows the case; what was typed wrongly comes back on a page of its own.
  private func act(
    _ context: AppContext, _ form: (RecordID<CaseFile>, [FieldError]) -> HTML,
    _ body: (RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id("case")
    do {
      try await body(id, actor)
      return .seeOther(VisitPaths.onCase(id), .saved)
    } catch Refusal.invalid(let errors) {
      let file = try await cases.open(id, for: actor).file
      return VisitTemplates.alone(form(id, errors), file, on: page).response(.unprocessableContent)
    }
  }
}

/// Links into the area.
package enum VisitPaths {
  static func onCase(_ id: RecordID<CaseFile>) -> String { "\(CasePaths.show(id))#visits" }
  static func plan(_ id: RecordID<CaseFile>) -> String { "/visits/\(id)" }
  static func report(_ id: RecordID<CaseFile>, _ visit: RecordID<Visit>) -> String {
    "/visits/\(id)/\(visit)/report"
  }
  static func missing(_ id: RecordID<CaseFile>, _ visit: RecordID<Visit>) -> String {
    "/visits/\(id)/\(visit)/missing"
  }
}
