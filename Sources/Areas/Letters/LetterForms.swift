import Basics

/// What was typed into the forms of a letter.
enum LetterForm {
  /// What stands on the outside of a letter.
  enum Recipient: String { case address, name }

  static func draft(_ typed: Typed, _ knowledge: LetterKnowledge, today: Day) throws(Refusal) -> LetterDraft {
    var check = FormCheck(typed)
    let id: RecordID<Letter> = check.newID()
    let language = check.required(choice: "language", say("Choose the language.")) as Language?
    let model = knowledge.find(typed["model"])
    if model == nil { check.refuse("model", say("Choose a letter.")) }
    var values: [String: String] = [:]
    for field in model?.fields ?? [] { values[field.name] = value(of: field, &check, today) }
    if model?.channel == .letter {
      let recipient = check.required(choice: "recipient", say("Choose what stands outside.")) as Recipient?
      values["recipient"] = recipient?.rawValue
    }
    try check.finish()
    guard let language, let model else { throw .invalid(check.errors) }
    return LetterDraft(id: id, model: model.name, language: language, typed: values)
  }

  private static func value(of field: LetterModel.Field, _ check: inout FormCheck, _ today: Day) -> String {
    switch field.kind {
    case .text: return check.required(field.name, say("Write what belongs here."), limit: 300)
    case .day:
      let day = check.day(field.name, in: (today + -3_660)...(today + 3_660))
      if day == nil, check.typed[field.name].isEmpty { check.refuse(field.name, say("Choose a day.")) }
      return day?.description ?? ""
    case .time:
      let text = check.typed[field.name].westernDigits
      guard let parts = text.wholeMatch(of: /([0-9]{1,2})[:hH]([0-9]{2})/), let hour = Int(parts.1),
        let minute = Int(parts.2), hour < 24, minute < 60
      else {
        check.refuse(field.name, say("Write the time as 9:30."))
        return ""
      }
      return "\(hour < 10 ? "0" : "")\(hour):\(parts.2)"
    }
  }

  static func sent(_ typed: Typed, today: Day) throws(Refusal) -> Letter.Sent {
    var check = FormCheck(typed)
    let way = check.required(choice: "way", say("Choose how it went out.")) as Letter.Way?
    let day = check.day("sent-on", in: (today + -3_660)...today)
    try check.finish()
    guard let way else { throw .invalid(check.errors) }
    return Letter.Sent(way: way, on: day ?? today)
  }

  static func withdrawal(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let why = check.required("why", say("Write why it is withdrawn."), limit: 500)
    try check.finish()
    return why
  }
}
