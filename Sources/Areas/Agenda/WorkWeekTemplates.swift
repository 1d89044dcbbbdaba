import Accounts
import Basics
import Pages

/// Weekly hours. Values in, markup out.
enum WorkWeekTemplates {
  static func show(
    _ weeks: [WorkWeek], _ names: [AccountID: String], _ colleagues: [Account], _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let rows = weeks.map { week -> [HTML] in
      let mayEnd = week.account == page.actor?.id || page.may(.assignCases)
      return [
        "\(names[week.account] ?? "—")", page.day(week.from), week.until.map(page.day) ?? "—",
        hours(week, on: page),
        mayEnd
          ? page.form(AgendaPaths.ending(week.id), submit: page("Take it back"), weight: .secondary) : .empty,
      ]
    }
    let fields = FormFields(page, typed: typed, errors: errors)
    let days = (0..<7).map { weekday in
      fields.text(
        "day-\(weekday)", page(AgendaWords.weekday(weekday)),
        hint: weekday == 0 ? page("For example 8:30-12:00, 13:00-17:00; empty: nobody is received.") : nil,
        direction: .ltr, limit: 60)
    }
    let form: HTML =
      colleagues.isEmpty
      ? .empty
      : page.section(
        page("New hours"),
        page.form(
          AgendaPaths.hours, submit: page("Record the hours"), errors: errors,
          """
          \(page.once(typed))
          \(fields.select("account", page("Who"), options: colleagues.map { Choice($0.id.text, $0.name) }, required: true))
          \(fields.text("from", page("From the day"), kind: .date, required: true))
          \(fields.text("until", page("Until the day"), hint: page("Empty: until other hours are recorded."), kind: .date))
          \(days)
          """))
    return page.layout(
      page("Weekly hours"),
      """
      \(page.title(page("Weekly hours"), under: "<p><a href=\"\(AgendaPaths.list)\">\(page("Agenda"))</a></p>"))
      <p class="faint">\(page("In these hours free times are offered; of several that hold on a day the last recorded counts."))</p>
      \(page.table(page("Weekly hours"), columns: [page("Who"), page("From the day"), page("Until the day"), page("Hours"), page("Take it back")], rows: rows, empty: page.emptyState(page("Nobody has recorded hours: no free time can be offered."))))
      \(form)
      """)
  }

  private static func hours(_ week: WorkWeek, on page: Page) -> HTML {
    let days = Dictionary(grouping: week.hours, by: \.weekday).sorted { $0.key < $1.key }
    let lines = days.map { day -> HTML in
      let spans = day.value.map(AgendaWords.span).joined(separator: ", ")
      return "<li>\(page(AgendaWords.weekday(day.key)))\(page.reader.colon) \(page.bdi(spans))</li>"
    }
    return "<ul class=\"plain\">\(lines)</ul>"
  }

  /// What stands in the form before anybody has typed: her own hours as they are.
  static func typed(_ week: WorkWeek?, of account: AccountID, from day: Day) -> Typed {
    var values = ["account": [account.text], "from": [day.description]]
    for hours in week?.hours ?? [] {
      let span = "\(AgendaWords.hour(hours.from))-\(AgendaWords.hour(hours.until))"
      values["day-\(hours.weekday)"] = [values["day-\(hours.weekday)"].map { "\($0[0]), \(span)" } ?? span]
    }
    return Typed(values)
  }
}
