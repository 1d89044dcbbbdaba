import Basics
import Foundation

/// Reads JSON entry by entry (RFC 8259): a list of flat objects, or one object a line. The names are the columns.
///
/// The file is gone through twice: names that only later entries have are columns too.
package struct JSONReader: RowReader {
  package private(set) var titles: [String] = []
  private var entries: JSONEntries
  private var columns: [String: Int] = [:]

  /// - Throws: `ImportFault` at the entry where the file is no such JSON.
  package init(path: String) throws {
    var scan = try JSONEntries(path: path)
    while let entry = try scan.next() {
      for (name, _) in entry where columns[name] == nil {
        guard titles.count < ImportLimits.columns else { throw scan.fault }
        columns[name] = titles.count
        titles.append(name)
      }
    }
    guard !titles.isEmpty else { throw ImportFault(say("The file is empty.")) }
    entries = try JSONEntries(path: path)
  }

  package mutating func next() throws -> FileRow? {
    while let entry = try entries.next() {
      var cells = Array(repeating: "", count: titles.count)
      for (name, value) in entry {
        if let column = columns[name] { cells[column] = value }
      }
      if cells.contains(where: { !$0.isEmpty }) { return FileRow(number: entries.number, cells: cells) }
    }
    return nil
  }
}

/// The objects of a JSON file, each as names and plain texts.
struct JSONEntries {
  private var bytes: FileBytes
  private(set) var number = 0
  private var length = 0

  init(path: String) throws { bytes = try FileBytes(path: path) }

  var fault: ImportFault {
    ImportFault(say("Entry \(number) is no flat JSON object: the file is a list of objects, or one a line."))
  }

  /// Nil at the end of the file.
  mutating func next() throws -> [(name: String, value: String)]? {
    while let byte = try bytes.peek() {
      switch byte {
      case UInt8(ascii: "{"):
        (number, length) = (number + 1, 0)
        return try object()
      case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ","), 9, 10, 13, 32: _ = try bytes.take()
      default:
        number += 1
        throw fault
      }
    }
    return nil
  }

  private mutating func object() throws -> [(name: String, value: String)] {
    var pairs: [(String, String)] = []
    try expect(UInt8(ascii: "{"))
    if try token() == UInt8(ascii: "}") {
      _ = try take()
      return pairs
    }
    while true {
      guard try token() == UInt8(ascii: "\"") else { throw fault }
      let name = try string()
      guard try token() == UInt8(ascii: ":") else { throw fault }
      _ = try take()
      pairs.append((name, try value()))
      let after = try token()
      _ = try take()
      if after == UInt8(ascii: "}") { return pairs }
      guard after == UInt8(ascii: ",") else { throw fault }
    }
  }

  private mutating func value() throws -> String {
    switch try token() {
    case UInt8(ascii: "\""): return try string().trimmingCharacters(in: .whitespacesAndNewlines)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skipNested()
      // What is not plain reads as this, and is refused where the column is one that is mapped.
      return "\u{FFFD}"
    default:
      var word: [UInt8] = []
      while let byte = try bytes.peek(),
        ![UInt8(ascii: ","), UInt8(ascii: "}"), 9, 10, 13, 32].contains(byte)
      {
        word.append(try take())
      }
      let text = String(decoding: word, as: UTF8.self)
      guard text == "null" || text == "true" || text == "false" || Double(text) != nil else { throw fault }
      return text == "null" ? "" : text
    }
  }

  private mutating func skipNested() throws {
    var depth = 0
    repeat {
      switch try token() {
      case UInt8(ascii: "\""):
        _ = try string()
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      default: break
      }
      _ = try take()
    } while depth > 0
  }

  private mutating func string() throws -> String {
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while true {
      let byte = try take()
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
      case 0..<32: throw fault
      default: text.append(byte)
      }
    }
  }

  private mutating func escaped() throws -> Unicode.Scalar {
    switch try take() {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"), UInt8(ascii: "f"): return " "
    case UInt8(ascii: "u"):
      let unit = try hex()
      guard (0xD800...0xDBFF).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
      try expect(UInt8(ascii: "\\"))
      try expect(UInt8(ascii: "u"))
      let low = try hex()
      guard (0xDC00...0xDFFF).contains(low) else { throw fault }
      return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    case let other where "\"\\/".utf8.contains(other): return Unicode.Scalar(other)
    default: throw fault
    }
  }

  private mutating func hex() throws -> UInt32 {
    var digits: [UInt8] = []
    for _ in 0..<4 { digits.append(try take()) }
    guard let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else { throw fault }
    return value
  }

  /// The next byte that is not white space, left in place.
  private mutating func token() throws -> UInt8 {
    while let byte = try bytes.peek() {
      guard [9, 10, 13, 32].contains(byte) else { return byte }
      _ = try take()
    }
    throw fault
  }

  private mutating func expect(_ byte: UInt8) throws {
    guard try take() == byte else { throw fault }
  }

  private mutating func take() throws -> UInt8 {
    length += 1
    guard length <= ImportLimits.row, let byte = try bytes.take() else { throw fault }
    return byte
  }
}
