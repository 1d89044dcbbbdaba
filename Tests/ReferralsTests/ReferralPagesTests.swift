import Basics
import Cases
import Foundation
import HTTPTypes
import Messages
import NIOConcurrencyHelpers
import Plans
import Storage
import TestSupport
import Testing
import Web

@testable import Referrals

/// A browser outside, which keeps the cookie of its visit.
private struct Outside {
  let site: TestSite
  let visit: String

  init(_ site: TestSite) {
    self.site = site
    visit = SessionCookie.newToken()
  }

  private var cookie: HTTPFields { [.cookie: "visit=\(visit); language=en"] }

  func get(_ path: String) async throws -> TestSite.Answer {
    try await site.send(.get, path, as: nil, body: nil, headers: cookie)
  }

  func post(_ path: String, _ fields: [String: String] = [:]) async throws -> TestSite.Answer {
    let fields = fields.merging(["csrf": SessionCookie.csrf(visit)]) { $1 }
    return try await site.send(.post, path, as: nil, body: TestSite.encoded(fields), headers: cookie)
  }
}

@Suite(.serialized) struct `The pages of referrals` {
  private static func typed(_ ground: ReferralRoom.Ground, once: String) -> [String: String] {
    [
      "once": once, "service": ground.service.text, "action": ground.action.text, "urgency": "later",
      "channel": "email",
      "language": "fr", "ground": "agreed", "ground-words": "Today, by word", "sections": "name",
      "ask": "<A course>",
    ]
  }

