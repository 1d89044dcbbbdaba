import Basics
import Cases
import Foundation
import Plans
import Storage
import TestSupport
import Testing

@testable import Visits

@Suite struct `What becomes of visits` {
  @Test(arguments: TestDatabase.engines)
  func `the schedule of an agreed plan is planned by one act, however often it is done`(
    engine: Database.Engine
  ) async throws {
    try await VisitRoom.with(engine) { room, id in
      let tooEarly = Refusal.conflict(
        say("The visits are counted from the day the plan is agreed. Agree it first."))
      await #expect(throws: tooEarly) { try await room.visits.planSchedule(in: id, by: Staff.amel) }
      try await room.agree(id, on: .project)
      let agreed = room.today
      for _ in 0..<2 { try await room.visits.planSchedule(in: id, by: Staff.amel) }
      var visits = try await room.visits(id)
      #expect(visits.map(\.month) == [1, 3, 6, 12, 24])
      #expect(visits.map(\.plannedOn) == [1, 3, 6, 12, 24].map { agreed.adding(months: $0) })
      #expect(try await room.file(id).due?.on == agreed.adding(months: 1))
      let acts = try await room.acts(id)
      #expect(acts.map(\.act) == ["visit.schedule"])
      #expect(acts.first?.changes.count == 5)

      // The activity began ten days later: what nobody touched goes along.
      try await room.visits.move(
        visits[1].id, to: agreed + 100, because: .init(.away), as: RecordID(), in: id, by: Staff.amel)
      for _ in 0..<2 {
        try await room.visits.planSchedule(from: .activity(agreed + 10), in: id, by: Staff.amel)
      }
      visits = try await room.visits(id)
      #expect(
        visits.map(\.plannedOn) == [
          (agreed + 10).adding(months: 1), agreed + 100, (agreed + 10).adding(months: 6),
          (agreed + 10).adding(months: 12), (agreed + 10).adding(months: 24),
        ])
      #expect(try await room.acts(id).count == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `closing a case calls off what is planned, and opened again the schedule asks anew`(
    engine: Database.Engine
  ) async throws {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id, on: .project)
      try await room.visits.planSchedule(in: id, by: Staff.amel)
      let byHand = try await room.plan(id, in: 3)
      let first = try #require(try await room.visits(id).first { $0.month == 1 })
      try await room.visits.report(first.id, room.report(), in: id, by: Staff.amel)
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      for _ in 1...2 { try await room.cases.close(id, closure, by: Staff.amel) }
      let closed = try await room.visits(id)
      #expect(closed.count { $0.state == .calledOff && $0.calledOffOn == room.today } == 5)
      #expect(closed.first { $0.id == first.id }?.state == .done)
      #expect(try await room.file(id).milestones.nextVisitOn == nil)
      let told = try await room.acts(id).filter { $0.act == "visit.call-off" }
      #expect(told.count == 1)
      #expect(told.first?.changes.first?.before?.contains((room.today + 3).description) == true)
      let facts = try await room.database.read { db in
        try db.rows("SELECT state FROM visit_fact ORDER BY state") { try $0[0] as String }
      }
      #expect(facts == Array(repeating: "called-off", count: 5) + ["done"])

