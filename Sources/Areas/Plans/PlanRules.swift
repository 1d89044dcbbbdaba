import Basics
import Cases

/// Decisions only: no database, no clock, no request.
enum PlanRules {
  /// How much a plan may hold: more is a mistake, and would no longer be read.
  static let (mostGoals, mostActions, mostLines) = (60, 200, 400)

  static func mayAdd(goals: Int = 0, actions: Int = 0, lines: Int = 0, to plan: Plan) throws(Refusal) {
    guard plan.goals.count + goals <= mostGoals, plan.actions.count + actions <= mostActions,
      plan.budget.count + lines <= mostLines
    else { throw .conflict(say("A plan holds no more than this. Give up or correct what stands in it.")) }
  }

  /// A plan says at least one thing that will be done; agreed once, it is agreed again only when it was revised, and
  /// not on an earlier day.
  static func mayAgree(_ plan: Plan, on day: Day, receivedOn: Day) throws(Refusal) {
    guard plan.status == .draft || plan.isRevised else {
      throw .conflict(say("This plan is agreed already."))
    }
    guard plan.content.standing.contains(where: { $0.kind == .action }) else {
      throw .conflict(say("A plan needs a goal and an action before it can be agreed."))
    }
    guard day >= receivedOn else {
      throw .invalid([FieldError("agreed-on", say("A plan cannot be agreed before the person was received."))]
      )
    }
    if let last = plan.agreement?.on, day < last {
      throw .invalid([
        FieldError("agreed-on", say("The version before was agreed on \(last): this one cannot be older."))
      ])
    }
  }

  /// An action goes from to do to under way to done; it may be abandoned as long as it is open, for a reason.
  static func changed(_ action: Plan.Action, to state: Plan.Action.State) throws(Refusal) {
    guard action.state.isOpen, state != action.state, state != .toDo else {
      throw .conflict(say("This action has moved on meanwhile. Look at the page again."))
    }
  }

  /// Only what stands is corrected.
  static func mustStand(_ goal: Plan.Goal) throws(Refusal) {
    guard goal.reason == nil else { throw .conflict(say("This goal was given up.")) }
  }

  static func mustStand(_ action: Plan.Action, under goal: Plan.Goal) throws(Refusal) {
    try mustStand(goal)
    guard action.state != .abandoned else { throw .conflict(say("This action was given up.")) }
  }

  /// Every goal that stands has actions, and none of them is open.
  static func isFinished(_ plan: Plan) -> Bool {
    let standing = plan.goals.filter { $0.reason == nil }
    return !plan.versions.isEmpty && !standing.isEmpty
      && standing.allSatisfy { goal in
        !goal.actions.isEmpty && goal.actions.allSatisfy { !$0.state.isOpen }
      }
  }

  static func mayComplete(_ plan: Plan, on day: Day) throws(Refusal) {
    guard let agreed = plan.versions.first?.agreement.on else {
      throw .conflict(say("A plan is agreed before it is completed."))
    }
    guard isFinished(plan) else {
      throw .conflict(say("Some actions of this plan are still open, or a goal has none."))
    }
    guard day >= agreed else {
      throw .invalid([FieldError("completed-on", say("A plan is agreed before it is completed."))])
    }
  }

  /// What was added, removed and changed between two contents, in the order in which they stand.
  static func changes(from before: PlanContent, to after: PlanContent) -> [PlanChange] {
    let old = Dictionary(before.standing.map { ($0.id, $0) }) { first, _ in first }
    let new = Set(after.standing.map(\.id))
    let reasons = Dictionary(after.items.map { ($0.id, $0.givenUp) }) { first, _ in first }
    let kept = after.standing.compactMap { item -> PlanChange? in
      guard let was = old[item.id] else { return PlanChange(what: .added, item: item) }
      let changes = Fields(was.fields).changes(to: Fields(item.fields))
      return changes.isEmpty ? nil : PlanChange(what: .changed(changes), item: item)
    }
    return kept
      + before.standing.filter { !new.contains($0.id) }.map { item in
        PlanChange(what: .removed((reasons[item.id] ?? nil).flatMap { $0.isEmpty ? nil : $0 }), item: item)
      }
  }

  /// Sums of budget lines, each in its own currency.
  static func totals(_ lines: [Plan.BudgetLine]) -> Plan.Totals {
    func sum(_ lines: [Plan.BudgetLine]) -> [Money] {
      Money.Currency.allCases.compactMap { currency in
        let mine = lines.filter { $0.amount.currency == currency }
        return mine.isEmpty ? nil : Money(mine.reduce(0) { $0 + $1.amount.minorUnits }, currency)
      }
    }
    var names: [String] = []
    for line in lines where !names.contains(line.payer) { names.append(line.payer) }
    return Plan.Totals(
      all: sum(lines),
      payers: names.flatMap { name in
        sum(lines.filter { $0.payer == name }).map { Plan.Totals.Payer(name: name, amount: $0) }
      },
      ways: Plan.BudgetLine.Way.allCases.flatMap { way in
        sum(lines.filter { $0.way == way }).map { Plan.Totals.Way(way: way, amount: $0) }
      })
  }

  /// What a case learns from its plan.
  static func tell(_ milestones: inout Milestones, of plan: Plan) {
    milestones.planAgreedOn = plan.versions.first?.agreement.on
    milestones.firstActionOn = plan.actions.compactMap(\.startedOn).min()
    milestones.nextActionOn = plan.actions.filter(\.state.isOpen).compactMap(\.by).min()
  }
}
