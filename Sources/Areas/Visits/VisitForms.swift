import Basics

/// The small forms: planning, the schedule, moving, missing.
enum VisitForm {
  static func planned(_ typed: Typed, today: Day) throws(Refusal) -> (id: RecordID<Visit>, day: Day) {
    var check = FormCheck(typed)
    let id: RecordID<Visit> = check.newID()
    let day = required("planned-on", &check, today)
    try check.finish()
    guard let day else { throw .invalid(check.errors) }
    return (id, day)
  }

  /// Without the field the start stays as it is known; empty, the day of the plan counts.
  static func schedule(_ typed: Typed, today: Day) throws(Refusal) -> Visits.Start {
    guard typed.values["started-on"] != nil else { return .known }
    var check = FormCheck(typed)
    // An activity may be about to begin.
    let day = check.day("started-on", in: Day(number: today.number - 3_660)...(today + 92))
    try check.finish()
    return .activity(day)
  }

  static func moved(_ typed: Typed, today: Day) throws(Refusal) -> (
    id: RecordID<Visit.Move>, day: Day, why: Visit.Hindrance
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Visit.Move> = check.newID()
    let day = required("moved-to", &check, today)
    let why = hindrance("why-moved", &check)
    try check.finish()
    guard let day, let why else { throw .invalid(check.errors) }
    return (id, day, why)
  }

  static func missed(_ typed: Typed, today: Day) throws(Refusal) -> (
    why: Visit.Hindrance, again: (id: RecordID<Visit>, day: Day)?
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Visit> = check.newID()
    let why = hindrance("why-missed", &check)
    let again = check.day("again-on", in: today...(today + 3_660))
    try check.finish()
    guard let why else { throw .invalid(check.errors) }
    return (why, again.map { (id: id, day: $0) })
  }

  private static func required(_ field: String, _ check: inout FormCheck, _ today: Day) -> Day? {
    let day = check.day(field, in: Day(number: today.number - 3_660)...(today + 3_660))
    if day == nil, check.typed[field].isEmpty { check.refuse(field, say("Choose the day of the visit.")) }
    return day
  }

  private static func hindrance(_ field: String, _ check: inout FormCheck) -> Visit.Hindrance? {
    let kind = check.required(choice: field, say("Choose a reason.")) as Visit.Hindrance.Kind?
    let told = check.text("\(field)-told", limit: 500)
    if kind == .other, told == nil { check.refuse("\(field)-told", say("Write the other reason.")) }
    return kind.map { Visit.Hindrance($0, told: told) }
  }
}

/// The numbers follow-up goes by, as typed: months, dinars or days between commas or spaces.
enum VisitTermForm {
  static func checked(_ typed: Typed) throws(Refusal) -> VisitTerms.Term {
    var check = FormCheck(typed)
    let name = check.required(choice: "term", say("Choose what is to change.")) as VisitTerms.Name?
    let from = check.day("from")
    if from == nil, typed["from"].isEmpty { check.refuse("from", say("Write the first day.")) }
    let parts = typed["numbers"].westernDigits.split {
      $0 == "," || $0 == "،" || $0 == ";" || $0.isWhitespace
    }
    let numbers = parts.map { Int($0) }
    if numbers.isEmpty || numbers.contains(nil) {
      check.refuse("numbers", say("Write whole numbers with commas between them, for example 1, 3, 6."))
    }
    try check.finish()
    guard let name, let from else { throw .invalid(check.errors) }
    return VisitTerms.Term(name: name, from: from, numbers: numbers.compactMap { $0 })
  }
}
