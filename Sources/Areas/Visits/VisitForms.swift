import Basics

enum VisitForm {
  static func planned(_ typed: Typed, today: Day) throws(Refusal) -> (id: RecordID<Visit>, day: Day) {
    var check = FormCheck(typed)
    let id: RecordID<Visit> = check.newID()
    let day = check.day("planned-on", in: Day(number: today.number - 3_660)...(today + 3_660))
    if day == nil, typed["planned-on"].isEmpty {
      check.refuse("planned-on", say("Choose the day of the visit."))
    }
    try check.finish()
    guard let day else { throw .invalid(check.errors) }
    return (id, day)
  }

  static func report(_ typed: Typed, today: Day) throws(Refusal) -> Visit.Report {
    var check = FormCheck(typed)
    let activity =
      check.required(choice: "activity", say("Say how the person's activity stands.")) as Visit.Activity?
    let seen = check.required("seen", say("Write what was seen."), limit: 5_000)
    let next = check.paragraph("next-step", limit: 1_000)
    let day = check.day("made-on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    guard let activity else { throw .invalid(check.errors) }
    return Visit.Report(on: day, activity: activity, seen: seen, nextStep: next)
  }
}
