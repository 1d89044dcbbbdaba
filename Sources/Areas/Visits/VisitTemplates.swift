import Basics
import Cases
import Pages

/// The words for what the journal tells of a visit.
enum VisitWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "visit.plan": say("Planned a visit")
    case "visit.report": say("Recorded a visit")
    case "visit.miss": say("Recorded that a visit did not take place")
    default: nil
    }
  }
}

/// The visits, as they stand on the page of their case.
enum VisitTemplates {
  static func section(_ visits: [Visit], _ file: CaseFile, on page: Page) -> HTML {
    let mayChange = page.may(.recordVisits) && file.stage != .closed
    let items = visits.map { item($0, file, mayChange, on: page) }
    let list: HTML =
      items.isEmpty
      ? page.emptyState(page("No visit is planned: the first is usually a month after the plan."))
      : "<ul class=\"records\">\(items)</ul>"
    let form =
      mayChange
      ? page.disclosure(page("Plan a visit"), icon: .calendar, planForm(file.id, Typed(), [], on: page))
      : HTML.empty
    return page.section(page("Follow-up visits"), id: "visits", list + form)
  }

  private static func item(_ visit: Visit, _ file: CaseFile, _ mayChange: Bool, on page: Page) -> HTML {
    let isLate = visit.state == .planned && visit.plannedOn < page.today
    let late = isLate ? page.badge(page("late"), .attention, icon: .late) : .empty
    let acts: HTML =
      visit.state == .planned && mayChange
      ? """
      <div class="acts">\(page.disclosure(page("What was seen"), icon: .visit, reportForm(file.id, visit.id, Typed(), [], on: page)))
      \(page.form(VisitPaths.missing(file.id, visit.id), submit: page("It did not take place"), weight: .quiet))</div>
      """ : .empty
    return """
      <li><p>\(page.day(visit.plannedOn)) \(page.badge(page(visit.state.label), visit.state == .done ? .good : .plain)) \(late)</p>
      \(visit.report.map { report($0, on: page) })\(acts)</li>
      """
  }

  private static func report(_ report: Visit.Report, on page: Page) -> HTML {
    page.facts([
      (page("Made on"), page.day(report.on)), (page("Activity"), "\(page(report.activity.label))"),
      (page("Seen"), page.prose(report.seen)), (page("Next step"), report.nextStep.map { page.prose($0) }),
    ])
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

  static func reportForm(
    _ id: RecordID<CaseFile>, _ visit: RecordID<Visit>, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors, about: visit.text)
    return page.form(
      VisitPaths.report(id, visit), submit: page("Record the visit"), errors: errors, about: visit.text,
      """
      \(fields.radios("activity", page("The person's activity"), options: Visit.Activity.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.paragraph("seen", page("What was seen"), required: true))
      \(fields.paragraph("next-step", page("Next step"), rows: 2))
      \(fields.text("made-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  static func alone(_ form: HTML, _ file: CaseFile, on page: Page) -> HTML {
    page.layout(
      file.number,
      """
      \(page.title(page("Case \(file.number)"), under: "<p><a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(page.section(page("Something needs mending"), form))
      """)
  }
}
