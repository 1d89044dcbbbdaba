import Basics
import Testing

@testable import Committees

@Suite struct `The grids of committees` {
  @Test func `that come with the program are whole, and every criterion counts the same`() throws {
    let grid = try #require(CommitteeGrids.own.grids.first)
    #expect(grid.source == nil)
    for track in CommitteeItem.Track.allCases {
      let criteria = grid.criteria(for: track)
      #expect(!criteria.isEmpty && Set(criteria.map(\.most)).count == 1)
    }
  }

  @Test func `say what is wrong with them, and where`() {
    let faulty = """
      grids:
        - version: "1"
          from: 2026-01-01
          source: own-proposal
          tracks:
            social:
              - code: need
                most: 10
                name: { fr: Besoin, en: Need }
      """
    #expect(throws: CommitteeGrids.Fault(description: "grid “1”: criterion “need”: no name in ar")) {
      try CommitteeGrids(yaml: faulty)
    }
  }

  @Test func `go by the day on which a session is convened`() throws {
    let first = try #require(Day("2026-01-01"))
    #expect(CommitteeGrids.own.grid(on: first + -1) == nil)
    #expect(CommitteeGrids.own.grid(on: first + 400)?.version == CommitteeGrids.own.grids.last?.version)
  }
}
