import Antennas
import Basics
import Cases
import Pages

/// Agreements. Values in, markup out.
enum AgreementTemplates {
  static func show(
    _ opened: AgreementOpened, _ forms: AgreementPageForms, _ names: FundingNames, on page: Page
  ) -> HTML {
    let (shown, agreement) = (opened.shown, opened.shown.agreement)
    var actions = HTML.empty
    if page.may(.keepFunds) {
      actions += page.button(page("Change"), to: FundingPaths.edit(agreement.id), weight: .secondary)
      actions += page.button(page("Add a budget line"), to: FundingPaths.newLine(agreement.id), icon: .plus)
    }
    return page.layout(
      agreement.title,
      """
      \(page.title(agreement.title, under: under(shown, on: page), actions: actions))
      \(page.section(page("Agreement with a funder"), id: "agreement", facts(shown, names, on: page)))
      \(page.section(page("Budget lines"), id: "lines", OverviewTemplates.lines(shown, on: page)))
      \(page.section(page("Instalments of the funder"), id: "instalments", instalments(opened, forms.instalment, on: page)))
      \(page.section(page("Money that arrived"), id: "receipts", receipts(opened, forms.receipt, on: page)))
      """)
  }

  private static func under(_ shown: AgreementShown, on page: Page) -> HTML {
    """
    <p><bdi>\(shown.funder.name)</bdi> · \(OverviewTemplates.state(shown.agreement, on: page)) · \
    <a href="\(FundingPaths.list)">\(page("Funding"))</a></p>
    """
  }

  private static func facts(_ shown: AgreementShown, _ names: FundingNames, on page: Page) -> HTML {
    let agreement = shown.agreement
    func money(_ amount: Money) -> HTML { OverviewTemplates.sum(amount, on: page) }
    return page.facts(
      [
        (page("Promised"), money(agreement.amount)), (page("Arrived"), money(shown.received)),
        (page("Not given to a line"), money(shown.open)),
        (page("Purpose"), "\(page(agreement.purpose.label))"),
        (page("From which money one may promise"), "\(page(agreement.basis.label))"),
        (page("First day"), page.day(agreement.from)),
        (page("Last day to promise"), page.day(agreement.until)),
        (page("Last day of a payment"), page.day(agreement.payUntil)),
      ] + earmark(agreement.earmark, names, on: page)
        + [(page("For whom it is meant"), agreement.profiles.map { page.prose($0) })])
  }

  /// What an earmark says, where nothing is said: all.
  static func earmark(_ earmark: Earmark, _ names: FundingNames, on page: Page) -> [(
    label: String, value: HTML?
  )] {
    let language = page.reader.language
    func list(_ texts: [String]) -> HTML {
      texts.isEmpty ? "\(page("all"))" : "\(texts.sorted().joined(separator: page.reader.comma + " "))"
    }
    return [
      (
        page("Countries of return"),
        list(earmark.countries.map { names.territory.name(of: $0, in: language) })
      ),
      (page("Antennas"), list(earmark.antennas.map { names.territory.name(of: $0, in: language) })),
      (page("Kinds of aid"), list(earmark.kinds.map { names.name(of: $0, in: language) })),
      (page("Kinds of return"), list(earmark.returns.map { page.reader($0.label) })),
    ]
  }

  private static func instalments(
    _ opened: AgreementOpened, _ form: AgreementPageForms.Returned, on page: Page
  ) -> HTML {
    let agreement = opened.shown.agreement
    let mayKeep = page.may(.keepFunds)
    let rows = opened.instalments.map { instalment -> [HTML] in
      let act =
        mayKeep
        ? page.form(
          FundingPaths.dropping(instalment.id, of: agreement.id), submit: page("Promised no more"),
          weight: .quiet)
        : HTML.empty
      return [page.day(instalment.due), OverviewTemplates.sum(instalment.amount, on: page)]
        + (mayKeep ? [act] : [])
    }
    let table = page.table(
      page("Instalments of the funder"),
      columns: [page("Due"), page("Amount")] + (mayKeep ? [page("Act")] : []), rows: rows,
      empty: page.emptyState(page("No instalment is entered.")))
    guard mayKeep else { return table }
    let fields = FormFields(page, typed: form.typed, errors: form.errors, about: "instalment")
    return table
      + page.disclosure(
        page("Enter an instalment"), icon: .plus, isOpen: !form.errors.isEmpty,
        page.form(
          FundingPaths.instalments(agreement.id), submit: page("Save"), errors: form.errors,
          about: "instalment",
          """
          \(page.once(form.typed))\(fields.text("due", page("Due"), kind: .date, required: true))
          \(amount(fields, agreement.currency, on: page))
          """))
  }

