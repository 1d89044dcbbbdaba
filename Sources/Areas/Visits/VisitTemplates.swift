import Basics
import Cases
import Pages

/// Everything that is shown of the visits of a case.
struct VisitsView: Sendable {
  let file: CaseFile
  let visits: [Visit]
  let schedule: VisitSchedule?
  /// When the activity began, where somebody said so.
  let startedOn: Day?
  let names: [AccountID: String]

  var planned: [Visit] { visits.filter { $0.state == .planned } }
  /// What is over, newest first.
  var past: [Visit] { visits.filter { $0.state != .planned }.sorted { $1.day < $0.day } }

  func mayChange(on page: Page) -> Bool { page.may(.recordVisits) && file.stage != .closed }
}

/// The visits, as they stand on the page of their case: the next act, what is to come, what was.
enum VisitTemplates {
  /// More of them stand on a page of their own.
  private static let shown = (planned: 6, past: 4)
  /// Letters of a report that the page of the case shows; all of it stands on the page of the visit.
  private static let shortened = 240

  static func section(_ view: VisitsView, on page: Page) -> HTML {
    let mayChange = view.mayChange(on: page)
    let planned = view.planned.enumerated().map { index, visit in
      self.planned(visit, view, isNext: index == 0, on: page)
    }
    let items = planned.prefix(shown.planned) + view.past.prefix(shown.past).map { past($0, view, on: page) }
    let isCut = planned.count > shown.planned || view.past.count > shown.past
    let all: HTML =
      isCut ? "<p><a href=\"\(VisitPaths.all(view.file.id))\">\(page("All visits"))</a></p>" : .empty
    let isProposed = mayChange && view.schedule.map { !$0.isEmpty } ?? false
    let none: HTML =
      isProposed
      ? .empty : page.emptyState(page("No visit is planned: the first is usually a month after the plan."))
    let list: HTML =
      items.isEmpty ? none : "<ol class=\"timeline visits\">\(Array(items))</ol>\(all)"
    return page.section(
      page("Follow-up visits"), id: "visits",
      (isProposed ? proposal(view, on: page) : .empty) + list + (mayChange ? forms(view, on: page) : .empty)
        + goods(view, on: page))
  }

  /// What was handed over concerns those who have a plan.
  private static func goods(_ view: VisitsView, on page: Page) -> HTML {
    guard view.file.milestones.planAgreedOn != nil else { return .empty }
    return "<p><a href=\"\(VisitPaths.handovers(view.file.id))\">\(page("Goods handed over"))</a></p>"
  }

  /// What the schedule asks for, planned with one act.
  private static func proposal(_ view: VisitsView, on page: Page) -> HTML {
    guard let schedule = view.schedule, !schedule.isEmpty else { return .empty }
    let days = schedule.missing.map { slot -> HTML in
      "<li>\(page.day(slot.day)) \(month(slot.month, on: page))\(late(slot.day, on: page))</li>"
    }
    let shifts = schedule.shifted.map { shift -> HTML in
      "<li>\(page.day(shift.to.day)) \(month(shift.to.month, on: page)) \(page("instead of")) \(page.day(shift.from))</li>"
    }
    return page.alert(
      .info,
      """
      <p><strong>\(page("The schedule asks for these visits:"))</strong></p><ul class="slots">\(days)\(shifts)</ul>
      \(page.form(VisitPaths.schedule(view.file.id), submit: page("Plan these visits"), weight: .secondary))
      """)
  }

  private static func forms(_ view: VisitsView, on page: Page) -> HTML {
    let start =
      view.schedule == nil
      ? HTML.empty
      : page.disclosure(
        page("Count from the day the activity began"), icon: .current,
        startForm(
          view.file.id, Typed(Fields(["started-on": view.startedOn?.description ?? ""])), [], on: page))
    return page.disclosure(
      page("Plan a visit"), icon: .calendar, planForm(view.file.id, Typed(), [], on: page)) + start
  }

  /// A visit that is to come: the next with its acts, the others as a line.
  private static func planned(_ visit: Visit, _ view: VisitsView, isNext: Bool, on page: Page) -> HTML {
    let path = VisitPaths.show(view.file.id, visit.id)
    let mayChange = view.mayChange(on: page)
    let day: HTML =
      mayChange ? "<a href=\"\(path)\">\(page.day(visit.plannedOn))</a>" : page.day(visit.plannedOn)
    let acts: HTML =
      isNext && mayChange
      ? """
      <div class="acts">\(page.button(page("What was seen"), to: "\(path)#report", icon: .visit, weight: .secondary))
      \(page.button(page("Put it on another day"), to: "\(path)#move", weight: .quiet))
      \(page.button(page("It did not take place"), to: "\(path)#missing", weight: .quiet))</div>
      """ : .empty
    return """
      <li class="\(isNext ? "next" : "coming")"><p>\(isNext ? "<strong>\(page("Next visit"))</strong> " as HTML : .empty)\(day) \
      \(page.badge(page(visit.state.label))) \(visit.month.map { month($0, on: page) })\(late(visit.plannedOn, on: page))</p>\
      \(moved(visit, on: page))\(acts)</li>
      """
  }

