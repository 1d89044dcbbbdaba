import Basics
import Cases
import Pages
import Storage

/// A budget line and its ledger. Values in, markup out.
enum LineTemplates {
  static func show(
    _ opened: LineOpened, _ typed: Typed, _ errors: [FieldError], _ names: FundingNames, on page: Page
  ) -> HTML {
    let (shown, agreement) = (opened.line, opened.agreement.agreement)
    let id = shown.line.id
    let change =
      page.may(.keepFunds)
      ? page.button(page("Change"), to: FundingPaths.edit(id), weight: .secondary) : HTML.empty
    let files =
      page.button(
        page("CSV file"), to: FundingPaths.sheet(id, as: .csv), icon: .file, weight: .secondary, isFile: true)
      + page.button(
        page("Excel file"), to: FundingPaths.sheet(id, as: .xlsx), icon: .file, weight: .secondary,
        isFile: true)
    return page.layout(
      shown.line.name,
      """
      \(page.title(shown.line.name, under: under(agreement, on: page), actions: change + files))
      \(page.section(page("Budget line"), id: "line", facts(shown, opened.agreement, names, on: page)))
      \(agreement.purpose == .operating && page.may(.keepFunds) ? cost(id, agreement, typed, errors, on: page) : .empty)
      \(page.section(page("Ledger"), id: "ledger", ledger(opened, on: page)))
      \(page.pager(next: opened.next.map { FundingPaths.line(id, before: $0) }))
      """)
  }

  private static func under(_ agreement: Agreement, on page: Page) -> HTML {
    """
    <p><a href="\(FundingPaths.agreement(agreement.id))"><bdi>\(agreement.title)</bdi></a> · \
    <a href="\(FundingPaths.list)">\(page("Funding"))</a></p>
    """
  }

  private static func facts(
    _ shown: LineShown, _ agreement: AgreementShown, _ names: FundingNames, on page: Page
  ) -> HTML {
    func money(_ amount: Money) -> HTML { OverviewTemplates.sum(amount, on: page) }
    let totals: [(label: String, value: HTML?)] = [
      (page("Amount"), money(shown.line.amount)), (page("Reserved"), money(shown.totals.reserved)),
      (page("Committed"), money(shown.totals.committed)), (page("Paid"), money(shown.totals.paid)),
      (page("Left"), money(shown.left)),
    ]
    let note: HTML =
      shown.left.minorUnits < shown.totals.free.minorUnits
      ? page.alert(
        .info,
        "<p>\(page("Free on the line are \(shown.totals.free), but only what has arrived may be promised."))</p>"
      )
      : .empty
    return page.facts(totals) + note
      + page.facts(AgreementTemplates.earmark(shown.line.earmark, names, on: page))
  }

  private static func cost(
    _ id: RecordID<BudgetLine>, _ agreement: Agreement, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.disclosure(
      page("Record a cost"), icon: .plus, isOpen: !errors.isEmpty,
      page.form(
        FundingPaths.costs(id), submit: page("Save"), errors: errors,
        """
        \(page.once(typed))\(fields.text("on", page("Day"), kind: .date, required: true))
        \(AgreementTemplates.amount(fields, agreement.currency, on: page))
        \(fields.text("what", page("What it was for"), hint: page("No name of a person."), required: true))
        """))
  }

  /// Each movement with what it did to the accounts of the line.
  private static func ledger(_ opened: LineOpened, on page: Page) -> HTML {
    let line = opened.line.line
    let rows = opened.movements.map { movement -> [HTML] in
      let own = movement.entries.filter { $0.account.owner == line.id.text }
      let entries = own.map { entry -> HTML in
        "<li>\(page(entry.account.kind.label))\(page.reader.colon) \(signed(entry.amount, on: page))</li>"
      }
      let free = own.first { $0.account.kind == .free }
      return [
        page.day(movement.on), what(movement, opened, on: page), "<ul class=\"plain\">\(entries)</ul>",
        free.map { OverviewTemplates.sum($0.balance, on: page) } ?? "—",
        "\(opened.staff[movement.by] ?? page("the program"))" + act(movement, on: page),
      ]
    }
    return page.table(
      page("Ledger"),
      columns: [page("Day"), page("What"), page("Booked"), page("Free after it"), page("By")], rows: rows,
      empty: page.emptyState(page("Nothing is booked here.")))
  }

  static func signed(_ money: Money, on page: Page) -> HTML {
    page.bdi((money.minorUnits > 0 ? "+" : "") + page.reader.money(money))
  }

  private static func what(_ movement: Movement, _ opened: LineOpened, on page: Page) -> HTML {
    var text: HTML = "\(page(movement.kind.label))"
    if let file = movement.reservation.flatMap({ opened.files[$0] }) {
      text += " · <a href=\"\(CasePaths.show(file.id))\">\(page.bdi(file.number))</a>"
    }
    if let because = movement.because { text += "<br><small class=\"faint\" dir=\"auto\">\(because)</small>" }
    if movement.isReversed { text += " " + page.badge(page("taken back"), .attention, icon: .stop) }
    return text
  }

  private static func act(_ movement: Movement, on page: Page) -> HTML {
    guard page.may(.keepFunds), movement.kind == .expense, !movement.isReversed else { return .empty }
    return reversalForm(movement.id, Typed(), [], on: page)
  }

  /// Closed until it is wanted.
  static func reversalForm(
    _ id: RecordID<Movement>, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors, about: id.text)
    return page.disclosure(
      page("Take back"), isOpen: !errors.isEmpty,
      page.form(
        FundingPaths.reversal(id), submit: page("Take back"), errors: errors, about: id.text,
        weight: .secondary,
        fields.text("reason", page("Why it is taken back"), required: true)))
  }

  /// The form that came back without a reason.
  static func reversal(
    _ movement: Movement, back: String, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    page.layout(
      page("Take back"),
      """
      \(page.title(page("Take back"), under: "<p><a href=\"\(back)\">\(page(movement.kind.label))</a></p>"))
      \(reversalForm(movement.id, typed, errors, on: page))
      """)
  }

  static func form(
    _ kept: BudgetLine?, _ shown: AgreementShown, _ typed: Typed, _ errors: [FieldError],
    _ names: FundingNames, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let title = kept?.name ?? page("Add a budget line")
    let path = kept.map { FundingPaths.edit($0.id) } ?? FundingPaths.lines(shown.agreement.id)
    let key = kept == nil ? page.once(typed) : page.hidden("version", typed["version"])
    return page.layout(
      title,
      """
      \(page.title(title, under: under(shown.agreement, on: page)))
      \(page.facts([(page("Not given to a line"), OverviewTemplates.sum(shown.open, on: page))] + AgreementTemplates.earmark(shown.agreement.earmark, names, on: page)))
      \(page.section(page("Budget line"), page.form(path, submit: page("Save"), errors: errors, """
        \(key)\(fields.text("name", page("Name of the line"), required: true))
        \(AgreementTemplates.amount(fields, shown.agreement.currency, on: page))
        \(AgreementTemplates.earmarkFields(fields, names, on: page))
        """)))
      """)
  }
}
