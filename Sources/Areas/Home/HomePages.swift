import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// What another area shows on the home page; empty where there is nothing to do.
package typealias HomeSection = @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML

/// The home page: my day.
package struct HomePages: Area {
  let cases: Cases
  let sections: [HomeSection]

  package init(cases: Cases, sections: [HomeSection] = []) {
    self.cases = cases
    self.sections = sections
  }

  package var migrations: [Migration] { [] }

  package var navigation: [NavigationItem] { [NavigationItem(say("My day"), path: "/", icon: .home)] }

  package func addRoutes(to routes: Routes) {
    routes.get("/", use: show)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    guard actor.may(.openFiles) else { return HomeTemplates.withoutFiles(on: page) }
    var others: [HTML] = []
    for section in sections { others.append(try await section(actor, page)) }
    return HomeTemplates.day(try await cases.day(of: actor), others, on: page)
  }
}
