import Antennas
import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Pages
import Storage
import Web

/// The pages for a person without an account: free times behind her link, and the one she took.
struct BookingPages: Sendable {
  let agenda: Agenda
  let isSecure: Bool
  /// So many links a minute that are none may come from one address, and only so many stand in the journal.
  private let guesses: RateLimiter

  init(_ agenda: Agenda, isSecure: Bool, guessesAMinute: Int) {
    self.agenda = agenda
    self.isSecure = isSecure
    guesses = RateLimiter(aMinute: guessesAMinute)
  }

  func addRoutes(to routes: Routes) {
    routes.get("/times/:booking", use: show)
    routes.post("/times/:booking", use: take)
    routes.post("/times/:booking/cancellation", use: callOff)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    try await shown(request, context, [])
  }

  private func shown(_ request: Request, _ context: AppContext, _ errors: [FieldError]) async throws
    -> Response
  {
    let token = token(context)
    var page = try context.page
    let visit =
      request.cookies[VisitCookie.name] == nil && context.token == nil ? SessionCookie.newToken() : nil
    if let visit { page.csrf = SessionCookie.csrf(visit) }
    let shown = page
    return try await guarded(context) {
      let behind = try await agenda.look(token)
      let territory = try await agenda.antennas.territory()
      // In her language, until she chooses another on the page.
      let page = request.cookies["language"] == nil ? shown.speaking(behind.link.language) : shown
      var response = BookingTemplates.show(behind, token, territory, errors, on: page)
        .response(errors.isEmpty ? .ok : .unprocessableContent)
      response.headers[.cacheControl] = "no-store"
      if let visit { response.setCookie(VisitCookie.cookie(visit, isSecure: isSecure)) }
      return response
    }
  }

  @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
    let token = token(context)
    return try await guarded(context) {
      do {
        guard !context.typed["time"].isEmpty else {
          throw Refusal.invalid([FieldError("time", say("Choose a time."))])
        }
        try await agenda.take(context.typed["time"], behind: token)
        return .seeOther(BookingPaths.show(token))
      } catch Refusal.invalid(let errors) {
        return try await shown(request, context, errors)
      }
    }
  }

  @Sendable func callOff(_ request: Request, _ context: AppContext) async throws -> Response {
    let token = token(context)
    return try await guarded(context) {
      try await agenda.callOff(behind: token)
      return .seeOther(BookingPaths.show(token))
    }
  }

  private func token(_ context: AppContext) -> String { context.parameters.get("booking") ?? "" }

  /// A link that is not good shows a page that says so, and nothing else; the journal tells.
  private func guarded(_ context: AppContext, _ body: () async throws -> Response) async throws -> Response {
    do {
      return try await body()
    } catch let why as Agenda.BadLink {
      try await note(why, of: token(context), from: context.address, at: context.page.now)
      return BookingTemplates.bad(why, on: try context.page).response(why == .unknown ? .notFound : .gone)
    } catch Refusal.gone {
      return BookingTemplates.bad(.revoked, on: try context.page).response(.gone)
    }
  }

  /// The journal tells of a link that showed nothing.
  /// - Throws: `Refusal.tooMany` once the address has tried too many; then nothing more is written down.
  func note(_ why: Agenda.BadLink, of token: String, from address: String, at now: Date) async throws {
    try guesses.take(address, at: now)
    try await agenda.noteBad(token, why)
  }
}

/// Links for persons.
package enum BookingPaths {
  package static func show(_ token: String) -> String { "/times/\(token)" }
  static func cancellation(_ token: String) -> String { "\(show(token))/cancellation" }
}

extension Page {
  /// The same page in another language.
  func speaking(_ language: Language) -> Page {
    var page = Page(
      reader: Reader(language), actor: actor, csrf: csrf, path: path, now: now, isDemo: isDemo,
      navigation: navigation, notice: notice, assets: assets)
    page.isAnswer = isAnswer
    return page
  }
}
