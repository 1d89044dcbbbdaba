import Basics
import Hummingbird
import Pages

/// The components of the pages, shown on a demonstration only: for those who build pages, and for those who translate.
struct StylePages {
  func addRoutes(to routes: Routes) {
    routes.get("/style", use: show)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    guard page.isDemo else { throw Refusal.notFound }
    return page.styleGuide()
  }
}
