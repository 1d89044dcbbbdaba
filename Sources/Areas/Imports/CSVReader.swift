import Basics
import Foundation

/// Reads a CSV file row by row (RFC 4180): UTF-8 with or without a byte order mark.
package struct CSVReader: RowReader {
  package private(set) var titles: [String] = []
  private var bytes: FileBytes
  private let separator: UInt8
  private var number = 0

  /// - Parameter separator: `;`, `,` or a tab; the one that stands most often in the first line when nil.
  /// - Throws: `ImportFault` when the file cannot be read or is empty.
  package init(path: String, separator: Character?) throws {
    bytes = try FileBytes(path: path)
    self.separator = try separator?.asciiValue ?? Self.separator(of: path)
    guard let first = try next() else { throw ImportFault(say("The file is empty.")) }
    titles = first.cells
  }

  private static func separator(of path: String) throws -> UInt8 {
    var bytes = try FileBytes(path: path)
    var counts: [UInt8: Int] = [:]
    var length = 0
    var hasBegun = false
    while let byte = try bytes.take(), length < 4_096 {
      if byte == 10 || byte == 13 {
        if hasBegun { break } else { continue }
      }
      (hasBegun, length) = (true, length + 1)
      counts[byte, default: 0] += 1
    }
    let candidates: [UInt8] = [UInt8(ascii: ";"), UInt8(ascii: ","), 9]
    return candidates.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? UInt8(ascii: ";")
  }

  /// The next row that is not empty; a cell that is not UTF-8 reads as U+FFFD and is refused as such.
  /// - Throws: `ImportFault` for a row without end: what follows could be anything.
  package mutating func next() throws -> FileRow? {
    while try bytes.peek() != nil {
      number += 1
      let cells = try cells()
      if cells.contains(where: { !$0.isEmpty }) { return FileRow(number: number, cells: cells) }
    }
    return nil
  }

  private mutating func cells() throws -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var length = 0
    while let byte = try bytes.take() {
      length += 1
      guard length <= ImportLimits.row, cells.count < ImportLimits.columns else { throw withoutEnd }
      switch (byte, isQuoted) {
      case (UInt8(ascii: "\""), false) where cell.isEmpty: isQuoted = true
      case (UInt8(ascii: "\""), true):
        if try bytes.peek() == UInt8(ascii: "\"") {
          cell.append(try bytes.take() ?? 0)
        } else {
          isQuoted = false
        }
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
    ImportFault(say("Row \(number) does not end: look for a quotation mark that is not closed."))
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
}
