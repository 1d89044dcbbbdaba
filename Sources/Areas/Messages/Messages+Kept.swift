import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Messages {
  package static let kept = Kept([
    KeptTable(
      "message", say("Messages sent by the program"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("kind", say("Kind"), .code { Message.Kind(rawValue: $0)?.label }),
          .plain("recipient", say("To whom"), .code { Message.Recipient(rawValue: $0)?.label }),
          .plain("what", say("What it is"), .code { Phrase(Fields(["key": $0])) }),
          .sealed("words", .fields("message.words", { Message.kept($0) }), isRequired: true),
          .sealed("link", .withheld),
          .plain("state", say("State"), .code { Message.State(rawValue: $0)?.label }),
          .plain("queued_at", say("Queued"), .moment), .plain("queued_by", say("Queued by"), .account),
          .plain("changed_at", say("Since"), .moment),
          .plain("settled", say("What was done"), .code { Message.Settlement(rawValue: $0)?.label }),
          .plain("settled_at", say("Done"), .moment), .plain("settled_by", say("Done by"), .account),
        ],
        inner: [
          "id", "case_file", "once", "language", "antenna", "contact", "shelf", "next_at", "until_at",
          "tries", "claim",
          "claimed_until", "problem",
        ]))
  ])
}

extension Message {
  static func kept(_ name: String) -> KeptField? {
    switch name {
    case "address": KeptField(say("Address"))
    case "subject": KeptField(say("Subject"))
    case "text": KeptField(say("What it says"))
    default: nil
    }
  }
}
