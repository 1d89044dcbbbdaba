import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the visits stand on the page of their case, each has a page of its own for its report.
package struct VisitPages: Area {
  let visits: Visits
  let accounts: Accounts
  let antennas: Antennas

  package init(_ visits: Visits, accounts: Accounts, antennas: Antennas) {
    self.visits = visits
    self.accounts = accounts
    self.antennas = antennas
  }

  package var migrations: [Migration] { Visits.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Second looks"), path: VisitPaths.draws, icon: .visit, in: .steering, duty: .drawSpotChecks),
      NavigationItem(
        say("When visits are due"), path: VisitPaths.terms, icon: .calendar, in: .steering,
        duty: .manageFollowUp),
    ]
  }

  package func addRoutes(to routes: Routes) {
    VisitTermPages(visits: visits).addRoutes(to: routes)
    VisitDrawPages(visits: visits, accounts: accounts, antennas: antennas).addRoutes(to: routes)
    VisitHandoverPages(visits: visits, antennas: antennas).addRoutes(to: routes)
    routes.get("/visits/:case", use: list)
    routes.get("/visits/:case/:visit", use: show)
    routes.post("/visits/:case", use: plan)
    routes.post("/visits/:case/schedule", use: planSchedule)
    routes.post("/visits/:case/:visit/report", use: report)
    routes.post("/visits/:case/:visit/correction", use: correct)
    routes.post("/visits/:case/:visit/move", use: move)
    routes.post("/visits/:case/:visit/missing", use: miss)
  }

  /// What stands on the page of a case.
  package var section: CaseSection {
    CaseSection(words: VisitWords.phrase) { opened, db in
      let read = try read(opened, in: db)
      return { page in VisitTemplates.section(read, on: page) }
    }
  }

  /// On the home page of the head of an antenna: what was drawn by lot and waits for a second look.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      guard actor.may(.drawSpotChecks), actor.antenna != nil else { return .empty }
      return VisitDrawTemplates.home(try await visits.waitingLooks(for: actor), on: page)
    }
  }

  private func read(_ opened: OpenedCase, in db: Connection) throws -> VisitsView {
    let found = try visits.visits(of: opened, in: db)
    let start = try visits.start(of: opened.file, in: db)
    return VisitsView(
      file: opened.file, visits: found,
      schedule: opened.file.stage == .closed
        ? nil : try visits.schedule(found, from: start, of: opened.file, in: db),
      startedOn: start,
      names: try accounts.names(of: found.compactMap(\.author?.by), in: db))
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await visits.cases.open(context.id("case"), for: context.actor) { opened, db in
      try read(opened, in: db)
    }
    return VisitTemplates.all(found.1, on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, VisitAttempt())
  }

  /// The page of one visit, with what was typed wrongly.
  private func shown(_ context: AppContext, _ attempt: VisitAttempt) async throws -> HTML {
    let id: RecordID<Visit> = try context.id("visit")
    let found = try await visits.cases.open(context.id("case"), for: context.actor) { opened, db in
      try read(opened, in: db)
    }.1
    guard let visit = found.visits.first(where: { $0.id == id }) else { throw Refusal.notFound }
    let view = VisitView(
      all: found, visit: visit, terms: try await visits.terms(), attempt: attempt,
      mayCorrect: try await visits.mayCorrect(visit, by: context.actor))
    return VisitReportTemplates.show(view, on: try context.page)
  }

  @Sendable func plan(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    return try await onCase(context, { VisitTemplates.planForm($0, context.typed.renewed, $1, on: page) }) {
      id, actor in
      let form = try VisitForm.planned(context.typed, today: page.today)
      try await visits.plan(form.id, on: form.day, in: id, by: actor)
    }
  }

  @Sendable func planSchedule(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    return try await onCase(context, { VisitTemplates.startForm($0, context.typed, $1, on: page) }) {
      id, actor in
      let start = try VisitForm.schedule(context.typed, today: page.today)
      try await visits.planSchedule(from: start, in: id, by: actor)
    }
  }

  /// Does it and shows the case; what was typed wrongly comes back on a page of its own.
  private func onCase(
    _ context: AppContext, _ form: (RecordID<CaseFile>, [FieldError]) -> HTML,
    _ body: (RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id("case")
    try actor.must(.recordVisits)
    do {
      try await body(id, actor)
      return .seeOther(VisitPaths.onCase(id), .saved)
    } catch Refusal.invalid(let errors) {
      let file = try await visits.cases.open(id, for: actor).file
      return VisitTemplates.alone(form(id, errors), file, on: page).response(.unprocessableContent)
    }
  }

  @Sendable func report(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await onVisit(context, .report) { visit, id, actor in
      let report = try VisitReportForm.checked(context.typed, today: today, in: try await visits.terms())
      try await visits.report(visit, report, in: id, by: actor)
    }
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await onVisit(context, .correction) { visit, id, actor in
      let before = try await visits.find(visit, in: id, for: actor).report?.income
      let form = try VisitReportForm.correction(
        context.typed, today: today, in: try await visits.terms(), before: before)
      try await visits.correct(visit, to: form.report, from: form.version, in: id, by: actor)
    }
  }

  @Sendable func move(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await onVisit(context, .move) { visit, id, actor in
      let form = try VisitForm.moved(context.typed, today: today)
      try await visits.move(visit, to: form.day, because: form.why, as: form.id, in: id, by: actor)
    }
  }

  @Sendable func miss(_ request: Request, _ context: AppContext) async throws -> Response {
    let today = try context.page.today
    return try await onVisit(context, .missing) { visit, id, actor in
      let form = try VisitForm.missed(context.typed, today: today)
      try await visits.miss(visit, because: form.why, again: form.again, in: id, by: actor)
    }
  }

  /// Does it and shows the case; what was typed wrongly comes back on the page of the visit, and what was corrected in
  /// two windows is shown from both.
  private func onVisit(
    _ context: AppContext, _ form: VisitAttempt.Form,
    _ body: (RecordID<Visit>, RecordID<CaseFile>, Actor) async throws -> Void
  ) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<CaseFile> = try context.id("case")
    try actor.must(.recordVisits)
    do {
      try await body(try context.id("visit"), id, actor)
      return .seeOther(VisitPaths.onCase(id), .saved)
    } catch Refusal.invalid(let errors) {
      let attempt = VisitAttempt(form: form, typed: context.typed.renewed, errors: errors)
      return try await shown(context, attempt).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let errors = try await context.told(conflicts) { VisitReportTemplates.shown($0, $1, on: page) }
      let attempt = VisitAttempt(
        form: form, typed: VisitReportForm.typed(draft), errors: errors, isNewest: true)
      return try await shown(context, attempt).response(.conflict)
    }
  }
}

