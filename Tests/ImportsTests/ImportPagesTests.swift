import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Imports

@Suite struct `The pages of partners' files` {
  private static let boundary = "x-boundary"

  /// A form with a file, as a browser sends it.
  private static func send(
    _ file: String, _ fields: [String: String], named name: String = "file", to path: String = "/imports",
    as actor: Actor? = Staff.amel, on site: TestSite
  ) async throws -> TestSite.Answer {
    var fields = fields
    if let actor { fields["csrf"] = TestSite.csrf(of: actor) }
    let texts = fields.sorted { $0.key < $1.key }.map { key, value in
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(key)\"\r\n\r\n\(value)\r\n"
    }
    let body =
      texts.joined()
      + "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"liste.csv\"\r\n"
      + "Content-Type: text/csv\r\n\r\n\(file)\r\n--\(boundary)--\r\n"
    return try await site.send(
      .post, path, as: actor, body: body,
      headers: [.contentType: "multipart/form-data; boundary=\(boundary)"])
  }

  private static func serve(_ body: @escaping @Sendable (ImportRoom, TestSite) async throws -> Void)
    async throws
  {
    try await ImportRoom.with(.sqlite) { room in
      try await room.imports.keep(
        KeptMapping(text: ImportRoom.mapping),
        provenOn: room.file(ImportMapping.header + "A;B;20 123 456;;;;\n"), by: Staff.amel)
      try await TestSite.serve(
        [ImportPages(room.imports)],
        site: {
          $0.now = { room.clock.now }
          $0.uploadLimit = 100_000
        }
      ) { site in try await body(room, site) }
    }
  }

  private static let once = RecordID<ImportFile>()
  private static let fields = ["partner": "Testland", "once": once.text]

  @Test func `lead from the file to the report, row by row`() async throws {
    try await Self.serve { room, site in
      let sent = try await Self.send(`A file in preview`.rows, Self.fields, on: site)
      let path = ImportPaths.show(Self.once)
      #expect(sent.status == .seeOther && sent.location == path)
      let again = try await Self.send(`A file in preview`.rows, Self.fields, on: site)
      #expect(again.status == .seeOther && again.location == path)

      let page = try await site.get(path, as: Staff.amel).text
      for words in ["Ben Othman", "Bring in 2 persons", "CIN: A CIN has 8 digits.", "row 2 of this file"] {
        #expect(page.contains(words), "\(words)")
      }
      #expect(page.utf8.count < 50_000)
      let row = try await site.get("\(path)/rows/3", as: Staff.amel).text
      #expect(row.contains("things need mending") && row.contains("value=\"Gharbi\""))
      let wrong = try await site.post(
        "\(path)/rows/3", ["family-latin": "Gharbi", "phones": "<x>"], as: Staff.amel)
      #expect(wrong.status == .unprocessableContent && wrong.text.contains("&lt;x&gt;"))
      let right = ["family-latin": "Gharbi", "phones": "20 999 888", "programme-reference": "=R-1"]
      let saved = try await site.post("\(path)/rows/3", right, as: Staff.amel)
      #expect(saved.status == .seeOther && saved.location == "\(path)?after=2")
      #expect(try await site.post("\(path)/rows/4/leaving", as: Staff.amel).status == .seeOther)
      #expect(try await site.get("\(path)/report", as: Staff.amel).status == .notFound)
      for _ in 0..<2 { #expect(try await site.post("\(path)/entry", as: Staff.amel).location == path) }

      let done = try await site.get(path, as: Staff.amel).text
      #expect(done.contains("Report for the sender") && !done.contains("Gharbi"))
      let report = try await site.get("\(path)/report", as: Staff.amel)
      #expect(report.headers[.contentType] == "text/csv; charset=utf-8")
      #expect(
        report.text.split(separator: "\r\n").map(String.init) == [
          "\u{FEFF}\"Row\";\"Your reference\";\"Result\";\"Reason\"", "\"2\";\"\";\"taken\";\"\"",
          "\"3\";\"'=R-1\";\"taken\";\"\"", "\"4\";\"\";\"left out\";\"left out\"",
          "\"5\";\"\";\"already there\";\"same name and phone\"",
        ])
    }
  }

  @Test func `say beside the field what is wrong with a file, in the reader's language`() async throws {
    try await Self.serve { _, site in
      for (file, words) in [
        ("", "Choose the file."), ("\u{0}", "UTF-16"), ("x", "is not in the file"),
        ("PK\u{3}\u{4}bomb", "cannot be read"),
        ("A title\n\n" + ImportMapping.header, "stand in row 3"), ("[{\"a\": }]", "Entry 1"),
        (ImportMapping.header, "no row under them"),
      ] {
        let answer = try await Self.send(file, Self.fields, on: site)
        #expect(answer.status == .unprocessableContent && answer.text.contains(words), "\(words)")
      }
      let nobody = try await Self.send("a", ["partner": "Nobody"], on: site)
      #expect(nobody.status == .unprocessableContent && nobody.text.contains("Choose one of the answers"))
      #expect(try await site.get("/imports", as: Staff.amel).text.contains("class=\"empty\""))
    }
  }

  @Test func `take a file only from a form of ours, from one who may, and not too large`() async throws {
    try await Self.serve { _, site in
      let text = ImportMapping.header + String(repeating: "x", count: 100_000)
      let large = try await Self.send(text, Self.fields, on: site)
      #expect(large.status == .contentTooLarge)
      #expect(try await Self.send("x", Self.fields, as: Staff.dorra, on: site).status == .forbidden)
      #expect(try await Self.send("x", Self.fields, as: nil, on: site).status == .seeOther)
      let foreign =
        "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n\r\nx"
      let type: HTTPFields = [.contentType: "multipart/form-data; boundary=\(Self.boundary)"]
      #expect(
        try await site.send(.post, "/imports", as: Staff.amel, body: foreign, headers: type).status
          == .conflict)
      #expect(
        try await site.send(.post, "/imports", as: Staff.amel, body: "x", headers: type).status == .badRequest
      )
      #expect(
        try await Self.send("x", [:], to: "/imports/\(Self.once)/entry", on: site).status == .conflict)
      for path in ["/imports", "/imports/new", "/imports/mappings"] {
        #expect(try await site.get(path, as: Staff.fathi).status == .forbidden)
      }
      for path in [
        "/imports/1", "/imports/\(Self.once)", "/imports/\(Self.once)/rows/2", "/imports/x/rows/-1",
      ] {
        #expect(try await site.get(path, as: Staff.amel).status == .notFound)
      }
    }
  }

  @Test func `keep a mapping that a sample proves`() async throws {
    try await Self.serve { _, site in
      func keep(_ mapping: String, _ sample: String) async throws -> TestSite.Answer {
        try await Self.send(sample, ["mapping": mapping], named: "sample", to: "/imports/mappings", on: site)
      }
      let text = "partner: Newland\ncolumns: { family-latin: Name, phones: Phone }"
      for (mapping, sample, words) in [
        ("", "x", "Write the mapping."), ("columns: { shoe: x }", "x", "shoe"),
        ("columns: { phones: Phone }", "x", "Name the partner"), (text, "", "Choose a file"),
        (text, "Name;Phone\nA;never\n", "“Phone”"), ("a: [", "x", "not YAML"),
      ] {
        let answer = try await keep(mapping, sample)
        #expect(answer.status == .unprocessableContent && answer.text.contains(words), "\(words)")
      }
      #expect(try await keep(text, "Name;Phone\nA;20 123 456\n").status == .seeOther)
      #expect(try await site.get("/imports/new", as: Staff.amel).text.contains("Newland"))
    }
  }
}
