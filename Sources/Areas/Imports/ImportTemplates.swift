import Basics
import Pages

/// What the area's own pages look like: the list of files, the forms that take one.
enum ImportTemplates {
  static func list(_ files: [ImportFile], next: String?, on page: Page) -> HTML {
    let send = page.button(page("Send up a file"), to: ImportPaths.new, icon: .plus)
    let rows = files.map { file -> [HTML] in
      [
        "<a href=\"\(ImportPaths.show(file.id))\">\(file.partner)</a>", page.time(file.sentAt),
        state(file.state, on: page), "\(page.reader.number(file.rowCount))",
        "\(page.reader.number(file.counts[.new] ?? 0))", "\(page.reader.number(file.counts[.refused] ?? 0))",
      ]
    }
    return page.layout(
      page("Partners' files"),
      """
      \(page.title(page("Partners' files"), actions: send))
      \(page.table(page("Partners' files"), columns: [
        page("Partner"), page("Sent up"), page("State"), page("Rows"), page("New"), page("Refused"),
      ], rows: rows, empty: page.emptyState(page("Lists of persons that partners send stand here, from the first look to the report."), action: send)))
      \(page.pager(next: next.map(ImportPaths.list(before:))))
      <p><a href="\(ImportPaths.mappings)">\(page("How each partner's file is read"))</a></p>
      """)
  }

  static func state(_ state: ImportFile.State, on page: Page) -> HTML {
    switch state {
    case .reading: page.badge(page("being read"), .info)
    case .preview: page.badge(page("waits for a decision"), .attention, icon: .late)
    case .done: page.badge(page("brought in"), .good, icon: .done)
    case .discarded: page.badge(page("discarded"))
    }
  }

  static func send(_ mappings: [KeptMapping], _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let partners = mappings.map { Choice($0.mapping.partner, $0.mapping.partner) }
    return page.layout(
      page("Send up a file"),
      """
      \(page.title(page("Send up a file"), under: "<p class=\"lead\">\(page("Nobody is received yet: you see each row first, mend what is wrong, and decide."))</p>"))
      \(page.form(ImportPaths.list, submit: page("Look at the rows"), errors: errors, bringsFile: true, """
        \(page.once(typed))
        \(fields.select("partner", page("Whose file it is"), options: partners, required: true))
        \(fields.file("file", page("The file"), hint: page("An Excel workbook (.xlsx), CSV in UTF-8, or JSON."), accept: ".xlsx,.csv,.json,.jsonl,.txt"))
        """))
      <p><a href="\(ImportPaths.mappings)">\(page("How each partner's file is read"))</a></p>
      """)
  }

  static func mappings(_ mappings: [KeptMapping], _ typed: Typed, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    let kept = mappings.map { kept -> HTML in
      page.disclosure(
        kept.mapping.partner, icon: .file, "<pre class=\"mapping\" dir=\"auto\">\(kept.text)</pre>")
    }
    return page.layout(
      page("How each partner's file is read"),
      """
      \(page.title(page("How each partner's file is read")))
      \(page.section(page("Partners"), "\(kept)"))
      \(page.section(page("Keep a mapping"), page.form(ImportPaths.mappings, submit: page("Try it and keep it"), errors: errors, bringsFile: true, """
        \(fields.paragraph("mapping", page("Mapping"), hint: page("As those above; one of the same partner takes the place of the old one."), required: true, rows: 12))
        \(fields.file("sample", page("A sample"), hint: page("A file of this partner's: the mapping is kept when every row of it is understood. Nothing of the file is kept."), accept: ".xlsx,.csv,.json,.jsonl,.txt"))
        """)))
      """)
  }
}
