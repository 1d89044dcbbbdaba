import Antennas
import Basics
import Cases
import Funding
import Pages
import People

/// Lists of aids, figures, and what the home page says. Values in, markup out.
enum AidListTemplates {
  static func list(
    _ found: AidsFound, _ filter: AidFilter, _ kinds: [AidKind], _ territory: Territory, on page: Page
  ) -> HTML {
    let language = page.reader.language
    let files: HTML =
      page.may(.recordPayments)
      ? " · <a href=\"\(AidPaths.files)\">\(page("Files for the bank"))</a>" : .empty
    let rows = found.lines.map { row($0, found, kinds, territory, on: page) }
    let isOfParts = filter.show.isOfParts
    let columns =
      [page("Aid"), page("Person"), page("Antenna")]
      + (isOfParts
        ? [page("Amount"), page("How it is given"), page("State")]
        : [page("Asked"), page("Granted"), page("State")])
    let narrowed = [
      filter.antenna.map { territory.name(of: $0, in: language) },
      filter.kind.map { code in kinds.first { $0.id == code }?.name.text(in: language) ?? code.rawValue },
    ].compactMap { $0 }
    var whole = filter
    (whole.antenna, whole.kind) = (nil, nil)
    let only: HTML =
      narrowed.isEmpty
      ? .empty
      : "<p>\(page("Only: \(narrowed.joined(separator: " · "))")) · <a href=\"\(AidPaths.list(whole))\">\(page("Show all"))</a></p>"
    return page.layout(
      page("Aids"),
      """
      \(page.title(page("Aids"), under: "<p><a href=\"\(AidPaths.figures)\">\(page("Figures on aids"))</a>\(files)</p>"))
      \(page.filters(page("What waits"), links(AidFilter.Show.allCases.filter(\.isOfParts), filter, on: page)))
      \(page.filters(page("Where aids stand"), links(AidFilter.Show.allCases.filter { !$0.isOfParts }, filter, on: page)))
      \(only)
      \(page.table(page(filter.show.label), columns: columns, rows: rows, empty: page.emptyState(page("No aid is here. Aids are prepared on the page of a case."))))
      \(page.pager(next: found.next.map { AidPaths.list(filter, after: $0) }))
      """)
  }

  private static func links(_ shows: [AidFilter.Show], _ filter: AidFilter, on page: Page) -> [(
    label: String, path: String, isCurrent: Bool
  )] {
    shows.map { show in
      var other = filter
      other.show = show
      return (label: page(show.label), path: AidPaths.list(other), isCurrent: show == filter.show)
    }
  }

  private static func row(
    _ listed: AidListed, _ found: AidsFound, _ kinds: [AidKind], _ territory: Territory, on page: Page
  ) -> [HTML] {
    let (line, language) = (listed.aid, page.reader.language)
    let kind = kinds.first { $0.id == line.kind }?.name.text(in: language) ?? line.kind.rawValue
    let part = listed.part.map { " · \(page("Part \($0.number)"))" } ?? ""
    let file = found.cases[line.file]
    let name = file.flatMap { found.names[$0.person] }
    let person: HTML = name.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "—"
    let number: HTML = file.map { " <small>\(page.bdi($0.number))</small>" } ?? .empty
    let first: [HTML] = [
      "<a href=\"\(AidPaths.show(line.id))\">\(kind)\(part)</a>", person + number,
      "\(territory.name(of: line.antenna, in: language))",
    ]
    guard let part = listed.part else {
      return first + [
        AidTemplates.money(line.asked, on: page),
        line.granted.map { AidTemplates.money($0, on: page) } ?? "—",
        AidTemplates.state(line, on: page),
      ]
    }
    let day = page.reader.date(part.due)
    let state =
      part.due < page.today
      ? page.badge("\(page(part.step.label)) · \(page("late since \(day)"))", .attention, icon: .late)
      : page.badge("\(page(part.step.label)) · \(page("until \(day)"))", .info)
    return first + [AidTemplates.money(part.amount, on: page), "\(page(part.way.label))", state]
  }