  private static func receipts(
    _ opened: AgreementOpened, _ form: AgreementPageForms.Returned, on page: Page
  ) -> HTML {
    let agreement = opened.shown.agreement
    let mayKeep = page.may(.keepFunds)
    let rows = opened.receipts.map { item -> [HTML] in
      let state =
        item.isReversed
        ? page.badge(page("taken back"), .attention, icon: .stop) : page.badge(page("arrived"), .good)
      let act =
        mayKeep && !item.isReversed
        ? LineTemplates.reversalForm(item.movement, Typed(), [], on: page) : HTML.empty
      let note: HTML = item.receipt.note.map { "<bdi>\($0)</bdi>" } ?? "—"
      return [
        page.day(item.receipt.on), OverviewTemplates.sum(item.receipt.amount, on: page), note, state + act,
      ]
    }
    let table = page.table(
      page("Money that arrived"),
      columns: [page("Day"), page("Amount"), page("Reference"), page("State")], rows: rows,
      empty: page.emptyState(page("Nothing has arrived yet.")))
    guard mayKeep else { return table }
    let fields = FormFields(page, typed: form.typed, errors: form.errors, about: "receipt")
    return table
      + page.disclosure(
        page("Record money that arrived"), icon: .plus, isOpen: !form.errors.isEmpty,
        page.form(
          FundingPaths.receipts(agreement.id), submit: page("Save"), errors: form.errors, about: "receipt",
          """
          \(page.once(form.typed))\(fields.text("on", page("Day"), kind: .date, required: true))
          \(amount(fields, agreement.currency, on: page))
          \(fields.text("note", page("Reference"), hint: page("Of the bank or the funder; no name of a person.")))
          """))
  }

  /// The field of an amount in a known currency.
  static func amount(_ fields: FormFields, _ currency: Money.Currency, on page: Page) -> HTML {
    fields.text(
      "amount", currency == .tnd ? page("Amount in dinars") : page("Amount in euros"), required: true,
      direction: .ltr, limit: 30)
  }

  static func form(
    _ kept: Agreement?, _ typed: Typed, _ errors: [FieldError], _ names: FundingNames,
    funder: AgreementPageForms.Returned = (Typed(), []), on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let title = kept?.title ?? page("Enter an agreement")
    let path = kept.map { FundingPaths.edit($0.id) } ?? FundingPaths.agreements
    let back = kept.map { FundingPaths.agreement($0.id) } ?? FundingPaths.list
    let key = kept == nil ? page.once(typed) : page.hidden("version", typed["version"])
    let body: HTML = """
      \(key)\(kept == nil ? first(fields, names, on: page) : .empty)
      \(fields.text("title", page("Title of the agreement"), required: true))
      \(kept.map { amount(fields, $0.currency, on: page) } ?? fields.text("amount", page("Amount"), required: true, direction: .ltr, limit: 30))
      \(fields.text("from", page("First day"), kind: .date, required: true))
      \(fields.text("last-day", page("Last day to promise"), kind: .date, required: true))
      \(fields.text("pay-until", page("Last day of a payment"), hint: page("Which the funder accepts; the same day where nothing is written."), kind: .date))
      \(fields.radios("basis", page("From which money one may promise"), options: Agreement.Basis.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(earmarkFields(fields, names, on: page))
      \(fields.paragraph("profiles", page("For whom it is meant"), hint: page("What is not chosen below, in words: the program checks it where rules of this funder are loaded.")))
      """
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(back)\">\(kept == nil ? page("Funding") : page("Agreement with a funder"))</a></p>"))
      \(kept == nil ? newFunder(funder, names, on: page) : .empty)
      \(page.section(page("Agreement with a funder"), page.form(path, submit: page("Save"), errors: errors, body)))
      """)
  }

  private static func first(_ fields: FormFields, _ names: FundingNames, on page: Page) -> HTML {
    """
    \(fields.select("funder", page("Funder"), options: names.funders.map { Choice($0.id.text, $0.name) }, required: true))
    \(fields.radios("purpose", page("Purpose"), options: Agreement.Purpose.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
    \(fields.radios("currency", page("Currency"), options: currencies(on: page), required: true))
    """
  }

  static func currencies(on page: Page) -> [Choice] {
    [
      Choice(Money.Currency.tnd.rawValue, page("Dinars (TND)")),
      Choice(Money.Currency.eur.rawValue, page("Euros (EUR)")),
    ]
  }

  private static func newFunder(
    _ form: AgreementPageForms.Returned, _ names: FundingNames, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: form.typed, errors: form.errors, about: "funder")
    return page.disclosure(
      page("Add a funder"), icon: .plus, isOpen: !form.errors.isEmpty || names.funders.isEmpty,
      page.form(
        FundingPaths.funders, submit: page("Save"), errors: form.errors, about: "funder", weight: .secondary,
        """
        \(page.once(form.typed))\(fields.text("name", page("Name of the funder"), required: true, direction: .auto))
        """))
  }

  static func earmarkFields(_ fields: FormFields, _ names: FundingNames, on page: Page) -> HTML {
    let language = page.reader.language
    let all = page("None chosen: all of them.")
    let territory = names.territory
    return """
      \(fields.checkboxes("countries", page("Countries of return"), options: territory.countries.map { Choice($0.id.rawValue, $0.name.text(in: language)) }, hint: all))
      \(fields.checkboxes("antennas", page("Antennas"), options: territory.antennas.map { Choice($0.id.rawValue, $0.name.text(in: language)) }, hint: all))
      \(fields.checkboxes("kinds", page("Kinds of aid"), options: names.kinds.map { Choice($0.id.rawValue, $0.name.text(in: language)) }, hint: all))
      \(fields.checkboxes("returns", page("Kinds of return"), options: ReturnFacts.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }, hint: all))
      """
  }
}
