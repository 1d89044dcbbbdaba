import Basics
import HTTPTypes
import Hummingbird
import Pages
import Storage

/// A room of the house, as the server sees it.
package protocol Area: Sendable {
  /// The tables' history.
  var migrations: [Migration] { get }
  /// What it adds to the navigation.
  var navigation: [NavigationItem] { get }
  /// Its pages.
  func addRoutes(to routes: Routes)
}

extension Area {
  package var navigation: [NavigationItem] { [] }
}

/// The routes of the house: given to the router, and kept as a list for "wrong method" and for the tests that walk all.
package final class Routes {
  package struct Route: Sendable, Hashable {
    package let method: HTTPRequest.Method
    /// With its parameters as `:id`.
    package let path: String
  }

  private let router: Router<AppContext>
  package private(set) var list: [Route] = []

  package init(_ router: Router<AppContext>) { self.router = router }

  package func get(
    _ path: String,
    use handler: @escaping @Sendable (Request, AppContext) async throws -> some ResponseGenerator
  ) {
    on(.get, path, handler)
  }

  package func post(
    _ path: String,
    use handler: @escaping @Sendable (Request, AppContext) async throws -> some ResponseGenerator
  ) {
    on(.post, path, handler)
  }

  private func on(
    _ method: HTTPRequest.Method, _ path: String,
    _ handler: @escaping @Sendable (Request, AppContext) async throws -> some ResponseGenerator
  ) {
    list.append(Route(method: method, path: path))
    router.on(RouterPath(path), method: method, use: handler)
  }
}

extension [Routes.Route] {
  /// The methods under which a path is known, each once.
  package func methods(of path: String) -> [HTTPRequest.Method] {
    let parts = path.split(separator: "/")
    let matching = filter { route in
      let pattern = route.path.split(separator: "/")
      return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
    return [.get, .post].filter { method in matching.contains { $0.method == method } }
  }
}
