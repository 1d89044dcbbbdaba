import Basics
import Hummingbird
import Pages

/// The language switch that stands on every page.
struct LanguagePages {
  let isSecure: Bool

  func addRoutes(to routes: Routes) {
    routes.get("/language/:code", use: choose)
  }

  @Sendable func choose(_ request: Request, _ context: AppContext) async throws -> Response {
    guard let language = context.parameters.get("code").flatMap({ Language(rawValue: $0) }) else {
      throw Refusal.notFound
    }
    var response = Response.seeOther(LocalPath.checked(request.query("to")))
    response.setCookie(
      Cookie(
        name: "language", value: language.rawValue, maxAge: 31_536_000, path: "/", secure: isSecure,
        httpOnly: true,
        sameSite: .lax))
    return response
  }
}

/// A place of this site that came with a request.
package enum LocalPath {
  /// The path itself when it stays on this site; the home page otherwise.
  package static func checked(_ path: String) -> String {
    let isLocal = path.hasPrefix("/") && !path.hasPrefix("//") && !path.hasPrefix("/\\")
    return isLocal && path.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) ? path : "/"
  }
}
