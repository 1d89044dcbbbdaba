import Basics
import Cases
import Pages

/// The words for what the journal tells of a document.
enum DocumentWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "document.add": say("Added a document")
    case "document.read": say("Opened a document")
    case "document.read-outside": say("Opened a document from outside")
    case "document.withdraw": say("Withdrew a document")
    case "document.refuse": say("A file with a virus was refused")
    default: nil
    }
  }

  static var notCheckedNow: Phrase {
    say(
      "The file could not be checked for viruses just now, so it was not taken. Try again in a few minutes.")
  }
}

/// The documents of a case.
enum DocumentTemplates {
  static func section(_ found: DocumentPage, _ file: CaseFile, warnDays: Int, on page: Page) -> HTML {
    guard page.may(.readDocuments) else { return .empty }
    let form =
      mayAdd(file, page)
      ? page.disclosure(page("Add a document"), icon: .paper, form(file.id, Typed(), [], on: page))
      : HTML.empty
    let more: HTML =
      found.next == nil
      ? .empty
      : "<p><a href=\"\(DocumentPaths.ofCase(file.id))\">\(page("All documents of the case"))</a></p>"
    return page.section(
      page("Documents"), id: "documents", list(found.documents, file, warnDays, on: page) + more + form)
  }

  /// Those that do not stand on the page of the case, too.
  static func all(_ found: DocumentPage, _ file: CaseFile, warnDays: Int, on page: Page) -> HTML {
    page.layout(
      page("Documents"),
      """
      \(title(file, on: page))
      \(page.section(page("Documents"), list(found.documents, file, warnDays, on: page)))
      \(page.pager(next: found.next.map { DocumentPaths.ofCase(file.id, after: $0) }))
      """)
  }

  private static func mayAdd(_ file: CaseFile, _ page: Page) -> Bool {
    page.may(.addDocuments) && file.stage != .closed
  }

  private static func list(_ documents: [Document], _ file: CaseFile, _ warnDays: Int, on page: Page) -> HTML
  {
    let items = documents.map { item($0, file, warnDays, on: page) }
    return items.isEmpty
      ? page.emptyState(page("No document that you may read has been added: papers, proofs, certificates."))
      : "<ul class=\"records\">\(items)</ul>"
  }

  private static func item(_ document: Document, _ file: CaseFile, _ warnDays: Int, on page: Page) -> HTML {
    let name: HTML = "<bdi>\(document.title ?? document.name)</bdi>"
    let isOpened = page.actor.map { DocumentRules.mayOpen(document, $0) } ?? false
    let shown: HTML =
      isOpened ? "<a href=\"\(DocumentPaths.file(file.id, document.id))\" download>\(name)</a>" : name
    return """
      <li><p>\(shown) \(page.badge(page(document.kind.label))) \(expiry(document, warnDays, on: page))</p>\
      <p class="faint">\(about(document, on: page))</p>\(withdrawal(document, file, on: page))</li>
      """
  }

  private static func about(_ document: Document, on page: Page) -> HTML {
    var facts: [HTML] = [
      "<bdi>\(document.type.label)</bdi>\(page.reader.comma) <bdi>\(size(document.size, on: page))</bdi>",
      page.time(document.addedAt),
    ]
    if document.title != nil { facts.insert("<bdi>\(document.name)</bdi>", at: 0) }
    if let from = document.validFrom { facts.append("\(page("valid from")) \(page.day(from))") }
    if let until = document.validUntil { facts.append("\(page("valid until")) \(page.day(until))") }
    if !document.isChecked { facts.append("\(page("not checked for viruses"))") }
    let first = facts.removeFirst()
    return facts.reduce(first) { "\($0) · \($1)" }
  }

  static func size(_ bytes: Int, on page: Page) -> String {
    if bytes < 1_024 { return page("\(bytes) bytes") }
    if bytes < 1 << 20 { return page("\((bytes + 1_023) >> 10) kB") }
    let tenths = (bytes * 10 + (1 << 19)) >> 20
    let comma = page.reader.language == .english ? "." : ","
    return page("\("\(tenths / 10)\(comma)\(tenths % 10)") MB")
  }

  private static func expiry(_ document: Document, _ warnDays: Int, on page: Page) -> HTML {
    guard document.withdrawal == nil else { return page.badge(page("withdrawn"), .plain, icon: .stop) }
    return expiry(until: document.validUntil, warnDays, on: page)
  }

  /// A word and a sign where a validity ends soon or has ended.
  static func expiry(until day: Day?, _ warnDays: Int, on page: Page) -> HTML {
    switch DocumentRules.expiry(until: day, on: page.today, warnDays: warnDays) {
    case .expired: page.badge(page("expired"), .attention, icon: .late)
    case .soon(days: 0): page.badge(page("expires today"), .attention, icon: .late)
    case .soon(let days):
      page.badge(page(days, one: "expires tomorrow", many: "expires in \(days) days"), .info, icon: .calendar)
    case nil: .empty
    }
  }

  private static func withdrawal(_ document: Document, _ file: CaseFile, on page: Page) -> HTML {
    if let withdrawal = document.withdrawal {
      return
        "<p class=\"faint\">\(page("Withdrawn:")) \(page.time(withdrawal.at))</p>\(page.prose(withdrawal.reason))"
    }
    let mayWithdraw = mayAdd(file, page) && document.kind.dutyToAdd.map(page.may) ?? true
    return mayWithdraw
      ? "<p><a href=\"\(DocumentPaths.withdrawal(file.id, document.id))\">\(page("Withdraw the document"))</a></p>"
      : .empty
  }

  static func form(_ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let kinds = Document.Kind.allCases.filter { $0.dutyToAdd.map(page.may) ?? true }
    let taken = page(
      "\(MediaType.named); at most \(Document.limit >> 20) MB. Choose it again if the form comes back.")
    return page.form(
      DocumentPaths.ofCase(id), submit: page("Add the document"), errors: errors, bringsFile: true,
      """
      \(page.once(typed))
      \(fields.select("kind", page("Kind of document"), options: kinds.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.text("title", page("Title"), hint: page("Without one the name of the file is shown."), direction: .auto, limit: 120))
      \(fields.text("valid-from", page("Valid from"), kind: .date))
      \(fields.text("valid-until", page("Valid until"), hint: page("Its last day: the list of documents that expire goes by it."), kind: .date))
      \(fields.file("file", page("The file"), hint: taken, accept: MediaType.offered))
      """)
  }

  static func alone(_ form: HTML, _ file: CaseFile, on page: Page) -> HTML {
    page.layout(
      file.number, "\(title(file, on: page))\(page.section(page("Something needs mending"), form))")
  }

  static func withdrawal(
    _ document: Document, _ file: CaseFile, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let form = page.form(
      DocumentPaths.withdrawal(file.id, document.id), submit: page("Withdraw the document"), errors: errors,
      fields.paragraph(
        "reason", page("Why"),
        hint: page("It stays in the list with this reason; only the head of the antenna can open it then."),
        required: true, rows: 2))
    return page.layout(
      page("Withdraw a document"),
      """
      \(title(file, on: page))
      \(page.section(page("Withdraw a document"), "<p><bdi>\(document.title ?? document.name)</bdi> \(page.badge(page(document.kind.label)))</p>\(form)"))
      """)
  }

  private static func title(_ file: CaseFile, on page: Page) -> HTML {
    page.title(
      page("Case \(file.number)"),
      under: "<p><a href=\"\(DocumentPaths.onCase(file.id))\">\(page("Back to the case"))</a></p>")
  }
}
