import Basics
import Cases
import Pages
import People

/// A file as it waits, or what became of it.
enum ImportFileTemplates {
  static func show(_ opened: OpenedImport, only: ImportRow.Result?, on page: Page) -> HTML {
    let file = opened.file
    let isOver = file.state == .done
    return page.layout(
      file.partner,
      """
      \(page.title(file.partner, under: "<p>\(ImportTemplates.state(file.state, on: page)) \(page.time(file.sentAt))</p>", actions: acts(file, on: page)))
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
        identity.latinName == nil && identity.arabicName == nil
          ? "—" : page.name(latin: identity.latinName, arabic: identity.arabicName),
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
}
