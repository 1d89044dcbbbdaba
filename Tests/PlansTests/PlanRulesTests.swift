import Basics
import Cases
import TestSupport
import Testing

@testable import Plans

@Suite struct `What may happen to a plan` {
  static let day = Day(number: 20_524)

  static func action(_ state: Plan.Action.State, by: Int? = nil, started: Int? = nil) -> Plan.Action {
    Plan.Action(
      id: RecordID(), text: "x", who: "x", by: by.map { day + $0 }, state: state,
      startedOn: started.map { day + $0 }, reason: nil)
  }

  static func plan(_ actions: [Plan.Action], agreed: Bool = false) -> Plan {
    let plan = Plan(goals: [Plan.Goal(id: RecordID(), track: .social, text: "x", actions: actions)])
    let agreement = Plan.Agreement(on: day, signedBy: "x")
    let version = Plan.Version(id: RecordID(), number: 1, agreement: agreement)
    return agreed ? Plan(goals: plan.goals, versions: [version], agreedMark: plan.mark) : plan
  }

  @Test(arguments: Plan.Action.State.allCases, Plan.Action.State.allCases)
  func `an action moves forward only`(from: Plan.Action.State, to: Plan.Action.State) {
    let allowed: [Plan.Action.State: Set<Plan.Action.State>] = [
      .toDo: [.doing, .done, .abandoned], .doing: [.done, .abandoned],
    ]
    if allowed[from]?.contains(to) == true {
      #expect(throws: Never.self) { try PlanRules.changed(Self.action(from), to: to) }
    } else {
      #expect(throws: Refusal.conflict(say("This action has moved on meanwhile. Look at the page again."))) {
        try PlanRules.changed(Self.action(from), to: to)
      }
    }
  }

  @Test func `a plan is agreed once, with something in it, and not before the reception`() throws {
    let good = Self.plan([Self.action(.toDo)])
    try PlanRules.mayAgree(good, on: Self.day, receivedOn: Self.day)
    #expect(throws: Refusal.self) { try PlanRules.mayAgree(good, on: Self.day + -1, receivedOn: Self.day) }
    #expect(throws: Refusal.self) {
      try PlanRules.mayAgree(Self.plan([]), on: Self.day, receivedOn: Self.day)
    }
    #expect(throws: Refusal.conflict(say("This plan is agreed already."))) {
      try PlanRules.mayAgree(
        Self.plan([Self.action(.toDo)], agreed: true), on: Self.day, receivedOn: Self.day)
    }
  }

  @Test func `a case learns of the agreement, the first beginning and the next day of an open action`() {
    var milestones = Milestones(receivedOn: Self.day)
    let actions = [
      Self.action(.done, by: 1, started: 5), Self.action(.abandoned, by: 2, started: 3),
      Self.action(.doing, by: 9, started: 4), Self.action(.toDo, by: 7), Self.action(.toDo),
    ]
    PlanRules.tell(&milestones, of: Self.plan(actions, agreed: true))
    #expect(milestones.planAgreedOn == Self.day)
    #expect(milestones.firstActionOn == Self.day + 3)
    #expect(milestones.nextActionOn == Self.day + 7)
    PlanRules.tell(&milestones, of: Plan(goals: []))
    #expect(milestones == Milestones(receivedOn: Self.day))
  }

  @Test(arguments: [
    ([:], ["track", "goal"]), (["track": "fame", "goal": "x"], ["track"]),
    (["track": "social", "goal": String(repeating: "ا", count: 501)], ["goal"]),
    (["track": "social", "goal": "a\u{0}b"], ["goal"]), (["track": "social", "goal": "مخبزة"], []),
  ]) func `a goal as typed`(typed: [String: String], refused: [String]) {
    #expect(Self.refused { _ = try GoalForm.checked(Typed(typed.mapValues { [$0] })) } == refused)
  }

  @Test(arguments: [
    ([:], ["goal-of-action", "action", "who"]),
    (["goal-of-action": "1' OR '1'='1", "action": "x", "who": "x"], ["goal-of-action"]),
    (["goal-of-action": RecordID<Plan.Goal>().text, "action": "x", "who": "x", "by": "soon"], ["by"]),
    (["goal-of-action": RecordID<Plan.Goal>().text, "action": "x", "who": "x", "by": "2099-01-01"], ["by"]),
    (["goal-of-action": RecordID<Plan.Goal>().text, "action": "x", "who": "x", "by": "01/04/2026"], []),
  ]) func `an action as typed`(typed: [String: String], refused: [String]) {
    let found = Self.refused {
      _ = try ActionForm.checked(Typed(typed.mapValues { [$0] }), today: Self.day)
    }
    #expect(found == refused)
  }

  @Test func `an abandoned action has its reason, an agreement its signature and a day that has come`() {
    #expect(Self.refused { _ = try ActionForm.reason(Typed()) } == ["why-abandoned"])
    #expect(Self.refused { _ = try AgreementForm.checked(Typed(), today: Self.day) } == ["signed-by"])
    let tomorrow = Typed(["signed-by": ["Amel"], "agreed-on": [(Self.day + 1).description]])
    #expect(Self.refused { _ = try AgreementForm.checked(tomorrow, today: Self.day) } == ["agreed-on"])
  }

  static func refused(_ check: () throws -> Void) -> [String] {
    do { try check() } catch Refusal.invalid(let errors) { return errors.map(\.field) } catch {
      Issue.record(error)
    }
    return []
  }
}
