import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Imports

@Suite struct `Bringing a file in` {
  static let good =
    ImportMapping.header + """
      Ben Othman;Salma;20 123 456;01234567;15/06/1990;Italy;F
      Gharbi;Anis;+33 6 12 34 56 78;;33040;;M
      "Ben; Salah";"Hédi";98 765 432;07654321;;;

      """

  static let mixed =
    ImportMapping.header + """
      Ben Othman;Salma;20 123 456;01234567;15/06/1990;Italy;F
      Gharbi;Anis;12;123;31/02/1990;Spain;
      ;;20 123 457;;;;
      Ben Othman;S.;;01234567;;;
      Ben Othman;Salma;0021620123456;;;;

      """

  @Test(arguments: TestDatabase.engines)
  func `a dry run says of each row what it is, and writes nothing`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let before = try await room.counts()
      let (summary, rows) = try await room.run(room.file(Self.mixed), dry: true)
      #expect(summary == Imports.Summary(new: 1, known: 1, refused: 3))
      #expect(rows[2] == .new)
      #expect(Set(rows[3]?.columns ?? []) == ["Phone", "CIN", "Born", "Country"])
      #expect(rows[4]?.columns == ["Name"])
      #expect(rows[5]?.columns == ["Phone"])
      #expect(rows[6]?.known == "same name and phone 2")
      #expect(try await room.counts() == before)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `one refused row refuses all`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let before = try await room.counts()
      let path = try room.file(Self.mixed)
      let fault = await #expect(throws: ImportFault.self) { try await room.run(path) }
      #expect(fault?.description.contains("3 rows") == true)
      #expect(try await room.counts() == before)
      // The number that was given to the first row was given back.
      _ = try await room.run(room.file(Self.good))
      #expect(try await room.numbers() == ["TUN-2026-0001", "TUN-2026-0002", "TUN-2026-0003"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `each person is received and journalled, and the file once; a second time all are known`(
    engine: Database.Engine
  ) async throws {
    try await ImportRoom.with(engine) { room in
      let path = try room.file(Self.good)
      let (first, rows) = try await room.run(path)
      #expect(first == Imports.Summary(new: 3, known: 0, refused: 0))
      #expect(rows.values.allSatisfy { $0 == .new })
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry ORDER BY act") { row in try row[0] as String }
      }
      #expect(
        acts == Array(repeating: "case.receive", count: 3) + ["import.persons"]
          + Array(repeating: "person.create", count: 3))
      let salma = try #require(try await room.people.search("salma 01234567", by: Staff.amel).matches.first)
      let line = try #require(try await room.cases.cases(of: salma.id, for: Staff.amel).first)
      let opened = try await room.cases.open(line.id, for: Staff.amel)
      #expect(opened.file.channel == .memberState && opened.file.contact == Staff.amel.id)
      #expect(opened.file.returned.country?.rawValue == "IT")
      #expect(opened.person.person.identity[.birthDate] == "1990-06-15")
      #expect(try await room.people.search("Hedi Ben Salah", by: Staff.amel).matches.count == 1)

      let before = try await room.counts()
      let (second, again) = try await room.run(path)
      #expect(second == Imports.Summary(new: 0, known: 3, refused: 0))
      #expect(again[2]?.known == "same CIN" && again[3]?.known == "same name and phone")
      #expect(try await room.counts().prefix(3) == before.prefix(3))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the same file brought in twice at once makes each person once`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let path = try room.file(Self.good)
      let new = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<3 { group.addTask { try await room.run(path).summary.new } }
        return try await group.reduce(0, +)
      }
      #expect(new == 3)
      #expect(try await room.people.count() == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an antenna receives nobody elsewhere`(engine: Database.Engine) async throws {
    try await ImportRoom.with(engine) { room in
      let mapping = ImportMapping(
        antenna: "SFA", separator: nil,
        columns: ["family-latin": "Name", "phones": "Phone", "antenna": "Office"],
        values: ["antenna": ["Sfax": "SFA"]])
      let text = "Name;Phone;Office\nA;20 123 456;Sfax\nB;20 123 457;TUN\nC;20 123 458;Paris\nD;20 123 459;\n"
      let (summary, rows) = try await room.run(room.file(text), mapping, dry: true)
      #expect(summary.new == 2 && rows[3] == .new && rows[5] == .new)
      for row in [2, 4] {
        if case .refused(let errors) = rows[row] {
          #expect(errors.map(\.field) == ["antenna"])
        } else {
          Issue.record("row \(row)")
        }
      }
      _ = try await room.run(room.file("Name;Phone;Office\nD;20 123 459;\n"), mapping)
      #expect(try await room.people.search("D", by: Staff.emna).matches.isEmpty)
      #expect(try await room.people.search("D", by: Staff.amel).matches.count == 1)
    }
  }

  @Test func `a file needs the duty, rows and its titles`() async throws {
    try await ImportRoom.with(.sqlite) { room in
      let path = try room.file(Self.good)
      await #expect(throws: Refusal.notAllowed(.importPersons)) {
        try await room.run(path, by: Staff.dorra)
      }
      for text in ["", "\n\n", "Name;Phone\nA;20 123 456\n", "N\u{E9}\n"] {
        let path = try room.file(text)
        await #expect(throws: ImportFault.self) { try await room.run(path, dry: true) }
      }
      #expect(try await room.run(room.file(ImportMapping.header)).summary == Imports.Summary())
    }
  }

  @Test func `ten thousand faulty rows are dealt with one by one, each before the next is read`() async throws
  {
    try await ImportRoom.with(.sqlite) { room in
      let row = Data("Gharbi;Anis;12;123;31/02/1990;Spain;X\n".utf8)
      let path = try room.file(ImportMapping.header + String(decoding: row, as: UTF8.self))
      let end = try #require(FileHandle(forWritingAtPath: path))
      try end.seekToEnd()
      // The file grows by a row whenever one was dealt with: only who keeps nothing sees its end.
      let summary = try await room.imports.tryOut(path, .plain, by: Staff.amel) { number, result in
        #expect(result.columns.count == 5)
        if number <= 10_000 { end.write(row) }
      }
      #expect(summary == Imports.Summary(new: 0, known: 0, refused: 10_000))
    }
  }
}

extension ImportRoom {
  fileprivate func numbers() async throws -> [String] {
    try await cases.list(CaseFilter(), after: nil, for: Staff.amel).lines.map(\.number).sorted()
  }
}
