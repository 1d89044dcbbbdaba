import Foundation

/// Reads a CSV file row by row (RFC 4180), in memory for one row: UTF-8 with or without a byte order mark.
package struct CSVReader {
  package struct Row {
    /// 1 is the header.
    package let number: Int
    package let cells: [String]
  }

  private let path: String
  private let separator: UInt8

  /// A row longer than this is no row of persons.
  private static let rowLimit = 1 << 16

  /// - Parameter separator: `;`, `,` or a tab; the one that stands most often in the first line when nil.
  /// - Throws: `ImportFault` when the file cannot be read or is not UTF-8.
  package init(path: String, separator: Character?) throws {
    guard let file = FileHandle(forReadingAtPath: path) else { throw ImportFault("\(path) cannot be read.") }
    defer { try? file.close() }
    let start = (try? file.read(upToCount: 4_096)) ?? Data()
    if start.starts(with: [0x50, 0x4B]) {
      throw ImportFault("\(path) is a workbook: save it as CSV (UTF-8) first.")
    }
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      throw ImportFault("\(path) is UTF-16: save it as CSV (UTF-8) first.")
    }
    self.path = path
    let line = start.prefix { $0 != 10 && $0 != 13 }
    let candidates: [UInt8] = [UInt8(ascii: ";"), UInt8(ascii: ","), 9]
    let found = candidates.max { a, b in line.count { $0 == a } < line.count { $0 == b } }
    self.separator = separator?.asciiValue ?? found ?? UInt8(ascii: ";")
  }

  package func rows() -> Rows { Rows(path: path, separator: separator) }

  /// The rows from first to last, one at a time.
  package struct Rows {
    private let path: String
    private let file: FileHandle?
    private let separator: UInt8
    private var buffer: [UInt8] = []
    private var position = 0
    private var number = 0

    fileprivate init(path: String, separator: UInt8) {
      self.path = path
      file = FileHandle(forReadingAtPath: path)
      self.separator = separator
      if peek() != nil, buffer.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next row that is not empty; a cell that is not UTF-8 reads as U+FFFD and is refused as such.
    /// - Throws: `ImportFault` for a row without end: what follows could be anything.
    package mutating func next() throws -> Row? {
      while peek() != nil {
        number += 1
        let cells = try cells()
        if cells.contains(where: { !$0.isEmpty }) { return Row(number: number, cells: cells) }
      }
      return nil
    }

    private mutating func cells() throws -> [String] {
      var cells: [String] = []
      var cell: [UInt8] = []
      var isQuoted = false
      var length = 0
      while let byte = take() {
        length += 1
        guard length <= CSVReader.rowLimit else { throw withoutEnd }
        switch (byte, isQuoted) {
        case (UInt8(ascii: "\""), false) where cell.isEmpty: isQuoted = true
        case (UInt8(ascii: "\""), true):
          if peek() == UInt8(ascii: "\"") { cell.append(take() ?? 0) } else { isQuoted = false }
        case (separator, false):
          cells.append(Self.text(cell))
          cell = []
        case (13, false): continue
        case (10, false): return cells + [Self.text(cell)]
        default: cell.append(byte)
        }
      }
      guard !isQuoted else { throw withoutEnd }
      return cells + [Self.text(cell)]
    }

    private var withoutEnd: ImportFault {
      ImportFault("\(path), row \(number) does not end: look for a quotation mark that is not closed.")
    }

    /// Without white space at both ends.
    private static func text(_ bytes: [UInt8]) -> String {
      // Bytes with which white space beyond ASCII begins in UTF-8: only then the slow way is needed.
      if bytes.contains(where: { $0 == 0xC2 || (0xE1...0xE3).contains($0) }) {
        return String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      }
      let isWhite = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
      guard let first = bytes.firstIndex(where: { !isWhite($0) }),
        let last = bytes.lastIndex(where: { !isWhite($0) })
      else { return "" }
      return String(decoding: bytes[first...last], as: UTF8.self)
    }

    private mutating func peek() -> UInt8? {
      if position == buffer.count {
        buffer = (try? file?.read(upToCount: 1 << 16)).map { Array($0) } ?? []
        position = 0
      }
      return position < buffer.count ? buffer[position] : nil
    }

    private mutating func take() -> UInt8? {
      guard let byte = peek() else { return nil }
      position += 1
      return byte
    }
  }
}
