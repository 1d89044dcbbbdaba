import Basics
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Pages
import Storage

/// The one place where a "no" and a fault become a page.
package struct RefusalPages: Sendable {
  let site: Site
  /// The methods under which a path is known, for "wrong method".
  let methods: @Sendable (_ path: String) -> [HTTPRequest.Method]

  package init(site: Site, methods: @escaping @Sendable (_ path: String) -> [HTTPRequest.Method]) {
    self.site = site
    self.methods = methods
  }

  func answer(to error: any Error, _ request: Request, _ context: AppContext) -> Response {
    switch error {
    case let refusal as Refusal: answer(to: refusal, request, context)
    case let error as HTTPError where error.status == .notFound: notFound(request, context)
    case let error as HTTPError where error.status.code < 500: wrongRequest(error.status, request, context)
    case StorageFault.unavailable, StorageFault.full, StorageFault.timeout:
      fault(error, .serviceUnavailable, request, context)
    default: fault(error, .internalServerError, request, context)
    }
  }

  private func answer(to refusal: Refusal, _ request: Request, _ context: AppContext) -> Response {
    let page = page(request, context)
    switch refusal {
    case .notFound: return notFound(request, context)
    case .gone(let phrase): return message(.gone, page("Erased"), page(phrase), page)
    case .signIn: return .seeOther("/sign-in?to=\(Self.escaped(page.path))")
    case .notAllowed(let duty):
      return message(
        .forbidden, page("Not allowed"),
        page("Your account does not have the duty “\(page(duty.label))”. Ask the head of your antenna."), page
      )
    case .conflict(let phrase):
      return message(.conflict, page("This is not possible now"), page(phrase), page)
    case .changedMeanwhile:
      return message(
        .conflict, page("Someone else saved first"), page("Go back: what you typed is still there."), page)
    case .invalid(let errors):
      return message(
        .unprocessableContent, page("Something needs mending"),
        errors.map { page($0.message) }.joined(separator: " "), page)
    case .tooMany(let seconds):
      var response = message(
        .tooManyRequests, page("Too many requests"),
        page(seconds, one: "Try again in a second.", many: "Try again in \(seconds) seconds."), page)
      response.headers[.retryAfter] = String(seconds)
      return response
    }
  }

  private func notFound(_ request: Request, _ context: AppContext) -> Response {
    let allowed = methods(request.uri.path)
    if !allowed.isEmpty, !allowed.contains(request.method), request.method != .head {
      var response = wrongRequest(.methodNotAllowed, request, context)
      response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
      return response
    }
    let page = page(request, context)
    return message(
      .notFound, page("Page not found"),
      page("There is nothing here, or nothing that your account may see."), page)
  }

  private func wrongRequest(_ status: HTTPResponse.Status, _ request: Request, _ context: AppContext)
    -> Response
  {
    let page = page(request, context)
    let text =
      switch status {
      case .contentTooLarge: page("This is too large to be sent.")
      case .methodNotAllowed: page("This address cannot be used in this way.")
      case .requestTimeout: page("It took too long to send this. Try again.")
      default: page("The request could not be read. Go back and try again.")
      }
    return message(status, page("This did not work"), text, page)
  }

  /// The details go to the log; the reader gets a number to quote, never our internals.
  private func fault(
    _ error: any Error, _ status: HTTPResponse.Status, _ request: Request, _ context: AppContext
  ) -> Response {
    context.logger.error(
      "request failed", metadata: ["error": "\(error)", "route": "\(context.endpointPath ?? "")"])
    let page = page(request, context)
    return message(
      status, page("Something went wrong on our side"),
      page(
        "Nothing you sent was half-saved. Try again; if it happens again, quote \(context.number) when you call."
      ),
      page)
  }

  private func message(_ status: HTTPResponse.Status, _ title: String, _ text: String, _ page: Page)
    -> Response
  {
    let place = String(page.path.prefix { $0 != "?" })
    let back: HTML =
      page.isAnswer && place != "/" && methods(place).contains(.get)
      ? "<p><a href=\"\(page.path)\">\(page("Back to where you were"))</a></p>" : .empty
    return page.bareLayout(
      title, "<h1>\(title)</h1><p>\(text)</p>\(back)<p><a href=\"/\">\(page("Back to my day"))</a></p>"
    )
    .response(status)
  }

  /// A page even where the front door did not get as far as making one.
  private func page(_ request: Request, _ context: AppContext) -> Page {
    context.pageOfRequest
      ?? Page(
        reader: Reader(request.cookies["language"].flatMap { Language(rawValue: $0.value) } ?? .french),
        actor: nil,
        csrf: "", path: "/", now: site.now(), isDemo: site.isDemo, navigation: .none, notice: nil,
        assets: site.assets)
  }

  private static func escaped(_ path: String) -> String {
    path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
  }
}
