import Antennas
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// The page of the area: the board.
package struct BoardPages: Area {
  let board: Board

  package init(_ board: Board) { self.board = board }

  package var migrations: [Migration] { [] }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Board"), path: BoardPaths.show, icon: .plan, in: .steering, duty: .assignCases)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/board", use: show)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    let chosen = request.query("antenna")
    let shown = try await board.read(
      at: chosen.isEmpty ? nil : AntennaCode(rawValue: chosen), on: page.today, for: context.actor)
    let territory = try await board.antennas.territory()
    return shown.places.count == 1
      ? BoardTemplates.one(shown, territory, on: page) : BoardTemplates.all(shown, territory, on: page)
  }
}

/// Links into the area.
package enum BoardPaths {
  package static let show = "/board"
  static func show(_ antenna: AntennaCode) -> String { "/board?antenna=\(antenna)" }
}
