import Basics
import Pages

/// What goes back to the sender: of each row its number, the sender's own reference, what became of it and why.
/// It names nobody: reasons hold titles of columns and what is asked for, never what stood there.
enum ImportReport {
  static func head(_ page: Page) -> String {
    SheetText.head([page("Row"), page("Your reference"), page("Result"), page("Reason")])
  }

  static func line(_ row: ImportRow, _ mapping: ImportMapping, _ page: Page) -> String {
    SheetText.line([
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
}