/// What somebody typed into one of the forms of a visit, and what was wrong with it.
struct VisitAttempt: Sendable {
  enum Form: Sendable { case report, correction, move, missing }

  var form: Form?
  var typed = Typed()
  var errors: [FieldError] = []
  /// Typed on top of what is stored now.
  var isNewest = false
}

/// Links into the area.
package enum VisitPaths {
  static let terms = "/visits/terms"
  static let draws = "/visits/draws"
  static func draws(after cursor: VisitDrawCursor) -> String {
    "\(draws)?after=\(Page.queryEscaped(cursor.text))"
  }
  static func draw(_ id: RecordID<VisitDraw>) -> String { "\(draws)/\(id)" }
  static func look(_ draw: RecordID<VisitDraw>, _ id: RecordID<VisitDraw.Look>) -> String {
    "\(self.draw(draw))/\(id)"
  }
  static func onCase(_ id: RecordID<CaseFile>) -> String { "\(CasePaths.show(id))#visits" }
  static func plan(_ id: RecordID<CaseFile>) -> String { all(id) }
  static func handovers(_ id: RecordID<CaseFile>) -> String { "/visits/\(id)/handovers" }
  static func handover(_ id: RecordID<CaseFile>, _ handover: RecordID<VisitHandover>) -> String {
    "\(handovers(id))/\(handover)"
  }
  static func all(_ id: RecordID<CaseFile>) -> String { "/visits/\(id)" }
  static func schedule(_ id: RecordID<CaseFile>) -> String { "/visits/\(id)/schedule" }
  static func show(_ id: RecordID<CaseFile>, _ visit: RecordID<Visit>) -> String { "/visits/\(id)/\(visit)" }
  static func report(_ id: RecordID<CaseFile>, _ visit: RecordID<Visit>) -> String {
    "\(show(id, visit))/report"
  }
  static func correction(_ id: RecordID<CaseFile>, _ visit: RecordID<Visit>) -> String {
    "\(show(id, visit))/correction"
  }
  static func move(_ id: RecordID<CaseFile>, _ visit: RecordID<Visit>) -> String {
    "\(show(id, visit))/move"
  }
  static func missing(_ id: RecordID<CaseFile>, _ visit: RecordID<Visit>) -> String {
    "\(show(id, visit))/missing"
  }
}
