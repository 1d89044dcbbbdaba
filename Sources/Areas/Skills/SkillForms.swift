import Basics

/// What was typed, and what is meant.
enum SkillForm {
  static func checked(_ typed: Typed, _ questions: [SkillField]) throws(Refusal) -> (
    id: RecordID<Skill>, version: Int, fields: Fields
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Skill> = check.newID()
    let version = Int(typed["version"]) ?? 0
    var fields = Fields()
    for question in questions { fields[question.name] = answer(question, &check) }
    try check.finish()
    return (id, version, fields)
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Write why."), limit: 1_000)
    try check.finish()
    return reason
  }

  private static func answer(_ question: SkillField, _ check: inout FormCheck) -> String? {
    let name = question.name
    if let needed = question.needed, check.typed[name].isEmpty {
      check.refuse(name, needed)
      return nil
    }
    switch question.kind {
    case .line: return check.text(name)
    case .paragraph: return check.paragraph(name, limit: 4_000)
    case .day: return check.day(name)?.description
    case .number(let range): return check.number(name, in: range).map(String.init)
    case .dinars: return check.number(name, in: 0...100_000_000).map(String.init)
    case .choice(let known):
      let text = check.typed[name]
      guard !text.isEmpty else { return nil }
      if !known.contains(text) { check.refuse(name, say("Choose one of the answers offered.")) }
      return text
    }
  }
}
