import Foundation
import TestSupport
import Testing

@testable import Imports

@Suite struct `An Excel workbook` {
  /// Titles and rows of a sheet.
  private static func rows(_ book: TestWorkbook, sheet: String? = nil) async throws -> [[String]] {
    var found: [[String]] = []
    try await TestDatabase.withFolder { folder in
      try book.write(to: "\(folder)/x.xlsx")
      var rows = try WorkbookReader(path: "\(folder)/x.xlsx", sheet: sheet)
      found.append(rows.titles)
      while let row = try rows.next() { found.append(row.cells) }
    }
    return found
  }

  private static func fault(_ book: TestWorkbook, sheet: String? = nil) async throws -> String {
    do {
      _ = try await rows(book, sheet: sheet)
      return ""
    } catch let fault as ImportFault { return fault.description }
  }

  private static func cell(_ xml: String) async throws -> String {
    let book = TestWorkbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\">\(xml)</row>")
    return try await rows(book).dropFirst().first?.first ?? ""
  }

  @Test(arguments: [
    ("<c r=\"A2\" t=\"s\"><v>2</v></c>", "Ben Salah"), ("<c r=\"A2\" t=\"s\"><v>3</v></c>", "اللقب"),
    ("<c r=\"A2\" t=\"inlineStr\"><is><r><t>Be</t></r><r><t>n</t></r></is></c>", "Ben"),
    ("<c r=\"A2\" t=\"str\"><f>A1&amp;\"x\"</f><v>Ben &amp; Co</v></c>", "Ben & Co"),
    ("<c r=\"A2\"><f>1+1</f><v>2</v></c>", "2"), ("<c r=\"A2\"><f>1+1</f></c>", ""),
    ("<c r=\"A2\"><v>20111222</v></c>", "20111222"), ("<c r=\"A2\"><v>2.0111222E7</v></c>", "20111222"),
    ("<c r=\"A2\"><v>1.5</v></c>", "1.5"), ("<c r=\"A2\" s=\"1\"><v>33040</v></c>", "1990-06-16"),
    ("<c r=\"A2\" s=\"2\"><v>33040.75</v></c>", "1990-06-16"),
    ("<c r=\"A2\" s=\"3\"><v>1234567</v></c>", "01234567"),
    ("<c r=\"A2\" s=\"4\"><v>3</v></c>", "3"), ("<c r=\"A2\" s=\"99\"><v>3</v></c>", "3"),
    ("<c r=\"A2\" t=\"d\"><v>1990-06-16T00:00:00</v></c>", "1990-06-16"),
    ("<c r=\"A2\" t=\"b\"><v>1</v></c>", "1"),
    ("<c r=\"A2\" t=\"e\"><v>#N/A</v></c>", "#N/A"), ("<x:c xmlns:x=\"y\" r=\"A2\"><x:v>7</x:v></x:c>", "7"),
  ]) func `gives of each cell what is seen`(xml: String, text: String) async throws {
    #expect(try await Self.cell(xml) == text)
  }

  @Test func `keeps columns in their places, and numbers its rows as Excel does`() async throws {
    let book = TestWorkbook(
      """
      <row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>1</v></c></row><row r="4"/>\
      <row r="5"><c r="D5"><v>5</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>
      """)
    try await TestDatabase.withFolder { folder in
      try book.write(to: "\(folder)/x.xlsx")
      var rows = try WorkbookReader(path: "\(folder)/x.xlsx", sheet: nil)
      #expect(rows.titles == ["", "Name", "", "Born"])
      #expect(try rows.next() == FileRow(number: 5, cells: ["", "", "", "5"]))
      #expect(try rows.next() == FileRow(number: 6, cells: ["1", "2"]))
      #expect(try rows.next() == nil)
    }
  }

  @Test func `is read from the sheet that is named, or the first in sight`() async throws {
    var book = TestWorkbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")
    #expect(try await Self.rows(book) == [["Name"]])
    #expect(try await Self.rows(book, sheet: "two") == [["Second"]])
    #expect(try await Self.fault(book, sheet: "Three").contains("One, Two"))
    book.parts["xl/workbook.xml"] = TestWorkbook.book(
      "<sheet name=\"One\" state=\"hidden\" r:id=\"rId1\"/><sheet name=\"Two\" r:id=\"rId4\"/>")
    #expect(try await Self.rows(book) == [["Second"]])
  }

  @Test func `may count its days from 1904 on`() async throws {
    var book = TestWorkbook(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>31578</v></c></row>"
    )
    book.parts["xl/workbook.xml"] = TestWorkbook.book(
      "<sheet name=\"One\" r:id=\"rId1\"/>", before: "<workbookPr date1904=\"1\"/>")
    #expect(try await Self.rows(book).last == ["1990-06-16"])
  }

  @Test func `that blows up is refused before it does`() async throws {
    var bomb = TestWorkbook("")
    let cell = "<row><c t=\"inlineStr\"><is><t>x</t></is></c></row>"
    bomb.parts["xl/worksheets/sheet1.xml"] = TestWorkbook.sheet(
      "<row><c><v>1</v></c></row>" + String(repeating: cell, count: 200_000))
    #expect(try await Self.fault(bomb).contains("far too large"))
    var blank = TestWorkbook("")
    blank.parts["xl/sharedStrings.xml"] = "<sst>" + String(repeating: " ", count: 6_000_000) + "</sst>"
    #expect(try await Self.fault(blank).contains("far too large"))
  }

  @Test func `that tells of other documents or of itself without end is refused`() async throws {
    var book = TestWorkbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>")
    book.parts["xl/sharedStrings.xml"] =
      "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><sst><si><t>&f;</t></si></sst>"
    #expect(try await Self.fault(book).contains("cannot be read"))
  }

  @Test(arguments: [
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c></row>", "<row r=\"1\"><c r=\"A1\"><v>1</v>", "<row",
  ]) func `that is damaged is refused`(rows: String) async throws {
    #expect(try await Self.fault(TestWorkbook(rows)).contains("cannot be read"))
  }

  @Test func `that is empty, cut short or none is refused`() async throws {
    #expect(try await Self.fault(TestWorkbook("")).contains("empty"))
    for gone in ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"] {
      var book = TestWorkbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
      book.parts[gone] = nil
      #expect(try await Self.fault(book).contains("cannot be read"), "\(gone)")
    }
    try await TestDatabase.withFolder { folder in
      let path = try ImportRoom.write([0x50, 0x4B, 3, 4] + Array("not a zip".utf8), to: "\(folder)/x.xlsx")
      #expect(throws: WorkbookParts.unreadable) { try WorkbookReader(path: path, sheet: nil) }
    }
  }

  @Test func `whose cells stand far off or hold a book is refused at that row`() async throws {
    let far = "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>"
    #expect(try await Self.fault(TestWorkbook(far)).contains("Row 1"))
    let long = String((0..<70_000).map { _ in "abcdefghijklmnop".randomElement() ?? "a" })
    let book = TestWorkbook("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>\(long)</t></is></c></row>")
    #expect(try await Self.fault(book).contains("Row 1"))
  }
}