      try await room.cases.reopen(id, reason: "She asks again", by: Staff.chokri)
      #expect(try await room.file(id).milestones.nextVisitOn == nil)
      await #expect(throws: Refusal.self) {
        try await room.visits.move(
          byHand, to: room.today + 9, because: .init(.away), as: RecordID(), in: id, by: Staff.amel)
      }
      try await room.visits.planSchedule(in: id, by: Staff.amel)
      let again = try await room.visits(id).filter { $0.state == .planned }
      #expect(again.map(\.month) == [3, 6, 12, 24])
      #expect(try await room.file(id).due?.what == .visit)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a track that comes later adds what is missing and moves nothing`(engine: Database.Engine) async throws
  {
    try await VisitRoom.with(engine) { room, id in
      let term = VisitTerms.Term(name: .social, from: room.today + -30, numbers: [2])
      for _ in 0..<2 { try await room.visits.set(term, by: Staff.hela) }
      await #expect(throws: Refusal.notAllowed(.manageFollowUp)) {
        try await room.visits.set(term, by: Staff.amel)
      }
      try await room.agree(id, on: .social)
      try await room.visits.planSchedule(in: id, by: Staff.amel)
      let first = try await room.visits(id)
      #expect(first.map(\.month) == [2])
      try await room.visits.move(
        first[0].id, to: room.today + 70, because: .init(.road), as: RecordID(), in: id, by: Staff.amel)
      try await room.add(.employment, to: id)
      try await room.visits.planSchedule(in: id, by: Staff.amel)
      let visits = try await room.visits(id)
      #expect(visits.map(\.month) == [1, 2, 3, 6, 12, 24])
      #expect(visits.first { $0.month == 2 }?.plannedOn == room.today + 70)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `planned by five at once, the schedule is planned once`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id, on: .project)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<5 {
          group.addTask { try await room.visits.planSchedule(in: id, by: Staff.amel) }
        }
        try await group.waitForAll()
      }
      #expect(try await room.visits(id).count == 5)
      #expect(try await room.acts(id).count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `moved again and again, it shows the day it was planned for at first`(engine: Database.Engine)
    async throws
  {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id)
      let visit = try await room.plan(id, in: 3)
      let first = room.today + 3
      let move = RecordID<Visit.Move>()
      let why = Visit.Hindrance(.other, told: "A wedding in Zarzis")
      for _ in 0..<2 {
        try await room.visits.move(visit, to: room.today + 9, because: why, as: move, in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.sentBefore("moved-to")) {
        try await room.visits.move(visit, to: room.today + 10, because: why, as: move, in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.self) {
        try await room.visits.move(
          visit, to: room.today + 9, because: why, as: RecordID(), in: id, by: Staff.amel)
      }
      room.clock.advance(days: 1)
      try await room.visits.move(
        visit, to: room.today + 20, because: .init(.counsellor), as: RecordID(), in: id, by: Staff.amel)
      let moved = try #require(try await room.visits(id).first)
      #expect(moved.firstPlannedOn == first && moved.plannedOn == room.today + 20)
      #expect(moved.moves.map(\.why) == [why, .init(.counsellor)])
      #expect(try await room.file(id).due?.on == room.today + 20)
      try await room.visits.report(visit, room.report(), in: id, by: Staff.amel)
      await #expect(throws: Refusal.self) {
        try await room.visits.move(visit, to: first, because: why, as: RecordID(), in: id, by: Staff.amel)
      }
      let told = try await room.acts(id).first { $0.act == "visit.move" }
      #expect(told?.changes.contains { $0.field == "planned-on" && $0.before == "2026-03-21" } ?? false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a missed visit says why, and leaves a new one`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id)
      let visit = try await room.plan(id, in: 0)
      let again = (id: RecordID<Visit>(), day: room.today + 7)
      let why = Visit.Hindrance(.other, told: "The bridge is closed")
      for _ in 0..<2 {
        try await room.visits.miss(visit, because: why, again: again, in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.sentBefore("again-on")) {
        try await room.visits.miss(
          visit, because: why, again: (again.id, again.day + 1), in: id, by: Staff.amel)
      }
      // A colleague who recorded the same at the same moment hears that it is recorded.
      await #expect(throws: Refusal.conflict(say("What came of this visit is recorded already."))) {
        try await room.visits.miss(
          visit, because: why, again: (RecordID(), again.day), in: id, by: Staff.chokri)
      }
      let visits = try await room.visits(id)
      #expect(visits.map(\.state) == [.missed, .planned])
      #expect(visits[0].missed == why)
      #expect(try await room.file(id).due?.on == again.day)
      #expect(try await room.acts(id).map(\.act).sorted() == ["visit.miss", "visit.plan", "visit.plan"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a report in full is kept as it was told, sealed where it speaks, and figures name nobody`(
    engine: Database.Engine
  ) async throws {
    try await VisitRoom.with(engine) { room, id in
      let visit = try await room.plan(id, in: 0)
      var report = `The report of a visit`.full
      report.seen = "Eleven kazoos"
      try await room.visits.report(visit, report, in: id, by: Staff.amel)
      let kept = try #require(try await room.visits(id).first)
      #expect(kept.report == report)
      #expect(kept.author == Visit.Author(by: Staff.amel.id, at: room.clock.now, version: 2))
      let facts = try await room.database.read { db in
        try db.first(
          "SELECT antenna, income_from, jobs_created_men, difficulties, wish, moves FROM visit_fact"
        ) { row in
          "\(try row[0] as String) \(try row[1] as Int) \(try row[2] as Int) \(try row[3] as String) \(try row[4] as String) \(try row[5] as Int)"
        }
      }
      #expect(facts == "TUN 300 2 money other thinks 0")
      let sealed = try await room.database.read { db in
        try db.rows("SELECT told FROM visit") { try $0[0] as [UInt8] }
      }
      for secret in ["The road", "brother"] {
        #expect(sealed.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil })
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `corrected in two windows, different fields are joined and the same field asks`(
    engine: Database.Engine
  )
    async throws
  {
    try await VisitRoom.with(engine) { room, id in
      let visit = try await room.plan(id, in: 0)
      let report = `The report of a visit`.full
      try await room.visits.report(visit, report, in: id, by: Staff.amel)
      var (one, other) = (report, report)
      one.seen = "The oven is cold"
      (other.wish, other.income) = (.yes, .refused)
      try await room.visits.correct(visit, to: one, from: 2, in: id, by: Staff.amel)
      try await room.visits.correct(visit, to: other, from: 2, in: id, by: Staff.amel)
      var kept = try #require(try await room.visits(id).first)
      #expect(kept.report?.seen == "The oven is cold" && kept.report?.wish == .yes)
      #expect(kept.report?.income == .refused && kept.author?.version == 4)
      other.seen = "The oven is gone"
      await #expect {
        try await room.visits.correct(visit, to: other, from: 2, in: id, by: Staff.amel)
      } throws: { error in
        guard case Refusal.changedMeanwhile(let conflicts, _) = error else { return false }
        return conflicts.map(\.field) == ["seen"]
      }
      // The same again changes nothing.
      try await room.visits.correct(visit, to: try #require(kept.report), from: 4, in: id, by: Staff.amel)
      kept = try #require(try await room.visits(id).first)
      #expect(kept.author?.version == 4)
      let corrections = try await room.acts(id).filter { $0.act == "visit.correct" }
      #expect(corrections.map(\.version) == [4, 3])
      #expect(corrections.last?.changes.map(\.before) == ["The oven is hot"])

      #expect(try await !room.visits.mayCorrect(kept, by: Staff.chokri))
      #expect(try await room.visits.mayCorrect(kept, by: Staff.amel))
      await #expect(throws: Refusal.self) {
        try await room.visits.correct(visit, to: one, from: 4, in: id, by: Staff.chokri)
      }
      room.clock.advance(days: 8)
      await #expect(throws: Refusal.self) {
        try await room.visits.correct(visit, to: one, from: 4, in: id, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a case holds so many visits and no more`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      for _ in 0..<VisitRules.most { _ = try await room.plan(id, in: 30) }
      await #expect(throws: Refusal.self) { _ = try await room.plan(id, in: 30) }
      #expect(try await room.visits(id).count == VisitRules.most)
    }
  }
}
