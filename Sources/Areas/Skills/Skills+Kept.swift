import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Skills {
  package static let kept = Kept([
    KeptTable(
      "skill", say("Employment section"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("kind", say("Kind"), .code { Skill.Kind(rawValue: $0).map(SkillWords.title) }),
          .sealed("told", .fields("skill.told", { Skill.kept($0) }), isRequired: true),
          .sealed("withdrawn", say("Why it was withdrawn"), in: "skill.withdrawn"),
          .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["id", "case_file", "version", "level", "languages", "sector", "place", "recognition"]))
  ])
}

extension Skill {
  static func kept(_ name: String) -> KeptField? {
    let questions = Kind.allCases.flatMap(\.questions) + Kind.recognitionQuestions
    guard let question = questions.first(where: { $0.name == name }) else { return nil }
    switch question.kind {
    case .choice: return KeptField(question.label) { SkillWords.label($0) }
    case .day: return KeptField(question.label, .day)
    default: return KeptField(question.label)
    }
  }
}
