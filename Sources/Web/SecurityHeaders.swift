import Foundation
import HTTPTypes
import Hummingbird

/// What browsers are told of every answer, which is counted on its way out. Source: OWASP Secure Headers Project.
package struct SecurityHeaders: RouterMiddleware {
  package typealias Context = AppContext

  private let headers: HTTPFields
  private let metrics: Metrics

  package init(isSecure: Bool, metrics: Metrics) {
    self.metrics = metrics
    var headers = HTTPFields()
    func set(_ name: String, _ value: String) {
      if let name = HTTPField.Name(name) { headers[name] = value }
    }
    set(
      "Content-Security-Policy",
      "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
    set("X-Content-Type-Options", "nosniff")
    set("Referrer-Policy", "same-origin")
    set("Cross-Origin-Opener-Policy", "same-origin")
    set("Cross-Origin-Resource-Policy", "same-origin")
    set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
    if isSecure { set("Strict-Transport-Security", "max-age=31536000; includeSubDomains") }
    self.headers = headers
  }

  package func handle(
    _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    var response = try await next(request, context)
    metrics.count(status: response.status.code, seconds: (ContinuousClock.now - start).seconds)
    // A file that is handed out may say it more strictly.
    for field in headers where response.headers[field.name] == nil {
      response.headers[field.name] = field.value
    }
    // A page names persons: no cache may keep it, not even the browser's after signing out.
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension Duration {
  fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
