import Basics
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `The day by which a plan is due` {
  @Test(arguments: TestDatabase.engines)
  func `counts the days that the installation sets, also for cases that wait already`(
    engine: Database.Engine
  ) async throws {
    try await CaseRoom.with(engine) { room in
      let waiting = try await room.receive()
      let planned = try await room.receive("Nour")
      try await room.database.write { db in
        let file = try room.cases.require(planned, for: Staff.amel, in: db).file
        try room.cases.record(file, in: db) { $0.planAgreedOn = room.today }
      }
      func due(_ id: RecordID<CaseFile>) async throws -> Day? {
        try await room.cases.open(id, for: Staff.amel).file.due?.on
      }
      try await room.cases.renewDueDays()
      #expect(try await due(waiting) == room.today + 30)

      let plans = QueryPlans()
      let stricter = CaseRoom(plans.watching(room.database), daysToPlan: 10)
      for _ in 0..<2 { try await stricter.cases.renewDueDays() }
      #expect(try await due(waiting) == room.today + 10)
      #expect(try await due(planned) == nil)
      for offence in plans.offences() { Issue.record("\(offence)") }
      let new = try await stricter.receive("Wided")
      #expect(try await due(new) == stricter.today + 10)
      // And back again.
      try await room.cases.renewDueDays()
      #expect(try await due(waiting) == room.today + 30)
    }
  }
}
