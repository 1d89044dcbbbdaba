import Basics
import Cases
import People
import Storage

/// What the area keeps of persons: what raters found in their files.
extension Reviews {
  package static let kept = Kept([
    KeptTable(
      "review_entry", say("File drawn for a review"), by: .caseFile(),
      KeptColumn.all([], inner: ["id", "round", "position", "case_file"])),
    KeptTable(
      "review_reading", say("Review of the file"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("rater", say("Reviewed by"), .account), .plain("begun_at", say("Begun"), .moment),
          .plain("done_at", say("Completed"), .moment), .plain("answers", say("Answers")),
          .sealed("words", say("Remarks"), .opened("review_reading.words", { told($0) })),
          .plain("antenna", say("Antenna"), .antenna),
        ], inner: ["id", "entry", "case_file", "version"])),
    KeptTable(
      "review_finding", say("Finding of a review"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("item", say("Question")), .plain("due", say("Due"), .day),
          .plain("at", say("Given"), .moment),
          .plain("by", say("Given by"), .account), .plain("antenna", say("Antenna"), .antenna),
          .plain(
            "receiver", say("For whom"), .code { ReviewFinding.Receiver(rawValue: $0)?.label }),
          .sealed("words", say("What is to be mended"), in: "review_finding.words"),
          .plain("closed_at", say("Closed"), .moment),
        ], inner: ["id", "entry", "case_file", "checklist", "task", "closed_as"])),
  ])

  private static func told(_ bytes: [UInt8]) -> String {
    (Fields(bytes: bytes)?.values ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      .joined(separator: "\n")
  }
}
