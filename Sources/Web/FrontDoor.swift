import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Pages

/// Everyone comes in here: finds the session, reads the form and checks where it came from, makes the page ready.
package struct FrontDoor: RouterMiddleware {
  package typealias Context = AppContext

  let site: Site
  let findSession: FindSession
  let limiter: RateLimiter
  let refusals: RefusalPages
  /// The route at a path where forms with files are taken.
  let filesRoute: @Sendable (_ path: String) -> Routes.Route?

  package init(
    site: Site, refusals: RefusalPages, filesRoute: @escaping @Sendable (_ path: String) -> Routes.Route?,
    findSession: @escaping FindSession
  ) {
    self.site = site
    self.refusals = refusals
    self.filesRoute = filesRoute
    self.findSession = findSession
    limiter = RateLimiter(aMinute: site.requestsAMinute)
  }

  package func handle(
    _ request: Request, context: AppContext,
    next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    do {
      if let detour = try await welcome(request, &context) { return .seeOther(detour) }
      return try await next(request, context)
    } catch {
      return refusals.answer(to: error, request, context)
    }
  }

  /// Fills in what the rest of the house asks of the context.
  /// - Returns: where the visitor must go first, if anywhere.
  private func welcome(_ request: Request, _ context: inout AppContext) async throws -> String? {
    let now = site.now()
    context.address = Self.address(of: request, connection: context.address, proxies: site.proxies)
    let cookies = request.cookies
    context.token = cookies[SessionCookie.name]?.value
    if let token = context.token, token.utf8.count == 64 {
      context.session = try await findSession(token, now)
      context.session?.actor.leaveNote = LeaveNote()
    }
    context.staffNames = site.staffNames
    context.pageOfRequest = page(for: request, context, cookies, at: now)
    try limiter.take(context.session?.actor.id.text ?? context.address, at: now)
    // No text of ours holds a zero byte, and no database takes one.
    guard !request.uri.string.contains("%00") else { throw HTTPError(.badRequest) }
    // Where a path is known and nothing can be posted, the router says so; any other POST proves whose it is first.
    if request.method == .post, refusals.methods(request.uri.path) != [.get] {
      try await readForm(of: request, &context)
    }
    guard let detour = context.session?.mustVisit, !Self.isFree(request.uri.path, detour) else { return nil }
    return detour
  }

  /// The form, when it was made by a page of ours for this very visitor.
  private func readForm(of request: Request, _ context: inout AppContext) async throws {
    guard Self.isSameOrigin(request) else { throw Refusal.conflict(Self.foreignForm) }
    let token = context.pageOfRequest?.csrf ?? ""
    if UploadForm.boundary(of: request) != nil, let route = filesRoute(request.uri.path) {
      // Nobody who has not signed in fills the disk.
      guard context.session != nil else { throw Refusal.signIn }
      (context.typed, context.files) = try await request.uploadedForm(
        upTo: site.uploadLimit, textLimit: site.formLimit, sealsFiles: route.sealsFiles,
        isOurs: { !token.isEmpty && $0 == token })
    } else {
      context.typed = try Typed(urlEncoded: await request.collectedBody(upTo: site.formLimit))
    }
    guard !token.isEmpty, context.typed["csrf"] == token else { throw Refusal.conflict(Self.foreignForm) }
    // A form that came back stands at an address of its own, which shows nothing.
    let stoodOn = context.typed["page"]
    if !stoodOn.isEmpty { context.pageOfRequest?.path = LocalPath.checked(stoodOn) }
  }

  static var foreignForm: Phrase {
    say("This form does not come from your present visit. Open the page again and send it once more.")
  }

  private func page(for request: Request, _ context: AppContext, _ cookies: Cookies, at now: Date) -> Page {
    let chosen = cookies["language"].flatMap { Language(rawValue: $0.value) }
    let language = chosen ?? context.session?.language ?? Self.preferredLanguage(request)
    // Without a cookie there is no visit that a form could belong to.
    let visit = context.token ?? cookies[VisitCookie.name]?.value
    var page = Page(
      reader: Reader(language), actor: context.session?.actor,
      csrf: visit.map(SessionCookie.csrf) ?? "",
      path: Self.pagePath(of: request), now: now, isDemo: site.isDemo, navigation: site.navigation,
      notice: Notice(rawValue: String(request.uri.queryParameters["notice"] ?? ""))?.text, assets: site.assets
    )
    page.isAnswer = request.method == .post
    return page
  }

  /// The address to come back to, after signing in or in another language: a form's own address shows nothing, so
  /// the page it stood on.
  static func pagePath(of request: Request) -> String {
    guard request.method == .post, let referer = request.headers[.referer],
      let page = URLComponents(string: referer), page.percentEncodedPath.hasPrefix("/")
    else { return request.uri.string }
    return LocalPath.checked(page.percentEncodedPath + (page.percentEncodedQuery.map { "?\($0)" } ?? ""))
  }

  private static func preferredLanguage(_ request: Request) -> Language {
    let wished = request.headers[.acceptLanguage]?.split(separator: ",").lazy.compactMap {
      Language(rawValue: String($0.drop(while: \.isWhitespace).prefix(2)).lowercased())
    }
    return wished?.first ?? .french
  }

  /// The last address that a believed proxy did not add itself.
  static func address(of request: Request, connection: String, proxies: Set<String>) -> String {
    guard proxies.contains(connection), let name = HTTPField.Name("X-Forwarded-For"),
      let forwarded = request.headers[name]
    else { return connection }
    let hops = forwarded.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    return hops.last { !proxies.contains($0) } ?? connection
  }

  /// What the browser says of where a form was made; one that says nothing still needs the form's token.
  static func isSameOrigin(_ request: Request) -> Bool {
    if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name] {
      return site == "same-origin" || site == "none"
    }
    guard let origin = request.headers[.origin] else { return true }
    return origin.drop(while: { $0 != "/" }).dropFirst(2) == (request.head.authority ?? "")
  }

  /// Signing out, the language and the place one must visit stay open on a detour.
  private static func isFree(_ path: String, _ detour: String) -> Bool {
    path.hasPrefix(detour) || path.hasPrefix("/sign-out") || path.hasPrefix("/language")
  }
}

