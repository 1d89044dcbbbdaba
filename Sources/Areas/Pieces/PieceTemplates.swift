import Basics
import Cases
import Documents
import Pages
import Papers
import Storage

/// Which papers a case needs: what is open, what is there, how each is come by; the form of one; the sheet.
enum PieceTemplates {
  static func list(
    _ lines: [PieceLine], _ file: CaseFile, _ names: [AccountID: String], _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let mayWrite = page.may(.addDocuments) && file.stage != .closed
    let open = PieceRules.open(lines)
    let rest = lines.filter { !$0.isOpen && $0.state != nil }
    let untouched = lines.filter { $0.state == nil }
    func records(_ lines: [PieceLine]) -> HTML {
      "<ul class=\"records\">\(lines.map { item($0, file.id, names, on: page) })</ul>"
    }
    let nothing = page.emptyState(page("Nothing is open: no piece was asked for, or all are there."))
    let title = page("Pieces of the file")
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(self.title(title, file, on: page))
      <p><a href="\(PiecePaths.awaited)">\(page("All pieces that you follow"))</a></p>
      \(page.section(page("Still to be come by"), id: "open", open.isEmpty ? nothing : records(open) + sheets(file.id, on: page)))
      \(rest.isEmpty ? .empty : page.section(page("There, or not needed"), id: "settled", records(rest)))
      \(untouched.isEmpty ? .empty : page.section(page("Not looked at yet"), id: "untouched", (mayWrite ? asking(untouched, file.id, errors, on: page) : .empty) + records(untouched)))
      """)
  }

  private static func item(
    _ line: PieceLine, _ file: RecordID<CaseFile>, _ names: [AccountID: String], on page: Page
  ) -> HTML {
    let (entry, piece, language) = (line.entry, line.piece, page.reader.language)
    let name = entry.name[language] ?? entry.code
    let badge: HTML =
      line.state.map { page.badge(page(PieceWords.label($0)), PieceWords.tone($0)) } ?? .empty
    var facts: [String] = []
    if let piece, line.document == nil { facts.append(page("since \(piece.since)")) }
    if let follower = piece?.follower, line.isOpen {
      facts.append(page("followed by \(names[follower] ?? "—")"))
    }
    if let day = piece?.dueOn, line.isOpen {
      facts.append(day < page.today ? page("was due by \(day)") : page("by \(day)"))
    }
    if let day = line.expiredOn { facts.append(page("the document on file expired on \(day)")) }
    let document: HTML =
      line.document.map {
        "<p><a href=\"\(DocumentPaths.file(file, $0.id))\" download>\(page("The document on file"))</a></p>"
      } ?? .empty
    return """
      <li><p><strong><a href="\(PiecePaths.piece(file, entry.code))">\(name)</a></strong> \(badge)</p>\
      \(facts.isEmpty ? .empty : "<p class=\"faint\">\(facts.joined(separator: " · "))</p>" as HTML)\
      \(piece?.note.map { page.prose($0) })\(document)\(line.isOpen ? know(entry, on: page) : .empty)</li>
      """
  }

  /// What it is for and how it is come by, and who says so.
  private static func know(_ entry: PieceEntry, on page: Page) -> HTML {
    let language = page.reader.language
    let source: HTML =
      entry.source.map { "<span dir=\"auto\">\($0)</span>" }
      ?? "\(page("Usual practice, to be checked by the scheme."))"
    return page.facts([
      (page("What it is for"), "\(entry.purpose[language] ?? "")"),
      (page("How it is come by"), "\(entry.how[language] ?? "")"), (page("Source"), source),
    ])
  }

  private static func asking(
    _ lines: [PieceLine], _ file: RecordID<CaseFile>, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let options = lines.map { Choice($0.entry.code, $0.entry.name[page.reader.language] ?? $0.entry.code) }
    return page.disclosure(
      page("Ask for several"), icon: .plus, isOpen: !errors.isEmpty,
      page.form(
        PiecePaths.list(file), submit: page("Ask for these"), errors: errors, weight: .secondary,
        FormFields(page, errors: errors).checkboxes("ask", page("Pieces"), options: options)))
  }

  private static func sheets(_ file: RecordID<CaseFile>, on page: Page) -> HTML {
    let links = Language.allCases.map { language -> HTML in
      let name = "<bdi lang=\"\(language.rawValue)\">\(language.ownName)</bdi>" as HTML
      return """
        <li>\(name)\(page.reader.colon) <a href="\(PiecePaths.sheet(file, language))">\(page("to print"))</a> · \
        <a href="\(PiecePaths.pdf(file, language))" download>PDF</a></li>
        """
    }
    return "<h3>\(page("A sheet for the person, in her language"))</h3><ul>\(links)</ul>"
  }

  static func form(
    _ line: PieceLine, _ file: CaseFile, _ followers: [(id: AccountID, name: String)],
    _ attempt: PieceAttempt?, on page: Page
  ) -> HTML {
    let name = line.entry.name[page.reader.language] ?? line.entry.code
    let back: HTML =
      "<p>\(page.bdi(file.number)) · <a href=\"\(PiecePaths.list(file.id))\">\(page("Pieces of the file"))</a></p>"
    let document: HTML =
      line.document == nil
      ? .empty
      : page.alert(
        .info, "<p>\(page("A valid document is on file: the piece is there, whatever stands here."))</p>")
    let mayWrite = page.may(.addDocuments) && file.stage != .closed
    let body = !mayWrite ? HTML.empty : fields(line, file.id, followers, attempt, on: page)
    return page.layout(
      "\(name) · \(file.number)",
      "\(page.title(name, under: back))\(document)\(know(line.entry, on: page))\(body)")
  }

  private static func fields(
    _ line: PieceLine, _ file: RecordID<CaseFile>, _ followers: [(id: AccountID, name: String)],
    _ attempt: PieceAttempt?, on page: Page
  ) -> HTML {
    let typed = attempt?.typed ?? Typed(line.piece?.fields ?? Fields())
    let errors = attempt?.errors ?? []
    let fields = FormFields(page, typed: typed, errors: errors)
    let newest = String(line.piece?.version ?? 0)
    let version = attempt?.isNewest != false || typed["version"].isEmpty ? newest : typed["version"]
    return page.form(
      PiecePaths.piece(file, line.entry.code), submit: page("Save"), errors: errors,
      """
      \(page.once(typed))\(page.hidden("version", version))
      \(fields.select("state", page("How it stands"), options: Piece.State.allCases.map { Choice($0.rawValue, page(PieceWords.label($0))) }, required: true))
      \(fields.text("since", page("Since"), hint: page("Leave empty for today."), kind: .date))
      \(fields.paragraph("note", page("What is to be said of it"), hint: page("Needed where it does not apply: why."), rows: 2))
      \(fields.select("follower", page("Who follows it"), options: followers.map { Choice($0.id.text, $0.name) }))
      \(fields.text("due-on", page("By which day"), kind: .date))
      """)
  }

  /// The same words as on the PDF, in the language of the person.
  static func sheet(_ sheet: PieceSheet, _ file: CaseFile, on page: Page) -> HTML {
    let direction = sheet.language == Language.arabic.rawValue ? "rtl" : "ltr"
    let items = sheet.items.map { item -> HTML in
      "<li><h3>\(item.name)</h3><p>\(item.how)</p>\(item.by.map { "<p><strong>\($0)</strong></p>" as HTML })</li>"
    }
    let list: HTML =
      items.isEmpty
      ? "<p>\(sheet.nothing)</p>" : "<ol class=\"goods\">\(items)</ol><p>\(sheet.closing)</p>"
    let facts = page.facts(
      sheet.facts.map { (label: $0.label, value: "<span dir=\"auto\">\($0.value.text)</span>" as HTML?) })
    return page.layout(
      "\(sheet.title) · \(file.number)",
      """
      \(title(page("A sheet for the person, in her language"), file, back: true, on: page))
      <section class="card certificate" lang="\(sheet.language)" dir="\(direction)"><h2>\(sheet.title)</h2>\(facts)
      \(list)</section>
      """)
  }

  private static func title(_ text: String, _ file: CaseFile, back: Bool = false, on page: Page) -> HTML {
    let list: HTML =
      back
      ? " · <a href=\"\(PiecePaths.list(file.id))\">\(page("Pieces of the file"))</a>" : .empty
    return page.title(
      text,
      under:
        "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a>\(list)</p>"
    )
  }
}
