import Basics
import HTTPTypes
import Hummingbird
import NIOCore
import Pages
import Storage
import Web

/// The feed for calendars: its page for whoever owns it, and the calendar itself for whoever has the link.
struct AgendaFeedPages: Sendable {
  let agenda: Agenda
  /// So many links a minute that are none may come from one address.
  private let guesses: RateLimiter

  init(_ agenda: Agenda, guessesAMinute: Int) {
    self.agenda = agenda
    guesses = RateLimiter(aMinute: guessesAMinute)
  }

  func addRoutes(to routes: Routes) {
    routes.get("/agenda/feed", use: show)
    routes.post("/agenda/feed", use: make)
    routes.post("/agenda/feed/revocation", use: revoke)
    routes.get("/calendars/:feed", use: calendar)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.receivePersons)
    let link = try await agenda.feed(of: actor).map { agenda.publicURL + AgendaPaths.calendar($0) }
    return AgendaRoomTemplates.feed(
      link, isReached: !agenda.publicURL.isEmpty, on: try context.page)
  }

  @Sendable func make(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.receivePersons)
    let id = RecordID<AgendaFeed>(context.typed["once"]) ?? RecordID()
    try await agenda.makeFeed(id, by: context.actor)
    return .seeOther(AgendaPaths.feed, .saved)
  }

  @Sendable func revoke(_ request: Request, _ context: AppContext) async throws -> Response {
    try context.actor.must(.receivePersons)
    try await agenda.revokeFeed(by: context.actor)
    return .seeOther(AgendaPaths.feed, .saved)
  }

  /// - Throws: `Refusal.notFound` for every link that is not good, whatever is wrong with it.
  @Sendable func calendar(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let text = try await agenda.calendar(context.parameters.get("feed") ?? "") else {
      try guesses.take(context.address, at: agenda.now())
      throw Refusal.notFound
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/calendar; charset=utf-8", .cacheControl: "private, no-store"],
      body: .init(byteBuffer: ByteBuffer(string: text)))
  }
}
