import Accounts
import Antennas
import Basics
import Cases
import Hummingbird
import Pages
import Storage
import Web

/// What another area shows on the home page; empty where there is nothing to do.
package typealias HomeSection = @Sendable (_ actor: Actor, _ page: Page) async throws -> HTML

/// The home page: my day, and for those who have others' cases in charge where these stand.
package struct HomePages: Area {
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  let sections: [HomeSection]
  let later: [HomeSection]
  /// Where somebody of a service outside goes instead.
  let outside: String

  /// - Parameters:
  ///   - sections: what somebody waits for; they stand first.
  ///   - later: what may be taken up when one's own cases are done.
  ///   - outside: where somebody of a service outside goes instead.
  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, sections: [HomeSection] = [],
    later: [HomeSection] = [], outside: String = "/account"
  ) {
    self.outside = outside
    self.later = later
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.sections = sections
  }

  package var migrations: [Migration] { [] }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("My day"), path: "/", icon: .home, in: .day)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/", use: show)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    guard try !context.anyActor.isOutside else { return .seeOther(outside) }
    return try await shown(context).response()
  }

  private func shown(_ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    guard actor.may(.openFiles) else { return HomeTemplates.withoutFiles(on: page) }
    var first: [HTML] = []
    for section in sections { first.append(try await section(actor, page)) }
    first.append(try await caseload(for: actor, on: page))
    // The centre accompanies nobody itself.
    if actor.scope == .nation { return HomeTemplates.centre(first, on: page) }
    var last: [HTML] = []
    for section in later { last.append(try await section(actor, page)) }
    return HomeTemplates.day(try await cases.day(of: actor), first, last, on: page)
  }

  private func caseload(for actor: Actor, on page: Page) async throws -> HTML {
    guard let caseload = try await cases.caseload(for: actor) else { return .empty }
    let contacts = caseload.lines.compactMap { line in
      if case .contact(let id) = line.holder { id } else { nil as AccountID? }
    }
    return CaseloadTemplates.section(
      caseload, try await antennas.territory(), contacts: try await accounts.names(of: contacts), on: page)
  }
}
