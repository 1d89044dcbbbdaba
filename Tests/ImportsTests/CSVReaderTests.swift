import Foundation
import TestSupport
import Testing

@testable import Imports

@Suite struct `A CSV file` {
  /// The rows of a file with these bytes.
  static func rows(_ bytes: [UInt8], separator: Character? = nil) async throws -> [[String]] {
    var found: [[String]] = []
    try await TestDatabase.withFolder { folder in
      let path = try ImportRoom.write(bytes, to: "\(folder)/x.csv")
      _ = try FileKind.recognised(path)
      var rows = try CSVReader(path: path, separator: separator)
      found.append(rows.titles)
      while let row = try rows.next() { found.append(row.cells) }
    }
    return found
  }

  static func rows(_ text: String, separator: Character? = nil) async throws -> [[String]] {
    try await rows(Array(text.utf8), separator: separator)
  }

  /// What is wrong with the file as a whole.
  static func fault(_ bytes: [UInt8]) async throws -> String {
    do {
      _ = try await rows(bytes)
      return ""
    } catch let fault as ImportFault { return fault.description }
  }

  @Test(arguments: [
    "a;b\n1;2\n", "a;b\r\n1;2\r\n", "a;b\n1;2", "a,b\n1,2", "a\tb\n1\t2", "\u{FEFF}a;b\n1;2\n",
    "\n\na;b\n\n;\n1;2\n\n", " a ; b \n\"1\";\"2\"\n",
  ]) func `is read with any separator, line end and empty line, with a mark at its head or without`(
    text: String
  )
    async throws
  {
    #expect(try await Self.rows(text) == [["a", "b"], ["1", "2"]])
  }

  @Test func `keeps separators, quotation marks and line ends that stand in quotes`() async throws {
    let text = "name;note\n\"Ben; Othman\";\"said \"\"no\"\"\nand left\"\n;\"\"\nO\"Neil;x\n"
    #expect(
      try await Self.rows(text) == [
        ["name", "note"], ["Ben; Othman", "said \"no\"\nand left"], ["O\"Neil", "x"],
      ])
  }

  @Test func `may be told its separator`() async throws {
    #expect(try await Self.rows("a;b,c\n1;2,3", separator: ",") == [["a;b", "c"], ["1;2", "3"]])
  }

  @Test func `may begin with an Arabic letter of the same first byte as the mark`() async throws {
    #expect(try await Self.rows("\u{FEE1};b\n1;2") == [["\u{FEE1}", "b"], ["1", "2"]])
  }

  @Test func `numbers its rows as a spreadsheet does`() async throws {
    try await TestDatabase.withFolder { folder in
      let path = try ImportRoom.write(Array("a;b\n\n1;2\n3;4".utf8), to: "\(folder)/x.csv")
      var rows = try CSVReader(path: path, separator: nil)
      var numbers: [Int] = []
      while let row = try rows.next() { numbers.append(row.number) }
      #expect(numbers == [3, 4])
    }
  }

  @Test func `is the same wherever the blocks it is read in end`() async throws {
    let line = "\"é\"\"ü\";\"x\ny\"\r\n"
    let text = "a;b\r\n" + String(repeating: line, count: 12_000)
    let rows = try await Self.rows(text)
    #expect(rows.count == 12_001)
    #expect(rows.dropFirst().allSatisfy { $0 == ["é\"ü", "x\ny"] })
  }

  @Test func `that is not there or empty is refused`() async throws {
    #expect(throws: ImportFault.self) { try CSVReader(path: "/nowhere/x.csv", separator: nil) }
    #expect(try await Self.fault([]).contains("empty"))
    #expect(try await Self.fault(Array("\n\n;;\n".utf8)).contains("empty"))
  }

  @Test func `shows what is not UTF-8 as such, and keeps the rest`() async throws {
    let damaged = Array("a;b\né;è\nH".utf8) + [0xE9] + Array("di;2\n".utf8)
    #expect(try await Self.rows(damaged) == [["a", "b"], ["é", "è"], ["H\u{FFFD}di", "2"]])
  }

  @Test func `with a quotation mark that is never closed is refused at that row`() async throws {
    let fault = try await Self.fault(Array("a;b\n1;2\n\"3;4\n5;6\n".utf8))
    #expect(fault.contains("Row 3 does not end"))
  }

  @Test func `with a row without end is refused, in the memory of a row`() async throws {
    let giant = Array("a;b\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 20_000_000)
    #expect(try await Self.fault(giant).contains("Row 2 does not end"))
    let limit = Array("a;b\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 60_000)
    #expect(try await Self.rows(limit).count == 2)
  }
}