  static func figures(_ figures: [AidFigure], _ kinds: [AidKind], _ territory: Territory, on page: Page)
    -> HTML
  {
    let language = page.reader.language
    let rows = figures.map { figure -> [HTML] in
      func link(_ show: AidFilter.Show, _ text: HTML) -> HTML {
        var filter = AidFilter()
        (filter.show, filter.antenna, filter.kind) = (show, figure.antenna, figure.kind)
        return "<a href=\"\(AidPaths.list(filter))\">\(text)</a>"
      }
      let kind = kinds.first { $0.id == figure.kind }?.name.text(in: language) ?? figure.kind.rawValue
      return [
        "\(territory.name(of: figure.antenna, in: language)) · \(kind) · \(figure.currency.rawValue)",
        link(.ever, "\(figure.granted)"), link(.refused, "\(figure.refused)"),
        link(.postponed, "\(figure.postponed)"),
        link(.ever, AidTemplates.money(figure.promised, on: page)),
        link(.ever, AidTemplates.money(figure.paid, on: page)),
        link(.ever, AidTemplates.money(figure.proven, on: page)),
      ]
    }
    return page.layout(
      page("Figures on aids"),
      """
      \(page.title(page("Figures on aids"), under: "<p>\(page("Promised: granted and not given up. Paid: handed out, also what came back later. Proven: accepted proofs. Each figure opens its list.")) · <a href=\"\(AidPaths.list)\">\(page("All aids"))</a></p>"))
      \(page.table(
        page("Figures on aids"),
        columns: [page("Antenna and kind"), page("Granted"), page("Refused"), page("Postponed"), page("Promised"), page("Paid"), page("Proven")],
        rows: rows, empty: page.emptyState(page("No aid was prepared yet."))))
      """)
  }

  static func home(_ counts: AidCounts, _ actor: Actor, on page: Page) -> HTML {
    func link(_ show: AidFilter.Show, _ count: Int, _ tone: Page.Tone, _ duty: Duty?) -> HTML {
      guard count > 0, duty.map(actor.may) ?? true else { return .empty }
      var filter = AidFilter()
      filter.show = show
      let number = count >= AidCounts.most ? "\(AidCounts.most)+" : "\(count)"
      return
        "<li><a href=\"\(AidPaths.list(filter))\">\(page(show.label))</a> \(page.badge(number, tone, icon: tone == .attention ? .late : nil))</li>"
    }
    let items =
      link(.late, counts.late, .attention, nil)
      + link(.submitted, counts.submitted, .info, .approvePayments)
      + link(.approve, counts.steps[.prepared] ?? 0, .info, .approvePayments)
      + link(.check, counts.steps[.checking] ?? 0, .info, .approvePayments)
      + link(.pay, counts.steps[.approved] ?? 0, .info, .recordPayments)
    return items.isEmpty ? .empty : page.section(page("Aids"), id: "aids", "<ul>\(items)</ul>")
  }
}

/// Aids on the page of their case.
enum AidCaseTemplates {
  static func section(_ aids: [AidOnCase], _ kinds: [AidKind], _ file: CaseFile, on page: Page) -> HTML {
    let mayPrepare = page.may(.prepareAids) && file.stage != .closed
    guard mayPrepare || !aids.isEmpty else { return .empty }
    let language = page.reader.language
    let items = aids.map { aid -> HTML in
      let line = aid.line
      let kind = kinds.first { $0.id == line.kind }?.name.text(in: language) ?? line.kind.rawValue
      return """
        <li><p><a href="\(AidPaths.show(line.id))">\(kind)</a> \(AidTemplates.state(line, on: page))</p>\
        \(page.facts([
          (page("Asked"), line.granted == nil ? AidTemplates.money(line.asked, on: page) : nil),
          (page("Promised"), line.granted.map { AidTemplates.money($0, on: page) }),
          (page("Handed out"), line.granted.map { _ in AidTemplates.money(line.paid, on: page) }),
          (page("Proven"), line.granted.map { _ in AidTemplates.money(line.proven, on: page) }),
          (page("Next part"), aid.next.map { next($0, on: page) }),
        ]))</li>
        """
    }
    let add: HTML =
      mayPrepare
      ? page.button(page("Prepare an aid"), to: AidPaths.new(file.id), icon: .plus, weight: .secondary)
      : .empty
    return page.section(
      page("Aids"), id: "aids", actions: add,
      items.isEmpty
        ? page.emptyState(page("No aid was prepared yet.")) : "<ol class=\"records\">\(items)</ol>")
  }

  private static func next(_ part: AidOnCase.Part, on page: Page) -> HTML {
    """
    \(AidTemplates.money(part.amount, on: page)) · \(page.day(part.dueOn)) \
    \(AidPartTemplates.step(part.step, due: part.due, on: page))
    """
  }
}
