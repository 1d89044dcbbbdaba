import Basics
import Cases
import Visits

/// What is known at a closure, as typed.
enum ClosureReportForm {
  static func checked(_ typed: Typed) throws(Refusal) -> (report: ClosureReport, version: Int?) {
    var check = FormCheck(typed)
    var report = ClosureReport()
    for question in ClosureReport.Question.allCases {
      report.answers[question] = check.choice(question.rawValue) ?? .notAsked
    }
    report.remark = check.paragraph("remark", limit: 2_000)
    let version = check.number("version", in: 1...Int(Int32.max))
    try check.finish()
    return (report, version)
  }
}

/// A talk after the closure, as typed.
enum LaterContactForm {
  static func checked(_ typed: Typed, today: Day, by actor: Actor) throws(Refusal) -> LaterContact {
    var check = FormCheck(typed)
    let id: RecordID<LaterContact> = check.newID()
    let way = check.required(choice: "way", say("Say how you spoke with the person.")) as Visit.Way?
    let activity: Visit.Activity? = check.choice("activity")
    let heard = check.required("heard", say("Write what was heard."), limit: 2_000)
    let day = check.day("on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    guard let way else { throw .invalid(check.errors) }
    return LaterContact(id: id, on: day, way: way, activity: activity, heard: heard, by: actor.id)
  }
}
