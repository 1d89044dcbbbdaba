import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import People

@Suite struct `Pages of persons` {
  @Test(arguments: TestDatabase.engines)
  func `a search is sent, its address names nobody, and it leads to the file`(engine: Database.Engine)
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      try await room.create(by: Staff.emna)
      try await room.serve { site in
        let answer = try await site.post("/persons/search", ["q": "سلمى"], as: Staff.amel)
        #expect(answer.status == .seeOther)
        let location = try #require(answer.location)
        #expect(!location.contains("%D8") && !location.contains("سلمى"))
        let page = try await site.get(location, as: Staff.amel)
        #expect(page.text.contains("/persons/\(id)"))
        #expect(page.text.contains("Salma Ben Othman"))
        #expect(page.text.contains("exist at other antennas: Sfax."))
        #expect(page.text.contains("/cases/new?q="))
        let nobody = try await site.post("/persons/search", ["q": "<b>Nobody</b>"], as: Staff.amel)
        let empty = try await site.get(try #require(nobody.location), as: Staff.amel)
        #expect(empty.text.contains("Nobody was found under “&lt;b&gt;Nobody"))
        #expect(try await site.get("/persons?q=nonsense", as: Staff.amel).status == .ok)
        #expect(try await site.post("/persons/search", ["q": ""], as: Staff.amel).location == "/persons")
      }
    }
  }

  @Test func `a person out of sight and an unknown one are the same page`() async throws {
    try await PersonRoom.with(.sqlite) { room in
      let id = try await room.create()
      let unknown = PersonID()
      try await room.serve { site in
        func page(_ id: PersonID, _ actor: Actor) async throws -> String {
          let answer = try await site.get("/persons/\(id)", as: actor)
          #expect(answer.status == .notFound)
          return answer.text.replacing(id.text, with: "")
        }
        for actor in [Staff.emna, Staff.bilel] {
          #expect(try await page(id, actor) == page(unknown, actor))
        }
        let refused = try await site.get("/persons/\(id)", as: Staff.hela)
        #expect(refused.status == .forbidden && refused.text.contains("open files"))
        let edit = try await site.get("/persons/\(id)/edit", as: Staff.dorra)
        #expect(edit.status == .forbidden && edit.text.contains("correct the identity of a person"))
      }
    }
  }

  @Test func `a correction filled wrongly comes back with everything that was typed`() async throws {
    try await PersonRoom.with(.sqlite) { room in
      let id = try await room.create()
      try await room.serve { site in
        let form = [
          "family-latin": "<b>Gharbi</b>", "phones": "12", "cin": "12", "birth-date": "31/02/1990",
          "version": "1",
        ]
        let answer = try await site.post("/persons/\(id)", form, as: Staff.amel)
        #expect(answer.status == .unprocessableContent)
        for field in ["phones", "cin", "birth-date"] {
          #expect(answer.text.contains("href=\"#f-\(field)\"") && answer.text.contains("id=\"e-\(field)\""))
        }
        for kept in ["&lt;b&gt;Gharbi", ">12</textarea>", "value=\"31/02/1990\""] {
          #expect(answer.text.contains(kept), "\(kept)")
        }
        #expect(!answer.text.contains("<b>Gharbi"))
        let empty = try await site.post("/persons/\(id)", [:], as: Staff.amel)
        #expect(empty.status == .unprocessableContent)
        #expect(empty.text.contains("href=\"#f-family-latin\"") && empty.text.contains("href=\"#f-phones\""))
      }
      #expect(try await room.people.open(id, for: Staff.amel).person.identity == .salma)
    }
  }

  @Test func `when two corrected the same field, both values are shown and the rest is merged`() async throws
  {
    try await PersonRoom.with(.sqlite) { room in
      let id = try await room.create(
        .with([.familyLatin: "Gharbi", .phones: "+21620123456", .address: "Tunis"]))
      try await room.serve { site in
        let base = ["family-latin": "Gharbi", "phones": "+21620123456", "address": "Tunis", "version": "1"]
        let amel = base.merging(["family-latin": "Gharbi A", "address": "Sousse"]) { $1 }
        #expect(try await site.post("/persons/\(id)", amel, as: Staff.amel).status == .seeOther)
        let chokri = base.merging(["family-latin": "Gharbi C", "email": "c@example.tn"]) { $1 }
        let answer = try await site.post("/persons/\(id)", chokri, as: Staff.chokri)
        #expect(answer.status == .conflict)
        #expect(answer.text.contains("Gharbi A") && answer.text.contains("value=\"Gharbi C\""))
        #expect(answer.text.contains("value=\"Sousse\"") && answer.text.contains("value=\"c@example.tn\""))
        #expect(answer.text.contains("name=\"version\" value=\"2\""))
      }
      #expect(try await room.people.open(id, for: Staff.amel).person.identity[.familyLatin] == "Gharbi A")
    }
  }

  @Test func `a consent is recorded and withdrawn from the page it stands on`() async throws {
    try await PersonRoom.with(.sqlite) { room in
      let id = try await room.create()
      try await room.serve { site in
        let form = try await site.get("/persons/\(id)/consents?to=/cases/x", as: Staff.amel).text
        #expect(form.contains("name=\"to\" value=\"/cases/x\"") && form.contains("value=\"sms\""))
        let away = try await site.get("/persons/\(id)/consents?to=https://example.com/", as: Staff.amel).text
        #expect(!away.contains("example.com"))
        let wrong = try await site.post(
          "/persons/\(id)/consents", ["purpose": "", "given-on": "someday"], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent)
        for field in ["purpose", "way", "given-on"] { #expect(wrong.text.contains("href=\"#f-\(field)\"")) }
        #expect(wrong.text.contains("value=\"someday\""))

        let typed = ["purpose": "sms", "way": "signed", "once": RecordID<Consent>().text, "to": "/cases/x"]
        for _ in 0..<2 {
          #expect(
            try await site.post("/persons/\(id)/consents", typed, as: Staff.amel).location == "/cases/x")
        }
        let left = try await site.get("/persons/\(id)/consents", as: Staff.amel).text
        #expect(!left.contains("value=\"sms\"") && left.contains("value=\"email\""))
        let again = typed.merging(["once": RecordID<Consent>().text]) { $1 }
        #expect(try await site.post("/persons/\(id)/consents", again, as: Staff.amel).status == .conflict)
        let elsewhere = again.merging(["purpose": "email", "to": "https://example.com/"]) { $1 }
        let kept = try await site.post("/persons/\(id)/consents", elsewhere, as: Staff.amel)
        #expect(kept.location == "/persons/\(id)")

        let page = try await site.get("/persons/\(id)", as: Staff.amel).text
        let action = try #require(page.firstMatch(of: /action="(\/persons\/[^"]*\/withdrawal)"/)).1
        #expect(try await site.post(String(action), as: Staff.amel).location == "/persons/\(id)")
        #expect(try await site.get("/persons/\(id)", as: Staff.amel).text.contains("withdrawn"))
      }
      #expect(try await room.people.open(id, for: Staff.amel).consents.filter(\.isInForce).count == 1)
    }
  }
}
