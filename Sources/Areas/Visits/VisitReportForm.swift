import Basics

/// The report as typed. What is left empty was not asked, and stays empty.
enum VisitReportForm {
  /// - Parameters:
  ///   - terms: where the ranges of income stand.
  ///   - before: the income that stands in the report: perhaps a range of other numbers, and good as it is.
  static func checked(
    _ typed: Typed, today: Day, in terms: VisitTerms, before: Visit.Income? = nil
  ) throws(Refusal) -> Visit.Report {
    var check = FormCheck(typed)
    let activity =
      check.required(choice: "activity", say("Say how the person's activity stands.")) as Visit.Activity?
    let seen = check.required("seen", say("Write what was seen."), limit: 5_000)
    let next = check.paragraph("next-step", limit: 1_000)
    let day = check.day("made-on", in: Day(number: today.number - 3_660)...today) ?? today
    var report = Visit.Report(on: day, activity: activity ?? .goingOn, seen: seen, nextStep: next)
    report.way = check.choice("way")
    report.nextOn = check.day("next-on", in: Day(number: today.number - 3_660)...(today + 3_660))
    if report.nextOn != nil, next == nil {
      check.refuse("next-step", say("Say what is to be done by that day."))
    }
    let offered = terms.incomeRanges(on: day).map { Visit.Income.range($0) } + [.refused]
    report.income = income(&check, offered + (before.map { [$0] } ?? []))
    for kind in Visit.Jobs.allCases {
      report.jobs[kind] = check.number(kind.rawValue, in: 0...Visit.Jobs.most)
    }
    difficulties(&check, &report)
    wish(&check, &report)
    try check.finish()
    return report
  }

  static func correction(
    _ typed: Typed, today: Day, in terms: VisitTerms, before: Visit.Income?
  ) throws(Refusal) -> (report: Visit.Report, version: Int) {
    let report = try checked(typed, today: today, in: terms, before: before)
    var check = FormCheck(typed)
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    try check.finish()
    return (report, version)
  }

  private static func income(_ check: inout FormCheck, _ offered: [Visit.Income]) -> Visit.Income? {
    let text = check.typed["income"]
    guard !text.isEmpty else { return nil }
    guard let income = Visit.Income(text), offered.contains(income) else {
      check.refuse("income", say("Choose one of the answers offered."))
      return nil
    }
    return income
  }

  private static func difficulties(_ check: inout FormCheck, _ report: inout Visit.Report) {
    let chosen = check.typed.all("difficulties")
    report.otherDifficulty = check.text("other-difficulty", limit: 500)
    guard !chosen.isEmpty || report.otherDifficulty != nil else { return }
    var known = Set(chosen.compactMap { Visit.Difficulty(rawValue: $0) })
    let others = chosen.filter { Visit.Difficulty(rawValue: $0) == nil }
    if others.contains(where: { $0 != "none" }) {
      check.refuse("difficulties", say("Choose one of the answers offered."))
    } else if !others.isEmpty, !known.isEmpty || report.otherDifficulty != nil {
      check.refuse("difficulties", say("Choose either difficulties or “none”."))
    }
    // Whoever writes another difficulty means that there is one.
    if report.otherDifficulty != nil { known.insert(.other) }
    if known.contains(.other), report.otherDifficulty == nil {
      check.refuse("other-difficulty", say("Write the other difficulty."))
    }
    report.difficulties = known
  }

  private static func wish(_ check: inout FormCheck, _ report: inout Visit.Report) {
    report.wish = check.choice("wish")
    report.wishReason = check.paragraph("wish-why", limit: 1_000)
    if check.typed["wish"].isEmpty, report.wishReason != nil {
      check.refuse("wish", say("Say whether the person wishes to leave again."))
    }
  }

  /// A report as it stands in its form again.
  static func typed(_ fields: Fields) -> Typed {
    var values = Typed(fields).values
    values["difficulties"] = fields["difficulties"]?.split(separator: " ").map(String.init)
    return Typed(values)
  }
}
