import Antennas
import Basics
import Cases
import Pages
import People

/// Draws for a second look. Values in, markup out.
enum VisitDrawTemplates {
  struct View {
    let opened: Visits.OpenedDraw
    let by: String
    let territory: Territory
    /// What somebody typed about one of the files, and what was wrong with it.
    let look: RecordID<VisitDraw.Look>?
    let typed: Typed
    let errors: [FieldError]
  }

  static func list(
    _ draws: [VisitDraw], next: VisitDrawCursor?, _ typed: Typed, _ errors: [FieldError],
    _ territory: Territory,
    on page: Page
  ) -> HTML {
    let rows = draws.map { draw -> [HTML] in
      [
        "<a href=\"\(VisitPaths.draw(draw.id))\">\(month(draw.month, on: page))</a>",
        "\(territory.name(of: draw.antenna, in: page.reader.language))", "\(page.reader.number(draw.size))",
        page.time(draw.at),
      ]
    }
    return page.layout(
      page("Second looks"),
      """
      \(page.title(page("Second looks"), under: "<p class=\"lead\">\(page("Of the files visited in a month, some are drawn by lot and looked at again by the head of the antenna. Each month is drawn once."))</p>"))
      \(page.actor?.antenna == nil ? .empty : page.section(page("Draw files"), form(typed, errors, on: page)))
      \(page.table(page("Second looks"), columns: [page("Month of the visits"), page("Antenna"), page("Files on the list"), page("Drawn")], rows: rows, empty: page.emptyState(page("Nothing was drawn yet."))))
      \(page.pager(next: next.map { VisitPaths.draws(after: $0) }))
      """)
  }

  private static func form(_ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let months = VisitDrawRules.months(before: page.today)
    let shown = errors.isEmpty ? Typed(Fields(["month": months[0].description, "count": "5"])) : typed
    let fields = FormFields(page, typed: shown, errors: errors)
    return page.form(
      VisitPaths.draws, submit: page("Draw"), errors: errors,
      """
      \(fields.select("month", page("Month of the visits"), options: months.map { Choice($0.description, month($0, on: page)) }, hint: page("A month that was drawn already is shown as it was drawn."), required: true))
      \(fields.text("count", page("Number of files"), kind: .number, required: true))
      """)
  }

  /// "March 2026": the first day's name without the day.
  static func month(_ first: Day, on page: Page) -> String {
    page.reader.date(first).split(separator: "\u{A0}").dropFirst().joined(separator: "\u{A0}")
  }

  /// So many stand on the home page.
  private static let shortened = 10

  /// On the home page: what waits for a second look, the oldest draw first; empty where nothing does.
  static func home(_ found: Visits.WaitingLooks, on page: Page) -> HTML {
    guard !found.looks.isEmpty else { return .empty }
    let rows = found.looks.prefix(shortened).map { look -> [HTML] in
      let file = found.files[look.file]
      let label = file.flatMap { found.labels[$0.person] }
      let name: HTML = label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "—"
      return [
        "<a href=\"\(VisitPaths.draw(look.draw))\">\(name)</a>", file.map { page.bdi($0.number) } ?? "—",
        "\(month(look.month, on: page))", page.time(look.drawnAt),
      ]
    }
    let table = page.table(
      page("Second looks"),
      columns: [page("Name"), page("Case"), page("Month of the visits"), page("Drawn")], rows: rows,
      empty: .empty)
    let count = page.reader.number(found.looks.count)
    return page.section(
      page("Second looks"), id: "second-looks",
      """
      <p>\(page("Files drawn by lot that wait to be looked at again: \(count)"))</p>
      \(table)<p><a href=\"\(VisitPaths.draws)\">\(page("All draws"))</a></p>
      """)
  }

  static func show(_ view: View, on page: Page) -> HTML {
    let draw = view.opened.draw
    let title = page("Second looks at visits of \(month(draw.month, on: page))")
    let antenna = view.territory.name(of: draw.antenna, in: page.reader.language)
    let looks = view.opened.looks.map { item($0, view, on: page) }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p>\(antenna) · <a href=\"\(VisitPaths.draws)\">\(page("All draws"))</a></p>"))
      \(page.section(page("How they were drawn"), facts(view, on: page)))
      \(page.section(page("Files drawn"), "<ul class=\"records\">\(looks)</ul>"))
      """)
  }

  private static func facts(_ view: View, on page: Page) -> HTML {
    let draw = view.opened.draw
    let check: HTML =
      view.opened.isSound
      ? page.badge(page("drawn again now, it gives the same files"), .good, icon: .done)
      : page.badge(page("reports of that month were corrected since: the list is another now"), .info)
    return page.facts([
      (page("Drawn"), page.time(draw.at)), (page("By"), "\(view.by)"),
      (page("Files on the list"), "\(page.reader.number(draw.size))"),
      (page("Number of the lot"), page.bdi(String(draw.seed))), (page("Check"), check),
    ])
  }

  private static func item(_ look: VisitDraw.Look, _ view: View, on page: Page) -> HTML {
    guard let file = view.opened.files[look.file] else {
      return
        "<li><p class=\"faint\">\(page("A file that you do not see any more: it has gone to another antenna."))</p></li>"
    }
    let label = view.opened.labels[file.person]
    let name: HTML = label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "—"
    let state: HTML =
      look.result.map { page.badge(page($0.outcome.label), $0.outcome == .agrees ? .good : .attention) }
      ?? page.badge(page("not looked at yet"))
    return """
      <li><p><a href="\(VisitPaths.show(look.file, look.visit))">\(name)</a> \
      <span class="faint">\(page.bdi(file.number))</span> \(state)</p>\(look.result?.told.map { page.prose($0) })
      \(page.disclosure(page("Record the second look"), icon: .visit, isOpen: view.look == look.id, form(look, view, on: page)))</li>
      """
  }

  private static func form(_ look: VisitDraw.Look, _ view: View, on page: Page) -> HTML {
    let isMine = view.look == look.id
    let stored = Typed(
      Fields(["outcome": look.result?.outcome.rawValue ?? "", "differs": look.result?.told ?? ""]))
    let errors = isMine ? view.errors : []
    let fields = FormFields(
      page, typed: isMine ? view.typed : stored, errors: errors, about: look.id.text)
    return page.form(
      VisitPaths.look(view.opened.draw.id, look.id), submit: page("Save the result"), errors: errors,
      about: look.id.text,
      """
      \(page.hidden("version", isMine ? view.typed["version"] : String(look.version)))
      \(fields.radios("outcome", page("What you saw"), options: VisitDraw.Look.Outcome.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.paragraph("differs", page("What differs"), rows: 2))
      """)
  }
}
