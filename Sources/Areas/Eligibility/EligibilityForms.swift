import Basics

/// From what was typed to what is meant.
enum EligibilityForm {
  /// A file of rules, pasted. It keeps its indentation: YAML lives by it.
  static func load(_ typed: Typed) throws(Refusal) -> (id: RecordID<KeptRuleSet>, file: String) {
    var check = FormCheck(typed)
    let id: RecordID<KeptRuleSet> = check.newID()
    let file = check.text("file", limit: RuleFile.longest)
    if file == nil { check.refuse("file", say("Paste a file of rules.")) }
    try check.finish()
    return (id, file ?? "")
  }

  static func end(_ typed: Typed) throws(Refusal) -> Day {
    var check = FormCheck(typed)
    let day = check.day("until")
    if day == nil, typed["until"].isEmpty { check.refuse("until", say("Choose a day.")) }
    try check.finish()
    guard let day else { throw .invalid(check.errors) }
    return day
  }

  static func judge(_ typed: Typed, today: Day) throws(Refusal) -> (
    id: RecordID<Judgement>, rules: RecordID<KeptRuleSet>, day: Day
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Judgement> = check.newID()
    let day = check.day("day") ?? today
    let rules = RecordID<KeptRuleSet>(typed["rules"])
    if rules == nil { check.refuse("rules", say("Choose one of the answers offered.")) }
    try check.finish()
    guard let rules else { throw .invalid(check.errors) }
    return (id, rules, day)
  }
}
