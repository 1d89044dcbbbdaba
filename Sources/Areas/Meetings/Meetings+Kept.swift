import Basics
import Cases
import People
import Storage

/// What the area keeps of persons: items about their cases. The others are about nobody.
extension Meetings {
  package static let kept = Kept([
    KeptTable(
      "meeting_item", say("Item of a meeting"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("at", say("Written"), .moment), .plain("by", say("Written by"), .account),
          .sealed("words", say("What was spoken of"), in: "meeting_item.words", isRequired: true),
          .sealed("decision", say("Decision"), in: "meeting_item.decision"),
          .plain("due", say("Due"), .day), .plain("ended_at", say("Done or refused"), .moment),
        ],
        inner: [
          "id", "meeting", "antenna", "case_file", "addendum", "receiver", "task", "given_at", "ended_as",
          "version",
        ]))
  ])
}
