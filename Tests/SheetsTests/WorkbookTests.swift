import Basics
import CZip
import Foundation
import Imports
import TestSupport
import Testing

@testable import Sheets

@Suite(.serialized) struct `A workbook that is written` {
  private static let columns = [Workbook.Column("Nom", width: 20), Workbook.Column("اللقب", width: 12)]

  /// Writes a workbook and gives the path of the file to `read`.
  private static func written(
    _ rows: [[Workbook.Cell]], name: String = "Dossiers", isRightToLeft: Bool = false,
    _ read: (String) throws -> Void
  ) async throws {
    let book = try Workbook(name: name, columns: columns, isRightToLeft: isRightToLeft)
    try await book.append(rows)
    let file = try await book.finish()
    var bytes: [UInt8] = []
    try await file.forEachPiece { bytes += $0 }
    #expect(bytes.count == file.count)
    try await TestDatabase.withFolder { folder in
      try Data(bytes).write(to: URL(filePath: "\(folder)/x.xlsx"))
      try read("\(folder)/x.xlsx")
    }
  }

  private static func rows(_ path: String, sheet: String? = nil) throws -> [[String]] {
    var reader = try WorkbookReader(path: path, sheet: sheet)
    var found = [reader.titles]
    while let row = try reader.next() { found.append(row.cells) }
    return found
  }

  /// A part of the archive as text.
  private static func part(_ name: String, of path: String) throws -> String {
    var code: Int32 = 0
    let archive = try #require(zip_open(path, ZIP_RDONLY, &code))
    defer { zip_discard(archive) }
    let file = try #require(zip_fopen(archive, name, 0))
    defer { zip_fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = zip_fread(file, &bytes, zip_uint64_t(bytes.count))
    return String(decoding: bytes.prefix(Int(count)), as: UTF8.self)
  }

  @Test func `lies in memory while it is written: no name reaches the disk`() async throws {
    let book = try Workbook(name: "A", columns: [.init("Name", width: 20)], isRightToLeft: false)
    try await book.append([[.text("Ben Othman")]])
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap {
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
    }
    #expect(open.contains { $0.hasPrefix("/dev/shm/tounesna-") }, "the workbook")
    #expect(open.contains { $0.hasPrefix("/dev/shm/tmp.") }, "what the library keeps of the sheet")
    _ = try await book.finish()
  }

  @Test func `is read as it was written: texts in both scripts, numbers, days`() async throws {
    let day = try #require(Day("2026-03-12"))
    let old = try #require(Day("1899-05-01"))
    try await Self.written([
      [.text("Salma & <b>"), .text("سلمى بن عثمان")], [.number(1.5), .number(12)], [.day(day), .day(old)],
      [.empty, .text("x")],
    ]) { path in
      #expect(
        try Self.rows(path) == [
          ["Nom", "اللقب"], ["Salma & <b>", "سلمى بن عثمان"], ["1.5", "12"], ["2026-03-12", "1899-05-01"],
          ["", "x"],
        ])
      let sheet = try Self.part("xl/worksheets/sheet1.xml", of: path)
      #expect(sheet.contains("<v>46093</v>") && sheet.contains("<v>1.5</v>"))
      #expect(sheet.contains("state=\"frozen\"") && sheet.contains("<autoFilter ref=\"A1:B5\"/>"))
      #expect(sheet.contains("<cols>"))
    }
  }

  @Test(arguments: ["=SUM(A1)", "+216", "-1", "@x", "{=A1}", "http://example.org"])
  func `calculates nothing and links to nothing`(text: String) async throws {
    try await Self.written([[.text(text), .empty]]) { path in
      #expect(try Self.rows(path)[1].first == text)
      let sheet = try Self.part("xl/worksheets/sheet1.xml", of: path)
      #expect(!sheet.contains("<f>") && !sheet.contains("hyperlink") && sheet.contains("t=\"inlineStr\""))
    }
  }

  @Test(arguments: [false, true]) func `stands in the direction it is asked to`(isRightToLeft: Bool)
    async throws
  {
    try await Self.written([], name: isRightToLeft ? "الملفات" : "Dossiers", isRightToLeft: isRightToLeft) {
      path in
      let sheet = try Self.part("xl/worksheets/sheet1.xml", of: path)
      #expect(sheet.contains("rightToLeft=\"1\"") == isRightToLeft)
      let book = try Self.part("xl/workbook.xml", of: path)
      #expect(book.contains("<sheet name=\"\(isRightToLeft ? "الملفات" : "Dossiers")\""))
    }
  }

  @Test func `has a name that Excel allows, and texts no longer than it takes`() async throws {
    #expect(Workbook.sheetName("'a/b:c[d]*?\\'") == "abcd")
    #expect(Workbook.sheetName("/") == "1")
    #expect(Workbook.sheetName(String(repeating: "é", count: 40)) == String(repeating: "é", count: 31))
    try await Self.written([[.text(String(repeating: "ب", count: 40_000)), .number(.nan)]]) { path in
      let letters = try Self.part("xl/worksheets/sheet1.xml", of: path).unicodeScalars.filter { $0 == "ب" }
      // One more stands in the title.
      #expect(letters.count == 32_767 + 1)
    }
  }

  @Test func `takes nothing once it is finished`() async throws {
    let book = try Workbook(name: "x", columns: Self.columns, isRightToLeft: false)
    _ = try await book.finish()
    await #expect(throws: Workbook.Fault.finished) { try await book.append([[.empty]]) }
    await #expect(throws: Workbook.Fault.finished) { _ = try await book.finish() }
  }

  /// From `/proc/self/statm`, in pages of 4 kB.
  private static func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) }) * 4_096
  }

  @Test func `of a hundred thousand rows takes no more memory than a short one`() async throws {
    let rows = (0..<100).map { [Workbook.Cell.text("Salma Ben Othman \($0)"), .text("سلمى بن عثمان \($0)")] }
    let book = try Workbook(name: "x", columns: Self.columns, isRightToLeft: true)
    try await book.append(rows)
    let before = try Self.residentBytes()
    for _ in 1..<1_000 { try await book.append(rows) }
    let file = try await book.finish()
    #expect(try Self.residentBytes() - before < 60_000_000)
    #expect(file.count > 500_000)
  }
}
