import Basics
import Pages

/// Rates and kinds of aid. Values in, markup out.
enum RateTemplates {
  static func rates(
    _ rates: [(rate: ExchangeRate, isWithdrawn: Bool)], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let mayKeep = page.may(.keepFunds)
    let rows = rates.map { item -> [HTML] in
      let rate = item.rate
      let state =
        item.isWithdrawn
        ? page.badge(page("taken back"), .attention, icon: .stop)
        : page.today > rate.until
          ? page.badge(page("over"))
          : page.today < rate.from
            ? page.badge(page("not begun"), .info) : page.badge(page("holds good"), .good)
      let act =
        mayKeep && !item.isWithdrawn
        ? page.form(FundingPaths.withdrawal(rate.id), submit: page("Withdraw the rate"), weight: .quiet)
        : HTML.empty
      return [
        page.bdi(value(rate, on: page)), page.day(rate.from), page.day(rate.until),
        "<bdi>\(rate.source)</bdi>", state + act,
      ]
    }
    return page.layout(
      page("Rates"),
      """
      \(page.title(page("Rates"), under: "<p>\(page("Dinars for one euro, entered with their source; the program fetches none."))</p>"))
      \(OverviewTemplates.tabs(FundingPaths.rates, on: page))
      \(page.table(page("Rates"), columns: [page("Dinars for one euro"), page("From"), page("Until"), page("Source"), page("State")], rows: rows, empty: page.emptyState(page("No rate is entered yet."))))
      \(mayKeep ? rate(typed, errors, on: page) : .empty)
      """)
  }

  private static func value(_ rate: ExchangeRate, on page: Page) -> String {
    page.reader.language == .english ? rate.typed.replacing(",", with: ".") : rate.typed
  }

  private static func rate(_ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.section(
      page("Enter a rate"),
      page.form(
        FundingPaths.rates, submit: page("Save"), errors: errors,
        """
        \(page.once(typed))
        \(fields.text("rate", page("Dinars for one euro"), hint: page("Such as 3,3845; at most six decimals."), required: true, direction: .ltr, limit: 20))
        \(fields.text("from", page("From"), kind: .date, required: true))
        \(fields.text("last-day", page("Until"), hint: page("The last day for which it holds, unless a later rate is entered."), kind: .date, required: true))
        \(fields.text("source", page("Source"), required: true))
        """))
  }

  static func kinds(_ kinds: [AidKind], _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let language = page.reader.language
    let mayKeep = page.may(.keepFunds)
    let rows = kinds.map { kind -> [HTML] in
      let name: HTML =
        mayKeep
        ? "<a href=\"\(FundingPaths.kind(kind.id))\">\(kind.name.text(in: language))</a>"
        : "\(kind.name.text(in: language))"
      return [
        name, "\(page(kind.track.label))", page.bdi(kind.id.rawValue),
        kind.isActive ? page.badge(page("still given"), .good) : page.badge(page("given no more")),
      ]
    }
    return page.layout(
      page("Kinds of aid"),
      """
      \(page.title(page("Kinds of aid")))
      \(OverviewTemplates.tabs(FundingPaths.kinds, on: page))
      \(page.table(page("Kinds of aid"), columns: [page("Kind of aid"), page("Track"), page("Code"), page("State")], rows: rows, empty: .empty))
      \(mayKeep ? page.section(page("Add a kind of aid"), page.form(FundingPaths.kinds, submit: page("Save"), errors: errors, fields(nil, typed, errors, on: page))) : .empty)
      """)
  }

  static func kind(_ kind: AidKind, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let title = kind.name.text(in: page.reader.language)
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p>\(page.bdi(kind.id.rawValue)) · <a href=\"\(FundingPaths.kinds)\">\(page("Kinds of aid"))</a></p>"))
      \(page.section(page("Kind of aid"), page.form(FundingPaths.kind(kind.id), submit: page("Save"), errors: errors, fields(kind, typed, errors, on: page))))
      """)
  }

  private static func fields(_ kind: AidKind?, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    let first: HTML =
      kind == nil
      ? fields.text(
        "kind-code", page("Code"), hint: page("Small Latin letters, digits and hyphens; it never changes."),
        required: true, direction: .ltr, limit: AidKindCode.longest)
      : page.hidden("version", typed["version"])
    return """
      \(first)\(fields.radios("track", page("Track"), options: AidKind.Track.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.text("name-fr", page("Name in French"), required: true, direction: .ltr))
      \(fields.text("name-ar", page("Name in Arabic"), required: true, direction: .rtl))
      \(fields.text("name-en", page("Name in English"), required: true, direction: .ltr))
      \(kind == nil ? .empty : fields.checkbox("active", page("Something new is given of it")))
      """
  }
}
