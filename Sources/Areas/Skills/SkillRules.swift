import Basics

/// Decisions only: no database, no clock, no request.
enum SkillRules {
  /// More of a person are a mistake; all are read at once.
  static let most = 100

  static func mayAdd(_ new: Skill, beside others: [Skill]) throws(Refusal) {
    guard others.count < most else {
      throw .conflict(say("There are \(most) entries already: no more can be added."))
    }
  }

  static func mustCount(_ skill: Skill) throws(Refusal) {
    guard skill.withdrawn == nil else {
      throw .conflict(say("This entry was withdrawn and cannot be changed any more."))
    }
  }

  /// The years of an experience follow each other.
  static func mustBeSound(_ kind: Skill.Kind, _ fields: Fields) throws(Refusal) {
    if kind == .experience, let from = fields["from-year"], let until = fields["until-year"], until < from {
      throw .invalid([FieldError("until-year", say("The last year is before the first."))])
    }
  }

  /// Asked, recognised and refused each happened on a day.
  static func mustBeSoundRecognition(_ fields: Fields) throws(Refusal) {
    let isAsked = fields["recognition"] != "not-asked"
    if isAsked, fields["recognition-on"] == nil {
      throw .invalid([FieldError("recognition-on", say("Write the day."))])
    }
  }

  /// What a feasibility study would still have to find out about an idea.
  static func missing(in idea: Fields?) -> [SkillField] {
    Skill.Kind.idea.questions.filter { idea?[$0.name] == nil }
  }

  /// The languages for figures: code and level spoken, between spaces; nil where none was told.
  static func languages(in fields: Fields) -> String? {
    let told = Skill.Kind.languages.compactMap { code in fields["spoken-\(code)"].map { "\(code):\($0)" } }
    return told.isEmpty ? nil : told.joined(separator: " ")
  }
}
