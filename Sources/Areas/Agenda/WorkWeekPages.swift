import Accounts
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// When the staff of one's antenna may be met, week by week.
struct WorkWeekPages: Sendable {
  let agenda: Agenda

  init(_ agenda: Agenda) { self.agenda = agenda }

  func addRoutes(to routes: Routes) {
    routes.get("/agenda/hours", use: show)
    routes.post("/agenda/hours", use: add)
    routes.post("/agenda/hours/:week/end", use: end)
  }

  private func antenna(_ context: AppContext) throws -> AntennaCode {
    guard let antenna = try context.actor.antenna else { throw Refusal.notFound }
    return antenna
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context, nil, [])
  }

  private func shown(_ context: AppContext, _ typed: Typed?, _ errors: [FieldError]) async throws -> HTML {
    let (actor, antenna) = (try context.actor, try antenna(context))
    let weeks = try await agenda.weeks(at: antenna, for: actor)
    let colleagues = try await agenda.accounts.colleagues(of: antenna).filter {
      $0.actor.may(.receivePersons)
    }
    let names = try await agenda.accounts.names(of: weeks.map(\.account))
    let page = try context.page
    // A week is corrected by writing it again: what holds now stands in the form.
    let own = weeks.first { $0.account == actor.id }
    return WorkWeekTemplates.show(
      weeks, names, actor.may(.assignCases) ? colleagues : colleagues.filter { $0.id == actor.id },
      typed ?? WorkWeekTemplates.typed(own, of: actor.id, from: page.today), errors, on: page)
  }

  @Sendable func add(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.receivePersons)
    do {
      try await agenda.add(
        WorkWeekForm.week(context.typed, today: page.today), at: antenna(context), by: actor)
      return .seeOther(AgendaPaths.hours, .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.openFiles)
    let id: RecordID<WorkWeek> = try context.id("week")
    try await agenda.end(id, by: context.actor)
    return .seeOther(AgendaPaths.hours, .saved)
  }
}

extension AgendaPaths {
  static let hours = "/agenda/hours"
  static func ending(_ id: RecordID<WorkWeek>) -> String { "\(hours)/\(id)/end" }
}
