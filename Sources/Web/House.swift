import Hummingbird
import NIOConcurrencyHelpers
import NIOCore
import Pages

/// Puts the rooms behind the front door.
package enum House {
  /// The router of the whole site.
  /// - Parameter beforeTheDoor: routes that need no session and no page: health.
  package static func router(
    site: Site, areas: [any Area], metrics: Metrics, findSession: @escaping FindSession,
    beforeTheDoor: (Router<AppContext>) -> Void = { _ in }
  ) -> (router: Router<AppContext>, routes: [Routes.Route]) {
    var site = site
    site.navigation = Navigation(areas.flatMap(\.navigation), site.assets)
    let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
    beforeTheDoor(router)
    // The list is complete only after every area has added its routes; the refusals ask for it at each request.
    let list = NIOLockedValueBox<[Routes.Route]>([])
    let refusals = RefusalPages(site: site) { path in list.withLockedValue { $0 }.methods(of: path) }
    router.add(middleware: SecurityHeaders(isSecure: site.isSecure, metrics: metrics))
    addAssets(site.assets, to: router)
    router.add(
      middleware: FrontDoor(
        site: site, refusals: refusals, filesRoute: { path in list.withLockedValue { $0 }.takingFiles(path) },
        findSession: findSession))
    let routes = Routes(router)
    LanguagePages(isSecure: site.isSecure).addRoutes(to: routes)
    StylePages().addRoutes(to: routes)
    for area in areas { area.addRoutes(to: routes) }
    list.withLockedValue { $0 = routes.list }
    return (router, routes.list)
  }

  /// Hashed names never change their content: browsers keep them for a year.
  private static func addAssets(_ assets: Assets, to router: Router<AppContext>) {
    router.get("assets/**") { request, _ -> Response in
      guard let asset = assets[request.uri.path] else { throw HTTPError(.notFound) }
      return Response(
        status: .ok,
        headers: [
          .contentType: asset.contentType, .cacheControl: "public, max-age=31536000, immutable",
        ],
        body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
    }
  }
}
