import Basics
import CZip
import Foundation
import HTTPTypes
import Imports
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `The list of cases as a workbook` {
  /// A part of a workbook as text.
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

  @Test(arguments: TestDatabase.engines)
  func `is whole and no more than its view, and the journal tells`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      for index in 0..<53 { try await room.receive(index == 7 ? "=SUM(A1)" : "Salma \(index)") }
      let closed = try await room.receive("Closed")
      try await room.close(closed)
      try await room.receive("Elsewhere", by: Staff.emna)
      let today = room.today.description
      try await room.serve { site in
        let list = try await site.get("/cases?stage=received", as: Staff.amel).text
        #expect(list.contains("href=\"/cases/sheet?stage=received&amp;as=xlsx\""))
        #expect(
          try await site.get("/cases", as: Staff.amel).text.contains("href=\"/cases/sheet?as=xlsx\""))
        let answer = try await site.get("/cases/sheet?stage=received&as=xlsx", as: Staff.amel)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentDisposition] == "attachment; filename=\"cases-\(today).xlsx\"")
        #expect(answer.headers[.cacheControl] == "no-store")
        try await TestDatabase.withFolder { folder in
          let path = "\(folder)/x.xlsx"
          try Data(answer.bytes).write(to: URL(filePath: path))
          var reader = try WorkbookReader(path: path, sheet: "Cases")
          #expect(reader.titles.prefix(3) == ["Case", "Name", "Name in Arabic"])
          var rows: [[String]] = []
          while let row = try reader.next() { rows.append(row.cells) }
          #expect(rows.count == 53 && Set(rows).count == 53)
          #expect(rows.allSatisfy { $0[2] == "سلمى بن عثمان" && $0[5] == "Received" && $0[6] == today })
          #expect(rows.filter { $0[1] == "=SUM(A1) Ben Othman" }.count == 1)
          #expect(!rows.joined().contains { $0.hasPrefix("Closed") || $0.hasPrefix("Elsewhere") })
          let sheet = try Self.part("xl/worksheets/sheet1.xml", of: path)
          #expect(!sheet.contains("<f>"))
        }
        #expect(try await site.get("/cases/sheet?as=xlsx", as: Staff.hela).status == .forbidden)
      }
      let taken = try await room.database.read { db in
        try db.rows("SELECT changes FROM journal_entry WHERE act = 'case.take-list'") { row in
          String(decoding: try row[0] as [UInt8], as: UTF8.self)
        }
      }
      #expect(taken.count == 1 && taken[0].contains("xlsx"))
    }
  }

  @Test(arguments: [Language.arabic, .french])
  func `stands from right to left in Arabic, and has its name in the page's language`(
    language: Language
  ) async throws {
    try await CaseRoom.with(.sqlite) { room in
      try await room.receive()
      try await room.serve(language: language) { site in
        let answer = try await site.get("/cases/sheet?as=xlsx", as: Staff.amel)
        try await TestDatabase.withFolder { folder in
          let path = "\(folder)/x.xlsx"
          try Data(answer.bytes).write(to: URL(filePath: path))
          let sheet = try Self.part("xl/worksheets/sheet1.xml", of: path)
          #expect(sheet.contains("rightToLeft=\"1\"") == (language == .arabic))
          let name = try Self.part("xl/workbook.xml", of: path)
          #expect(name.contains("<sheet name=\"Dossiers\"") == (language == .french))
          #expect(!name.contains("\"Cases\""))
        }
      }
    }
  }
}
