import Basics
import Cases
import Pages

/// What stands of committees in a case. Values in, markup out.
enum CommitteeCaseTemplates {
  static func show(
    _ found: CaseItems, daysToAppeal: Int?, names: [AccountID: String],
    about item: RecordID<CommitteeItem>?, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let file = found.opened.file
    let title = page("Committee")
    let mayWrite = found.opened.reader.may(.prepareAids) && file.stage != .closed && found.opened.leave == nil
    let items = found.items.map { line in
      section(
        line, file, names, daysToAppeal, item == line.item.id ? (typed, errors) : (Typed(), []),
        mayWrite: mayWrite, on: page)
    }
    let none = page.emptyState(page("Nothing of this case is before a committee."))
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p><a href=\"\(CasePaths.show(file.id))\">\(page.bdi(file.number))</a></p>"))
      \(found.items.isEmpty ? none : "\(items)")
      \(mayWrite ? submitting(file, item == nil ? (typed, errors) : (Typed(), []), on: page) : .empty)
      """)
  }

  private static func section(
    _ line: CaseItem, _ file: CaseFile, _ names: [AccountID: String], _ daysToAppeal: Int?,
    _ attempt: (typed: Typed, errors: [FieldError]), mayWrite: Bool, on page: Page
  ) -> HTML {
    let item = line.item
    let place: HTML? = line.place.map { place in page.day(place.day) }
    return page.section(
      item.title(for: page.reader), id: "item-\(item.id)",
      """
      \(page.facts([
        (page("State"), page.badge(page(item.state.label), item.state == .decided ? .good : .info)),
        (page("Asked"), "\(page.reader.money(item.amount))"), (page("Session of the committee"), place),
        (page("Submitted"), page.time(item.submittedAt)),
        (page("Prepared by"), "\(names[item.preparedBy] ?? "—")"),
      ]))
      \(page.prose(line.summary ?? page("It was erased with the person.")))
      \(line.decisions.map { decided($0, line, file, daysToAppeal, on: page) })
      \(line.appeal.map { appealed($0, on: page) })
      \(mayWrite ? acts(line, file.id, daysToAppeal, attempt, on: page) : .empty)
      """)
  }

  private static func decided(
    _ decision: Decision, _ line: CaseItem, _ file: CaseFile, _ daysToAppeal: Int?, on page: Page
  ) -> HTML {
    let isSigned = line.place?.id != decision.session || line.place?.isSigned == true
    let paper: HTML =
      isSigned
      ? "<p class=\"buttons\"><a href=\"\(CommitteePaths.notice(decision, in: file.id))\" download>\(page("The answer to the person as PDF"))</a></p>"
      : "<p class=\"faint\">\(page("The person is told once the minutes are signed."))</p>"
    return """
      <h3>\(decision.isOnAppeal ? page("Decision upon the appeal") : page("Decision"))</h3>
      \(page.facts([
        (page("Decision"), SessionTemplates.outcome(decision.outcome, on: page)),
        (page("Reference date"), page.day(decision.day)),
        (page("Granted"), decision.amount.map { "\(page.reader.money($0))" }),
        (page("Reason"), decision.words.reason.map { "\(page($0.label))" }),
      ]))\(CommitteeItemTemplates.words(decision, on: page))\(paper)
      """
  }

  private static func appealed(_ appeal: Appeal, on page: Page) -> HTML {
    "<h3>\(page("Appeal of \(appeal.receivedOn)"))</h3>"
      + page.prose(appeal.words ?? page("It was erased with the person."))
  }

  private static func acts(
    _ line: CaseItem, _ file: RecordID<CaseFile>, _ daysToAppeal: Int?,
    _ attempt: (typed: Typed, errors: [FieldError]), on page: Page
  ) -> HTML {
    let item = line.item
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors, about: item.id.text)
    if item.state == .waiting || item.state == .listed {
      return page.disclosure(
        line.appeal == nil ? page("Take it back") : page("Take the appeal back"),
        isOpen: !attempt.errors.isEmpty,
        page.form(
          CommitteePaths.withdrawal(item.id, in: file), submit: page("Take it back"), errors: attempt.errors,
          about: item.id.text, weight: .secondary,
          fields.paragraph("reason", page("Reason"), required: true, rows: 2)))
    }
    guard let last = line.decisions.last,
      CommitteeRules.mayAppeal(
        last, isSigned: line.place?.isSigned == true, isAppealed: line.appeal != nil)
    else { return .empty }
    let term =
      CommitteeRules.lastDay(toAppealAgainst: last, days: daysToAppeal).map {
        page("Appeals are received until \($0).")
      } ?? page("The days to appeal are not loaded: no term is held against the person.")
    return page.disclosure(
      page("Record an appeal of the person"), isOpen: !attempt.errors.isEmpty,
      "<p>\(term) \(page("Another session decides: none who decided sits in it."))</p>"
        + page.form(
          CommitteePaths.appeal(item.id, in: file), submit: page("Record the appeal"),
          errors: attempt.errors, about: item.id.text, weight: .secondary,
          page.once(attempt.typed)
            + fields.text("received-on", page("Received on"), hint: page("Empty: today."), kind: .date)
            + fields.paragraph("words", page("What the person does not agree with"), required: true)))
  }

  private static func submitting(
    _ file: CaseFile, _ attempt: (typed: Typed, errors: [FieldError]), on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    return page.section(
      page("Put a request before the committee by hand"), id: "submit",
      page.form(
        CommitteePaths.file(file.id), submit: page("Submit it"), errors: attempt.errors,
        """
        \(page.once(attempt.typed))
        \(fields.select("purpose", page("What is asked"), options: ItemPurpose.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
        \(fields.text("amount", page("Amount"), required: true, direction: .ltr))
        \(fields.radios("currency", page("Currency"), options: Money.Currency.allCases.map { Choice($0.rawValue, $0.rawValue) }, hint: page("Empty: TND.")))
        \(fields.paragraph("summary", page("What the committee reads"), hint: page("Without name, number or address: a committee may read it without knowing whose it is."), required: true, rows: 8))
        """))
  }
}
