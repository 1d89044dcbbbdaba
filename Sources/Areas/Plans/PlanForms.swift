import Basics

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
}

enum ActionForm {
  static func checked(_ typed: Typed, today: Day) throws(Refusal) -> (
    goal: RecordID<Plan.Goal>, action: Plan.Action
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Plan.Action> = check.newID()
    let goal = RecordID<Plan.Goal>(typed["goal-of-action"])
    if goal == nil { check.refuse("goal-of-action", say("Choose the goal this serves.")) }
    let text = check.required("action", say("Write what will be done."), limit: 500)
    let who = check.required("who", say("Write who does it."), limit: 200)
    let by = check.day("by", in: Day(number: today.number - 3_660)...(today + 3_660))
    try check.finish()
    guard let goal else { throw .invalid(check.errors) }
    return (
      goal, Plan.Action(id: id, text: text, who: who, by: by, state: .toDo, startedOn: nil, reason: nil)
    )
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("why-abandoned", say("Say why it is given up."), limit: 500)
    try check.finish()
    return reason
  }
}

enum AgreementForm {
  static func checked(_ typed: Typed, today: Day) throws(Refusal) -> Plan.Agreement {
    var check = FormCheck(typed)
    let signedBy = check.required("signed-by", say("Write who agreed the plan with the person."), limit: 200)
    let day = check.day("agreed-on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    return Plan.Agreement(on: day, signedBy: signedBy)
  }
}
