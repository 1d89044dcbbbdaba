import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. What was told without a case leads to nobody.
extension Complaints {
  package static let kept = Kept([
    KeptTable(
      "complaint", say("Complaints"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("kind", say("What it is about"), .code { Complaint.Kind(rawValue: $0)?.label }),
          .plain("channel", say("How it came"), .code { Complaint.Channel(rawValue: $0)?.label }),
          .plain("received_on", say("Received on"), .day), .plain("antenna", say("Antenna"), .antenna),
          .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
          .sealed("words", say("What is complained of"), in: "complaint.words", isRequired: true),
          .plain("outcome", say("Outcome"), .code { Complaint.Outcome(rawValue: $0)?.label }),
          .sealed("reason", say("Reason"), in: "complaint.reason"),
          .sealed("answer", say("Answer"), in: "complaint.answer"),
          .plain("answered_at", say("Answered"), .moment),
          .plain("answered_by", say("Answered by"), .account),
        ], inner: ["id", "case_file", "language", "about", "decided_by", "appeal_of", "handler"]))
  ])
}
