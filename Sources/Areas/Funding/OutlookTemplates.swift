import Antennas
import Basics
import Cases
import Pages

/// Whom money serves, what ends unspent, what is at risk. Values in, markup out.
enum OutlookTemplates {
  /// - Parameter found: nil before anything was asked.
  static func serving(
    _ found: [LineLeft]?, _ typed: Typed, _ errors: [FieldError], _ names: FundingNames, on page: Page
  ) -> HTML {
    page.layout(
      page("Whom it serves"),
      """
      \(page.title(page("Whom it serves"), under: "<p>\(page("Which money can pay for an aid on a day, and why other money cannot."))</p>"))
      \(OverviewTemplates.tabs(FundingPaths.serving, on: page))
      \(question(typed, errors, names, on: page))
      \(found.map { answer($0, on: page) } ?? .empty)
      """)
  }

  private static func question(
    _ typed: Typed, _ errors: [FieldError], _ names: FundingNames, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let language = page.reader.language
    let kinds = names.kinds.filter(\.isActive).map { Choice($0.id.rawValue, $0.name.text(in: language)) }
    let countries = names.territory.countries.map { Choice($0.id.rawValue, $0.name.text(in: language)) }
    let antennas = names.territory.antennas.map { Choice($0.id.rawValue, $0.name.text(in: language)) }
    return page.section(
      page("The need"),
      """
      <form method="get" action="\(FundingPaths.serving)" class="sheet" novalidate>
      \(page.errorSummary(errors))\(page.hidden("asked", "1"))
      \(fields.select("kind", page("Kind of aid"), options: kinds, required: true))
      \(fields.text("amount", page("Amount"), required: true, direction: .ltr, limit: 30))
      \(fields.radios("currency", page("Currency"), options: AgreementTemplates.currencies(on: page), required: true))
      \(fields.select("country", page("Country of return"), options: countries))
      \(fields.select("return-kind", page("Kind of return"), options: ReturnFacts.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.select("antenna", page("Antenna"), options: antennas, required: true))
      \(fields.text("day", page("On the day"), kind: .date))
      <p class="buttons"><button class="primary">\(page("Look"))</button></p></form>
      """)
  }

  private static func answer(_ found: [LineLeft], on page: Page) -> HTML {
    let rows = found.map { line -> [HTML] in
      let answer: HTML =
        line.serves
        ? page.badge(page("it can pay"), .good, icon: .done)
        : "<ul class=\"plain\">\(line.obstacles.map { "<li>\(page($0))</li>" as HTML })</ul>"
      let rate: HTML =
        line.rate.map {
          "<br><small class=\"faint\">\(page("at \($0.typed) dinars for one euro"))</small>"
        } ?? .empty
      return [
        """
        <a href="\(FundingPaths.line(line.line.id))"><bdi>\(line.line.name)</bdi></a><br>\
        <small class="faint"><bdi>\(line.funder.name)</bdi> · <bdi>\(line.agreement.title)</bdi></small>
        """,
        answer, OverviewTemplates.sum(line.left, on: page),
        line.cost.map { OverviewTemplates.sum($0, on: page) + rate } ?? "—", page.day(line.agreement.until),
        line.agreement.profiles.map { "<span dir=\"auto\">\($0)</span>" } ?? "—",
      ]
    }
    return page.section(
      page("What can pay"), id: "answer",
      page.table(
        page("What can pay"),
        columns: [
          page("Budget line"), page("Can it pay?"), page("Left"), page("Cost on the line"),
          page("Last day to promise"), page("For whom it is meant"),
        ], rows: rows, empty: page.emptyState(page("No agreement runs on that day."))))
  }

  static func outlook(_ found: [LineOutlook], on page: Page) -> HTML {
    let rows = found.map { line -> [HTML] in
      [
        """
        <a href="\(FundingPaths.line(line.shown.line.id))"><bdi>\(line.shown.line.name)</bdi></a><br>\
        <small class="faint"><bdi>\(line.funder.name)</bdi></small>
        """,
        page.day(line.agreement.until), left(line.daysLeft, on: page),
        OverviewTemplates.sum(line.shown.totals.free, on: page),
        OverviewTemplates.sum(line.usedLately, on: page), OverviewTemplates.sum(line.expected, on: page),
        line.unspent.minorUnits > 0
          ? page.badge(page.reader.money(line.unspent), .attention, icon: .late)
          : OverviewTemplates.sum(line.unspent, on: page),
      ]
    }
    return page.layout(
      page("What ends unspent"),
      """
      \(page.title(page("What ends unspent"), under: "<p>\(page("Expected: what is left, used as fast as in the last \(OutlookRules.window) days, or since the agreement began."))</p>"))
      \(OverviewTemplates.tabs(FundingPaths.outlook, on: page))
      \(page.table(page("What ends unspent"), columns: [page("Budget line"), page("Last day to promise"), page("Time left"), page("Free"), page("Used lately"), page("Expected to be used"), page("Expected to remain")], rows: rows, empty: page.emptyState(page("No agreement runs."))))
      """)
  }

  /// In months while there are two, else in days.
  private static func left(_ days: Int, on page: Page) -> HTML {
    let months = days * 12 / 365
    return months >= 2
      ? "\(page(months, one: "1 month", many: "\(months) months"))"
      : "\(page(days, one: "1 day", many: "\(days) days"))"
  }

  static func risks(_ risks: [LineRisk], next: RecordID<Reservation>?, on page: Page) -> HTML {
    let rows = risks.map { risk -> [HTML] in
      let file: HTML =
        risk.file.map { "<a href=\"\(CasePaths.show($0.id))\">\(page.bdi($0.number))</a>" } ?? "—"
      return [
        file, "<a href=\"\(FundingPaths.line(risk.line.id))\"><bdi>\(risk.line.name)</bdi></a>",
        OverviewTemplates.sum(risk.amount, on: page), page.day(risk.agreement.until),
        page.day(risk.agreement.payUntil), risk.reservation.expected.map { page.day($0) } ?? "—",
        "\(page(risk.reason.label))",
      ]
    }
    return page.layout(
      page("What is at risk"),
      """
      \(page.title(page("What is at risk"), under: "<p>\(page("Money that the funder may not accept any more when it is bound or paid."))</p>"))
      \(OverviewTemplates.tabs(FundingPaths.risks, on: page))
      \(page.table(page("What is at risk"), columns: [page("Case"), page("Budget line"), page("Amount"), page("Last day to promise"), page("Last day of a payment"), page("Last payment expected"), page("Why")], rows: rows, empty: page.emptyState(page("Nothing is at risk."))))
      \(page.pager(next: next.map { FundingPaths.risks(after: $0) }))
      """)
  }
}
