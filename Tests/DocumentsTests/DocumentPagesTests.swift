import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Documents

@Suite struct `Documents on the page of their case` {
  @Test(arguments: TestDatabase.engines)
  func `are added, listed, handed out and withdrawn by their forms alone`(engine: Database.Engine)
    async throws
  {
    try await DocumentRoom.with(engine) { room, file in
      let bytes = Sample.pdf(150_000)
      try await room.serve { site in
        #expect(site.routes.filter(\.takesFiles).map(\.sealsFiles) == [true])
        let id = RecordID<Document>()
        let form = [
          "once": id.text, "kind": "passport", "title": "Old <passport>", "valid-until": "11/03/2026",
        ]
        for _ in 0..<2 {
          let answer = try await site.post(
            "/documents/\(file)", form, .init("Passeport d'Amel.PDF", bytes), as: Staff.amel)
          #expect(answer.location == "/cases/\(file)#documents", "\(answer.text)")
        }
        let page = try await site.get("/cases/\(file)", as: Staff.amel).text
        for text in [
          "Old &lt;passport&gt;", "Passport", "expired", "147 kB", "PDF", "not checked for viruses",
          "href=\"/documents/\(file)/\(id)\"", "Added a document",
        ] { #expect(page.contains(text), "\(text)") }

        let answer = try await site.get("/documents/\(file)/\(id)", as: Staff.amel)
        #expect(answer.bytes == bytes)
        let headers = answer.headers
        #expect(headers[.contentType] == "application/pdf" && headers[.contentLength] == "150000")
        #expect(headers[.cacheControl] == "no-store")
        #expect(
          headers[.contentDisposition]
            == "attachment; filename=\"Passeport d Amel.pdf\"; filename*=UTF-8''Passeport%20d%20Amel.pdf")
        for (name, value) in [
          ("X-Content-Type-Options", "nosniff"),
          ("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'"),
        ] { #expect(headers[try #require(HTTPField.Name(name))] == value) }

        let list = try await site.get("/documents", as: Staff.amel).text
        #expect(list.contains("/cases/\(file)#documents") && list.contains("expired"))
        let place = "/documents/\(file)/\(id)/withdrawal"
        let empty = try await site.post(place, as: Staff.amel)
        #expect(empty.status == .unprocessableContent && empty.text.contains("#f-reason"))
        #expect(
          try await site.post(place, ["reason": "A <new> one"], as: Staff.amel).location
            == "/cases/\(file)#documents")
        let after = try await site.get("/documents/\(file)", as: Staff.amel).text
        #expect(after.contains("A &lt;new&gt; one") && !after.contains("href=\"/documents/\(file)/\(id)\""))
        #expect(try await site.get("/documents/\(file)/\(id)", as: Staff.amel).status == .forbidden)
        #expect(try await !site.get("/documents", as: Staff.amel).text.contains("/cases/\(file)"))
        let history = try await site.get("/cases/\(file)", as: Staff.amel).text
        #expect(history.contains("Opened a document") && history.contains("Withdrew a document"))
      }
    }
  }

