import Antennas
import Basics
import Cases
import Documents
import HTTPTypes
import Hummingbird
import Pages
import Storage
import Web

/// The pages for a service without an account: one referral, behind its link.
struct AnswerPages: Sendable {
  let referrals: Referrals
  let isSecure: Bool
  /// So many links a minute that are none may come from one address, and only so many stand in the journal.
  private let guesses: RateLimiter

  init(referrals: Referrals, isSecure: Bool, guessesAMinute: Int) {
    guesses = RateLimiter(aMinute: guessesAMinute)
    self.referrals = referrals
    self.isSecure = isSecure
  }

  func addRoutes(to routes: Routes) {
    routes.get("/answers/:token", use: show)
    routes.get("/answers/:token/document", use: document)
    routes.post("/answers/:token/open", use: open)
    routes.post("/answers/:token/renewal", use: renew)
    routes.post("/answers/:token/:act", use: answer)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    try await shown(request, context, Typed(), [])
  }

  private func shown(_ request: Request, _ context: AppContext, _ typed: Typed, _ errors: [FieldError])
    async throws
    -> Response
  {
    let token = context.parameters.get("token") ?? ""
    var page = try context.page
    let known = visit(request, context)
    let visit = known ?? SessionCookie.newToken()
    if known == nil { page.csrf = SessionCookie.csrf(visit) }
    return try await guarded(context, token) {
      var response: Response
      if let found = try await referrals.look(token, visit: visit) {
        let territory = try await referrals.antennas.territory()
        response = AnswerTemplates.show(found, token, territory, typed, errors, on: page)
          .response(errors.isEmpty ? .ok : .unprocessableContent)
      } else {
        response = AnswerTemplates.closed(token, on: page).response()
      }
      if known == nil { response.setCookie(VisitCookie.cookie(visit, isSecure: isSecure)) }
      return response
    }
  }

  @Sendable func open(_ request: Request, _ context: AppContext) async throws -> Response {
    let token = context.parameters.get("token") ?? ""
    return try await guarded(context, token) {
      try await referrals.openLink(token, visit: visit(request, context) ?? "")
      return .seeOther(AnswerPaths.show(token))
    }
  }

  @Sendable func document(_ request: Request, _ context: AppContext) async throws -> Response {
    let token = context.parameters.get("token") ?? ""
    return try await guarded(context, token) {
      let opened = try await referrals.document(token, visit: visit(request, context) ?? "")
      // Its own name may be hers.
      return DocumentPages.response(referrals.documents, opened, isNamed: false)
    }
  }

  @Sendable func renew(_ request: Request, _ context: AppContext) async throws -> Response {
    let token = context.parameters.get("token") ?? ""
    return try await guarded(context, token) {
      try await referrals.renew(token)
      return AnswerTemplates.renewed(on: try context.page).response()
    }
  }

  @Sendable func answer(_ request: Request, _ context: AppContext) async throws -> Response {
    let token = context.parameters.get("token") ?? ""
    guard let act = context.parameters.get("act").flatMap({ Referral.Act(rawValue: $0) }) else {
      throw Refusal.notFound
    }
    let today = try context.page.today
    return try await guarded(context, token) {
      do {
        let answer = try ReferralForm.answer(act, context.typed, today: today)
        try await referrals.answer(token, visit: visit(request, context) ?? "", answer)
        if act == .acknowledge { return AnswerTemplates.thanks(on: try context.page).response() }
        return .seeOther(AnswerPaths.show(token), .saved)
      } catch Refusal.invalid(let errors) {
        return try await shown(request, context, context.typed, errors)
      }
    }
  }

  /// The browser: by its session where somebody is signed in, else by the cookie of its visit.
  private func visit(_ request: Request, _ context: AppContext) -> String? {
    context.token ?? request.cookies[VisitCookie.name]?.value
  }

  /// A link that is not good shows a page that says so, and nothing else; the journal tells.
  private func guarded(_ context: AppContext, _ token: String, _ body: () async throws -> Response)
    async throws
    -> Response
  {
    do {
      return try await body()
    } catch let why as Referrals.BadLink {
      try guesses.take(context.address, at: try context.page.now)
      try await referrals.noteBad(token, why)
      return AnswerTemplates.bad(why, token, on: try context.page).response(
        why == .unknown ? .notFound : .gone)
    } catch Refusal.gone {
      return AnswerTemplates.bad(.replaced, token, on: try context.page).response(.gone)
    }
  }
}

/// Links for services.
package enum AnswerPaths {
  package static func show(_ token: String) -> String { "/answers/\(token)" }
  static func open(_ token: String) -> String { "\(show(token))/open" }
  static func document(_ token: String) -> String { "\(show(token))/document" }
  static func renewal(_ token: String) -> String { "\(show(token))/renewal" }
  static func act(_ token: String, _ act: Referral.Act) -> String { "\(show(token))/\(act.rawValue)" }
}
