/// CSV as spreadsheets open it: a byte order mark, so that Excel reads the Arabic, and semicolons.
package enum SheetText {
  /// The first line of a file.
  package static func head(_ titles: [String]) -> String { "\u{FEFF}" + line(titles) }

  package static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ";") + "\r\n"
  }

  /// In quotation marks; what a spreadsheet would calculate is made text.
  static func cell(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    return "\"\(isFormula ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
  }
}
