import Antennas
import Basics
import Board
import Foundation
import Storage
import TestSupport
import Testing

@testable import Server

@Suite struct `The statements of the board` {
  @Test(arguments: TestDatabase.engines)
  func `count without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await Premises.withDatabase(engine) { database in
      let plans = QueryPlans()
      let now = TestClock.start
      let house = Installation(database: plans.watching(database), now: { now })
      let board = Board(database: house.database, antennas: house.antennas, lines: house.boardLines)
      let centre = Actor(
        id: AccountID(), name: "Centre", institution: "OTE", antenna: nil, scope: .nation,
        duties: Set(Duty.allCases))
      let shown = try await board.read(at: nil, on: Day(of: now), for: centre)
      #expect(shown.rows.count == house.boardLines.count)
      #expect(plans.steps.count > shown.rows.count * 9)
      let small: Set = ["antenna", "coverage", "governorate", "country", "institution", "account"]
      for offence in Set(plans.offences(small: small)) { Issue.record("\(offence)") }
    }
  }
}