/// Before anyone has signed in, this cookie ties a form to a visit.
package enum VisitCookie {
  package static let name = "visit"

  package static func cookie(_ visit: String, isSecure: Bool) -> Cookie {
    Cookie(name: name, value: visit, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
  }
}

/// What a page says once after something was done; it travels in the URL.
package enum Notice: String, CaseIterable, Sendable {
  case saved, received, closed, reopened, agreed, withdrawn, changed, discarded, left
  case joined, proposed, apart, doubted, parted
  case offered, accepted, declined
  case takenBack = "takenback"
  case broughtIn = "entered"

  package var text: Phrase {
    switch self {
    case .saved: say("Saved.")
    case .received: say("The file is open.")
    case .closed: say("The case is closed.")
    case .reopened: say("The case is open again.")
    case .agreed: say("The plan is agreed.")
    case .withdrawn: say("The consent is withdrawn.")
    case .changed: say("Changed.")
    case .discarded: say("Discarded.")
    case .left: say("Left out.")
    case .joined: say("The two files are joined.")
    case .proposed: say("It waits for a second person.")
    case .apart: say("They stay two persons.")
    case .doubted: say("The head of the antenna will decide.")
    case .parted: say("The two files stand by themselves again.")
    case .offered: say("Offered. Until it is answered the case stays with you.")
    case .accepted: say("The case is with your antenna now.")
    case .declined: say("The offer is declined.")
    case .takenBack: say("The offer is withdrawn.")
    case .broughtIn: say("Brought in. This is the report.")
    }
  }
}

extension Response {
  /// See the page that shows what was done, and say so there.
  package static func seeOther(_ path: String, _ notice: Notice) -> Response {
    let parts = path.split(separator: "#", maxSplits: 1)
    let anchor = parts.count > 1 ? "#\(parts[1])" : ""
    let mark = path.contains("?") ? "&" : "?"
    return .redirect(to: "\(parts[0])\(mark)notice=\(notice.rawValue)\(anchor)", type: .normal)
  }
}
