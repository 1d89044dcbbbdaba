import Basics
import Cases
import People
import Storage

/// What the area keeps of persons: questions about their cases. The others are about nobody.
extension Questions {
  package static let kept = Kept([
    KeptTable(
      "question", say("Question to the centre"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("kind", say("Kind"), .code { Question.Kind(rawValue: $0)?.label }),
          .plain("antenna", say("Antenna"), .antenna), .plain("asked_at", say("Asked"), .moment),
          .plain("asked_by", say("Asked by"), .account), .plain("due", say("Due"), .day),
          .sealed("words", say("What is asked"), in: "question.words", isRequired: true),
          .plain("outcome", say("Outcome"), .code { Question.Outcome(rawValue: $0)?.label }),
          .sealed("answer", say("Answer"), in: "question.answer"),
          .plain("answered_at", say("Answered"), .moment),
          .plain("answered_by", say("Answered by"), .account),
        ], inner: ["id", "case_file", "seen_at"]))
  ])
}
