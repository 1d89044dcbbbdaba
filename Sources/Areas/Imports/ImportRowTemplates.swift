import Antennas
import Basics
import Cases
import Pages
import People

/// One row, to be mended or decided.
enum ImportRowTemplates {
  static func row(
    _ opened: OpenedImport, _ typed: Typed, _ errors: [FieldError], _ territory: Territory, on page: Page
  ) -> HTML {
    let (file, row) = (opened.file, opened.rows[0])
    let (doubts, errors) = (
      errors.filter { $0.field == RowForm.reason }, errors.filter { $0.field != RowForm.reason }
    )
    let fields = FormFields(page, typed: typed, errors: errors)
    let back: HTML =
      "<p><a href=\"\(ImportPaths.around(row.number, of: file.id))\">\(page("Back to the rows"))</a></p>"
    return page.layout(
      "\(file.partner), \(row.number)",
      """
      \(page.title("\(page("Row")) \(row.number)", under: "<p>\(file.partner)</p>\(back)"))
      \(page.section(page("Result"), "\(ImportFileTemplates.result(row, opened, on: page))\(decisions(file, row, doubts, on: page))"))
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

  private static func decisions(
    _ file: ImportFile, _ row: ImportRow, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let taking = ImportPaths.taking(row.number, of: file.id)
    let leaving = page.form(
      ImportPaths.leaving(row.number, of: file.id), submit: page("Leave this row out"), weight: .quiet)
    return switch row.result {
    case .perhaps:
      """
      \(page.form(taking, submit: page("It is another person: take the row"), errors: errors, weight: .secondary,
        FormFields(page, typed: Typed(), errors: errors).paragraph(
          RowForm.reason, page("It is somebody else: why?"), required: true, rows: 2)))\(leaving)
      """
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