  @Test func `a form filled wrongly comes back with its fault named and everything kept`() async throws {
    try await DocumentRoom.with(.sqlite) { room, file in
      let pdf = TestSite.File("a.pdf", Sample.pdf())
      let good = ["kind": "passport", "title": "Kept & seen"]
      try await room.serve { site in
        let forms: [([String: String], TestSite.File, String, HTTPResponse.Status)] = [
          (["title": "Kept & seen"], pdf, "kind", .unprocessableContent),
          (good.merging(["kind": "shoe"]) { $1 }, pdf, "kind", .unprocessableContent),
          (good.merging(["valid-until": "soon"]) { $1 }, pdf, "valid-until", .unprocessableContent),
          (
            good.merging(["valid-from": "2026-03-02", "valid-until": "2026-03-01"]) { $1 }, pdf,
            "valid-until",
            .unprocessableContent
          ),
          (good, .init("", []), "file", .unprocessableContent),
          (good, .init("empty.pdf", []), "file", .unprocessableContent),
          (good, .init("run.pdf", Array("#!/bin/sh\necho".utf8)), "file", .unprocessableContent),
          (good, .init("large.pdf", Sample.pdf((10 << 20) + 1)), "file", .contentTooLarge),
        ]
        for (typed, sent, field, status) in forms {
          let answer = try await site.post("/documents/\(file)", typed, sent, as: Staff.amel)
          #expect(answer.status == status, "\(field) \(sent.name)")
          #expect(answer.text.contains("href=\"#f-\(field)\""), "\(field) \(sent.name)")
          #expect(answer.text.contains("value=\"Kept &amp; seen\""), "\(field) \(sent.name)")
        }
        // Larger than any form may be.
        let huge = try await site.post(
          "/documents/\(file)", good, .init("huge.pdf", Sample.pdf(21 << 20)), as: Staff.amel)
        #expect(huge.status == .contentTooLarge)
        // Without the file itself, as a form without files is sent.
        #expect(
          try await site.post("/documents/\(file)", good, as: Staff.amel).status == .unprocessableContent)
        #expect(try await site.post("/documents/\(file)", good, pdf, as: Staff.fathi).status == .forbidden)
        #expect(try await site.post("/documents/\(file)", good, pdf, as: Staff.emna).status == .notFound)
        #expect(try await site.post("/documents/\(file)", good, pdf, as: nil).status == .seeOther)
      }
      #expect(try await room.count("document") == 0)
    }
  }

  @Test func `an unreachable scanner is told in clear words, its cause is not`() async throws {
    let scanner = VirusScanner.clamd(at: .socket(path: "/nonexistent/socket"))
    try await DocumentRoom.with(.sqlite, scanner: scanner) { room, file in
      try await room.serve { site in
        let answer = try await site.post(
          "/documents/\(file)", ["kind": "passport", "title": "Kept"], .init("a.pdf", Sample.pdf()),
          as: Staff.amel)
        #expect(answer.status == .serviceUnavailable)
        #expect(
          answer.text.contains("could not be checked for viruses") && answer.text.contains("value=\"Kept\""))
        #expect(!answer.text.contains("nonexistent"))
      }
      #expect(try await room.count("document") == 0)
    }
  }

  @Test func `medical ones are hidden from those who may not know of them, in the history too`() async throws
  {
    try await DocumentRoom.with(.sqlite) { room, file in
      let id = try await room.add(Sample.pdf(), .medical, to: file, by: Staff.dorra)
      _ = try await room.bytes(id, of: file, for: Staff.dorra)
      try await room.serve { site in
        for (actor, isSeen) in [(Staff.dorra, true), (Staff.amel, false), (Staff.chokri, false)] {
          let page = try await site.get("/cases/\(file)", as: actor).text
          for text in [id.text, "Her paper", "Added a document", "Opened a document"] {
            #expect(page.contains(text) == isSeen, "\(actor.name): \(text)")
          }
          #expect(page.contains("value=\"medical\"") == isSeen)
          let status: HTTPResponse.Status = isSeen ? .ok : .notFound
          #expect(try await site.get("/documents/\(file)/\(id)", as: actor).status == status)
          #expect(try await site.get("/documents/\(file)/\(id)/withdrawal", as: actor).status == status)
        }
      }
    }
  }

  @Test func `the name of a file may be anything`() async throws {
    try await DocumentRoom.with(.sqlite) { room, file in
      let names = [
        "../../../etc/passwd", "\u{202E}fdp.exe", "a%22; filename=%22b.html",
        String(repeating: "ب", count: 10_000),
        "<script>alert(1)</script>.pdf", "x%0D%0ASet-Cookie: a=b.pdf",
      ]
      try await room.serve { site in
        for name in names {
          let id = RecordID<Document>()
          let answer = try await site.post(
            "/documents/\(file)", ["once": id.text, "kind": "photo"], .init(name, Sample.pdf()),
            as: Staff.amel)
          #expect(answer.status == .seeOther, "\(name.prefix(40)): \(answer.status)")
          let handed = try await site.get("/documents/\(file)/\(id)", as: Staff.amel)
          let told = try #require(handed.headers[.contentDisposition])
          #expect(told.hasSuffix(".pdf") && !told.contains("..") && !told.contains("Set-Cookie:"), "\(told)")
        }
        let page = try await site.get("/cases/\(file)", as: Staff.amel).text
        #expect(!page.contains("<script>alert") && !page.contains("\u{202E}"))
      }
    }
  }
}
