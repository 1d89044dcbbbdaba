import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Letters {
  package static let kept = Kept([
    KeptTable(
      "letter", say("Letters and messages"), by: .caseFile(),
      KeptColumn.all(
        [
          .sealed("words", .fields("letter.words", { Letter.kept($0) }), isRequired: true),
          .plain("written_at", say("Written"), .moment),
          .plain("written_by", say("Written by"), .account),
          .plain("way", say("How it went out"), .code { Letter.Way(rawValue: $0)?.label }),
          .plain("sent_on", say("Sent on"), .day),
          .sealed("withdrawn", say("Why it was withdrawn"), in: "letter.withdrawn"),
          .plain("withdrawn_at", say("Withdrawn"), .moment),
        ], inner: ["id", "case_file", "model", "version", "language", "channel"]))
  ])
}

extension Letter {
  /// What was typed stands in the words.
  static func kept(_ name: String) -> KeptField? {
    switch name {
    case "recipient": KeptField(say("Recipient"))
    case "subject": KeptField(say("Subject"))
    case "body": KeptField(say("What it says"))
    default: nil
    }
  }
}
