import Basics
import Pages

/// What money there is, by agreement and line. Values in, markup out.
enum OverviewTemplates {
  static func list(_ found: AgreementsFound, _ list: AgreementList, on page: Page) -> HTML {
    let filters = AgreementList.allCases.map { item in
      (label: page(item.label), path: FundingPaths.list(item), isCurrent: item == list)
    }
    let action =
      page.may(.keepFunds)
      ? page.button(page("Enter an agreement"), to: FundingPaths.newAgreement, icon: .plus) : HTML.empty
    let files: HTML =
      found.agreements.isEmpty
      ? .empty
      : page.button(
        page("CSV file"), to: FundingPaths.sheet(list, as: .csv), icon: .file, weight: .secondary,
        isFile: true)
        + page.button(
          page("Excel file"), to: FundingPaths.sheet(list, as: .xlsx), icon: .file, weight: .secondary,
          isFile: true)
    let sections = found.agreements.map { agreement(in: $0, on: page) }
    return page.layout(
      page("Funding"),
      """
      \(page.title(page("Funding"), actions: action + files))
      \(tabs(FundingPaths.list, on: page))
      \(page.filters(page("Which agreements"), filters))
      \(found.agreements.isEmpty ? page.emptyState(page("No agreement is here.")) : HTML.empty)\(sections)
      \(page.pager(next: found.next.map { FundingPaths.list(list, after: $0) }))
      """)
  }

  /// The parts of the area.
  static func tabs(_ current: String, on page: Page) -> HTML {
    let links = [
      (page("What there is"), FundingPaths.list), (page("Whom it serves"), FundingPaths.serving),
      (page("What ends unspent"), FundingPaths.outlook), (page("What is at risk"), FundingPaths.risks),
      (page("Rates"), FundingPaths.rates), (page("Kinds of aid"), FundingPaths.kinds),
    ]
    return page.tabs(
      page("Parts of the funding"),
      links.map { (label: $0.0, path: $0.1, isCurrent: $0.1 == current) })
  }

  private static func agreement(in shown: AgreementShown, on page: Page) -> HTML {
    let agreement = shown.agreement
    let under: HTML = """
      <p><bdi>\(shown.funder.name)</bdi> · \(page(agreement.purpose.label)) · \
      \(page.day(agreement.from)) – \(page.day(agreement.until)) \(state(agreement, on: page))</p>
      \(page.facts([
        (page("Promised"), sum(agreement.amount, on: page)), (page("Arrived"), sum(shown.received, on: page)),
        (page("Not given to a line"), shown.open.minorUnits == 0 ? nil : sum(shown.open, on: page)),
      ]))
      """
    let title: HTML = """
      <section class="card"><div class="head"><h2><a href="\(FundingPaths.agreement(agreement.id))">\
      <bdi>\(agreement.title)</bdi></a></h2></div>\(under)\(lines(shown, on: page))</section>
      """
    return title
  }

  static func state(_ agreement: Agreement, on page: Page) -> HTML {
    if page.today > agreement.payUntil { return page.badge(page("has ended"), .plain) }
    if page.today > agreement.until { return page.badge(page("payments only"), .attention, icon: .late) }
    if page.today < agreement.from { return page.badge(page("not begun"), .info) }
    return page.badge(page("running"), .good)
  }

  /// The lines of an agreement, with their sum below.
  static func lines(_ shown: AgreementShown, on page: Page) -> HTML {
    func cells(_ first: HTML, _ amounts: [Money]) -> [HTML] { [first] + amounts.map { sum($0, on: page) } }
    var rows = shown.lines.map { line in
      cells(
        "<a href=\"\(FundingPaths.line(line.line.id))\"><bdi>\(line.line.name)</bdi></a>",
        [line.line.amount, line.totals.reserved, line.totals.committed, line.totals.paid, line.left])
    }
    if shown.lines.count > 1 {
      rows.append(
        cells(
          "<strong>\(page("In all"))</strong>",
          [
            shown.sum(\.line.amount), shown.sum(\.totals.reserved), shown.sum(\.totals.committed),
            shown.sum(\.totals.paid), leftInAll(shown),
          ]))
    }
    return page.table(
      shown.agreement.title,
      columns: [
        page("Budget line"), page("Amount"), page("Reserved"), page("Committed"), page("Paid"), page("Left"),
      ],
      rows: rows, empty: page.emptyState(page("No budget line is entered yet.")))
  }

  /// Where only arrived money counts, the lines draw from one purse: what is left in all is not the sum of its parts.
  static func leftInAll(_ shown: AgreementShown) -> Money {
    guard shown.agreement.basis == .received else { return shown.sum(\.left) }
    let most = shown.lines.map(\.left.minorUnits).max() ?? 0
    let used = shown.lines.reduce(0) { $0 + $1.line.amount.minorUnits - $1.totals.free.minorUnits }
    let free = shown.lines.reduce(0) { $0 + $1.totals.free.minorUnits }
    return Money(max(most, min(free, shown.received.minorUnits - used)), shown.agreement.currency)
  }

  static func sum(_ money: Money, on page: Page) -> HTML { page.money(money) }
}
