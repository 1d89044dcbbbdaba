import Accounts
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// Rooms, absences and days on which the service is closed.
struct AgendaRoomPages: Sendable {
  let agenda: Agenda

  init(_ agenda: Agenda) { self.agenda = agenda }

  func addRoutes(to routes: Routes) {
    routes.get("/agenda/rooms", use: rooms)
    routes.post("/agenda/rooms", use: addRoom)
    routes.post("/agenda/rooms/:room/closing", use: closeRoom)
    routes.post("/agenda/rooms/:room/reopening", use: reopenRoom)
    routes.get("/agenda/absences", use: absences)
    routes.post("/agenda/absences", use: addAbsence)
    routes.post("/agenda/absences/:absence/end", use: endAbsence)
    routes.get("/agenda/holidays", use: holidays)
    routes.post("/agenda/holidays", use: setHoliday)
    routes.post("/agenda/holidays/removal", use: removeHoliday)
  }

  /// Rooms and absences are those of one's own antenna.
  private func antenna(_ context: AppContext) throws -> AntennaCode {
    guard let antenna = try context.actor.antenna else { throw Refusal.notFound }
    return antenna
  }

  @Sendable func rooms(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await rooms(context, Typed(), [])
  }

  private func rooms(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let rooms = try await agenda.allRooms(of: antenna(context), for: context.actor)
    return AgendaRoomTemplates.rooms(rooms, typed, errors, on: try context.page)
  }

  @Sendable func addRoom(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.assignCases)
    do {
      try await agenda.add(AgendaForm.room(context.typed, at: antenna(context)), by: actor)
      return .seeOther(AgendaPaths.rooms, .saved)
    } catch Refusal.invalid(let errors) {
      return try await rooms(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func closeRoom(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.assignCases)
    try await agenda.setClosed(context.id("room"), true, by: context.actor)
    return .seeOther(AgendaPaths.rooms, .saved)
  }

  @Sendable func reopenRoom(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.assignCases)
    try await agenda.setClosed(context.id("room"), false, by: context.actor)
    return .seeOther(AgendaPaths.rooms, .saved)
  }

  @Sendable func absences(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await absences(context, Typed(), [])
  }

  private func absences(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let (actor, antenna) = (try context.actor, try antenna(context))
    let absences = try await agenda.absences(at: antenna, for: actor)
    let colleagues = try await agenda.accounts.colleagues(of: antenna)
    let names = try await agenda.accounts.names(of: absences.map(\.account))
    return AgendaRoomTemplates.absences(
      absences, names, actor.may(.assignCases) ? colleagues : colleagues.filter { $0.id == actor.id }, typed,
      errors,
      on: try context.page)
  }

  @Sendable func addAbsence(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.openFiles)
    do {
      try await agenda.add(
        AgendaForm.absence(context.typed, today: page.today), at: antenna(context), by: actor)
      return .seeOther(AgendaPaths.absences, .saved)
    } catch Refusal.invalid(let errors) {
      return try await absences(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func endAbsence(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.openFiles)
    let id: RecordID<Absence> = try context.id("absence")
    try await agenda.end(id, by: context.actor)
    return .seeOther(AgendaPaths.absences, .saved)
  }

  @Sendable func holidays(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await holidays(context, Typed(), [])
  }

  private func holidays(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    AgendaRoomTemplates.holidays(
      try await agenda.holidays(for: context.actor), typed, errors, on: try context.page)
  }

  @Sendable func setHoliday(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.manageFollowUp)
    do {
      try await agenda.set(AgendaForm.holiday(context.typed, today: page.today), by: actor)
      return .seeOther(AgendaPaths.holidays, .saved)
    } catch Refusal.invalid(let errors) {
      return try await holidays(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func removeHoliday(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.manageFollowUp)
    guard let day = Day(context.typed["day"]) else { throw Refusal.notFound }
    try await agenda.remove(day, by: context.actor)
    return .seeOther(AgendaPaths.holidays, .saved)
  }
}

extension AgendaPaths {
  static func closing(_ id: RecordID<Room>) -> String { "\(rooms)/\(id)/closing" }
  static func reopening(_ id: RecordID<Room>) -> String { "\(rooms)/\(id)/reopening" }
}
