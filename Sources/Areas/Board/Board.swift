import Antennas
import Basics
import Storage

/// One kind of thing that waits, as a room offers it to the board.
package struct BoardLine: Sendable {
  /// How much waits at an antenna, or at the centre where there is none; in one bounded query.
  package typealias Count =
    @Sendable (_ antenna: AntennaCode?, _ actor: Actor, _ today: Day, _ db: Connection) throws -> Waiting?

  package let kind: Kind
  /// The list behind a figure; nil where there is none for this reader.
  package let path: @Sendable (_ antenna: AntennaCode?, _ actor: Actor) -> String?
  package let count: Count

  package init(
    _ kind: Kind,
    path: @escaping @Sendable (_ antenna: AntennaCode?, _ actor: Actor) -> String? = { _, _ in nil },
    count: @escaping Count
  ) {
    self.kind = kind
    self.path = path
    self.count = count
  }
}

/// The door of the area: what waits at the antennas, for whom and since when.
package struct Board: Sendable {
  let database: Database
  let antennas: Antennas
  /// What the rooms offer, in the order in which it stands.
  let lines: [BoardLine]

  package init(database: Database, antennas: Antennas, lines: [BoardLine]) {
    self.database = database
    self.antennas = antennas
    self.lines = lines
  }

  /// The board of one moment: of all antennas and the centre, or of the actor's antenna.
  /// - Parameter chosen: one antenna of them; nil for all.
  /// - Throws: `Refusal.notAllowed` for whoever has nobody's cases in charge.
  package func read(at chosen: AntennaCode?, on today: Day, for actor: Actor) async throws -> BoardShown {
    let territory = try await antennas.territory()
    let places = try BoardRules.places(
      chosen, of: territory.antennas.map(\.id), for: actor)
    let lines = lines.filter { $0.kind.duty.map(actor.may) ?? true }
    return try await database.read { db in
      BoardShown(
        places: places,
        rows: try lines.map { line in
          BoardShown.Row(
            line: line,
            cells: try places.map { place in
              let waiting = try line.count(place, actor, today, db)
              return BoardShown.Cell(waiting: waiting, path: waiting.flatMap { _ in line.path(place, actor) })
            })
        })
    }
  }
}

/// What the page of the board shows.
package struct BoardShown: Sendable {
  package struct Cell: Sendable, Equatable {
    /// Nil where nothing waits.
    package let waiting: Waiting?
    package let path: String?
  }

  package struct Row: Sendable {
    package let line: BoardLine
    /// One a place.
    package let cells: [Cell]
  }

  /// Nil for the centre.
  package let places: [AntennaCode?]
  package let rows: [Row]
}
