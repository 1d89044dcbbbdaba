import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Openings

@Suite struct `The pages of openings` {
  private static let typed = ["why": "present", "words": "She stands <here> without papers"]

  @Test(arguments: TestDatabase.engines)
  func `lead from the search to the file, and to its judgement`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let person = try await room.person(of: file)
      try await room.serve { site in
        let asked = try await site.post("/persons/search", ["q": "Zitouni"], as: Staff.emna)
        let search = try await site.get(try #require(asked.location), as: Staff.emna).text
        #expect(!search.contains(person.text) && !search.contains(file.text))
        let link = try #require(search.firstMatch(of: /\/openings\/of\/[A-Za-z0-9_-]+/)).output
        let form = try await site.get(String(link), as: Staff.emna).text
        #expect(form.contains("Tunis") && !form.contains("Zitouni") && !form.contains(file.text))
        for path in ["/cases/\(file)", "/persons/\(person)"] {
          #expect(try await site.get(path, as: Staff.emna).status == .notFound)
        }
        let short = try await site.post(String(link), ["why": "present", "words": "Short"], as: Staff.emna)
        #expect(short.status == .unprocessableContent && short.text.contains("href=\"#f-words\""))
        let id = RecordID<Opening>()
        for _ in 0..<2 {
          let sent = try await site.post(
            String(link), Self.typed.merging(["once": id.text]) { $1 }, as: Staff.emna)
          #expect(sent.location == "/cases/\(file)")
        }
        for path in ["/cases/\(file)", "/cases/\(file)/notes", "/persons/\(person)"] {
          let page = try await site.get(path, as: Staff.emna)
          #expect(page.status == .ok && page.text.contains("Opened outside your scope until"))
          #expect(
            page.text.contains("the person stands here") && page.text.contains("13\u{A0}March\u{A0}2026"))
          #expect(!page.text.contains("/closure") && !page.text.contains("/contact"), "\(path)")
          #expect(!page.text.contains("/edit") && !page.text.contains("/return"), "\(path)")
        }
        let own = try await site.get("/cases/\(file)", as: Staff.amel).text
        #expect(!own.contains("Opened outside") && own.contains("/closure"))
        #expect(own.contains("Opened the file from outside, for a stated reason"))
        let refused = try await site.post(
          "/cases/\(file)/notes", ["section": "return", "text": "x"], as: Staff.emna)
        #expect(refused.status != .seeOther)

        let judged = try await site.get("/openings/\(id)", as: Staff.chokri).text
        for text in ["She stands &lt;here&gt;", "Sfax", "Read the file from outside", "/judgement"] {
          #expect(judged.contains(text), "\(text)")
        }
        #expect(try await site.get("/openings/\(id)", as: Staff.ghazi).status == .notFound)
        #expect(
          try await !site.get("/openings/\(id)", as: Staff.emna).text.contains(
            "<form method=\"post\" action=\"/openings"))
        let empty = try await site.post("/openings/\(id)/judgement", [:], as: Staff.chokri)
        #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#f-verdict\""))
        _ = try await site.post(
          "/openings/\(id)/judgement", ["verdict": "unjustified", "judgement": "Not <urgent>"],
          as: Staff.chokri)
        #expect(try await site.get("/cases/\(file)", as: Staff.emna).status == .notFound)
        #expect(try await site.get("/openings/\(id)", as: Staff.emna).text.contains("Not &lt;urgent&gt;"))
        #expect(try await site.get("/openings", as: Staff.emna).text.contains("not justified"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a ticket that is altered, too old or another's leads to a clear page`(engine: Database.Engine)
    async throws
  {
    try await OpeningRoom.with(engine) { room, file in
      let ticket = try await room.ticket(to: file)
      try await room.serve { site in
        var altered = Array(ticket)
        altered[20] = altered[20] == "A" ? "B" : "A"
        @Sendable func refuses(_ ticket: String, _ actor: Actor) async throws {
          let path = "/openings/of/\(ticket)"
          for answer in [
            try await site.get(path, as: actor), try await site.post(path, Self.typed, as: actor),
          ] {
            #expect(answer.status == .conflict && answer.text.contains("Search for the person again"))
          }
        }
        try await refuses(String(altered), Staff.emna)
        for text in ["x", "\(RecordID<CaseFile>())"] { try await refuses(text, Staff.emna) }
        try await refuses(ticket, Staff.ghazi)
        #expect(try await site.get("/openings/of/\(ticket)", as: Staff.emna).status == .ok)
        room.clock.advance(seconds: 900)
        try await refuses(ticket, Staff.emna)
        for actor in [Staff.emna, Staff.ghazi] { #expect(try await !room.sees(file, actor)) }
        #expect(try await site.get("/openings/of/\(ticket)", as: Staff.fathi).status == .forbidden)
      }
    }
  }
}
