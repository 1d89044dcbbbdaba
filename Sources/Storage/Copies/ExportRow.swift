import Basics
import Foundation

/// How a row of a table is written: as a line of JSON, or of CSV.
///
/// JSON: an object by the names of the columns; bytes in base 64; nothing as `null`. CSV: RFC 4180; bytes in base 64;
/// nothing is an empty field, an empty text is `""`.
enum ExportRow {
  static func json(_ row: borrowing Row, _ shape: TableShape, into line: inout [UInt8]) throws {
    for (place, column) in shape.columns.enumerated() {
      line.append(UInt8(ascii: place == 0 ? "{" : ","))
      quote(column.name, into: &line)
      line.append(UInt8(ascii: ":"))
      switch column.kind {
      case .number: line += (try row[place] as Int64?).map { Array(String($0).utf8) } ?? null
      case .text:
        if let text: String = try row[place] { quote(text, into: &line) } else { line += null }
      case .bytes:
        if let bytes: [UInt8] = try row[place] {
          quote(Data(bytes).base64EncodedString(), into: &line)
        } else {
          line += null
        }
      }
    }
    line += [UInt8(ascii: "}"), UInt8(ascii: "\n")]
  }

  static func csv(_ row: borrowing Row, _ shape: TableShape, into line: inout [UInt8]) throws {
    for (place, column) in shape.columns.enumerated() {
      if place > 0 { line.append(UInt8(ascii: ",")) }
      switch column.kind {
      case .number: if let number: Int64 = try row[place] { line += String(number).utf8 }
      case .text: if let text: String = try row[place] { field(text, into: &line) }
      case .bytes: if let bytes: [UInt8] = try row[place] { line += Data(bytes).base64EncodedData() }
      }
    }
    line += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
  }

  static func head(_ shape: TableShape) -> [UInt8] {
    Array((shape.columns.map(\.name).joined(separator: ",") + "\r\n").utf8)
  }

  /// - Throws: `StorageFault.other` when the line is no row of the table; it does not tell the line.
  static func values(of line: some Sequence<UInt8>, _ shape: TableShape) throws -> [StoredValue] {
    guard let cells = try? JSONDecoder().decode([String: Cell?].self, from: Data(line)) else {
      throw StorageFault.other("a line of \(shape.name) is no row")
    }
    return try shape.columns.map { column in
      switch (column.kind, cells[column.name] ?? nil) {
      case (_, nil): return .null
      case (.number, .number(let number)): return .integer(number)
      case (.text, .text(let text)): return .text(text)
      case (.bytes, .text(let text)):
        guard let data = Data(base64Encoded: text) else { fallthrough }
        return .bytes([UInt8](data))
      default: throw StorageFault.other("\(shape.name).\(column.name) holds what it cannot")
      }
    }
  }

  private enum Cell: Decodable {
    case number(Int64)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  private static let null = Array("null".utf8)

  /// Source: RFC 8259, section 7.
  private static func quote(_ text: String, into line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    for letter in text.utf8 {
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): line += [UInt8(ascii: "\\"), letter]
      case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case 0..<32: line += "\\u00\(letter < 16 ? "0" : "")\(String(letter, radix: 16))".utf8
      default: line.append(letter)
      }
    }
    line.append(UInt8(ascii: "\""))
  }

  private static func field(_ text: String, into line: inout [UInt8]) {
    line.append(UInt8(ascii: "\""))
    for letter in text.utf8 {
      if letter == UInt8(ascii: "\"") { line.append(letter) }
      line.append(letter)
    }
    line.append(UInt8(ascii: "\""))
  }
}
