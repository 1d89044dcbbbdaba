import Basics
import Cases
import People
import Storage
import Visits

/// What the area keeps of persons.
extension Closures {
  package static let kept = Kept([
    KeptTable(
      "closure_report", say("How the person stands at the closing"), by: .caseFile(), id: "closure",
      KeptColumn.all(
        [
          .sealed("remark", say("What the person adds"), in: "closure_report.remark", isRequired: true),
          .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["closure", "case_file", "version"])),
    KeptTable(
      "closure_answer", say("Answers at the closing"),
      by: .row("closure", of: "closure_report", id: "closure", .caseFile()), id: "closure",
      KeptColumn.all(
        [
          .plain("question", say("Question"), .code { ClosureReport.Question(rawValue: $0)?.label }),
          .plain("answer", say("Answer, from 1 (least) to 5")),
        ], inner: ["closure"])),
    KeptTable(
      "later_contact", say("Contacts after the closing"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("made_on", say("Day"), .day),
          .plain("way", say("How you spoke"), .code { Visit.Way(rawValue: $0)?.label }),
          .plain("activity", say("The activity"), .code { Visit.Activity(rawValue: $0)?.label }),
          .sealed("heard", say("What was heard"), in: "later_contact.heard", isRequired: true),
          .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["id", "case_file"])),
  ])
}
