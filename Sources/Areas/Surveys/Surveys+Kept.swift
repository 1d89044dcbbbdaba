import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. The copy of one's own data holds what stands now and every concluded edition.
extension Surveys {
  package static let kept = Kept([
    KeptTable(
      "survey", say("Social survey"), by: .caseFile(),
      KeptColumn.all(
        [
          .sealed("told", .fields("survey.told", { Survey.kept($0) }), isRequired: true),
          .sealed("health", .fields("survey.health", { Survey.kept($0) }), isRequired: true),
          .plain("concluded_at", say("Concluded"), .moment),
          .plain("begun_at", say("Recorded"), .moment),
          .plain("begun_by", say("Recorded by"), .account),
        ],
        inner: ["id", "case_file", "version", "health_version", "met_on", "way", "tenure", "cover"])),
    KeptTable(
      "survey_edition", say("Concluded editions of the social survey"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("number", say("Version"), .number),
          .sealed("told", .fields("survey_edition.told", { Survey.kept($0) }), isRequired: true),
          .sealed("health", .fields("survey_edition.health", { Survey.kept($0) }), isRequired: true),
          .sealed("reason", say("Why it was corrected"), in: "survey_edition.reason"),
          .plain("concluded_at", say("Concluded"), .moment),
          .plain("concluded_by", say("Concluded by"), .account),
        ], inner: ["id", "survey", "case_file"])),
  ])
}

extension Survey {
  static func kept(_ name: String) -> KeptField? {
    guard let question = SurveyPart.byName[name] else {
      return nil
    }
    switch question.kind {
    case .choice: return KeptField(question.label) { SurveyWords.label(question, $0) }
    case .day: return KeptField(question.label, .day)
    default: return KeptField(question.label)
    }
  }
}
