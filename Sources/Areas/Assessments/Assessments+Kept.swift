import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. The copy of one's own data holds what stands now and every concluded edition; of
/// instruments that were loaded here the answers have the codes of their files, since their words are data too.
extension Assessments {
  package static let kept = Kept([
    KeptTable(
      "assessment", say("Questionnaires"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("instrument", say("Questionnaire")),
          .plain("instrument_version", say("Version"), .number),
          .sealed("fields", .fields("assessment.fields", { Assessment.kept($0) }), isRequired: true),
          .plain("score", say("Score in thousandths"), .number),
          .plain("band", say("Band")),
          .plain("scored_items", say("Answers it rests on"), .number),
          .plain("concluded_at", say("When the answers were concluded"), .moment),
          .plain("begun_at", say("Recorded"), .moment),
          .plain("begun_by", say("Recorded by"), .account),
          .plain("withdrawn_at", say("Set aside"), .moment),
          .plain("withdrawn_by", say("Set aside by"), .account),
          .sealed("withdrawn_because", say("Why it is set aside"), in: "assessment.withdrawn"),
        ], inner: ["id", "case_file", "second_of", "version", "wave", "way", "given_on", "quarter"])),
    KeptTable(
      "assessment_edition", say("Concluded editions of questionnaires"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("number", say("Version"), .number),
          .sealed("fields", .fields("assessment_edition.fields", { Assessment.kept($0) }), isRequired: true),
          .sealed("reason", say("Why it was corrected"), in: "assessment_edition.reason"),
          .plain("concluded_at", say("When the answers were concluded"), .moment),
          .plain("concluded_by", say("Who concluded the answers"), .account),
        ], inner: ["id", "assessment", "case_file"])),
  ])
}

extension Assessment {
  static func kept(_ name: String) -> KeptField? {
    switch name {
    case "on": return KeptField(say("Day"), .day)
    case "wave": return KeptField(say("Which time"), .code) { Wave(rawValue: $0).map(AssessmentWords.label) }
    case "way": return KeptField(say("In which way"), .code) { Way(rawValue: $0).map(AssessmentWords.label) }
    case "asked-by": return KeptField(say("Who asked the questions"))
    default: break
    }
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    let code = String(parts[1].dropFirst(AnswerField.mark.count))
    guard let item = InstrumentShipped.item(InstrumentID(rawValue: parts[0]), code) else {
      return KeptField(say("Answer to “\(code)”")) { missing($0) }
    }
    return KeptField(say("\(item.text)")) { value in
      missing(value) ?? item.option(value).map { AssessmentWords.text($0, item) }
    }
  }

  private static func missing(_ value: String) -> Phrase? {
    switch Answer(text: value) {
    case .refused: AssessmentWords.refused
    case .notApplicable: AssessmentWords.notApplicable
    case .value: nil
    }
  }
}
