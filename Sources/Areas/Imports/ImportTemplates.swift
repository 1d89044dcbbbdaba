import Antennas
import Basics
import Cases
import Pages
import People

/// What the area's pages look like.
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

  static func show(_ opened: OpenedImport, only: ImportRow.Result?, on page: Page) -> HTML {
    let file = opened.file
    let isOver = file.state == .done
    return page.layout(
      file.partner,
      """
      \(page.title(file.partner, under: "<p>\(state(file.state, on: page)) \(page.time(file.sentAt))</p>", actions: acts(file, on: page)))
      \(advice(file, on: page))
      \(filters(file, only, on: page))
      \(isOver ? reported(opened, on: page) : waiting(opened, on: page))
      \(page.pager(next: opened.next.map { ImportPaths.show(file.id, only: only, after: $0) }))
      \(file.state == .preview || file.state == .reading ? discarding(file, on: page) : .empty)
      """)
  }

  private static func acts(_ file: ImportFile, on page: Page) -> HTML {
    switch file.state {
    case .preview:
      let count = file.counts[.new] ?? 0
      guard count > 0 else { return .empty }
      return page.form(
        ImportPaths.entry(file.id),
        submit: page(count, one: "Bring in one person", many: "Bring in \(count) persons"))
    case .done:
      return page.button(page("Report for the sender"), to: ImportPaths.report(file.id), icon: .file)
    case .reading, .discarded: return .empty
    }
  }

  private static func advice(_ file: ImportFile, on page: Page) -> HTML {
    let perhaps = file.counts[.perhaps] ?? 0
    return switch file.state {
    case .reading:
      page.alert(
        .info,
        "<p>\(page("The rows are still being read: open this page again in a moment. If this lasts, discard the file and send it up once more."))</p>"
      )
    case .preview where perhaps > 0:
      page.alert(
        .attention,
        "<p>\(page(perhaps, one: "One row resembles a person who is here: decide whether it is another person, or leave it out. It is not brought in before.", many: "\(perhaps) rows resemble persons who are here: decide of each whether it is another person, or leave it out. They are not brought in before."))</p>"
      )
    case .preview:
      page.alert(.info, "<p>\(page("Each row is looked at once more when the file is brought in."))</p>")
    case .done, .discarded: .empty
    }
  }

  private static func filters(_ file: ImportFile, _ only: ImportRow.Result?, on page: Page) -> HTML {
    let number = page.reader.number
    let all = ("\(page("All")) (\(number(file.rowCount)))", ImportPaths.show(file.id), only == nil)
    let kinds = ImportRow.Result.allCases.filter { (file.counts[$0] ?? 0) > 0 || $0 == only }
    return page.filters(
      page("Result"),
      [all]
        + kinds.map { kind in
          let label = file.state == .done ? ImportWords.outcome(kind) : ImportWords.label(kind)
          return (
            "\(page(label)) (\(number(file.counts[kind] ?? 0)))", ImportPaths.show(file.id, only: kind),
            only == kind
          )
        })
  }

  private static func waiting(_ opened: OpenedImport, on page: Page) -> HTML {
    let rows = opened.rows.map { row -> [HTML] in
      let identity = Identity(Fields(row.typed.values.compactMapValues { $0.first }))
      let isOpen = opened.file.state == .preview
      let number = page.bdi(String(row.number))
      return [
        isOpen
          ? "<a href=\"\(ImportPaths.row(row.number, of: opened.file.id))\">\(page("Row"))\u{A0}\(number)</a>"
          : number,
        page.name(latin: identity.latinName, arabic: identity.arabicName),
        page.bdi(identity[.birthDate] ?? identity[.birthYear] ?? "—"),
        page.bdi(row.typed["phones"].isEmpty ? "—" : row.typed["phones"]),
        row.reference.map { page.bdi($0) } ?? "—", result(row, opened, on: page),
      ]
    }
    return page.table(
      page("Rows of the file"),
      columns: [
        page("Row"), page("Name"), page("Born"), page("Phones"), page("Their reference"), page("Result"),
      ],
      rows: rows, empty: page.emptyState(page("No row of this kind.")))
  }

  private static func reported(_ opened: OpenedImport, on page: Page) -> HTML {
    let rows = opened.rows.map { row -> [HTML] in
      let file = row.caseFile.map { "<a href=\"\(CasePaths.show($0))\">\(page("Open the file"))</a>" as HTML }
      return [
        page.bdi(String(row.number)), row.reference.map { page.bdi($0) } ?? "—",
        result(row, opened, on: page), file ?? "—",
      ]
    }
    return page.table(
      page("Report"), columns: [page("Row"), page("Their reference"), page("Result"), page("File")],
      rows: rows, empty: page.emptyState(page("No row of this kind.")))
  }

  static func result(_ row: ImportRow, _ opened: OpenedImport, on page: Page) -> HTML {
    let tone: Page.Tone =
      switch row.result {
      case .new: .good
      case .perhaps, .refused: .attention
      case .known, .left: .plain
      }
    let label = opened.file.state == .done ? ImportWords.outcome(row.result) : ImportWords.label(row.result)
    let reasons = ImportReport.reasons(row, opened.mapping, page).map { "<li>\($0)</li>" as HTML }
    let other = row.sameAs.flatMap { id in
      opened.labels[id].map { label in
        "<li><a href=\"\(PersonPaths.show(id))\">\(page.name(latin: label.latin, arabic: label.arabic))</a></li>"
          as HTML
      }
    }
    let list: HTML =
      reasons.isEmpty && other == nil ? .empty : "<ul class=\"reasons\">\(reasons)\(other)</ul>"
    return "\(page.badge(page(label), tone, icon: tone == .attention ? .late : nil))\(list)"
  }

  private static func discarding(_ file: ImportFile, on page: Page) -> HTML {
    page.disclosure(
      page("Discard the file"), icon: .stop,
      "<p>\(page("Everything the file said is thrown away. Nobody is received."))</p>\(page.form(ImportPaths.discarding(file.id), submit: page("Discard the file"), weight: .quiet))"
    )
  }

  static func row(
    _ opened: OpenedImport, _ typed: Typed, _ errors: [FieldError], _ territory: Territory, on page: Page
  ) -> HTML {
    let (file, row) = (opened.file, opened.rows[0])
    let fields = FormFields(page, typed: typed, errors: errors)
    let back: HTML =
      "<p><a href=\"\(ImportPaths.around(row.number, of: file.id))\">\(page("Back to the rows"))</a></p>"
    return page.layout(
      "\(file.partner), \(row.number)",
      """
      \(page.title("\(page("Row")) \(row.number)", under: "<p>\(file.partner)</p>\(back)"))
      \(page.section(page("Result"), "\(result(row, opened, on: page))\(decisions(file, row, on: page))"))
      \(said(row, opened.mapping, on: page))
      \(page.form(ImportPaths.row(row.number, of: file.id), submit: page("Save the row"), errors: errors, """
        \(PersonTemplates.identityFields(fields, territory, on: page))
        \(fields.group(page("The return"), ReceptionTemplates.returnFields(fields, territory, page)))
        \(antenna(fields, typed, territory, on: page))
        """))
      """)
  }

  /// The partner's own words where they were not understood: a form of choices has no place for them.
  private static func said(_ row: ImportRow, _ mapping: ImportMapping, on page: Page) -> HTML {
    let wrong = row.reasons.map(\.field).filter { !$0.isEmpty && !row.typed[$0].isEmpty }
    guard row.result == .refused, !wrong.isEmpty else { return .empty }
    let facts = wrong.map { (label: mapping.column(of: $0), value: page.prose(row.typed[$0]) as HTML?) }
    return page.section(page("What the file says"), page.facts(facts))
  }

  private static func decisions(_ file: ImportFile, _ row: ImportRow, on page: Page) -> HTML {
    let taking = ImportPaths.taking(row.number, of: file.id)
    let leaving = page.form(
      ImportPaths.leaving(row.number, of: file.id), submit: page("Leave this row out"), weight: .quiet)
    return switch row.result {
    case .perhaps:
      "\(page.form(taking, submit: page("It is another person: take the row"), weight: .secondary))\(leaving)"
    case .left: page.form(taking, submit: page("Take this row in again"), weight: .secondary)
    case .new, .refused, .known: leaving
    }
  }

  /// Only where there is something to choose: a row saved without it is for one's own antenna.
  private static func antenna(_ fields: FormFields, _ typed: Typed, _ territory: Territory, on page: Page)
    -> HTML
  {
    guard page.actor?.scope == .nation || !typed["antenna"].isEmpty else { return .empty }
    let language = page.reader.language
    let antennas = territory.antennas.map { Choice($0.id.rawValue, $0.name.text(in: language)) }
    return fields.group(
      page("Who receives the person"), fields.select("antenna", page("Antenna"), options: antennas))
  }
}

/// Words of the area that stand in several places.
enum ImportWords {
  /// What a row is while the file waits.
  static func label(_ result: ImportRow.Result) -> Phrase {
    switch result {
    case .new: say("new")
    case .perhaps: say("perhaps the same")
    case .known: say("already there")
    case .refused: say("refused")
    case .left: say("left out")
    }
  }

  /// What became of it.
  static func outcome(_ result: ImportRow.Result) -> Phrase {
    switch result {
    case .new: say("taken")
    case .perhaps: say("not taken: perhaps already there")
    case .known, .refused, .left: label(result)
    }
  }
}
