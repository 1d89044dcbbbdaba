import Basics
import Documents

enum GoalForm {
  static func checked(_ typed: Typed) throws(Refusal) -> Plan.Goal {
    var check = FormCheck(typed)
    let id: RecordID<Plan.Goal> = check.newID()
    let track = check.required(choice: "track", say("Choose one of the three tracks.")) as Plan.Track?
    let text = check.required("goal", say("Write the goal in the person's words."), limit: 500)
    try check.finish()
    guard let track else { throw .invalid(check.errors) }
    return Plan.Goal(id: id, track: track, text: text, actions: [])
  }

  static func correction(_ typed: Typed) throws(Refusal) -> PlanForms.Correction {
    PlanForms.Correction(fields: try checked(typed).fields, version: try PlanForms.version(typed))
  }
}

enum ActionForm {
  static func checked(_ typed: Typed, today: Day) throws(Refusal) -> (
    goal: RecordID<Plan.Goal>, action: Plan.Action
  ) {
    var check = FormCheck(typed)
    let goal = RecordID<Plan.Goal>(typed["goal-of-action"])
    if goal == nil { check.refuse("goal-of-action", say("Choose the goal this serves.")) }
    let action = read(&check, today)
    try check.finish()
    guard let goal else { throw .invalid(check.errors) }
    return (goal, action)
  }

  private static func read(_ check: inout FormCheck, _ today: Day) -> Plan.Action {
    let id: RecordID<Plan.Action> = check.newID()
    let text = check.required("action", say("Write what will be done."), limit: 500)
    let who = check.required("who", say("Write who does it."), limit: 200)
    let by = check.day("by", in: Day(number: today.number - 3_660)...(today + 3_660))
    return Plan.Action(id: id, text: text, who: who, by: by, state: .toDo, startedOn: nil, reason: nil)
  }

  static func correction(_ typed: Typed, today: Day) throws(Refusal) -> PlanForms.Correction {
    var check = FormCheck(typed)
    let action = read(&check, today)
    try check.finish()
    return PlanForms.Correction(fields: action.fields, version: try PlanForms.version(typed))
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("why-abandoned", say("Say why it is given up."), limit: 500)
    try check.finish()
    return reason
  }
}

enum BudgetForm {
  static func checked(_ typed: Typed) throws(Refusal) -> Plan.BudgetLine {
    var check = FormCheck(typed)
    let id: RecordID<Plan.BudgetLine> = check.newID()
    let currency = check.required(choice: "currency", say("Choose the currency.")) as Money.Currency?
    let money = amount(&check, currency)
    let payer = check.required("payer", say("Write who pays it."))
    let way =
      check.required(choice: "way", say("Say whether it is paid in cash or given in kind."))
      as Plan.BudgetLine.Way?
    try check.finish()
    guard let money, let way else { throw .invalid(check.errors) }
    return Plan.BudgetLine(id: id, amount: money, payer: payer, way: way)
  }

  private static func amount(_ check: inout FormCheck, _ currency: Money.Currency?) -> Money? {
    let text = check.typed["amount"]
    if text.isEmpty {
      check.refuse("amount", say("Write the amount."))
      return nil
    }
    // Without a currency only its form is judged.
    let money = Money(typed: text, currency ?? .tnd, most: Plan.BudgetLine.most)
    guard let money, money.minorUnits > 0 else {
      check.refuse(
        "amount",
        currency == .eur
          ? say("Write an amount with at most two decimals after a comma, for example 1234,50.")
          : say("Write an amount with at most three decimals after a comma, for example 1234,500."))
      return nil
    }
    return money
  }

  static func correction(_ typed: Typed) throws(Refusal) -> PlanForms.Correction {
    PlanForms.Correction(fields: try checked(typed).fields, version: try PlanForms.version(typed))
  }

  /// A line as it stands in its form again.
  static func typed(_ fields: Fields) -> Typed {
    var fields = fields
    if let units = fields["amount"].flatMap({ Int64($0) }),
      let currency = fields["currency"].flatMap({ Money.Currency(rawValue: $0) })
    {
      fields["amount"] = Money(units, currency).typed
    }
    return Typed(fields)
  }
}

enum AgreementForm {
  static func checked(_ typed: Typed, today: Day) throws(Refusal) -> (
    id: RecordID<Plan.Version>, agreement: Plan.Agreement, seen: String?
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Plan.Version> = check.newID()
    let signedBy = check.required("signed-by", say("Write who agreed the plan with the person."), limit: 200)
    let representative = check.text("representative")
    let witness = check.text("witness")
    let day = check.day("agreed-on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    let agreement = Plan.Agreement(
      on: day, signedBy: signedBy, representative: representative, witness: witness)
    return (id, agreement, typed["seen"].isEmpty ? nil : typed["seen"])
  }

  static func completion(_ typed: Typed, today: Day) throws(Refusal) -> Day {
    var check = FormCheck(typed)
    let day = check.day("completed-on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    return day
  }
}

/// What the forms of the area have in common.
enum PlanForms {
  /// What was typed on top of a version of a record.
  struct Correction: Equatable, Sendable {
    let fields: Fields
    let version: Int
  }

  static func version(_ typed: Typed) throws(Refusal) -> Int {
    var check = FormCheck(typed)
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    try check.finish()
    return version
  }

  static func scan(_ typed: Typed) throws(Refusal) -> RecordID<Document> {
    guard let id = RecordID<Document>(typed["scan"]) else { throw noDocument }
    return id
  }

  static var noDocument: Refusal {
    .invalid([FieldError("scan", say("Choose a document of this case."))])
  }
}
