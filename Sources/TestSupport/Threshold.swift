import Basics
import Hummingbird
import Pages
import Storage
import Web

/// A home page with nothing on it but what one room says.
package struct Threshold: Area {
  let section: @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML

  package init(section: @escaping @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML) {
    self.section = section
  }

  package var migrations: [Migration] { [] }

  package func addRoutes(to routes: Routes) { routes.get("/home", use: show) }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    return page.layout("Home", try await section(actor, page))
  }
}
