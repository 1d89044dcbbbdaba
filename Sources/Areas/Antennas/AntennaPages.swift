import Basics
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area.
package struct AntennaPages: Area {
  let antennas: Antennas

  package init(_ antennas: Antennas) { self.antennas = antennas }

  package var migrations: [Migration] { Antennas.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Antennas"), path: AntennaPaths.list, icon: .antenna, in: .house)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/antennas", use: list)
    routes.get("/antennas/:code", use: show)
    routes.post("/antennas/:code/coverage", use: cover)
    routes.post("/antennas/:code/coverage/end", use: end)
    routes.post("/antennas/:code/opening", use: open)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    _ = try context.actor
    return AntennaTemplates.list(try await antennas.territory(), on: try context.page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    _ = try context.actor
    let (antenna, territory) = try await antenna(context)
    return AntennaTemplates.show(antenna, territory, typed: Typed(), errors: [], on: try context.page)
  }

  @Sendable func cover(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAntennas)
    let (antenna, territory) = try await antenna(context)
    do {
      let coverage = try CoverageForm.checked(context.typed, of: antenna.id, in: territory)
      try await antennas.cover(coverage, by: actor)
    } catch Refusal.invalid(let errors) {
      return AntennaTemplates.show(
        antenna, territory, typed: context.typed, errors: errors, on: try context.page
      )
      .response(.unprocessableContent)
    }
    return .seeOther(AntennaPaths.show(antenna.id), .saved)
  }

  @Sendable func end(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAntennas)
    let (antenna, territory) = try await antenna(context)
    let typed = context.typed
    guard
      let coverage = territory.coverage.first(where: {
        $0.antenna == antenna.id && $0.governorate.rawValue == typed["governorate"]
          && $0.from == Day(typed["from"])
      })
    else { throw Refusal.notFound }
    try await antennas.end(coverage, on: try context.page.today, by: actor)
    return .seeOther(AntennaPaths.show(antenna.id), .saved)
  }

  @Sendable func open(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAntennas)
    let (antenna, territory) = try await antenna(context)
    var check = FormCheck(context.typed)
    let day = check.day("opened-on")
    guard check.errors.isEmpty else {
      return AntennaTemplates.show(
        antenna, territory, typed: context.typed, errors: check.errors, on: try context.page
      )
      .response(.unprocessableContent)
    }
    try await antennas.setOpened(antenna.id, on: day, by: actor)
    return .seeOther(AntennaPaths.show(antenna.id), .saved)
  }

  private func antenna(_ context: AppContext) async throws -> (Antenna, Territory) {
    let territory = try await antennas.territory()
    let code = context.parameters.get("code") ?? ""
    guard let antenna = territory.antennas.first(where: { $0.id.rawValue == code }) else {
      throw Refusal.notFound
    }
    return (antenna, territory)
  }
}

/// Links into the area.
package enum AntennaPaths {
  package static let list = "/antennas"
  package static func show(_ code: AntennaCode) -> String { "/antennas/\(code)" }
  static func coverage(_ code: AntennaCode) -> String { "/antennas/\(code)/coverage" }
  static func endCoverage(_ code: AntennaCode) -> String { "/antennas/\(code)/coverage/end" }
  static func opening(_ code: AntennaCode) -> String { "/antennas/\(code)/opening" }
}