  /// A visit that is over: what was seen, in short.
  private static func past(_ visit: Visit, _ view: VisitsView, on page: Page) -> HTML {
    let link: HTML =
      "<a href=\"\(VisitPaths.show(view.file.id, visit.id))\">\(page.day(visit.day))</a>"
    guard let report = visit.report else {
      return """
        <li class="missed"><p>\(link) \(page.badge(page(visit.state.label)))</p>\
        \(visit.missed.map { "<p class=\"faint\">\(why($0, on: page))</p>" as HTML })\(moved(visit, on: page))</li>
        """
    }
    let who = [report.way.map { page($0.label) }, visit.author.flatMap { view.names[$0.by] }].compactMap {
      $0
    }
    let next: HTML? = report.nextStep.map {
      "<p><span class=\"faint\">\(page("Next step"))</span> <span dir=\"auto\">\(short($0))</span>\(report.nextOn.map { " · \(page.day($0))" as HTML })</p>"
    }
    return """
      <li class="done"><p>\(link) \(page.badge(page(visit.state.label), .good)) \(page.badge(page(report.activity.label)))</p>\
      \(who.isEmpty ? .empty : "<p class=\"faint\">\(who.joined(separator: " · "))</p>" as HTML)\
      \(page.prose(short(report.seen)))\(next)</li>
      """
  }

  private static func short(_ text: String) -> String {
    let letters = text.unicodeScalars.prefix(shortened)
    return letters.count < text.unicodeScalars.count ? "\(String(String.UnicodeScalarView(letters)))…" : text
  }

  private static func late(_ day: Day, on page: Page) -> HTML {
    day < page.today ? " \(page.badge(page("late"), .attention, icon: .late))" : .empty
  }

  static func month(_ month: Int, on page: Page) -> HTML {
    "<span class=\"faint\">\(page(month, one: "after a month", many: "after \(month) months"))</span>"
  }

  static func moved(_ visit: Visit, on page: Page) -> HTML {
    guard let last = visit.moves.last else { return .empty }
    let count = visit.moves.count
    return """
      <p class="faint">\(page(count, one: "put on another day once", many: "put on another day \(count) times")), \
      \(page("at first planned for")) \(page.day(visit.firstPlannedOn)) · \(why(last.why, on: page))</p>
      """
  }

  static func why(_ why: Visit.Hindrance, on page: Page) -> HTML {
    "\(page(why.kind.label))\(why.told.map { ": <span dir=\"auto\">\($0)</span>" as HTML })"
  }

  /// All visits of a case on a page of their own.
  static func all(_ view: VisitsView, on page: Page) -> HTML {
    let items =
      view.planned.enumerated().map { planned($1, view, isNext: $0 == 0, on: page) }
      + view.past.map { line($0, view, on: page) }
    return page.layout(
      view.file.number,
      """
      \(title(page("Follow-up visits"), view.file, on: page))
      \(page.section(page("All visits"), items.isEmpty ? page.emptyState(page("No visit is planned: the first is usually a month after the plan.")) : "<ol class=\"timeline visits\">\(items)</ol>"))
      """)
  }

  private static func line(_ visit: Visit, _ view: VisitsView, on page: Page) -> HTML {
    """
    <li class="\(visit.state.rawValue)"><p><a href="\(VisitPaths.show(view.file.id, visit.id))">\(page.day(visit.day))</a> \
    \(page.badge(page(visit.state.label), visit.report == nil ? .plain : .good))\
    \(visit.report.map { " \(page.badge(page($0.activity.label)))" as HTML })</p></li>
    """
  }

  static func planForm(_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      VisitPaths.plan(id), submit: page("Plan the visit"), errors: errors,
      "\(page.once(typed))\(fields.text("planned-on", page("Day of the visit"), kind: .date, required: true))"
    )
  }

  static func startForm(_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      VisitPaths.schedule(id), submit: page("Plan the visits from this day"), errors: errors,
      weight: .secondary,
      fields.text(
        "started-on", page("Day on which the activity began"),
        hint: page(
          "Leave empty to count from the day of the plan. Visits that were put on another day stay."),
        kind: .date))
  }

  static func title(_ text: String, _ file: CaseFile, on page: Page) -> HTML {
    page.title(
      text,
      under:
        "<p>\(page.bdi(file.number)) · <a href=\"\(VisitPaths.onCase(file.id))\">\(page("Back to the case"))</a></p>"
    )
  }

  static func alone(_ form: HTML, _ file: CaseFile, on page: Page) -> HTML {
    page.layout(
      file.number,
      """
      \(title(page("Case \(file.number)"), file, on: page))
      \(page.section(page("Something needs mending"), form))
      """)
  }
}
