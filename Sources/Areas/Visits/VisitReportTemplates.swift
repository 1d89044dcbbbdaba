import Basics
import Cases
import Pages

/// Everything that the page of one visit shows.
struct VisitView: Sendable {
  let all: VisitsView
  let visit: Visit
  let terms: VisitTerms
  let attempt: VisitAttempt
  let mayCorrect: Bool

  var file: CaseFile { all.file }

  /// What was typed into a form and what was wrong with it; nothing for the other forms.
  func attempt(_ form: VisitAttempt.Form) -> VisitAttempt? { attempt.form == form ? attempt : nil }
}

/// A visit on its own page: its report, or the forms for what became of it.
enum VisitReportTemplates {
  static func show(_ view: VisitView, on page: Page) -> HTML {
    let visit = view.visit
    let mayChange = view.all.mayChange(on: page)
    let parts: HTML =
      switch visit.state {
      case .planned: mayChange ? forms(view, on: page) : .empty
      case .done: report(view, mayChange, on: page)
      case .missed: missed(view, on: page)
      case .calledOff: calledOff(visit, on: page)
      }
    let title = page("Visit of \(visit.day)")
    return page.layout(
      title, "\(VisitTemplates.title(title, view.file, on: page))\(state(view, on: page))\(parts)")
  }

  private static func state(_ view: VisitView, on page: Page) -> HTML {
    let visit = view.visit
    let isLate = visit.state == .planned && visit.plannedOn < page.today
    let moves = visit.moves.map { move -> HTML in
      "<li>\(page.day(move.to)) \(page("instead of")) \(page.day(move.from)) · \(VisitTemplates.why(move.why, on: page))</li>"
    }
    return page.section(
      page("Planned for"),
      """
      <p><strong>\(page.day(visit.plannedOn))</strong> \(page.badge(page(visit.state.label), visit.state == .done ? .good : .plain)) \
      \(visit.month.map { VisitTemplates.month($0, on: page) })\(isLate ? " \(page.badge(page("late"), .attention, icon: .late))" as HTML : .empty)</p>
      \(moves.isEmpty ? .empty : "<ol class=\"moves faint\">\(moves)</ol>" as HTML)
      """)
  }

  private static func forms(_ view: VisitView, on page: Page) -> HTML {
    let report = view.attempt(.report) ?? VisitAttempt()
    let move = view.attempt(.move) ?? VisitAttempt()
    let missing = view.attempt(.missing) ?? VisitAttempt()
    return page.section(
      page("What was seen"), id: "report",
      page.form(
        VisitPaths.report(view.file.id, view.visit.id), submit: page("Record the visit"),
        errors: report.errors,
        fields(view, report, on: page)))
      + page.section(
        page("Put it on another day"), id: "move", moveForm(view, move, on: page))
      + page.section(
        page("It did not take place"), id: "missing", missingForm(view, missing, on: page))
  }

