import Basics
import Cases
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Receptions

@Suite struct `Receptions on their pages` {
  private static let who = ["family-latin": "Ben Othman", "given-latin": "Ali", "phones": "20 123 456"]

  @Test(arguments: TestDatabase.engines)
  func `go from step to step to the file by their forms alone`(engine: Database.Engine) async throws {
    try await ReceptionRoom.with(engine) { room in
      try await room.serve { site in
        let (id, amel) = (RecordID<ReceptionDraft>(), Staff.amel)
        let path = "/receptions/\(id)"
        let first = Self.who.merging(["once": id.text]) { $1 }
        for _ in 0..<2 {
          #expect(try await site.post("/receptions", first, as: amel).location == "\(path)/consent")
        }
        let steps: [(String, [String: String], String)] = [
          ("consent", ["consents": "sms", "consent-way": "signed"], "\(path)/return"),
          ("return", ["return-country": "FR", "return-organiser": "OIM <3"], "\(path)/household"),
          ("household", ["household-size": "4"], "\(path)/wishes"),
          ("wishes", ["wants": "work", "sign-alone": "refused"], "\(path)/needs"),
          ("needs", ["need-1": "housing", "urgency-1": "today"], path),
        ]
        for (step, typed, next) in steps {
          let empty = try await site.get("\(path)/\(step)", as: amel)
          #expect(empty.status == .ok && empty.bytes.count < 50_000)
          #expect(try await site.post("\(path)/\(step)", typed, as: amel).location == next)
        }
        var page = try await site.get(path, as: amel).text
        for text in ["Ben Othman", "Signed on paper", "OIM &lt;3", "Did not wish to answer", "Not asked"] {
          #expect(page.contains(text), "\(text)")
        }
        for _ in 0..<2 {
          #expect(try await site.post("\(path)/opening", as: amel).location == "/cases/\(id)")
        }
        #expect(try await site.get(path, as: amel).location == "/cases/\(id)")
        page = try await site.get("/cases/\(id)", as: amel).text
        #expect(page.contains("href=\"/receptions/of/\(id)\""))
        page = try await site.get("/receptions/of/\(id)", as: amel).text
        #expect(page.contains("Did not wish to answer") && page.contains("href=\"/cases/\(id)\""))
        #expect(try await site.get("/receptions", as: amel).text.contains("No reception is begun."))
      }
      #expect(try await room.count("case_file") == 1)
    }
  }

  @Test func `give each account one mark for what it types on a device`() async throws {
    try await ReceptionRoom.with(.sqlite) { room in
      let id = try await room.begin(Fields(["family-latin": "Ben Othman", "channel": "walk-in"]))
      try await room.serve { site in
        func mark(_ path: String, _ actor: Actor) async throws -> Substring {
          let page = try await site.get(path, as: actor).text
          return try #require(page.firstMatch(of: /data-mark="([^"]+)"/)).1
        }
        let amel = try await mark("/receptions/new", Staff.amel)
        #expect(try await mark("/receptions/\(id)/consent", Staff.amel) == amel)
        let other = try await mark("/receptions/new", Staff.emna)
        #expect(other != amel && amel.count > 50)
      }
    }
  }

