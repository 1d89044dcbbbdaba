import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. By their files: a reception without one is about nobody who could ask yet, and its key
/// is its own.
extension Receptions {
  package static let kept = Kept([
    KeptTable(
      "reception_draft", say("Reception"), by: .row("id", of: "case_file", .person("person")),
      KeptColumn.all(
        [
          .sealed("told", .fields("reception.told", { ReceptionDraft.kept($0) })),
          .sealed("sealing_key", .withheld),
          .plain("begun_at", say("Recorded"), .moment),
          .plain("author", say("Recorded by"), .account),
        ], inner: ["id", "person", "antenna", "state", "version", "steps_done", "discarded", "saved_at"]))
  ])
}

extension ReceptionDraft {
  /// What was said of a file like hers may be another's, and is withheld.
  static func kept(_ name: String) -> KeptField? {
    if let field = Identity.Field(rawValue: name) { return KeptField(field.label) }
    if let field = ReturnFacts.Field(rawValue: name) { return KeptField(field.label) }
    if let question = Step.allCases.flatMap(\.questions).first(where: { $0.name == name }) {
      switch question.kind {
      case .one, .yes: return KeptField(question.label) { ReceptionWords.label($0) }
      // Several answers stand as one text: each is a code of its own.
      case .many: return KeptField(question.label) { $0.contains(" ") ? nil : ReceptionWords.label($0) }
      case .line, .paragraph, .number: return KeptField(question.label)
      }
    }
    // The needs are numbered: `urgency-2`.
    switch name.last?.isNumber == true ? String(name.dropLast(2)) : name {
    case "channel": return KeptField(say("First contact")) { CaseFile.Channel(rawValue: $0)?.label }
    case "consent-way": return KeptField(say("How it was given")) { Consent.Way(rawValue: $0)?.label }
    case "consent-language": return KeptField(say("Language in which the text was read"))
    case "given-on": return KeptField(say("Day"), .day)
    case "need": return KeptField(say("What is needed")) { Need.Kind(rawValue: $0)?.label }
    case "urgency": return KeptField(say("How urgent")) { Need.Urgency(rawValue: $0)?.label }
    case "details": return KeptField(say("Details"))
    case "done": return KeptField(say("What was done"))
    case "done-on": return KeptField(say("Done on"), .day)
    default: return nil
    }
  }
}
