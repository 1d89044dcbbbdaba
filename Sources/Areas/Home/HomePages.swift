import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// The home page: my day.
package struct HomePages: Area {
  let cases: Cases

  package init(cases: Cases) { self.cases = cases }

  package var migrations: [Migration] { [] }

  package var navigation: [NavigationItem] { [NavigationItem(say("My day"), path: "/", icon: .home)] }

  package func addRoutes(to routes: Routes) {
    routes.get("/", use: show)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    guard actor.may(.openFiles) else { return HomeTemplates.withoutFiles(on: page) }
    return HomeTemplates.day(try await cases.day(of: actor), on: page)
  }
}
