import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Transfers {
  package static let kept = Kept([
    KeptTable(
      "transfer", say("Transfer between antennas"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("from_antenna", say("From the antenna"), .antenna),
          .plain("to_antenna", say("To the antenna"), .antenna),
          .plain("state", say("State"), .code { Transfer.State(rawValue: $0)?.label }),
          .plain("offered_at", say("Offered"), .moment), .plain("offered_by", say("Offered by"), .account),
          .sealed("summary", say("Summary"), in: "transfer.summary", isRequired: true),
          .sealed("reason", say("Why"), in: "transfer.reason", isRequired: true),
          .plain("answered_at", say("Answered"), .moment),
          .plain("answered_by", say("Answered by"), .account),
          .sealed("answer", say("The answer"), in: "transfer.answer"),
          .plain("new_contact", say("New contact person"), .account),
        ], inner: ["id", "case_file", "contact"]))
  ])
}
