import Basics
import Pages

/// What goes back to the sender: of each row its number, the sender's own reference, what became of it and why.
/// It names nobody: reasons hold titles of columns and what is asked for, never what stood there.
enum ImportReport {
  /// With a byte order mark, so that Excel reads the Arabic.
  static func head(_ page: Page) -> String {
    "\u{FEFF}" + line([page("Row"), page("Your reference"), page("Result"), page("Reason")])
  }

  static func line(_ row: ImportRow, _ mapping: ImportMapping, _ page: Page) -> String {
    line([
      String(row.number), row.reference ?? "", page(ImportWords.outcome(row.result)),
      reasons(row, mapping, page).joined(separator: " | "),
    ])
  }

  /// Each reason with the title of its column.
  static func reasons(_ row: ImportRow, _ mapping: ImportMapping, _ page: Page) -> [String] {
    row.reasons.map { reason in
      let message = page(reason.message)
      return reason.field.isEmpty ? message : page("\(mapping.column(of: reason.field)): \(message)")
    }
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ";") + "\r\n"
  }

  /// In quotation marks; what a spreadsheet would calculate is made text.
  static func cell(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    return "\"\(isFormula ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
  }
}
