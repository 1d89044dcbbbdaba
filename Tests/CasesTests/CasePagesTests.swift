import Accounts
import Basics
import Foundation
import HTTPTypes
import Pages
import People
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `Pages of cases` {
  static let reception = [
    "given-latin": "Salma", "family-latin": "Ben Othman", "given-arabic": "سلمى", "family-arabic": "بن عثمان",
    "phones": "20 123 456", "channel": "walk-in", "return-country": "IT", "return-kind": "voluntary",
  ]

  @Test(arguments: TestDatabase.engines)
  func `a person is received, and the same form again leads to the same case`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      try await room.serve { site in
        #expect(try await site.get("/cases/new", as: Staff.amel).status == .ok)
        let form = Self.reception.merging(
          ["once": RecordID<CaseFile>().text, "person-once": PersonID().text]) { $1 }
        let answer = try await site.post("/cases", form, as: Staff.amel)
        #expect(answer.status == .seeOther)
        let location = try #require(answer.location)
        #expect(try await site.post("/cases", form, as: Staff.amel).location == location)
        let page = try await site.get(location, as: Staff.amel)
        #expect(page.status == .ok)
        for text in ["TUN-2026-0001", "Salma Ben Othman", "سلمى بن عثمان", "+21620123456", "Italy"] {
          #expect(page.text.contains(text), "\(text)")
        }
        #expect(try await room.people.count() == 1)
        let list = try await site.get("/cases", as: Staff.amel)
        #expect(list.text.contains("href=\"\(location)\""))
        #expect(!list.text.contains("antenna=SFA"))
        let nation = try await site.get("/cases?stage=received", as: Staff.fathi)
        #expect(nation.text.contains("/cases?stage=received&amp;antenna=SFA"))
      }
    }
  }

  @Test func `what is unknown and what is not for one's eyes are one and the same page`() async throws {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      let unknown = RecordID<CaseFile>()
      try await room.serve { site in
        func page(_ id: RecordID<CaseFile>, _ actor: Actor) async throws -> String {
          let answer = try await site.get("/cases/\(id)", as: actor)
          #expect(answer.status == .notFound)
          return answer.text.replacing(id.text, with: "")
        }
        for actor in [Staff.emna, Staff.bilel] {
          #expect(try await page(id, actor) == page(unknown, actor))
        }
        #expect(try await site.get("/cases/nonsense", as: Staff.amel).status == .notFound)
        for path in ["needs", "notes", "closure", "return", "contact", "reopening"] {
          let answer = try await site.post(
            "/cases/\(id)/\(path)", ["need": "food", "urgency": "today"], as: Staff.emna)
          #expect([.notFound, .unprocessableContent, .forbidden].contains(answer.status), "\(path)")
          #expect(!answer.text.contains("TUN-2026"), "\(path)")
        }
      }
    }
  }

  @Test func `who lacks the duty is told which`() async throws {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      try await room.serve { site in
        let list = try await site.get("/cases", as: Staff.hela)
        #expect(list.status == .forbidden)
        #expect(list.text.contains("open files"))
        let new = try await site.get("/cases/new", as: Staff.dorra)
        #expect(new.status == .forbidden)
        #expect(new.text.contains("receive persons"))
        let assigned = try await site.post(
          "/cases/\(id)/contact", ["contact": Staff.bilel.id.text], as: Staff.amel)
        #expect(assigned.status == .forbidden)
        #expect(assigned.text.contains("name the contact person"))
        #expect(try await site.get("/cases", as: nil).location?.hasPrefix("/sign-in") == true)
      }
    }
  }

  @Test(arguments: [
    (
      "needs", ["need": "gold", "urgency": "", "details": "Bread & <b>milk</b>"], "urgency",
      "Bread &amp; &lt;b&gt;milk"
    ),
    ("notes", ["section": "", "text": "She said \"no\""], "section", "She said"),
    ("notes", ["section": "return", "text": ""], "text", "return"),
    ("closure", ["outcome": "", "reason": "Went to Sousse"], "outcome", "Went to Sousse"),
    ("closure", ["outcome": "died", "reason": "x", "closed-on": "01/01/2099"], "closed-on", "01/01/2099"),
    ("return", ["return-country": "IT", "returned-on": "soon", "version": "1"], "returned-on", "soon"),
    ("return", ["programme": "a\u{202E}b", "reference": "1", "version": "1"], "programme", "a"),
  ]) func `a form filled wrongly comes back with its fault named and everything kept`(
    path: String, typed: [String: String], field: String, kept: String
  ) async throws {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      try await room.serve { site in
        let answer = try await site.post("/cases/\(id)/\(path)", typed, as: Staff.amel)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("href=\"#f-\(field)\""))
        #expect(answer.text.contains("id=\"e-\(field)\"") || answer.text.contains("class=\"error\""))
        #expect(answer.text.contains(kept))
      }
      #expect(try await room.file(id).version == 1)
    }
  }

  @Test func `a reception filled wrongly keeps every word of it`() async throws {
    try await CaseRoom.with(.sqlite) { room in
      try await room.serve { site in
        var form = Self.reception
        form["phones"] = "12"
        form["cin"] = "123"
        form["email"] = "salma"
        form["birth-date"] = "31/02/1990"
        form["channel"] = ""
        form["safe-way"] = "<script>alert(1)</script>"
        let answer = try await site.post("/cases", form, as: Staff.amel)
        #expect(answer.status == .unprocessableContent)
        for field in ["phones", "cin", "email", "birth-date", "channel"] {
          #expect(answer.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        for kept in ["Salma", "بن عثمان", "31/02/1990", "value=\"salma\"", "&lt;script&gt;"] {
          #expect(answer.text.contains(kept), "\(kept)")
        }
        #expect(!answer.text.contains("<script>alert"))
      }
      #expect(try await room.people.count() == 0)
    }
  }

  @Test func `when two corrected the same field, the second sees both values and loses nothing`() async throws
  {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive(
        returned: .from([.country: "IT", .programme: "RIAT", .reference: "R-1"]))
      try await room.serve { site in
        let base = [
          "return-country": "IT", "programme": "RIAT", "programme-reference": "R-1", "version": "1",
        ]
        let amel = base.merging(["programme": "OFII", "programme-reference": "R-2"]) { $1 }
        #expect(try await site.post("/cases/\(id)/return", amel, as: Staff.amel).status == .seeOther)
        let chokri = base.merging(["programme": "EURP", "return-country": "FR"]) { $1 }
        let answer = try await site.post("/cases/\(id)/return", chokri, as: Staff.chokri)
        #expect(answer.status == .conflict)
        #expect(answer.text.contains("OFII"))
        #expect(answer.text.contains("value=\"EURP\""))
        // What the other changed and he did not stands in the form that he sends again.
        #expect(answer.text.contains("value=\"R-2\""))
        #expect(answer.text.contains("name=\"version\" value=\"2\""))
        let again = [
          "return-country": "FR", "programme": "EURP", "programme-reference": "R-2", "version": "2",
        ]
        #expect(try await site.post("/cases/\(id)/return", again, as: Staff.chokri).status == .seeOther)
      }
      #expect(
        try await room.file(id).returned == .from([.country: "FR", .programme: "EURP", .reference: "R-2"]))
    }
  }

  @Test func `a contact person is a colleague of the antenna; anybody else is refused in the form`()
    async throws
  {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      let sfax = NewAccount(
        signInName: "karim", name: "Karim", institution: "OTE", antenna: "SFA", roles: [.counsellor],
        password: "olives et amandes")
      let tunis = NewAccount(
        id: Staff.bilel.id, signInName: "bilel", name: "Bilel", institution: "OTE", antenna: "TUN",
        roles: [.counsellor], password: "olives et amandes")
      for account in [sfax, tunis] { try await room.accounts.create(account, by: .program) }
      try await room.serve { site in
        for wrong in ["", "nobody", sfax.id.text] {
          let answer = try await site.post("/cases/\(id)/contact", ["contact": wrong], as: Staff.chokri)
          #expect(answer.status == .unprocessableContent)
          #expect(answer.text.contains("href=\"#f-contact\""))
        }
        let answer = try await site.post(
          "/cases/\(id)/contact", ["contact": tunis.id.text], as: Staff.chokri)
        #expect(answer.status == .seeOther)
        #expect(try await site.get("/cases/\(id)", as: Staff.chokri).text.contains("Bilel"))
      }
      #expect(try await room.file(id).contact == Staff.bilel.id)
    }
  }

  @Test func `a form sent again with other words says what was saved, and saves these too once more`()
    async throws
  {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      try await room.serve { site in
        var form = ["section": "return", "text": "Landed at night", "once": RecordID<Note>().text]
        #expect(try await site.post("/cases/\(id)/notes", form, as: Staff.amel).status == .seeOther)
        form["text"] = "Landed at noon"
        let answer = try await site.post("/cases/\(id)/notes", form, as: Staff.amel)
        #expect(answer.status == .unprocessableContent)
        #expect(
          answer.text.contains("“Landed at night”") && answer.text.contains(">Landed at noon</textarea>"))
        let once = try #require(answer.text.firstMatch(of: /name="once" value="([^"]*)"/)).1
        #expect(once != form["once"] ?? "")
        form["once"] = String(once)
        #expect(try await site.post("/cases/\(id)/notes", form, as: Staff.amel).status == .seeOther)
      }
      #expect(try await room.cases.open(id, for: Staff.amel).notes.count == 2)
    }
  }

  @Test(arguments: [("/cases", "/cases"), ("//example.com", "/"), ("", "/cases/nowhere/notes")])
  func `a form that comes back again and again remembers the page it stood on`(page: String, place: String)
    async throws
  {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      try await room.serve { site in
        let answer = try await site.post("/cases/\(id)/notes", ["text": "", "page": page], as: Staff.amel)
        #expect(answer.status == .unprocessableContent)
        let text = answer.text.replacing(id.text, with: "nowhere")
        #expect(text.contains("name=\"page\" value=\"\(place)\""))
        #expect(text.contains("/language/ar?to=\(Page.queryEscaped(place))\""))
        let refused = try await site.post(
          "/cases/\(id)/reopening", ["page": page, "reopen-reason": "x"], as: Staff.amel)
        #expect(refused.status == .forbidden)
        #expect(refused.text.contains("href=\"/cases\">Back to where you were") == (page == "/cases"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of many notes the newest stand on the page, the others on pages of their own`(
    engine: Database.Engine
  ) async throws {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive()
      for number in 100..<145 {
        if number.isMultiple(of: 3) { room.clock.advance(seconds: 1) }
        try await room.cases.write(.returning, "note \(number)", id: RecordID(), in: id, by: Staff.amel)
      }
      try await room.serve { site in
        var (path, found): (String?, [String]) = ("/cases/\(id)", [])
        while let place = path {
          let page = try await site.get(place, as: Staff.amel)
          #expect(page.status == .ok)
          found += page.text.matches(of: />(note \d+)</).map { String($0.1) }
          path = page.text.firstMatch(of: /href="(\/cases\/[^"]*\/notes\?after=[^"]*)"/).map { String($0.1) }
        }
        #expect(found.count == 45 && Set(found).count == 45)
        #expect(try await site.get("/cases/\(id)/notes", as: Staff.emna).status == .notFound)
        #expect(try await site.get("/cases/\(id)/notes?after=x", as: Staff.amel).text.contains("note 144"))
      }
    }
  }

  @Test func `hostile text is shown as the text it is`() async throws {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive("<img src=x onerror=alert(1)>")
      try await room.serve { site in
        for text in ["'; DROP TABLE note; --", "<script>alert(2)</script>", "=HYPERLINK(\"x\")", "😀 مرحبا"] {
          let answer = try await site.post(
            "/cases/\(id)/notes", ["section": "return", "text": text], as: Staff.amel)
          #expect(answer.status == .seeOther)
        }
        let page = try await site.get("/cases/\(id)", as: Staff.amel).text
        for shown in ["&lt;img src=x", "&#39;; DROP TABLE note; --", "&lt;script&gt;alert(2)", "😀 مرحبا"] {
          #expect(page.contains(shown) || page.contains(shown.replacing("&#39;", with: "'")), "\(shown)")
        }
        #expect(!page.contains("<img src=x"))
        #expect(!page.contains("<script>alert"))
      }
    }
  }

  @Test func `a closed case answers every change with a conflict`() async throws {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      try await room.close(id)
      try await room.serve { site in
        let forms: [(String, [String: String])] = [
          ("needs", ["need": "food", "urgency": "today"]), ("notes", ["section": "return", "text": "x"]),
          ("return", ["return-country": "FR", "version": "2"]),
          ("closure", ["outcome": "died", "reason": "x"]),
        ]
        for (path, form) in forms {
          #expect(
            try await site.post("/cases/\(id)/\(path)", form, as: Staff.amel).status == .conflict, "\(path)")
        }
        let answer = try await site.post(
          "/cases/\(id)/reopening", ["reopen-reason": "Came back"], as: Staff.chokri)
        #expect(answer.status == .seeOther)
      }
    }
  }

  @Test func `a list leads to its next page by a link that holds the view`() async throws {
    try await CaseRoom.with(.sqlite) { room in
      for index in 0..<51 { try await room.receive("Salma \(index)") }
      try await room.serve { site in
        let first = try await site.get("/cases?whose=mine&stage=received", as: Staff.amel).text
        #expect(first.matches(of: /TUN-2026-\d{4}/).count == 50)
        let link = try #require(first.firstMatch(of: /href="(\/cases\?[^"]*after=[^"]*)"/)).1.replacing(
          "&amp;", with: "&")
        #expect(link.contains("whose=mine") && link.contains("stage=received"))
        let second = try await site.get(String(link), as: Staff.amel).text
        #expect(second.matches(of: /TUN-2026-\d{4}/).count == 1)
        #expect(!second.contains("after="))
        let nonsense = try await site.get("/cases?after=%01&stage=x&whose=y&antenna=%3Cb%3E", as: Staff.amel)
        #expect(nonsense.status == .ok)
      }
    }
  }
}
