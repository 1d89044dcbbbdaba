import Basics
import Cases
import Documents
import Foundation
import Storage
import TestSupport
import Testing

@testable import Plans

@Suite struct `The versions of a plan` {
  @Test(arguments: TestDatabase.engines)
  func `a draft, agreed, revised, agreed again, completed, taken up again`(engine: Database.Engine)
    async throws
  {
    try await PlanRoom.with(engine) { room, id in
      let oven = try await room.addAction(id)
      #expect(try await room.plan(id).status == .draft)
      try await room.agree(id)
      #expect(try await room.plan(id).status == .agreed)
      let goal = try #require(try await room.plan(id).goals.first)

      let shop = PlanRoom.action("Rent a shop")
      try await room.plans.add(shop, under: goal.id, of: id, by: Staff.amel)
      try await room.plans.correct(
        goal.id, to: Fields(["track": "project", "goal": "A bakery with my sister"]), from: 1, in: id,
        by: Staff.amel)
      let revised = try await room.plan(id)
      #expect(revised.status == .revised)
      let changes = try await room.compare(id)
      #expect(changes.map(\.item.kind) == [.goal, .action])
      // What was agreed first is what the case counts from; beginning and ending change no version.
      room.clock.advance(days: 3)
      try await room.agree(id, signedBy: "Amel, again")
      try await room.plans.set(.doing, of: oven, in: id, on: room.today, by: Staff.amel)
      let plan = try await room.plan(id)
      #expect(plan.status == .agreed && plan.versions.map(\.number) == [1, 2])
      #expect(try await room.file(id).milestones.planAgreedOn == room.today + -3)

      try await room.plans.set(
        .abandoned, of: shop.id, in: id, on: room.today, reason: "Too dear", by: Staff.amel)
      #expect(try await room.plan(id).status == .revised)
      #expect(try await room.compare(id).map(\.what) == [.removed("Too dear")])
      #expect(
        try await room.compare(id, from: 1, to: 2).map(\.what) == [
          .changed([
            FieldChange(field: "goal", before: "A bakery of my own", after: "A bakery with my sister")
          ]), .added,
        ])
      #expect(try await room.compare(id, to: 1).map(\.what) == [.added, .added])
      await #expect(throws: Refusal.notFound) { _ = try await room.compare(id, from: 1, to: 3) }

      await #expect(throws: Refusal.self) {
        try await room.plans.complete(id, on: room.today, by: Staff.amel)
      }
      try await room.plans.set(.done, of: oven, in: id, on: room.today, by: Staff.amel)
      for _ in 0..<2 { try await room.plans.complete(id, on: room.today, by: Staff.amel) }
      #expect(try await room.plan(id).status == .completed)
      #expect(try await room.acts(id).count { $0 == "plan.complete" } == 1)
      try await room.plans.add(PlanRoom.action("Paint it"), under: goal.id, of: id, by: Staff.amel)
      #expect(try await room.plan(id).status == .revised)
      #expect(try await room.acts(id).contains("plan.take-up"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an agreement of before is version 1, with what the plan says until somebody changes it`(
    engine: Database.Engine
  ) async throws {
    let newer = Set(Plans.migrations.dropFirst().map(\.name))
    let before = PlanRoom.migrations.filter { !newer.contains($0.name) }
    try await TestDatabase.with(engine, migrations: before) { database in
      let room = PlanRoom(database)
      let (id, goal, action) = (try await room.receive(), RecordID<Plan.Goal>(), RecordID<Plan.Action>())
      try await database.write { db in
        let key = try room.cases.require(id, for: Staff.amel, in: db).subject.key
        try db.run(
          """
          INSERT INTO plan_goal (id, case_file, track, text, position)
          VALUES (\(goal), \(id), 'project', \(try key.seal("A bakery", as: "goal.text:\(goal)")), 0)
          """)
        try db.run(
          """
          INSERT INTO plan_action (id, goal, text, who, state, position)
          VALUES (\(action), \(goal), \(try key.seal("An oven", as: "action.text:\(action)")),
            \(try key.seal("Salma", as: "action.who:\(action)")), 'to-do', 0)
          """)
        try db.run(
          """
          INSERT INTO plan_agreement (case_file, agreed_on, signed_by, recorded_at, recorded_by)
          VALUES (\(id), \(room.today), \(try key.seal("Amel", as: "plan.signed:\(id)")), \(room.clock.now),
            \(Staff.amel.id))
          """)
      }
      try await database.migrate(InstallationKeys.migrations + Journal.migrations + PlanRoom.migrations)
      let plan = try await room.plan(id)
      #expect(plan.agreement == Plan.Agreement(on: room.today, signedBy: "Amel"))
      #expect(plan.status == .agreed && plan.versions.map(\.number) == [1] && plan.agreedMark == nil)
      #expect(try await room.compare(id).isEmpty)
      #expect(try await room.compare(id, to: 1).count == 2)
      try await room.plans.add(PlanRoom.line(), under: action, of: id, by: Staff.amel)
      #expect(try await room.plan(id).status == .revised)
      #expect(try await room.compare(id).map(\.item.kind) == [.budget])
      try await room.agree(id, signedBy: "Amel, again")
      #expect(try await room.plan(id).versions.map(\.number) == [1, 2])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sent twice it is one version; with other words, or of a plan that changed since, it is refused`(
    engine: Database.Engine
  ) async throws {
    try await PlanRoom.with(engine) { room, id in
      try await room.addAction(id)
      let seen = try await room.plan(id).content.mark
      let version = RecordID<Plan.Version>()
      let agreement = Plan.Agreement(
        on: room.today, signedBy: "Amel", representative: "Her father", witness: "A neighbour")
      try await room.addAction(id)
      let isChanged = Refusal.conflict(
        say("The plan was changed since you opened the page. Read it again first."))
      await #expect(throws: isChanged) {
        try await room.plans.agree(agreement, as: version, seen: seen, on: id, by: Staff.amel)
      }
      let now = try await room.plan(id).content.mark
      for _ in 0..<2 {
        try await room.plans.agree(agreement, as: version, seen: now, on: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.sentBefore("signed-by")) {
        let other = Plan.Agreement(on: room.today, signedBy: "Someone")
        try await room.plans.agree(other, as: version, on: id, by: Staff.amel)
      }
      let plan = try await room.plan(id)
      #expect(plan.versions.map(\.agreement) == [agreement])
      try await room.addAction(id)
      await #expect(throws: Refusal.self) {
        let older = Plan.Agreement(on: room.today + -1, signedBy: "Amel")
        try await room.plans.agree(older, on: id, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what two correct at once is merged, or asked`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      let action = try await room.addAction(id)
      func correct(_ text: String, _ who: String) async throws {
        try await room.plans.correct(
          action, to: Fields(["action": text, "who": who]), from: 1, in: id, by: Staff.amel)
      }
      try await correct("Two ovens", "Salma")
      try await correct("Find an oven", "Her brother")
      let stored = try #require(try await room.plan(id).actions.first)
      #expect(stored.text == "Two ovens" && stored.who == "Her brother" && stored.version == 3)
      let conflict = FieldConflict(
        field: "action", base: "Find an oven", mine: "Three ovens", theirs: "Two ovens",
        saved: FieldConflict.Saving(by: Staff.amel.id, at: room.clock.now))
      await #expect {
        try await correct("Three ovens", "Her brother")
      } throws: { error in
        guard case Refusal.changedMeanwhile(let conflicts, _) = error else { return false }
        return conflicts == [conflict]
      }
      // The same a second time changes nothing.
      try await correct("Two ovens", "Her brother")
      #expect(try await room.plan(id).actions.first?.version == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a budget line is written once, corrected, struck out, and stays in its case`(
    engine: Database.Engine
  ) async throws {
    try await PlanRoom.with(engine) { room, id in
      let action = try await room.addAction(id)
      let line = PlanRoom.line()
      for _ in 0..<2 { try await room.plans.add(line, under: action, of: id, by: Staff.amel) }
      await #expect(throws: Refusal.sentBefore("amount")) {
        let other = Plan.BudgetLine(id: line.id, amount: Money(5, .eur), payer: "x", way: .cash)
        try await room.plans.add(other, under: action, of: id, by: Staff.amel)
      }
      var euros = line.fields
      (euros["amount"], euros["currency"]) = ("40000", "EUR")
      try await room.plans.correct(line.id, to: euros, from: 1, in: id, by: Staff.amel)
      #expect(try await room.plan(id).totals.all == [Money(40_000, .eur)])
      let other = try await room.receive()
      await #expect(throws: Refusal.notFound) {
        try await room.plans.strike(line.id, in: other, by: Staff.amel)
      }
      await #expect(throws: Refusal.notAllowed(.agreePlans)) {
        try await room.plans.strike(line.id, in: id, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.plans.strike(line.id, in: id, by: Staff.emna)
      }
      for _ in 0..<2 { try await room.plans.strike(line.id, in: id, by: Staff.amel) }
      #expect(try await room.plan(id).budget.isEmpty)
      #expect(try await room.acts(id).count { $0 == "budget.strike" } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a goal given up takes its open actions with it`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      let oven = try await room.addAction(id)
      let goal = try #require(try await room.plan(id).goals.first).id
      let shop = PlanRoom.action("Rent a shop", by: room.today + 9)
      try await room.plans.add(shop, under: goal, of: id, by: Staff.amel)
      try await room.plans.set(.done, of: oven, in: id, on: room.today, by: Staff.amel)
      for _ in 0..<2 {
        try await room.plans.giveUp(goal, reason: "She moved away", in: id, on: room.today, by: Staff.amel)
      }
      let plan = try await room.plan(id)
      #expect(plan.goals.first?.reason == "She moved away")
      #expect(plan.actions.map(\.state) == [.done, .abandoned])
      #expect(plan.actions.last?.reason == "She moved away")
      #expect(try await room.file(id).milestones.nextActionOn == nil)
      await #expect(throws: Refusal.conflict(say("This goal was given up."))) {
        try await room.plans.add(PlanRoom.action(), under: goal, of: id, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the signed paper is a document of the same case`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      try await room.addAction(id)
      try await room.agree(id)
      let paper = try await room.addPaper(id)
      for _ in 0..<2 { try await room.plans.attach(paper, to: 1, of: id, by: Staff.amel) }
      #expect(try await room.plan(id).versions.map(\.scan) == [paper])
      #expect(try await room.acts(id).count { $0 == "plan.attach" } == 1)
      let other = try await room.receive()
      let theirs = try await room.addPaper(other)
      await #expect(throws: Refusal.notFound) {
        try await room.plans.attach(theirs, to: 1, of: id, by: Staff.amel)
      }
      try await room.plans.documents.withdraw(paper, reason: "Blurred", in: id, by: Staff.amel)
      await #expect(throws: PlanForms.noDocument) {
        try await room.plans.attach(paper, to: 1, of: id, by: Staff.amel)
      }
    }
  }
}
