import Basics
import Cases
import Foundation
import Plans
import Storage
import TestSupport
import Testing

@testable import Visits

@Suite struct `The visits of a case` {
  @Test(arguments: TestDatabase.engines)
  func `the next one planned is due; with the first one made the case is in follow-up`(
    engine: Database.Engine
  )
    async throws
  {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id)
      let (late, soon) = (try await room.plan(id, in: 40), try await room.plan(id, in: 30))
      await #expect(throws: Refusal.sentBefore("planned-on")) {
        try await room.visits.plan(soon, on: room.today + 1, in: id, by: Staff.amel)
      }
      #expect(try await room.visits(id).map(\.plannedOn) == [room.today + 30, room.today + 40])
      var file = try await room.file(id)
      #expect(file.due?.what == .visit && file.due?.on == room.today + 30 && file.stage == .planned)

      room.clock.advance(days: 30)
      for _ in 0..<2 { try await room.visits.report(soon, room.report(), in: id, by: Staff.amel) }
      file = try await room.file(id)
      #expect(file.stage == .followUp && file.milestones.firstVisitOn == room.today)
      #expect(file.due?.on == room.today + 10)

      for _ in 0..<2 { try await room.visits.miss(late, because: .init(.away), in: id, by: Staff.amel) }
      #expect(try await room.file(id).due == nil)
      let visits = try await room.visits(id)
      #expect(visits.map(\.state) == [.done, .missed])
      #expect(visits.first?.report?.seen == "The oven is hot")
      #expect(visits.first?.report?.nextStep == "Come back in May")

      let recorded = Refusal.conflict(say("What came of this visit is recorded already."))
      await #expect(throws: recorded) {
        try await room.visits.report(late, room.report(), in: id, by: Staff.amel)
      }
      await #expect(throws: recorded) {
        try await room.visits.miss(soon, because: .init(.away), in: id, by: Staff.amel)
      }
      let acts = try await room.database.read { db in
        try Journal.history(of: room.cases.require(id, for: Staff.amel, in: db).subject, limit: 50, in: db)
          .map(\.act).filter { $0.hasPrefix("visit") }.sorted()
      }
      #expect(acts == ["visit.miss", "visit.plan", "visit.plan", "visit.report"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a visit before the plan is kept, and counts once the plan is agreed`(engine: Database.Engine)
    async throws
  {
    try await VisitRoom.with(engine) { room, id in
      try await room.visits.report(try await room.plan(id, in: 0), room.report(), in: id, by: Staff.amel)
      #expect(try await room.file(id).stage == .received)
      try await room.agree(id)
      #expect(try await room.file(id).stage == .followUp)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `reported by two at once, a visit is reported once`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      let visit = try await room.plan(id, in: 0)
      let done = await withTaskGroup(of: Bool.self) { group in
        for index in 0..<5 {
          group.addTask {
            do {
              try await room.visits.report(visit, room.report("Seen by \(index)"), in: id, by: Staff.amel)
              return true
            } catch is Refusal { return false } catch {
              Issue.record(error)
              return false
            }
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(done == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a visit needs the duty, a case in sight and an open one, and stays in its own case`(
    engine: Database.Engine
  )
    async throws
  {
    try await VisitRoom.with(engine) { room, id in
      let visit = try await room.plan(id, in: 0)
      await #expect(throws: Refusal.notAllowed(.recordVisits)) {
        try await room.visits.plan(RecordID(), on: room.today, in: id, by: Staff.dorra)
      }
      for actor in [Staff.emna, Staff.bilel] {
        await #expect(throws: Refusal.notFound) {
          try await room.visits.miss(visit, because: .init(.away), in: id, by: actor)
        }
      }
      let other = try await room.receive()
      await #expect(throws: Refusal.notFound) {
        try await room.visits.miss(visit, because: .init(.away), in: other, by: Staff.amel)
      }
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "x", closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      try await room.cases.close(id, closure, by: Staff.amel)
      let isClosed = Refusal.conflict(say("This case is closed. Open it again before you change it."))
      await #expect(throws: isClosed) {
        try await room.visits.miss(visit, because: .init(.away), in: id, by: Staff.amel)
      }
      #expect(try await room.visits(id).map(\.state) == [.calledOff])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what was seen cannot be read in the database, and no act reads or sorts a whole table`(
    engine: Database.Engine
  ) async throws {
    try await VisitRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let watched = VisitRoom(plans.watching(room.database))
      let visit = try await watched.plan(id, in: 0)
      try await watched.visits.report(visit, room.report(), in: id, by: Staff.amel)
      try await watched.visits.miss(
        try await watched.plan(id, in: 1), because: .init(.other, told: "A wedding"), in: id, by: Staff.amel)
      try await watched.agree(id, on: .project)
      try await watched.visits.planSchedule(in: id, by: Staff.amel)
      try await watched.visits.planSchedule(from: .activity(room.today), in: id, by: Staff.amel)
      let moved = try await watched.plan(id, in: 2)
      try await watched.visits.move(
        moved, to: room.today + 4, because: .init(.other, told: "A funeral"), as: RecordID(), in: id,
        by: Staff.amel)
      try await watched.visits.correct(
        visit, to: room.report("The oven is out"), from: 2, in: id, by: Staff.amel)
      _ = try await watched.visits(id)
      let stored = try await room.database.read { db in
        try [
          "SELECT seen FROM visit WHERE seen IS NOT NULL",
          "SELECT next_step FROM visit WHERE seen IS NOT NULL",
          "SELECT missed_told FROM visit WHERE missed_told IS NOT NULL",
          "SELECT told FROM visit_move WHERE told IS NOT NULL", "SELECT changes FROM journal_entry",
        ]
        .flatMap { try db.rows(SQL(stringLiteral: $0)) { try $0[0] as [UInt8] } }
      }
      for secret in ["oven", "Come back", "wedding", "funeral"] {
        #expect(stored.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil })
      }
      #expect(plans.steps.count > 20)
      for offence in plans.offences(small: ["visit_term"]) { Issue.record("\(offence)") }
    }
  }
}
