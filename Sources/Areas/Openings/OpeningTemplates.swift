import Antennas
import Basics
import Cases
import Foundation
import Pages
import Storage

/// Everything the page of an opening shows.
struct OpeningView {
  let shown: ShownOpening
  let names: [AccountID: String]
  let territory: Territory
  let days: Int
  let words: (_ entry: JournalEntry) -> Phrase
  let typed: Typed
  let errors: [FieldError]

  func name(_ id: AccountID) -> String { names[id] ?? "—" }
}

/// Files opened from outside, and what was thought of it. Values in, markup out.
enum OpeningTemplates {
  /// A list with what its lines say in words.
  struct Listed {
    let page: OpeningPage
    let names: [AccountID: String]
    let territory: Territory
    let days: Int
  }

  static func list(_ found: Listed, _ list: OpeningList, on page: Page) -> HTML {
    let lists = page.may(.judgeOpenings) ? OpeningList.allCases : [.mine]
    let filters = lists.map { (label: page($0.label), path: OpeningPaths.list($0), isCurrent: $0 == list) }
    let days = page(
      found.days, one: "within one day", many: "within \(found.days) days")
    return page.layout(
      page("Openings from outside"),
      """
      \(page.title(page("Openings from outside"), under: "<p class=\"lead\">\(page("Whoever opens a file outside her scope says why. The antenna that holds the file judges it \(days)."))</p>"))
      \(page.filters(page("Which openings"), filters))
      \(table(page(list.label), found, on: page))
      \(page.pager(next: found.page.next.map { OpeningPaths.list(list, after: $0) }))
      """)
  }

  private static func table(_ title: String, _ found: Listed, on page: Page) -> HTML {
    let rows = found.page.lines.map { line -> [HTML] in
      [
        "<a href=\"\(OpeningPaths.show(line.id))\">\(page.bdi(found.page.numbers[line.file] ?? "—"))</a>",
        "\(found.names[line.by] ?? "—")", "\(place(line, found.territory, on: page))",
        page.time(line.openedAt), state(line, found.days, on: page),
      ]
    }
    return page.table(
      title,
      columns: [page("Case"), page("Opened by"), page("Works at"), page("When"), page("State")], rows: rows,
      empty: page.emptyState(page("No opening is here.")))
  }

  /// Where whoever opened it works.
  private static func place(_ line: OpeningLine, _ territory: Territory, on page: Page) -> String {
    let language = page.reader.language
    let institution = territory.name(of: line.institution, in: language)
    return [line.from.map { territory.name(of: $0, in: language) }, institution].compactMap { $0 }
      .joined(separator: " · ")
  }

  private static func state(_ line: OpeningLine, _ days: Int, on page: Page) -> HTML {
    if let verdict = line.verdict { return page.badge(page(verdict.label), verdict.tone) }
    guard OpeningRules.isOverdue(line, days: days, at: page.now) else {
      return page.badge(page("to be judged"), .info)
    }
    return page.badge(page("not judged in time"), .attention, icon: .late)
  }

  /// On the home page.
  static func day(_ found: Listed, on page: Page) -> HTML {
    let title =
      page.actor?.scope == .nation
      ? page("Openings that no antenna judged in time") : page("Openings of your files, to be judged")
    return page.section(title, id: "openings", table(title, found, on: page))
  }

  /// On the page of a search.
  static func elsewhere(
    _ links: [(antenna: AntennaCode, ticket: String)], _ territory: Territory, on page: Page
  ) -> HTML {
    let items = links.map { link -> HTML in
      let name = territory.name(of: link.antenna, in: page.reader.language)
      return """
        <li><a href="\(OpeningPaths.ask(link.ticket))">\(page("Open the file that fits best at \(name), for a pressing reason"))</a></li>
        """
    }
    return """
      <ul>\(items)</ul>
      """
  }

  static func form(
    _ ticket: String, _ antenna: AntennaCode, _ territory: Territory, _ days: Int, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let name = territory.name(of: antenna, in: page.reader.language)
    let title = page("Open a file outside your scope")
    let within = page(days, one: "within one day", many: "within \(days) days")
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p>\(page("The file is held by \(name)."))</p>"))
      \(page.alert(.attention, """
        <p>\(page("You may read it for \(Opening.hours) hours and record a need, nothing else. What you read is in the journal. The head of the antenna reads your reason and judges it \(within)."))</p>
        """))
      \(page.section(page("Why"), page.form(OpeningPaths.ask(ticket), submit: page("Open the file"), errors: errors, """
        \(page.once(typed))
        \(fields.radios("why", page("The reason"), options: Opening.Why.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
        \(fields.paragraph("words", page("In your words"), hint: page("What happened, and why it cannot wait: at least \(Opening.fewestCharacters) characters."), required: true, rows: 4))
        """)))
      """)
  }

  static func show(_ view: OpeningView, on page: Page) -> HTML {
    let (shown, opening, line) = (view.shown, view.shown.opening, view.shown.opening.line)
    let back: HTML =
      shown.sees || shown.isRunning && line.by == page.actor?.id
      ? "<a href=\"\(CasePaths.show(line.file))\">\(page("Back to the case"))</a>"
      : "<a href=\"\(OpeningPaths.list)\">\(page("All openings"))</a>"
    let facts: [(label: String, value: HTML?)] = [
      (page("Opened by"), "\(view.name(line.by))"),
      (page("Works at"), "\(place(line, view.territory, on: page))"),
      (page("Held by"), "\(view.territory.name(of: line.antenna, in: page.reader.language))"),
      (page("When"), page.time(line.openedAt)),
      (page("Open until"), shown.isRunning ? page.time(line.until) : "\(page("The access has ended."))"),
      (page("The reason"), "\(page(opening.reason.why.label))"),
      (page("State"), state(line, view.days, on: page)),
    ]
    return page.layout(
      "\(page("Opening from outside")) · \(shown.number)",
      """
      \(page.title(page("Opening from outside"), under: "<p>\(page.bdi(shown.number)) · \(back)</p>"))
      \(page.section(page("The opening"), page.facts(facts) + page.prose(opening.reason.words)))
      \(read(view, on: page))
      \(judged(view, on: page))
      """)
  }

  /// What was read, as the journal tells it.
  private static func read(_ view: OpeningView, on page: Page) -> HTML {
    let entries = view.shown.read.map {
      TimelineEntry(at: $0.at, who: view.name($0.actor), what: page(view.words($0)))
    }
    return page.section(page("What was read and done"), id: "read", page.timeline(entries))
  }

  private static func judged(_ view: OpeningView, on page: Page) -> HTML {
    let opening = view.shown.opening
    if let judgement = opening.judgement {
      return page.section(
        page("The judgement"), id: "judgement",
        page.facts([
          (page("State"), page.badge(page(judgement.verdict.label), judgement.verdict.tone)),
          (page("By"), "\(view.name(judgement.by))"), (page("When"), page.time(judgement.at)),
        ]) + page.prose(judgement.words))
    }
    guard view.shown.mayJudge else { return .empty }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    let verdicts = Opening.Verdict.allCases.map { Choice($0.rawValue, page($0.label)) }
    return page.section(
      page("Your judgement"), id: "judgement",
      page.form(
        OpeningPaths.judgement(opening.id), submit: page("Judge"), errors: view.errors,
        fields.radios(
          "verdict", page("Was it justified?"), options: verdicts,
          hint: page("Not justified ends the access at once."), required: true)
          + fields.paragraph("judgement", page("Why"), required: true, rows: 3)))
  }
}
