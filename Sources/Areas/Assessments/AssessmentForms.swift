import Basics

/// What was typed, and what is meant.
enum AssessmentForm {
  static let refused = Answer.refused.text
  static let notApplicable = Answer.notApplicable.text

  static func checked(_ typed: Typed, _ instrument: Instrument, today: Day) throws(Refusal) -> (
    fields: Fields, version: Int
  ) {
    var check = FormCheck(typed)
    var fields = Fields()
    let earliest = today.adding(months: -12 * AssessmentRules.mostYears)
    let on = check.day("on", in: earliest...(today + 366))
    if on == nil, typed["on"].isEmpty { check.refuse("on", say("Write the day.")) }
    fields["on"] = on?.description
    let wave = check.required(choice: "wave", say("Choose which time it is.")) as Assessment.Wave?
    fields["wave"] = wave?.rawValue
    let way = check.required(choice: "way", say("Choose how it was given.")) as Assessment.Way?
    fields["way"] = way?.rawValue
    fields["asked-by"] = check.text("asked-by")
    for item in instrument.items { fields[AnswerField.name(item.code)] = answer(item, &check)?.text }
    try check.finish()
    try AssessmentRules.mustBeSound(fields, instrument, on: today)
    return (fields, Int(typed["version"]) ?? 0)
  }

  /// Answers alone, to try an instrument on.
  static func sample(_ typed: Typed, _ instrument: Instrument) throws(Refusal) -> Fields {
    var check = FormCheck(typed)
    var fields = Fields()
    for item in instrument.items { fields[AnswerField.name(item.code)] = answer(item, &check)?.text }
    if fields.answers.isEmpty, check.errors.isEmpty, let first = instrument.items.first {
      check.refuse(AnswerField.name(first.code), say("Answer one question at least."))
    }
    try check.finish()
    return fields
  }

  static func correction(_ typed: Typed, _ instrument: Instrument, today: Day) throws(Refusal) -> (
    fields: Fields, version: Int, reason: String
  ) {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Write why."), limit: 1_000)
    var errors = check.errors
    do throws(Refusal) {
      let form = try checked(typed, instrument, today: today)
      try check.finish()
      return (form.fields, form.version, reason)
    } catch .invalid(let others) {
      if others != errors { errors += others }
      throw .invalid(errors)
    }
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("why", say("Write why."), limit: 1_000)
    try check.finish()
    return reason
  }

  /// What the form shows before anyone has typed.
  static func typed(_ fields: Fields, _ instrument: Instrument) -> Typed {
    var values = fields.values.filter { !$0.key.hasPrefix(AnswerField.mark) }.mapValues { [$0] }
    for item in instrument.items {
      let name = AnswerField.name(item.code)
      guard let text = fields[name] else { continue }
      let isMissing = text == refused || text == notApplicable
      switch item.kind {
      case .oneOf, .yesNo: values[name] = [text]
      case .severalOf: values[name] = text.split(separator: " ").map(String.init)
      case .number, .text, .date: values[isMissing ? whyName(item) : name] = [text]
      }
    }
    return Typed(values)
  }

  /// The field in which it is said why there is no answer, where the answer is typed.
  static func whyName(_ item: Item) -> String { "why-\(AnswerField.name(item.code))" }

  /// Nil where nothing was asked.
  private static func answer(_ item: Item, _ check: inout FormCheck) -> Answer? {
    let name = AnswerField.name(item.code)
    switch item.kind {
    case .oneOf(let options), .yesNo(let options):
      let code = check.typed[name]
      return code.isEmpty ? nil : chosen([code], options, name, &check)
    case .severalOf(let options):
      let codes = check.typed.all(name)
      return codes.isEmpty ? nil : chosen(codes, options, name, &check)
    case .number(let range, _):
      return told(check.number(name, in: range).map(String.init), item, &check)
    case .text: return told(check.paragraph(name, limit: 2_000), item, &check)
    case .date:
      let days = (Day(year: 1900, month: 1, day: 1) ?? Day(number: 0))...Day(number: 60_000)
      return told(check.day(name, in: days)?.description, item, &check)
    }
  }

  private static func chosen(
    _ codes: [String], _ options: [Item.Option], _ name: String, _ check: inout FormCheck
  ) -> Answer? {
    if codes.contains(refused) || codes.contains(notApplicable) {
      guard codes.count == 1, let code = codes.first else {
        check.refuse(name, say("Choose an answer, or why there is none."))
        return nil
      }
      return Answer(text: code)
    }
    let known = options.filter { codes.contains($0.code) }
    guard known.count == Set(codes).count else {
      check.refuse(name, say("Choose one of the answers offered."))
      return nil
    }
    if known.count > 1, known.contains(where: \.isAlone) {
      check.refuse(name, say("One of these answers stands alone: choose it or the others."))
      return nil
    }
    return .value(known.map(\.code).joined(separator: " "))
  }

  private static func told(_ value: String?, _ item: Item, _ check: inout FormCheck) -> Answer? {
    let (name, why) = (AnswerField.name(item.code), check.typed[whyName(item)])
    guard !why.isEmpty else { return value.map { .value($0) } }
    guard [refused, notApplicable].contains(why) else {
      check.refuse(whyName(item), say("Choose one of the answers offered."))
      return nil
    }
    guard check.typed[name].isEmpty else {
      check.refuse(whyName(item), say("Write an answer, or why there is none."))
      return nil
    }
    return Answer(text: why)
  }
}

/// What somebody typed into a form of the area, and what was wrong with it.
struct AssessmentAttempt: Sendable {
  let typed: Typed
  let errors: [FieldError]
  /// Typed on top of what is stored now.
  let isNewest: Bool

  init(_ typed: Typed, _ errors: [FieldError] = [], isNewest: Bool = false) {
    self.typed = typed
    self.errors = errors
    self.isNewest = isNewest
  }
}