  private static func moveForm(_ view: VisitView, _ attempt: VisitAttempt, on page: Page) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    return page.form(
      VisitPaths.move(view.file.id, view.visit.id), submit: page("Put it on this day"),
      errors: attempt.errors,
      weight: .secondary,
      """
      \(page.once(attempt.typed))
      \(fields.text("moved-to", page("New day"), kind: .date, required: true))
      \(hindrance("why-moved", fields, on: page))
      """)
  }

  private static func missingForm(_ view: VisitView, _ attempt: VisitAttempt, on page: Page) -> HTML {
    let proposed = Typed(Fields(["again-on": VisitRules.again(after: page.today).description]))
    let fields = FormFields(
      page, typed: attempt.form == nil ? proposed : attempt.typed, errors: attempt.errors)
    return page.form(
      VisitPaths.missing(view.file.id, view.visit.id), submit: page("It did not take place"),
      errors: attempt.errors, weight: .secondary,
      """
      \(page.once(attempt.typed))
      \(hindrance("why-missed", fields, on: page))
      \(fields.text("again-on", page("A new visit on"), hint: page("Leave empty when none is to be planned now."), kind: .date))
      """)
  }

  private static func hindrance(_ name: String, _ fields: FormFields, on page: Page) -> HTML {
    let choices = Visit.Hindrance.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }
    return fields.radios(name, page("Why"), options: choices, required: true)
      + fields.text("\(name)-told", page("In words"), direction: .auto, limit: 500)
  }

  /// The fields of a report, in the order of a conversation.
  private static func fields(_ view: VisitView, _ attempt: VisitAttempt, on page: Page) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    func choices<Kind: RawRepresentable<String>>(_ all: [Kind], _ label: (Kind) -> Phrase) -> [Choice] {
      all.map { Choice($0.rawValue, page(label($0))) }
    }
    return """
      \(fields.text("made-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      \(fields.radios("way", page("How you met"), options: choices(Visit.Way.allCases, \.label)))
      \(fields.radios("activity", page("The person's activity"), options: choices(Visit.Activity.allCases, \.label), required: true))
      \(fields.paragraph("seen", page("What was seen"), required: true))
      \(income(view, fields, on: page))
      \(fields.group(page("Places of work"), "\(Visit.Jobs.allCases.map { fields.text($0.rawValue, page($0.label), kind: .number) })"))
      \(fields.checkboxes("difficulties", page("Difficulties"), options: choices(Visit.Difficulty.allCases, \.label) + [Choice("none", page("None"))], hint: page("Leave empty what was not asked.")))
      \(fields.text("other-difficulty", page("The other difficulty"), direction: .auto, limit: 500))
      \(fields.radios("wish", page("Wishes to leave again"), options: choices(Visit.Wish.allCases, \.label)))
      \(fields.paragraph("wish-why", page("Why"), rows: 2))
      \(fields.paragraph("next-step", page("Next step"), rows: 2))
      \(fields.text("next-on", page("By when"), kind: .date))
      """
  }

  /// The ranges in force, and the one that stands in the report where it was written under others.
  private static func income(_ view: VisitView, _ fields: FormFields, on page: Page) -> HTML {
    var choices = view.terms.incomeRanges(on: view.visit.report?.on ?? page.today).map {
      Visit.Income.range($0)
    }
    if let before = view.visit.report?.income, before != .refused, !choices.contains(before) {
      choices.append(before)
    }
    let options = (choices + [.refused]).map { Choice($0.text, income($0, on: page)) }
    return fields.select(
      "income", page("Income of the person in a month"), options: options,
      hint: choices.isEmpty
        ? page("The ranges of income are not loaded: the central office sets them.")
        : page("Leave empty what was not asked."))
  }

  static func income(_ income: Visit.Income, on page: Page) -> String {
    guard case .range(let range) = income else { return page("Does not wish to say") }
    if range.isNone { return page("Nothing") }
    let lower = page.reader.number(range.lower)
    guard let upper = range.upper else { return page("\(lower) dinars and more") }
    return page("\(lower) to \(page.reader.number(upper)) dinars")
  }

  private static func missed(_ view: VisitView, on page: Page) -> HTML {
    let why: HTML =
      view.visit.missed.map { VisitTemplates.why($0, on: page) } ?? "\(page("Nobody said why."))"
    return page.section(page("It did not take place"), "<p>\(why)</p>")
  }

  private static func calledOff(_ visit: Visit, on page: Page) -> HTML {
    let why = visit.calledOffOn.map { page("The case was closed on \($0).") }
    return page.section(page("It did not take place"), "<p>\(why ?? "—")</p>")
  }

  private static func report(_ view: VisitView, _ mayChange: Bool, on page: Page) -> HTML {
    guard let report = view.visit.report else { return .empty }
    let by = view.visit.author.flatMap { view.all.names[$0.by] }
    let facts: [(label: String, value: HTML?)] = [
      (page("Made on"), page.day(report.on)), (page("By"), by.map { "\($0)" }),
      (page("How you met"), asked(report.way.map { page($0.label) }, on: page)),
      (page("Activity"), "\(page(report.activity.label))"), (page("Seen"), page.prose(report.seen)),
      (page("Income of the person in a month"), asked(report.income.map { income($0, on: page) }, on: page)),
      (page("Jobs kept"), jobs(report, .keptByWomen, .keptByMen, on: page)),
      (page("Jobs created"), jobs(report, .createdForWomen, .createdForMen, on: page)),
      (page("Difficulties"), difficulties(report, on: page)),
      (page("Wishes to leave again"), asked(report.wish.map { page($0.label) }, on: page)),
      (page("Why"), report.wishReason.map { page.prose($0) }),
      (page("Next step"), report.nextStep.map { page.prose($0) }),
      (page("By when"), report.nextOn.map { page.day($0) }),
    ]
    return page.section(
      page("What was seen"), id: "report",
      page.facts(facts) + (view.mayCorrect && mayChange ? correction(view, report, on: page) : .empty))
  }

  private static func correction(_ view: VisitView, _ report: Visit.Report, on page: Page) -> HTML {
    var attempt = view.attempt(.correction) ?? VisitAttempt()
    if attempt.form == nil { attempt.typed = VisitReportForm.typed(report.fields) }
    let stored = view.visit.author?.version ?? 1
    let version = attempt.isNewest || attempt.form == nil ? String(stored) : attempt.typed["version"]
    return page.disclosure(
      page("Correct the report"), icon: .note, isOpen: !attempt.errors.isEmpty,
      page.form(
        VisitPaths.correction(view.file.id, view.visit.id), submit: page("Save the correction"),
        errors: attempt.errors, page.hidden("version", version) + fields(view, attempt, on: page)))
  }

  /// What is nil was not asked, and nothing else is made of it.
  private static func asked(_ text: String?, on page: Page) -> HTML {
    text.map { "\($0)" as HTML } ?? "<span class=\"faint\">\(page("not asked"))</span>"
  }

  private static func jobs(
    _ report: Visit.Report, _ women: Visit.Jobs, _ men: Visit.Jobs, on page: Page
  ) -> HTML {
    let parts = [
      report.jobs[women].map { page($0, one: "one woman", many: "\($0) women") },
      report.jobs[men].map { page($0, one: "one man", many: "\($0) men") },
    ].compactMap { $0 }
    return asked(parts.isEmpty ? nil : parts.joined(separator: "\(page.reader.comma) "), on: page)
  }

  private static func difficulties(_ report: Visit.Report, on page: Page) -> HTML {
    guard let all = report.difficulties else { return asked(nil, on: page) }
    guard !all.isEmpty else { return "\(page("None"))" }
    let badges = Visit.Difficulty.allCases.filter(all.contains).map { page.badge(page($0.label)) }
    return "\(badges)\(report.otherDifficulty.map { page.prose($0) })"
  }

  /// A field of a report, as it is read.
  static func shown(_ field: String, _ value: String, on page: Page) -> String {
    switch field {
    case "activity": Visit.Activity(rawValue: value).map { page($0.label) } ?? value
    case "way": Visit.Way(rawValue: value).map { page($0.label) } ?? value
    case "wish": Visit.Wish(rawValue: value).map { page($0.label) } ?? value
    case "income": Visit.Income(value).map { income($0, on: page) } ?? value
    case "made-on", "next-on": Day(value).map { page.reader.date($0) } ?? value
    case "difficulties":
      value == "none"
        ? page("None")
        : value.split(separator: " ").compactMap { Visit.Difficulty(rawValue: String($0)) }
          .map { page($0.label) }.joined(separator: "\(page.reader.comma) ")
    default: value
    }
  }
}
