import Basics
import Cases
import Pages
import People

/// The lists of the area. Values in, markup out.
enum RightsListTemplates {
  private enum Place: CaseIterable { case waiting, due, erasures, rules }

  private static func head(_ place: Place, on page: Page) -> HTML {
    let links = Place.allCases.map { one -> (label: String, path: String, isCurrent: Bool) in
      switch one {
      case .waiting: (page("Requests that wait"), RightsPaths.list, place == one)
      case .due: (page("Term over"), RightsPaths.due, place == one)
      case .erasures: (page("Destruction"), RightsPaths.erasures, place == one)
      case .rules: (page("Rules of keeping"), RightsPaths.rules, place == one)
      }
    }
    return page.title(page("Rights on the data")) + page.filters(page("Which list"), links)
  }

  static func waiting(
    _ requests: [RightsRequest], _ names: [PersonID: PersonLabel], next: RightsCursor?, term: Int?,
    on page: Page
  ) -> HTML {
    let rows = requests.map { request -> [HTML] in
      [
        name(names[request.person], RightsPaths.person(request.person), on: page),
        "\(page(request.kind.label))", page.day(request.receivedOn),
        RightsTemplates.state(request, term, on: page),
      ]
    }
    let rule =
      term.map {
        page(
          $0, one: "A request is answered within one day.", many: "A request is answered within \($0) days.")
      }
      ?? page("Term for an answer: not loaded. Whoever runs the program sets it.")
    return page.layout(
      page("Rights on the data"),
      """
      \(head(.waiting, on: page))<p>\(rule)</p>
      \(page.table(page("Requests that wait"), columns: [page("The person"), page("What is asked"), page("Received on"), page("State")],
        rows: rows, empty: page.emptyState(page("No request waits for an answer."))))
      \(page.pager(next: next.map { RightsPaths.list(after: $0) }))
      """)
  }

  static func due(_ found: DuePage, _ category: RetentionRule.Category, on page: Page) -> HTML {
    let filters = RetentionRule.Category.allCases.map {
      (label: page($0.label), path: RightsPaths.due($0), isCurrent: $0 == category)
    }
    let rows = found.due.map { due -> [HTML] in
      [
        name(
          found.names[found.lines[due.id]?.person ?? due.person], RightsPaths.person(due.person), on: page),
        page.bdi(found.lines[due.id]?.number ?? "—"), page.day(due.closedOn),
        found.rule.map { page.day(due.closedOn.adding(months: 12 * $0.years)) } ?? "—",
      ]
    }
    let rule: HTML =
      found.rule.map { rule in
        "<p>\(page(rule.years, one: "Kept for one year after the closing.", many: "Kept for \(rule.years) years after the closing.")) <bdi>\(rule.source)</bdi></p>"
      } ?? page.alert(.info, "<p>\(page("No rule is loaded for this category: nothing is due."))</p>")
    let empty =
      found.rule == nil ? HTML.empty : page.emptyState(page("No file of this category is over its term."))
    return page.layout(
      page("Term over"),
      """
      \(head(.due, on: page))\(page.filters(page("Category"), filters))\(rule)
      <p>\(page("Nothing is destroyed by itself: for each one somebody decides to keep it longer, or asks for the destruction."))</p>
      \(page.table(page("Term over"), columns: [page("The person"), page("Case"), page("Closed on"), page("Kept until")], rows: rows, empty: empty))
      \(page.pager(next: found.next.map { RightsPaths.due(category, after: $0) }))
      """)
  }

  static func erasures(
    _ erasures: [Erasure], _ names: [PersonID: PersonLabel], next: RightsCursor?, on page: Page
  ) -> HTML {
    let rows = erasures.map { erasure -> [HTML] in
      let shown: HTML = erasure.number.map { page.bdi($0) } ?? "\(page("Show"))"
      return [
        "<a href=\"\(RightsPaths.erasure(erasure.id))\">\(shown)</a>",
        names[erasure.person].map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "\(page("erased"))",
        "\(page(erasure.ground.label))", page.time(erasure.askedAt),
        page.badge(page(erasure.state.label), erasure.state.tone),
      ]
    }
    return page.layout(
      page("Destruction"),
      """
      \(head(.erasures, on: page))
      \(page.table(page("Destruction"), columns: [page("Record"), page("The person"), page("Ground"), page("Asked"), page("State")],
        rows: rows, empty: page.emptyState(page("Nobody asked for a destruction."))))
      \(page.pager(next: next.map { RightsPaths.erasures(after: $0) }))
      """)
  }

  static func rules(_ rules: [RetentionRule], _ attempt: RightsAttempt, on page: Page) -> HTML {
    let sections = RetentionRule.Category.allCases.map { category -> HTML in
      let items = rules.filter { $0.category == category }.map { item($0, attempt, on: page) }
      return page.section(
        page(category.label),
        items.isEmpty
          ? "<p class=\"faint\">\(page("Not loaded."))</p>" : "<ul class=\"records\">\(items)</ul>")
    }
    return page.layout(
      page("Rules of keeping"),
      """
      \(head(.rules, on: page))
      <p>\(page("How long files are kept after they are closed. The program brings no rule: enter what a law or a decision says."))</p>
      \(sections)\(page.may(.setRetention) ? form(attempt, on: page) : .empty)
      """)
  }

  private static func item(_ rule: RetentionRule, _ attempt: RightsAttempt, on page: Page) -> HTML {
    let years = page(rule.years, one: "one year", many: "\(rule.years) years")
    let span = page("from \(rule.from)") + (rule.until.map { " " + page("until \($0)") } ?? "")
    var end = HTML.empty
    if page.may(.setRetention), rule.until == nil {
      let mine = attempt.of(.end(rule.id))
      let fields = FormFields(page, typed: mine.typed, errors: mine.errors, about: rule.id.text)
      end = page.disclosure(
        page("End the rule"), isOpen: mine.isTried,
        page.form(
          RightsPaths.end(rule.id), submit: page("End the rule"), errors: mine.errors, about: rule.id.text,
          weight: .quiet, fields.text("valid-until", page("Last day"), kind: .date, required: true)))
    }
    return
      "<li><p><strong>\(years)</strong> <span class=\"faint\">\(span)</span></p><p><bdi>\(rule.source)</bdi></p>\(end)</li>"
  }

  private static func form(_ attempt: RightsAttempt, on page: Page) -> HTML {
    let mine = attempt.of(.rule)
    let fields = FormFields(page, typed: mine.typed, errors: mine.errors)
    let body = page.form(
      RightsPaths.rules, submit: page("Enter the rule"), errors: mine.errors,
      """
      \(page.once(mine.typed))
      \(fields.radios("category", page("Category"), options: RightsTemplates.choices(RetentionRule.Category.allCases, \.label, page), required: true))
      \(fields.text("years", page("Years after the closing"), kind: .number, required: true))
      \(fields.text("source", page("Which text says so"), required: true))
      \(fields.text("valid-from", page("From the day"), kind: .date, required: true))
      """)
    return page.section(page("A new rule"), id: "rule", body)
  }

  private static func name(_ label: PersonLabel?, _ path: String, on page: Page) -> HTML {
    "<a href=\"\(path)\">\(label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "\(page("erased"))")</a>"
  }
}
