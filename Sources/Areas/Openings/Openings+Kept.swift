import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Openings {
  package static let kept = Kept(
    [
      KeptTable(
        "opening", say("Openings from outside"), by: .caseFile(),
        KeptColumn.all(
          [
            .plain("antenna", say("Antenna that held the file"), .antenna),
            .plain("actor", say("Opened by"), .account),
            .plain("from_antenna", say("From the antenna"), .antenna),
            .plain("institution", say("Institution"), .institution),
            .plain("opened_at", say("Opened"), .moment), .plain("until_at", say("Until"), .moment),
            .sealed("reason", .fields("opening.reason", { Opening.kept($0) }), isRequired: true),
            .plain("verdict", say("Judgement"), .code { Opening.Verdict(rawValue: $0)?.label }),
            .plain("judged_at", say("Judged"), .moment), .plain("judged_by", say("Judged by"), .account),
            .sealed("judgement", say("Why"), in: "opening.judgement"),
          ], inner: ["id", "case_file"]))
    ],
    obstacle: { files, db in
      try OpeningErasureStore.isWaiting(of: files, in: db)
        ? say("The file was opened from outside, and nobody has judged that yet.") : nil
    })
}

extension Opening {
  static func kept(_ name: String) -> KeptField? {
    switch name {
    case "why": KeptField(say("Why")) { Why(rawValue: $0)?.label }
    case "words": KeptField(say("In words"))
    default: nil
    }
  }
}
