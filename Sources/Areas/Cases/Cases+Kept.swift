import Basics
import Foundation
import People
import Storage

extension KeptTable.Way {
  /// The column holds the id of a case of hers.
  package static func caseFile(_ column: String = "case_file") -> Self {
    .row(column, of: "case_file", .person("person"))
  }
}

/// What the area keeps of persons.
extension Cases {
  package static let kept = Kept(
    [
      KeptTable("case_file", say("Case"), by: .person("person"), file),
      KeptTable("need", say("Immediate needs"), by: .caseFile(), need),
      KeptTable("note", say("Notes"), by: .caseFile(), note),
      KeptTable("closure", say("Closing"), by: .caseFile(), closure),
    ],
    obstacle: { files, db in
      try CaseStore.openNumbers(of: files, in: db).first.map {
        say("The case \($0) is open: it is closed first.")
      }
    },
    erase: { files, day, db in try CaseErasureStore.mark(files, on: day, in: db) })

  private static let file: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("number", say("Number")), .plain("antenna", say("Antenna"), .antenna),
        .plain("contact", say("Contact person"), .account),
        .plain("channel", say("How the person came"), .code { CaseFile.Channel(rawValue: $0)?.label }),
        .plain("received_at", say("Received"), .moment), .plain("received_by", say("Received by"), .account),
        .plain("plan_agreed_on", say("Plan agreed on"), .day),
        .plain("first_action_on", say("First action"), .day),
        .plain("first_visit_on", say("First visit"), .day),
        .plain("next_action_on", say("Next action"), .day), .plain("next_visit_on", say("Next visit"), .day),
        .plain("closed_on", say("Closed on"), .day),
        .plain("stage", say("Stage"), .code { CaseFile.Stage(rawValue: $0)?.label }),
        .sealed("return_facts", .fields("case.return", { ReturnFacts.kept($0) }), isRequired: true),
      ],
      inner: [
        "id", "person", "version", "received_on", "returned_on", "due_on", "due_what", "return_country",
        "return_kind", "erased_on",
      ])

  private static let need: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("kind", say("Kind"), .code { Need.Kind(rawValue: $0)?.label }),
        .plain("urgency", say("Urgency"), .code { Need.Urgency(rawValue: $0)?.label }),
        .sealed("details", say("Details"), in: "need.details", isRequired: true),
        .plain("recorded_on", say("Recorded"), .day), .plain("recorded_by", say("Recorded by"), .account),
        .plain("met_on", say("Met on"), .day), .plain("met_by", say("Met by"), .account),
        .sealed("met_how", say("What was done"), in: "need.met"),
      ], inner: ["id", "case_file"])

  private static let note: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("section", say("Section"), .code { Note.Section(rawValue: $0)?.label }),
        .sealed("text", say("Note"), in: "note.text", isRequired: true),
        .plain("at", say("Recorded"), .moment), .plain("by", say("Recorded by"), .account),
      ], inner: ["id", "case_file"])

  private static let closure: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("outcome", say("Outcome"), .code { Closure.Outcome(rawValue: $0)?.label }),
        .sealed("reason", say("Why"), in: "closure.reason", isRequired: true),
        .plain("closed_on", say("Closed on"), .day), .plain("closed_by", say("Closed by"), .account),
        .plain("reopened_on", say("Opened again:"), .day),
        .plain("reopened_by", say("Opened again by"), .account),
        .sealed("reopen_reason", say("Why it was opened again"), in: "closure.reopen"),
      ], inner: ["id", "case_file"])
}

extension ReturnFacts {
  static func kept(_ name: String) -> KeptField? {
    Field(rawValue: name).map { field in
      let kind: CopiedValue.Kind =
        switch field {
        case .country, .transit: .country
        case .returnedOn: .day
        default: .text
        }
      return KeptField(field.label, kind) { field == .kind ? Kind(rawValue: $0)?.label : nil }
    }
  }
}
