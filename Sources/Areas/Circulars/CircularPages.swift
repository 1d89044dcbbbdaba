import Accounts
import Antennas
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: the lists, one circular with its readers, the form that sends one.
package struct CircularPages: Area {
  let circulars: Circulars

  package init(_ circulars: Circulars) { self.circulars = circulars }

  package var migrations: [Migration] { Circulars.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Circulars"), path: CircularPaths.list, icon: .paper, in: .day, duty: .openFiles)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/circulars", use: list)
    routes.post("/circulars", use: send)
    routes.get("/circulars/new", use: new)
    routes.get("/circulars/:circular", use: show)
    routes.post("/circulars/:circular/reading", use: read)
  }

  /// What waits on the home page: what one has not read, and who is late.
  package var homeSection: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML {
    { actor, page in
      let day = try await circulars.day(of: actor)
      return day.unread == 0 && day.lateReaders == 0 ? .empty : CircularTemplates.home(day, on: page)
    }
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.openFiles)
    let standard: CircularList = actor.may(.writeCirculars) ? .sent : .waiting
    let list = CircularList(rawValue: request.query("show")) ?? standard
    let found = try await circulars.list(list, before: RecordID(request.query("after")), for: actor)
    return CircularTemplates.list(found, list, on: try context.page)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.writeCirculars)
    return try await form(context, Typed(), [])
  }

  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    CircularTemplates.new(try await circulars.antennas.territory(), typed, errors, on: try context.page)
  }

  @Sendable func send(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.writeCirculars)
    do {
      let territory = try await circulars.antennas.territory()
      let new = try CircularForm.circular(
        context.typed, antennas: territory.antennas.map(\.id), today: try context.page.today)
      try await circulars.send(new, by: actor)
      return .seeOther(CircularPaths.show(new.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let shown = try await circulars.find(context.id("circular"), for: context.actor)
    let ids = (shown.missing + shown.readers).map(\.account) + [shown.circular.sentBy]
    return CircularTemplates.show(
      shown, try await circulars.accounts.names(of: ids), try await circulars.antennas.territory(),
      on: try context.page)
  }

  @Sendable func read(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<Circular> = try context.id("circular")
    try await circulars.read(id, by: context.actor)
    return .seeOther(CircularPaths.show(id), .saved)
  }
}

/// Links into the area.
package enum CircularPaths {
  package static let list = "/circulars"
  static let new = "/circulars/new"
  static func list(_ list: CircularList) -> String { "/circulars?show=\(list.rawValue)" }
  static func list(_ shown: CircularList, after id: RecordID<Circular>) -> String {
    "\(list(shown))&after=\(id)"
  }
  package static func show(_ id: RecordID<Circular>) -> String { "/circulars/\(id)" }
  static func reading(_ id: RecordID<Circular>) -> String { "/circulars/\(id)/reading" }
}
