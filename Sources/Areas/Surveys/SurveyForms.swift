import Basics

/// What was typed, and what is meant.
enum SurveyForm {
  /// - Parameter mayHealth: whether the question on health was asked.
  static func checked(_ typed: Typed, today: Day, mayHealth: Bool) throws(Refusal) -> (
    answers: Fields, versions: Survey.Versions
  ) {
    var check = FormCheck(typed)
    var answers = Fields()
    for question in SurveyPart.questions where mayHealth || question.name != Fields.health {
      answers[question.name] = answer(question, today, &check)
    }
    try check.finish()
    try SurveyRules.mustBeSound(answers, on: today)
    return (answers, versions(typed))
  }

  static func versions(_ typed: Typed) -> Survey.Versions {
    Survey.Versions(told: Int(typed["version"]) ?? 0, health: Int(typed["health-version"]) ?? 0)
  }

  static func correction(_ typed: Typed, today: Day, mayHealth: Bool) throws(Refusal) -> (
    answers: Fields, versions: Survey.Versions, reason: String
  ) {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Write why."), limit: 1_000)
    var errors = check.errors
    do throws(Refusal) {
      let form = try checked(typed, today: today, mayHealth: mayHealth)
      try check.finish()
      return (form.answers, form.versions, reason)
    } catch .invalid(let others) {
      if others != errors { errors += others }
      throw .invalid(errors)
    }
  }

  /// What the form shows before anyone has typed.
  static func typed(_ answers: Fields) -> Typed {
    Typed(
      Dictionary(
        uniqueKeysWithValues: answers.values.map { name, value in
          guard case .choices = SurveyPart.byName[name]?.kind else { return (name, [value]) }
          return (name, value.split(separator: " ").map(String.init))
        }))
  }

  private static func answer(_ question: SurveyQuestion, _ today: Day, _ check: inout FormCheck) -> String? {
    let name = question.name
    if let needed = question.needed, check.typed[name].isEmpty {
      check.refuse(name, needed)
      return nil
    }
    switch question.kind {
    case .line: return check.text(name)
    case .paragraph: return check.paragraph(name)
    case .day: return check.day(name, in: (today + -36_600)...(today + 3_660))?.description
    case .number(let range): return check.number(name, in: range).map(String.init)
    case .amount: return amount(name, &check)
    case .choice(let known):
      return chosen([check.typed[name]].filter { !$0.isEmpty }, among: known, name, &check)
    case .choices(let known): return chosen(check.typed.all(name), among: known, name, &check)
    }
  }

  private static func amount(_ name: String, _ check: inout FormCheck) -> String? {
    let text = check.typed[name]
    guard !text.isEmpty else { return nil }
    guard let money = Money(typed: text, .tnd, most: SurveyRules.mostMoney) else {
      check.refuse(
        name, say("Write an amount with at most three decimals after a comma, for example 1234,500."))
      return nil
    }
    return money.typed
  }

  /// In the order in which they are offered, each once.
  private static func chosen(
    _ codes: [String], among known: [String], _ name: String, _ check: inout FormCheck
  ) -> String? {
    guard codes.allSatisfy(known.contains) else {
      check.refuse(name, say("Choose one of the answers offered."))
      return nil
    }
    return known.filter(codes.contains).joined(separator: " ")
  }
}
