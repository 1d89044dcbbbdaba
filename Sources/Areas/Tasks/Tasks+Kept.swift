import Basics
import Cases
import People
import Storage

/// What the area keeps of persons: tasks about their cases. The others are about nobody.
extension Tasks {
  package static let kept = Kept([
    KeptTable(
      "task", say("Task"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("due", say("Due"), .day),
          .plain("state", say("State"), .code { OfficeTask.State(rawValue: $0)?.label }),
          .plain("given_at", say("Given"), .moment), .plain("given_by", say("Given by"), .account),
          .sealed("words", say("What is to be done"), in: "task.words", isRequired: true),
          .plain("ended_at", say("Done or refused"), .moment),
          .plain("ended_by", say("Done or refused by"), .account),
          .sealed("reason", say("Why it was refused"), in: "task.reason"),
        ], inner: ["id", "given_key", "receiver", "case_file", "origin", "taken_by"]))
  ])
}