  @Test func `say what is wrong beside the field, and keep what was typed`() async throws {
    try await ReceptionRoom.with(.sqlite) { room in
      let id = try await room.begin(Fields(["family-latin": "Ben Othman", "channel": "walk-in"]))
      try await room.serve(usualMonths: 6) { site in
        let path = "/receptions/\(id)"
        let forms: [(String, [String: String], String, String)] = [
          ("/receptions", ["phones": "20 123 456"], "family-latin", "20 123 456"),
          ("\(path)/consent", ["consents": "sms"], "consent-way", "value=\"sms\" checked"),
          ("\(path)/return", ["returned-on": "05/01/2025"], "late-reason", "05/01/2025"),
          (
            "\(path)/household", ["household-size": "2", "school-children": "2"], "school-children",
            "value=\"2\""
          ),
          ("\(path)/needs", ["details-1": "A <roof>"], "need-1", "A &lt;roof&gt;"),
        ]
        for (place, typed, field, kept) in forms {
          let answer = try await site.post(place, typed, as: Staff.amel)
          #expect(answer.status == .unprocessableContent, "\(place)")
          #expect(answer.text.contains("href=\"#f-\(field)\"") && answer.text.contains(kept), "\(place)")
          #expect(answer.text.contains("data-device=\"answered\""))
        }
        // Opening leads to the step where something is missing.
        let opening = try await site.post("\(path)/opening", as: Staff.amel)
        #expect(opening.status == .unprocessableContent && opening.text.contains("href=\"\(path)/who\""))
        let discarding = try await site.post("\(path)/discarding", as: Staff.amel)
        #expect(discarding.status == .unprocessableContent)
        #expect(discarding.text.contains("Say why it is discarded."))
        let why = ["discarding": "left"]
        for _ in 0..<2 {
          #expect(try await site.post("\(path)/discarding", why, as: Staff.amel).location == "/receptions")
        }
      }
      #expect(try await room.count("case_file") == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `ask at the first step, and before opening, whether the person is here already`(
    engine: Database.Engine
  ) async throws {
    try await ReceptionRoom.with(engine) { room in
      try await room.serve { site in
        let (amel, question) = (Staff.amel, "Is this person here already?")
        // Begun before anybody was alike.
        let early = RecordID<ReceptionDraft>()
        let first = Self.who.merging(["once": early.text]) { $1 }
        #expect(try await site.post("/receptions", first, as: amel).status == .seeOther)
        let known = try await room.begin(
          Fields(["family-latin": "Ben Othman", "given-latin": "Ali", "phones": "+21620123456"]))
        let person = try await room.draft(known).person
        _ = try await room.receptions.openFile(of: known, by: amel)
        let late = RecordID<ReceptionDraft>()
        let typed = Self.who.merging(["once": late.text]) { $1 }
        let asked = try await site.post("/receptions", typed, as: amel)
        #expect(asked.status == .conflict && asked.text.contains(question))
        let answered = typed.merging(["apart-reason": "A cousin", "apart-from": person.text]) { $1 }
        let begun = try await site.post("/receptions", answered, as: amel)
        #expect(begun.location == "/receptions/\(late)/consent")
        // The answer was given with the first step and stands.
        let opened = try await site.post("/receptions/\(late)/opening", as: amel)
        #expect(opened.location == "/cases/\(late)")
        let opening = "/receptions/\(early)/opening"
        let again = try await site.post(opening, as: amel)
        #expect(again.status == .conflict && again.text.contains(question))
        #expect(try await site.get("/receptions/\(early)", as: amel).status == .ok)
      }
      #expect(try await room.count("case_file") == 2)
    }
  }

  @Test func `say in words what two windows changed`() async throws {
    try await ReceptionRoom.with(.sqlite) { room in
      let id = try await room.begin()
      try await room.serve { site in
        let path = "/receptions/\(id)/consent"
        let signed = ["consents": "sms", "consent-way": "signed", "version": "1"]
        #expect(try await site.post(path, signed, as: Staff.amel).status == .seeOther)
        let other = signed.merging(["consent-way": "thumbprint"]) { $1 }
        let answer = try await site.post(path, other, as: Staff.amel)
        #expect(answer.status == .conflict)
        #expect(answer.text.contains("“Signed on paper”") && answer.text.contains("“Thumbprint on paper”"))
        #expect(!answer.text.contains("“thumbprint”"))
        #expect(answer.text.contains("name=\"version\" value=\"2\""))
        let again = other.merging(["version": "2"]) { $1 }
        #expect(try await site.post(path, again, as: Staff.amel).status == .seeOther)
      }
      #expect(try await room.draft(id).fields["consent-way"] == "thumbprint")
    }
  }

  @Test func `are its author's and her head's; others are told that there is none`() async throws {
    try await ReceptionRoom.with(.sqlite) { room in
      let id = try await room.begin()
      let path = "/receptions/\(id)"
      try await room.serve { site in
        for actor in [Staff.bilel, Staff.emna, Staff.ghazi] {
          for place in [path, "\(path)/who", "\(path)/needs"] {
            #expect(try await site.get(place, as: actor).status == .notFound, "\(actor.name) \(place)")
          }
        }
        for place in ["/receptions", "/receptions/new", path, "\(path)/who"] {
          #expect(try await site.get(place, as: Staff.dorra).status == .forbidden, "\(place)")
        }
        for place in ["/receptions", path, "\(path)/who", "\(path)/opening", "\(path)/takeover"] {
          let refused = try await site.post(place, ["family-latin": "X"], as: Staff.dorra).status
          #expect(refused == .forbidden || refused == .notFound || refused == .methodNotAllowed, "\(place)")
        }
        #expect(try await site.get("\(path)/who", as: Staff.chokri).location == path)
        let shown = try await site.get(path, as: Staff.chokri).text
        #expect(shown.contains("Take it over") && !shown.contains("action=\"\(path)/opening\""))
        for _ in 0..<2 {
          #expect(try await site.post("\(path)/takeover", as: Staff.chokri).location == path)
        }
        #expect(try await site.get("\(path)/needs", as: Staff.chokri).status == .ok)
        #expect(try await site.get(path, as: Staff.amel).status == .notFound)
      }
    }
  }
}
