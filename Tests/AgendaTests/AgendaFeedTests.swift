import Accounts
import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Agenda

@Suite struct `The feed for calendars` {
  @Test(arguments: TestDatabase.engines)
  func `tells when and how, of nobody, until it is taken back`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let bureau = Room(id: RecordID(), antenna: "TUN", name: "Bureau 2, étage; 1")
      try await room.agenda.add(bureau, by: Staff.chokri)
      let kept = try await room.make(
        room.draft(at: 9 * 60 + 30, room: bureau.id, words: .init(about: "Secretmatter")), in: file)
      let off = try await room.make(room.draft(in: 4, way: .phone), in: file)
      try await room.agenda.settle(off, .cancelled, because: "Closed", from: 1, by: Staff.amel)
      try await room.serve { site in
        #expect(try await site.get("/agenda/feed", as: Staff.amel).text.contains("You have no address"))
        let once = ["once": RecordID<AgendaFeed>().text]
        for _ in 1...2 {
          #expect(try await site.post("/agenda/feed", once, as: Staff.amel).location == "/agenda/feed")
        }
        let link = try #require(try await room.agenda.feed(of: Staff.amel))
        let page = try await site.get("/agenda/feed", as: Staff.amel).text
        #expect(page.contains("https://t.example/calendars/\(link)"))
        let answer = try await site.get("/calendars/\(link)", as: nil)
        #expect(answer.status == .ok && answer.headers[.contentType] == "text/calendar; charset=utf-8")
        let text = answer.text
        for line in [
          "BEGIN:VCALENDAR", "UID:\(kept)@tounesna", "DTSTART:20260315T083000Z", "DTEND:20260315T090000Z",
          "LOCATION:Bureau 2\\, étage\\; 1", "STATUS:CONFIRMED", "UID:\(off)@tounesna", "STATUS:CANCELLED",
          "SEQUENCE:1", "END:VCALENDAR",
        ] { #expect(text.contains("\(line)\r\n"), "\(line)") }
        for secret in ["Zitouni", "Secretmatter", "Closed", "TUN-2026"] { #expect(!text.contains(secret)) }
        #expect(!text.replacing("\r\n", with: "").contains("\n"))

        _ = try await site.post("/agenda/feed", ["once": RecordID<AgendaFeed>().text], as: Staff.amel)
        let newer = try #require(try await room.agenda.feed(of: Staff.amel))
        let (old, new) = (
          try await site.get("/calendars/\(link)", as: nil).status,
          try await site.get("/calendars/\(newer)", as: nil).status
        )
        #expect(old == .notFound && new == .ok)
        _ = try await site.post("/agenda/feed/revocation", as: Staff.amel)
        #expect(try await site.get("/calendars/\(newer)", as: nil).status == .notFound)
      }
    }
  }

  @Test func `of somebody who works here no more shows nothing, and guesses are slowed down`() async throws {
    try await AgendaRoom.with(.sqlite) { room, _ in
      try await room.agenda.makeFeed(RecordID(), by: Staff.amel)
      let link = try #require(try await room.agenda.feed(of: Staff.amel))
      try await room.serve { site in
        #expect(try await site.get("/calendars/\(link)", as: nil).status == .ok)
        try await room.agenda.accounts.setDisabled(Staff.amel.id, true, by: .program)
        #expect(try await site.get("/calendars/\(link)", as: nil).status == .notFound)
        var answers: Set<Int> = []
        for number in 0..<8 {
          answers.insert(try await site.get("/calendars/\(link.dropLast(2))\(number)x", as: nil).status.code)
        }
        #expect(answers == [404, 429])
      }
    }
  }

  @Test func `folds lines at 75 octets, and cuts no letter`() {
    for text in ["موعد بالفرع ", "Rendez-vous à l’antenne ", "👩🏽‍🌾"] {
      let line = "SUMMARY:" + String(repeating: text, count: 12)
      let lines = AgendaCalendar.folded(line).unicodeScalars.split { $0 == "\r" || $0 == "\n" }
      #expect(lines.count > 2 && lines.allSatisfy { String($0).utf8.count <= 75 })
      let whole = lines.enumerated().map {
        $0.offset == 0 ? String($0.element) : String($0.element.dropFirst())
      }
      #expect(Array(whole.joined().utf8) == Array(line.utf8))
    }
    #expect(AgendaCalendar.escaped("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne")
  }
}
