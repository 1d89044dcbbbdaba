import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Plans

@Suite struct `The plan of a case` {
  @Test(arguments: TestDatabase.engines)
  func `goals and actions are written once each, in their order`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      let goals = [PlanRoom.goal("A bakery"), PlanRoom.goal("The children at school", on: .social)]
      for goal in goals + goals { try await room.plans.add(goal, to: id, by: Staff.amel) }
      let actions = [PlanRoom.action("Oven"), PlanRoom.action("Flour", by: room.today + 9)]
      for action in actions + actions {
        try await room.plans.add(action, under: goals[0].id, of: id, by: Staff.amel)
      }
      // The same form with other words is no repetition of the first.
      await #expect(throws: Refusal.sentBefore("goal", kept: "A bakery")) {
        let other = Plan.Goal(id: goals[0].id, track: .project, text: "A butchery", actions: [])
        try await room.plans.add(other, to: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.sentBefore("action", kept: "Oven")) {
        let other = Plan.Action(
          id: actions[0].id, text: "Two ovens", who: actions[0].who, by: nil, state: .toDo, startedOn: nil,
          reason: nil)
        try await room.plans.add(other, under: goals[0].id, of: id, by: Staff.amel)
      }
      let plan = try await room.plan(id)
      #expect(plan.goals.map(\.text) == ["A bakery", "The children at school"])
      #expect(plan.goals.map(\.track) == [.project, .social])
      #expect(plan.goals.map { $0.actions.map(\.text) } == [["Oven", "Flour"], []])
      #expect(plan.actions.map(\.by) == [nil, room.today + 9])
      #expect(
        try await room.acts(id) == [
          "action.add", "action.add", "case.receive", "goal.add", "goal.add", "person.create",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the case follows each step in the same transaction`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      let action = try await room.addAction(id, by: room.today + 20)
      #expect(try await room.file(id).stage == .received)
      try await room.agree(id)
      #expect(try await room.file(id).stage == .planned)
      let due = try await room.file(id).due
      #expect(due?.what == .action && due?.on == room.today + 20)

      room.clock.advance(days: 2)
      try await room.plans.set(.doing, of: action, in: id, on: room.today, by: Staff.amel)
      #expect(try await room.file(id).stage == .inProgress)
      #expect(try await room.file(id).milestones.firstActionOn == room.today)

      room.clock.advance(days: 1)
      try await room.plans.set(.done, of: action, in: id, on: room.today, by: Staff.amel)
      let file = try await room.file(id)
      #expect(file.due == nil)
      #expect(file.milestones.firstActionOn == room.today + -1)
      #expect(file.milestones.planAgreedOn == room.today + -3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what was begun before the plan was agreed counts when it is`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      let action = try await room.addAction(id)
      try await room.plans.set(.done, of: action, in: id, on: room.today, by: Staff.amel)
      #expect(try await room.file(id).stage == .received)
      try await room.agree(id)
      #expect(try await room.file(id).stage == .inProgress)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an action that has moved on is left as it is`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      let action = try await room.addAction(id)
      func set(_ state: Plan.Action.State, _ reason: String? = nil) async throws {
        try await room.plans.set(state, of: action, in: id, on: room.today, reason: reason, by: Staff.amel)
      }
      for _ in 0..<2 { try await set(.abandoned, "The oven was sold") }
      let movedOn = Refusal.conflict(say("This action has moved on meanwhile. Look at the page again."))
      for state in Plan.Action.State.allCases { await #expect(throws: movedOn) { try await set(state) } }
      let stored = try #require(try await room.plan(id).actions.first)
      #expect(stored.state == .abandoned && stored.reason == "The oven was sold" && stored.startedOn == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `agreed by two at once, a plan is agreed once`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      await #expect(throws: Refusal.self) { try await room.agree(id) }
      try await room.addAction(id)
      let agreed = await withTaskGroup(of: Bool.self) { group in
        for index in 0..<5 {
          group.addTask {
            do {
              try await room.agree(id, signedBy: "Colleague \(index)")
              return true
            } catch is Refusal { return false } catch {
              Issue.record(error)
              return false
            }
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(agreed == 1)
      let agreement = try #require(try await room.plan(id).agreement)
      try await room.agree(id, signedBy: agreement.signedBy)
      #expect(try await room.acts(id).count { $0 == "plan.agree" } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `ten actions begun and ended at once leave the case right`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      let goal = PlanRoom.goal()
      try await room.plans.add(goal, to: id, by: Staff.amel)
      let actions = (1...10).map { PlanRoom.action("\($0)", by: room.today + $0) }
      for action in actions { try await room.plans.add(action, under: goal.id, of: id, by: Staff.amel) }
      try await room.agree(id)
      await withTaskGroup(of: Void.self) { group in
        for action in actions.dropLast() {
          group.addTask {
            // Refused while another saves: sent again, as a person would.
            while true {
              do {
                return try await room.plans.set(.done, of: action.id, in: id, on: room.today, by: Staff.amel)
              } catch {
                if (try? await room.plan(id).actions.first { $0.id == action.id }?.state) == .done { return }
              }
            }
          }
        }
      }
      #expect(try await room.plan(id).actions.count { $0.state == .done } == 9)
      let file = try await room.file(id)
      #expect(file.stage == .inProgress)
      #expect(file.due?.what == .action && file.due?.on == room.today + 10)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a plan needs the duty, a case in sight and an open one; goals stay in their own case`(
    engine: Database.Engine
  ) async throws {
    try await PlanRoom.with(engine) { room, id in
      let goal = PlanRoom.goal()
      await #expect(throws: Refusal.notAllowed(.agreePlans)) {
        try await room.plans.add(goal, to: id, by: Staff.dorra)
      }
      for actor in [Staff.emna, Staff.bilel] {
        await #expect(throws: Refusal.notFound) { try await room.plans.add(goal, to: id, by: actor) }
      }
      let other = try await room.receive()
      try await room.plans.add(goal, to: other, by: Staff.amel)
      await #expect(throws: Refusal.notFound) {
        try await room.plans.add(PlanRoom.action(), under: goal.id, of: id, by: Staff.amel)
      }
      let action = try await room.addAction(other)
      await #expect(throws: Refusal.notFound) {
        try await room.plans.set(.done, of: action, in: id, on: room.today, by: Staff.amel)
      }
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "x", closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      try await room.cases.close(id, closure, by: Staff.amel)
      let isClosed = Refusal.conflict(say("This case is closed. Open it again before you change it."))
      await #expect(throws: isClosed) { try await room.plans.add(PlanRoom.goal(), to: id, by: Staff.amel) }
      #expect(try await room.plan(id).goals.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `its words cannot be read in the database, and no act reads or sorts a whole table`(
    engine: Database.Engine
  ) async throws {
    try await PlanRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let watched = PlanRoom(plans.watching(room.database))
      let action = try await watched.addAction(id, by: room.today)
      let line = PlanRoom.line(payer: "Her uncle")
      try await watched.plans.add(line, under: action, of: id, by: Staff.amel)
      try await watched.agree(id)
      var dearer = line.fields
      dearer["amount"] = "2000000"
      for _ in 0..<2 {
        try await watched.plans.correct(line.id, to: dearer, from: 1, in: id, by: Staff.amel)
      }
      try await watched.plans.attach(try await watched.addPaper(id), to: 1, of: id, by: Staff.amel)
      #expect(try await watched.compare(id).count == 1)
      try await watched.plans.set(.doing, of: action, in: id, on: room.today, by: Staff.amel)
      try await watched.plans.set(
        .abandoned, of: action, in: id, on: room.today, reason: "Quarrelled with her brother", by: Staff.amel)
      _ = try await watched.plan(id)
      let stored = try await room.database.read { db in
        try [
          "SELECT text FROM plan_goal", "SELECT text FROM plan_action", "SELECT who FROM plan_action",
          "SELECT reason FROM plan_action", "SELECT signed_by FROM plan_version",
          "SELECT content FROM plan_version", "SELECT payer FROM plan_budget",
          "SELECT changes FROM journal_entry",
        ]
        .flatMap { try db.rows(SQL(stringLiteral: $0)) { try $0[0] as [UInt8] } }
      }
      for secret in ["bakery", "oven", "Salma", "brother", "Amel", "uncle"] {
        #expect(stored.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil }, "\(secret)")
      }
      #expect(plans.steps.count > 30)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
