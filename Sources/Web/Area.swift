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
    /// A form with files is read at this path, up to the larger limit.
    package var takesFiles = false
    /// Until the request is done they lie on the disk sealed: for what names a person and needs no other program.
    package var sealsFiles = false

    package init(
      method: HTTPRequest.Method, path: String, takesFiles: Bool = false, sealsFiles: Bool = false
    ) {
      self.method = method
      self.path = path
      self.takesFiles = takesFiles
      self.sealsFiles = sealsFiles
    }
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

  /// - Parameters:
  ///   - takesFiles: the form brings a file.
  ///   - sealsFiles: as in `Route`.
  package func post(
    _ path: String, takesFiles: Bool = false, sealsFiles: Bool = false,
    use handler: @escaping @Sendable (Request, AppContext) async throws -> some ResponseGenerator
  ) {
    on(.post, path, takesFiles: takesFiles, sealsFiles: sealsFiles, handler)
  }

  private func on(
    _ method: HTTPRequest.Method, _ path: String, takesFiles: Bool = false, sealsFiles: Bool = false,
    _ handler: @escaping @Sendable (Request, AppContext) async throws -> some ResponseGenerator
  ) {
    list.append(Route(method: method, path: path, takesFiles: takesFiles, sealsFiles: sealsFiles))
    router.on(RouterPath(path), method: method, use: handler)
  }
}

extension [Routes.Route] {
  /// The methods under which a path is known, each once.
  package func methods(of path: String) -> [HTTPRequest.Method] {
    let matching = matching(path)
    return [.get, .post].filter { method in matching.contains { $0.method == method } }
  }

  /// The route at this path whose form brings files.
  func takingFiles(_ path: String) -> Element? { matching(path).first(where: \.takesFiles) }

  private func matching(_ path: String) -> [Element] {
    let parts = path.split(separator: "/")
    return filter { route in
      let pattern = route.path.split(separator: "/")
      return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix(":") || $0 == $1 }
    }
  }
}
