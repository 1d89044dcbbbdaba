import Antennas
import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Pages
import Storage
import Web

/// The page behind a link, for somebody without an account; and what those who keep the directory do with links.
package struct ConfirmPages: Area {
  let directory: Directory
  let isSecure: Bool
  /// Tries a minute from one address; beyond that nothing is looked up and nothing written.
  private let limiter: RateLimiter

  /// - Parameter guessesAMinute: so many tries may come from one address; 0 for no limit.
  package init(_ directory: Directory, isSecure: Bool, guessesAMinute: Int = 20) {
    self.directory = directory
    self.isSecure = isSecure
    limiter = RateLimiter(aMinute: guessesAMinute)
  }

  package var migrations: [Migration] { [] }

  package func addRoutes(to routes: Routes) {
    routes.get("/directory/confirm/:link", use: show)
    routes.post("/directory/confirm/:link", use: answer)
    routes.post("/directory/services/:service/links", use: make)
    routes.post("/directory/links/:own/revocation", use: revoke)
    routes.post("/directory/services/:service/confirmation", use: confirm)
    routes.post("/directory/answers/:answer/taking", use: take)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    var page = try context.page
    let visit =
      request.cookies[VisitCookie.name] == nil && context.token == nil ? SessionCookie.newToken() : nil
    if let visit { page.csrf = SessionCookie.csrf(visit) }
    var response = try await shown(context, Typed(), [], on: page)
    // The form's token derives from this cookie.
    if let visit { response.setCookie(VisitCookie.cookie(visit, isSecure: isSecure)) }
    return response
  }

  private func shown(_ context: AppContext, _ typed: Typed, _ errors: [FieldError], on page: Page)
    async throws
    -> Response
  {
    let token = context.parameters.get("link") ?? ""
    do {
      try limiter.take(context.address, at: page.now)
      let behind = try await directory.behind(token)
      let territory = try await directory.antennas.territory()
      var response = ConfirmTemplates.show(behind, token, territory, typed, errors, on: page).response(
        errors.isEmpty ? .ok : .unprocessableContent)
      response.headers[.cacheControl] = "no-store"
      return response
    } catch Refusal.notFound {
      return ConfirmTemplates.nothing(on: page).response(.notFound)
    }
  }

  @Sendable func answer(_ request: Request, _ context: AppContext) async throws -> Response {
    let page = try context.page
    let token = context.parameters.get("link") ?? ""
    do {
      let form = try ConfirmForm.checked(context.typed)
      try limiter.take(context.address, at: page.now)
      try await directory.answer(token, form.kind, words: form.words)
      return .seeOther(ConfirmPaths.show(token))
    } catch Refusal.invalid(let errors) {
      return try await shown(context, context.typed, errors, on: page)
    } catch Refusal.notFound {
      return ConfirmTemplates.nothing(on: page).response(.notFound)
    }
  }

  @Sendable func make(_ request: Request, _ context: AppContext) async throws -> Response {
    let service: RecordID<Service> = try context.id("service")
    var check = FormCheck(context.typed)
    try await directory.makeLink(check.newID(), to: service, by: context.actor)
    return .seeOther(ConfirmPaths.confirmations(service), .saved)
  }

  @Sendable func revoke(_ request: Request, _ context: AppContext) async throws -> Response {
    let service = try await directory.revoke(context.id("own"), by: context.actor)
    return .seeOther(ConfirmPaths.confirmations(service), .saved)
  }

  @Sendable func confirm(_ request: Request, _ context: AppContext) async throws -> Response {
    let service: RecordID<Service> = try context.id("service")
    var check = FormCheck(context.typed)
    try await directory.confirm(service, as: check.newID(), by: context.actor)
    return .seeOther(ConfirmPaths.confirmations(service), .saved)
  }

  @Sendable func take(_ request: Request, _ context: AppContext) async throws -> Response {
    let service = try await directory.take(context.id("answer"), by: context.actor)
    return .seeOther(ConfirmPaths.confirmations(service), .saved)
  }
}

/// Links into these pages.
enum ConfirmPaths {
  static let root = "/directory/confirm"
  static func show(_ token: String) -> String { "\(root)/\(token)" }
  static func make(_ id: RecordID<Service>) -> String { "\(DirectoryPaths.service(id))/links" }
  static func confirm(_ id: RecordID<Service>) -> String { "\(DirectoryPaths.service(id))/confirmation" }
  static func confirmations(_ id: RecordID<Service>) -> String {
    "\(DirectoryPaths.service(id))#confirmations"
  }
  static func revoke(_ id: RecordID<ServiceLink>) -> String { "/directory/links/\(id)/revocation" }
  static func take(_ id: RecordID<ServiceAnswer>) -> String { "/directory/answers/\(id)/taking" }
}

/// What the owner of a service answers.
enum ConfirmForm {
  static func checked(_ typed: Typed) throws(Refusal) -> (kind: ServiceAnswer.Kind, words: String?) {
    var check = FormCheck(typed)
    let kind: ServiceAnswer.Kind? = check.required(
      choice: "answer", say("Choose one of the answers offered."))
    let words = check.paragraph("words", limit: 2_000)
    if kind == .changed, words == nil { check.refuse("words", say("Write what has changed.")) }
    try check.finish()
    guard let kind else { throw .invalid(check.errors) }
    return (kind, words)
  }
}