  @Test(arguments: TestDatabase.engines)
  func `lead from the case to a service, show what it will see, and send once`(engine: Database.Engine)
    async throws
  {
    try await ReferralRoom.with(engine) { room, ground in
      try await room.serve { site in
        let path = "/referrals/of/\(ground.file)"
        #expect(try await site.get("/cases/\(ground.file)", as: Staff.amel).text.contains("href=\"\(path)\""))
        #expect(try await site.get(path, as: Staff.amel).text.contains("\(path)/new"))
        let what = try await site.get("\(path)/new", as: Staff.amel).text
        #expect(what.contains("A training in sewing") && !what.contains("Atelier"))
        let whom = try await site.get("\(path)/new?action=\(ground.action)", as: Staff.amel).text
        #expect(whom.contains("Atelier") && whom.contains("service=\(ground.service)"))
        let form = try await site.get(
          "\(path)/new?action=\(ground.action)&service=\(ground.service)", as: Staff.amel
        ).text
        #expect(form.contains("A training in sewing") && form.contains("name=\"ground-words\""))
        let once = "\(RecordID<Never>())"
        let typed = Self.typed(ground, once: once)
        let shown = try await site.post(path, typed.merging(["show": "yes"]) { $1 }, as: Staff.amel)
        #expect(
          shown.status == .ok && shown.text.contains("id=\"preview\"")
            && shown.text.contains("&lt;A course&gt;"))
        #expect(shown.text.contains("Salma Ben Othman") && !shown.text.contains("20123456"))
        #expect(try await room.acts(ground).isEmpty)
        let empty = try await site.post(path, ["service": ground.service.text], as: Staff.amel)
        #expect(empty.status == .unprocessableContent)
        for field in ["ask", "ground", "urgency", "channel", "language"] {
          #expect(empty.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        for _ in 0..<2 {
          #expect(try await site.post(path, typed, as: Staff.amel).location == "/referrals/\(once)")
        }
        let page = try await site.get("/referrals/\(once)", as: Staff.amel).text
        for words in [
          "sent, no answer yet", "The service answers.", "&lt;A course&gt;", "/link\"", "/lapse\"",
        ] {
          #expect(page.contains(words), "\(words)")
        }
        #expect(!page.contains("/answers/"))
        for list in ["/referrals?show=waiting", "/referrals?show=all", "/referrals/figures"] {
          let text = try await site.get(list, as: Staff.amel).text
          #expect(text.contains("Atelier") || text.contains("Main tendue"), "\(list)")
        }
        #expect(try await site.get("/referrals/\(once)", as: Staff.emna).status == .notFound)
        #expect(
          try await site.post("/referrals/\(once)/lapse", ["lapse-why": "x"], as: Staff.emna).status
            == .notFound)
        #expect(try await site.get("\(path)/new", as: Staff.dorra).status == .forbidden)
        let paper = try await site.post("/referrals/\(once)/paper", as: Staff.amel).text
        #expect(paper.contains("https://t.example/answers/"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `let a service answer without an account, in one browser`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let token = try await room.token()
      try await room.serve { site in
        let path = "/answers/\(token)"
        let first = try await site.send(.get, path, as: nil, body: nil)
        #expect(first.headers[.setCookie]?.hasPrefix("visit=") == true && !first.text.contains("Salma"))
        let mine = Outside(site)
        #expect(try await !mine.get(path).text.contains("Salma"))
        #expect(try await mine.post("\(path)/open").location == path)
        let page = try await mine.get(path).text
        #expect(page.contains("Salma Ben Othman") && page.contains("A place in the course"))
        // Forwarded: another browser sees nothing, and can do nothing.
        let other = Outside(site)
        for answer in [
          try await other.get(path), try await other.post("\(path)/open"),
          try await other.post("\(path)/accept", ["accepted-on": "2026-03-20", "contact": "x"]),
        ] {
          #expect(answer.status == .gone && answer.text.contains("opened in another browser"))
          #expect(!answer.text.contains("Salma") && !answer.text.contains("course"))
        }
        let wrong = try await mine.post("\(path)/accept", ["accepted-on": "2020-01-01"])
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("Write whom she asks for"))
        for _ in 0..<2 {
          let done = try await mine.post("\(path)/accept", ["accepted-on": "2026-03-20", "contact": "Leïla"])
          #expect(done.location == path)
        }
        #expect(try await mine.post("\(path)/take-on").location == path)
        #expect(
          try await mine.post("\(path)/report", ["outcome": "partly", "report": "Half"]).location == path)
        #expect(try await mine.get(path).text.contains("There is nothing more for you to do"))
        let late = try await mine.post("\(path)/decline", ["why": "full"])
        #expect(late.status == .conflict && !late.text.contains("Salma"))
      }
      #expect(try await room.stage(id).stage == .reported)
      #expect(try await room.acts(ground).filter { $0 == "referral.accept" }.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `show nothing behind a link that is old, altered or replaced, and send a new one to the known address`(
    engine: Database.Engine
  ) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground)
      let token = try await room.token()
      try await room.serve { site in
        let mine = Outside(site)
        let altered = String(token.dropLast()) + (token.hasSuffix("0") ? "1" : "0")
        let shifted = String(token.reversed())
        for bad in [altered, shifted, "x", "\(RecordID<Never>())", token.uppercased()] {
          let answer = try await mine.get("/answers/\(bad)")
          #expect(answer.status == .notFound && answer.text.contains("not one of ours"), "\(bad)")
          #expect(!answer.text.contains("renewal"))
        }
        room.clock.advance(days: 9)
        let old = try await mine.get("/answers/\(token)")
        #expect(
          old.status == .gone && old.text.contains("older than eight days") && !old.text.contains("Salma"))
        #expect(try await mine.post("/answers/\(token)/open").status == .gone)
        #expect(try await mine.post("/answers/\(token)/renewal").status == .ok)
        let new = try await room.token()
        #expect(new != token)
        #expect(try await mine.get("/answers/\(token)").text.contains("a newer one was sent"))
        #expect(try await mine.post("/answers/\(new)/open").status == .seeOther)
        for _ in 0..<2 { #expect(try await mine.post("/answers/\(token)/renewal").status == .ok) }
        #expect(try await mine.post("/answers/\(token)/renewal").status == .tooManyRequests)
        for _ in 0..<2 {
          #expect(try await site.post("/referrals/\(id)/link-revocation", as: Staff.amel).status == .seeOther)
        }
        let last = try await room.token()
        #expect(try await mine.get("/answers/\(last)").status == .gone)
        // What staff took back, nobody outside gets again.
        room.clock.advance(days: 2)
        #expect(try await mine.post("/answers/\(last)/renewal").status == .gone)
      }
      let noted = try await room.database.read { db in
        try db.value("SELECT COUNT(*) FROM journal_entry WHERE act = 'referral.bad-link'", as: Int.self)
      }
      #expect((noted ?? 0) >= 8)
      #expect(room.post.mails.withLockedValue { $0.allSatisfy { $0.to == "ong@example.org" } })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are not found by ten thousand guesses`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      try await room.send(ground)
      let token = try await room.token()
      let id = token.split(separator: "-")[0]
      try await room.serve { site in
        let mine = Outside(site)
        var (missing, waiting) = (0, 0)
        for number in 0..<10_000 {
          // Half of them know the id of the link and guess its signature.
          let guess = number % 2 == 0 ? "\(RecordID<Never>())" : "\(id)"
          let hex = String(UInt64.random(in: 0..<UInt64.max), radix: 16)
          let answer = try await mine.get("/answers/\(guess)-\(hex)\(hex)")
          switch answer.status {
          case .notFound: missing += 1
          case .tooManyRequests: waiting += 1
          default: Issue.record("\(answer.status)")
          }
          if answer.text.contains("Salma") { Issue.record("shown") }
        }
        #expect(missing <= 20 && waiting == 10_000 - missing)
        // Whoever has the link is let in all the same.
        #expect(try await mine.post("/answers/\(token)/open").status == .seeOther)
        #expect(try await mine.get("/answers/\(token)").text.contains("Salma"))
      }
      let noted = try await room.database.read { db in
        try db.value("SELECT COUNT(*) FROM journal_entry WHERE act = 'referral.bad-link'", as: Int.self)
      }
      #expect((noted ?? 0) <= 20 && (noted ?? 0) > 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `take what was heard on the phone, and set the clocks`(engine: Database.Engine) async throws {
    try await ReferralRoom.with(engine) { room, ground in
      let id = try await room.send(ground, room.draft(ground, channel: .print))
      try await room.serve { site in
        let path = "/referrals/\(id)"
        let wrong = try await site.post("\(path)/note/decline", [:], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("Choose why."))
        for _ in 0..<2 {
          let done = try await site.post("\(path)/note/decline", ["why": "conditions"], as: Staff.amel)
          #expect(done.status == .seeOther)
        }
        #expect(try await site.post("\(path)/note/settle", as: Staff.amel).status == .notFound)
        let without = try await site.post("\(path)/settlement", [:], as: Staff.amel)
        #expect(without.status == .unprocessableContent)
        for _ in 0..<2 {
          #expect(
            try await site.post("\(path)/settlement", ["effect": "back"], as: Staff.amel).status == .seeOther)
        }
        #expect(try await site.get(path, as: Staff.amel).text.contains("The action is to do again"))
        let terms = ["kind": "ngo", "answer": "٥", "outcome": "40", "step": "2", "head": "4", "centre": "8"]
        #expect(try await site.post("/referrals/terms", terms, as: Staff.amel).status == .forbidden)
        #expect(
          try await site.post("/referrals/terms", ["kind": "ngo"], as: Staff.fathi).status
            == .unprocessableContent)
        #expect(try await site.post("/referrals/terms", terms, as: Staff.fathi).status == .seeOther)
        #expect(try await site.get("/referrals/terms", as: Staff.fathi).text.contains(">40<"))
      }
      #expect(try await room.action(ground)?.state == .toDo)
    }
  }
}
