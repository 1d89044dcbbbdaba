import Basics
import Foundation

/// Reads a sheet of an Excel workbook (.xlsx) row by row. Of a formula its last result counts; days come as ISO text.
package struct WorkbookReader: RowReader {
  package private(set) var titles: [String] = []
  private let parts: WorkbookParts
  private let rows: SheetHandler
  private let stream: XMLStream

  /// - Parameter sheet: its name; the first that is not hidden when nil.
  /// - Throws: `ImportFault` for a workbook that is damaged, blown up, empty, or without that sheet.
  package init(path: String, sheet: String?) throws {
    parts = try WorkbookParts(path: path)
    let index = try WorkbookIndex(parts, sheet: sheet)
    rows = SheetHandler(index)
    guard let stream = try parts.stream(index.sheet, rows) else { throw WorkbookParts.unreadable }
    self.stream = stream
    guard let first = try next() else { throw ImportFault(say("The file is empty.")) }
    titles = first.cells
  }

  package mutating func next() throws -> FileRow? {
    while rows.isEmpty {
      guard try stream.advance() else { return rows.take() }
    }
    return rows.take()
  }
}

/// Gathers the rows of a sheet; those of one block wait here until they are asked for.
private final class SheetHandler: XMLHandler {
  private let index: WorkbookIndex
  private var waiting: [FileRow] = []
  private var number = 0
  private var cells: [String] = []
  private var column = 0
  private var kind = ""
  private var style = NumberStyle.plain
  private var value: [UInt8] = []
  private var isInValue = false
  private var length = 0

  init(_ index: WorkbookIndex) { self.index = index }

  var isEmpty: Bool { waiting.isEmpty }
  func take() -> FileRow? { waiting.isEmpty ? nil : waiting.removeFirst() }

  override func start(_ name: String, _ attributes: XMLAttributes) throws {
    switch name {
    case "row":
      number = attributes["r"].flatMap { Int($0) } ?? number + 1
      (cells, column, length) = ([], 0, 0)
    case "c":
      column = attributes["r"].map(Self.column) ?? column
      kind = attributes["t"] ?? "n"
      let number = attributes["s"].flatMap { Int($0) } ?? 0
      style = index.styles.indices.contains(number) ? index.styles[number] : .plain
      value = []
    case "v", "t": isInValue = true
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    guard isInValue else { return }
    value += bytes
    guard value.count <= ImportLimits.row else { throw tooLong }
  }

  override func end(_ name: String) throws {
    switch name {
    case "v", "t": isInValue = false
    case "c": try put(cell())
    case "row":
      if cells.contains(where: { !$0.isEmpty }) { waiting.append(FileRow(number: number, cells: cells)) }
    default: break
    }
  }

  private func put(_ text: String) throws {
    defer { column += 1 }
    guard !text.isEmpty else { return }
    length += text.utf8.count
    guard (0..<ImportLimits.columns).contains(column), length <= ImportLimits.row else { throw tooLong }
    while cells.count <= column { cells.append("") }
    cells[column] = text
  }

  private var tooLong: ImportFault { ImportFault(say("Row \(number) is too long to be a row of persons.")) }

  private func cell() throws -> String {
    let text = String(decoding: value, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    switch kind {
    case "s":
      guard let number = Int(text) else { return "" }
      return String(decoding: try index.texts[number], as: UTF8.self)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    case "n": return self.number(text)
    case "d": return String(text.prefix(10))
    default: return text
    }
  }

  private func number(_ text: String) -> String {
    guard let value = Double(text), value.magnitude < 1e15 else { return text }
    if style == .day, value >= 1 {
      // Day 1 is 1 January 1900 and 1900 was no leap year: from March 1900 on, 25,569 is 1 January 1970.
      return Day(number: Int(value) + index.dayShift - 25_569).description
    }
    guard value == value.rounded() else { return text }
    let digits = String(Int(value))
    guard case .digits(let count) = style, value >= 0 else { return digits }
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }

  /// The place of a column by its letters: `A7` is 0, `AB7` is 27; far off for what is no such reference.
  private static func column(_ reference: String) -> Int {
    reference.utf8.prefix { (65...90).contains($0) }.prefix(4).reduce(0) { $0 * 26 + Int($1) - 64 } - 1
  }
}
