import Basics
import Pages

/// Files of orders for the bank. Values in, markup out.
enum PaymentFileTemplates {
  static func list(_ found: Aids.FilesFound, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let rows = found.files.map { file -> [HTML] in
      [
        "<a href=\"\(AidPaths.file(file.id))\">\(page.time(file.madeAt))</a>", "\(file.count)",
        AidTemplates.money(file.total, on: page), page.day(file.executionOn), "<bdi>\(file.payer.name)</bdi>",
      ]
    }
    return page.layout(
      page("Files for the bank"),
      """
      \(page.title(page("Files for the bank"), under: "<p><a href=\"\(AidPaths.list)\">\(page("All aids"))</a></p>"))
      \(making(found, typed, errors, on: page))
      \(page.table(
        page("Files for the bank"),
        columns: [page("Made"), page("Orders"), page("Total"), page("To be carried out on"), page("Account charged")],
        rows: rows, empty: page.emptyState(page("No file was made yet."))))
      \(page.pager(next: found.next.map(AidPaths.files)))
      \(known(typed, errors, on: page))
      """)
  }

  /// For the day after a copy was restored.
  private static func known(_ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let mine = errors.filter { $0.field == "references" }
    let fields = FormFields(page, typed: typed, errors: mine)
    return page.section(
      page("After a restored copy"), id: "known",
      page.disclosure(
        page("The bank has a file that is not here"), isOpen: !mine.isEmpty,
        page.form(
          AidPaths.known, submit: page("Note them"), errors: mine, weight: .secondary,
          fields.paragraph(
            "references", page("The file, or the references of its orders"),
            hint: page(
              "Paste the file that was sent, or what the bank wrote of it: its orders are put into no other file."
            ),
            required: true, limit: PaymentFile.longest))))
  }

  private static func making(
    _ found: Aids.FilesFound, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let waiting = found.waiting.map { entry -> HTML in
      "<li>\(page(entry.count, one: "One order waits", many: "\(entry.count) orders wait"))\(page.reader.colon) \(AidTemplates.money(entry.total, on: page))</li>"
    }
    let errors = errors.filter { $0.field != "references" }
    var typed = typed
    // The account of the last file, and the only currency that waits, need not be typed again.
    if typed["payer"].isEmpty, errors.isEmpty, let last = found.files.first {
      (typed["payer"], typed["payer-rib"]) = (last.payer.name, last.payer.rib.digits)
    }
    if typed["currency"].isEmpty, let only = found.waiting.first, found.waiting.count == 1 {
      typed["currency"] = only.currency.rawValue
    }
    let fields = FormFields(page, typed: typed, errors: errors)
    let currencies = Money.Currency.allCases.map { Choice($0.rawValue, $0.rawValue) }
    let form = page.form(
      AidPaths.files, submit: page("Make the file"), errors: errors,
      """
      \(page.once(typed))
      \(fields.select("currency", page("Currency"), options: currencies, required: true))
      \(fields.text("payer", page("Account charged"), hint: page("The name on the account."), required: true, limit: 140))
      \(fields.text("payer-rib", page("Its number (RIB)"), required: true, direction: .ltr, limit: 40))
      \(fields.text("execution-on", page("To be carried out on"), kind: .date, required: true))
      """)
    let none = "<p>\(page("No order waits for a file: each is put into one file only."))</p>" as HTML
    return page.section(
      page("Orders that wait for a file"), id: "waiting",
      waiting.isEmpty && errors.isEmpty ? none : "<ul>\(waiting)</ul>\(form)")
  }

  static func show(_ shown: Aids.FileShown, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let file = shown.file
    let links = [PaymentFile.Format.csv, .pain].map { format -> HTML in
      "<a class=\"button secondary\" href=\"\(AidPaths.file(file.id, as: format))\" download>\(page(format.label))</a> "
    }
    let isWhole = shown.orders.count == file.count
    let taking: HTML =
      isWhole
      ? "<p class=\"buttons\">\(links)</p><p>\(page("However often it is taken, it is the same file with the same references: the bank knows it again."))</p>"
      : page.alert(.info, "<p>\(page(PaymentFile.taken))</p>")
    let rows = shown.orders.map { order -> [HTML] in
      [
        "<a href=\"\(AidPaths.show(order.aid))\">\(page.bdi(order.about))</a>", page.bdi(order.endToEnd),
        AidTemplates.money(order.amount, on: page),
        order.paidOn.map { page.badge(page("paid on \(page.reader.date($0))"), .good) }
          ?? page.badge(page(AidInstalment.Step.approved.label), .info),
      ]
    }
    let isOpen = shown.orders.contains { $0.paidOn == nil }
    let payment: HTML =
      isOpen
      ? page.section(
        page("The bank has carried it out"), id: "payment",
        page.form(
          AidPaths.filePayment(file.id), submit: page("Record that all were paid"), errors: errors,
          AidPartTemplates.paymentFields(FormFields(page, typed: typed, errors: errors), on: page))) : .empty
    return page.layout(
      page("File for the bank"),
      """
      \(page.title(page("File for the bank"), under: "<p><a href=\"\(AidPaths.files)\">\(page("Files for the bank"))</a></p>"))
      \(page.section(page("File for the bank"), id: "file", page.facts([
        (page("Made"), page.time(file.madeAt)), (page("Orders"), "\(file.count)"),
        (page("Total"), AidTemplates.money(file.total, on: page)),
        (page("To be carried out on"), page.day(file.executionOn)),
        (page("Account charged"), "<bdi>\(file.payer.name)</bdi>"),
        (page("Its number (RIB)"), page.bdi(file.payer.rib.grouped)),
        (page("Number of the message"), page.bdi(file.id.text.uppercased())),
      ]) + taking))
      \(page.table(
        page("Orders"), columns: [page("Case and part"), page("Reference for the bank"), page("Amount"), page("State")],
        rows: rows, empty: page.emptyState(page("Every order of this file was sent back."))))
      \(payment)
      """)
  }
}
