import Basics
import Cases
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Committees

@Suite struct `The pages of committees` {
  @Test(arguments: TestDatabase.engines)
  func `lead from a request by hand to the decision`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let file = try await room.receive()
      try await room.serve { site in
        let path = "/committees/of/\(file)"
        let empty = try await site.post(path, as: Staff.amel)
        #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#f-purpose\""))
        for wrong in ["1.500", "-5", "1e9", "99999999999", "0", "12,3456", "un"] {
          let answer = try await site.post(
            path, ["purpose": "housing", "amount": wrong, "summary": "A roof"], as: Staff.amel)
          #expect(answer.status == .unprocessableContent && answer.text.contains("#f-amount"), "\(wrong)")
        }
        let item = RecordID<CommitteeItem>()
        let form = [
          "once": item.text, "purpose": "housing", "amount": "٣ ٢٠٠٫٥", "currency": "TND",
          "summary": "A <roof>",
        ]
        for _ in 1...2 {
          #expect(try await site.post(path, form, as: Staff.amel).location == path)
        }
        let other = try await site.post(path, form.merging(["amount": "9"]) { $1 }, as: Staff.amel)
        #expect(other.status == .unprocessableContent)
        let shown = try await site.get(path, as: Staff.amel).text
        #expect(shown.contains("3\u{202F}200.500") && shown.contains("A &lt;roof&gt;"))
        #expect(try await site.get(path, as: Staff.emna).status == .notFound)

        let session = RecordID<CommitteeSession>()
        let bad = try await site.post("/committees", ["quorum": "1", "day": "x"], as: Staff.fathi)
        #expect(bad.status == .unprocessableContent && bad.text.contains("#f-quorum"))
        let convened = try await site.post(
          "/committees",
          ["once": session.text, "day": room.today.description, "place": "Tunis", "quorum": "2"],
          as: Staff.fathi)
        let here = "/committees/\(session)"
        #expect(convened.location == here)
        for (actor, role) in [(Staff.chokri, "chair"), (Staff.bilel, "member")] {
          _ = try await site.post(
            "\(here)/members", ["account": actor.id.text, "role": role], as: Staff.fathi)
        }
        _ = try await site.post("\(here)/agenda", ["item": item.text], as: Staff.fathi)
        _ = try await site.send(
          .post, "\(here)/presence", as: Staff.chokri,
          body:
            "csrf=\(TestSite.csrf(of: Staff.chokri))&present=\(Staff.chokri.id)&present=\(Staff.bilel.id)")
        let there = "\(here)/items/\(item)"
        let points = ["points-need": "7", "points-household": "5", "points-means": "6", "points-effect": "8"]
        let wrong = try await site.post(
          "\(there)/score", points.merging(["points-need": "11"]) { $1 }, as: Staff.chokri)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("#f-points-need"))
        for actor in [Staff.chokri, Staff.bilel] {
          #expect(try await site.post("\(there)/score", points, as: actor).location == there)
          #expect(try await site.post("\(there)/vote", ["vote": "conditions"], as: actor).location == there)
        }
        let bare = try await site.post("\(there)/decision", ["outcome": "conditions"], as: Staff.chokri)
        #expect(bare.status == .unprocessableContent && bare.text.contains("#f-conditions"))
        let decision = ["outcome": "conditions", "amount": "2500", "conditions": "A quote first"]
        for _ in 1...2 {
          #expect(try await site.post("\(there)/decision", decision, as: Staff.chokri).location == there)
        }
        #expect(try await site.post("\(here)/closing", as: Staff.chokri).location == here)
        #expect(try await site.post("\(here)/confirmation", as: Staff.bilel).location == here)
        let told = try await site.get(path, as: Staff.amel).text
        #expect(told.contains("granted with conditions") && told.contains("notice.pdf"))
        #expect(told.contains("2\u{202F}500.000"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `rank under the money there is`(engine: Database.Engine) async throws {
    let pot = MoneyPot(id: "a", name: "Bailleur A · Aides", left: Money(5_000_000, .tnd))
    let money: MoneyBehind = { items, _ in
      Dictionary(uniqueKeysWithValues: items.map { ($0.id, PotShare(pot: pot, cost: $0.amount)) })
    }
    try await CommitteeRoom.with(engine, money: money) { room in
      let items = [try await room.submit(3_000_000), try await room.submit(3_000_000)]
      let session = try await room.convene(items)
      for item in items {
        try await room.committees.score(CommitteeRoom.points, on: item, in: session, by: Staff.chokri)
      }
      try await room.serve { site in
        let page = try await site.get("/committees/\(session)/ranking", as: Staff.chokri).text
        #expect(page.contains("the money ends before it") && page.contains("there is money for it"))
        #expect(page.contains("Bailleur A · Aides"))
        #expect(page.contains("65.0%"))
        let waiting = try await site.get("/committees/\(session)/ranking", as: Staff.bilel).text
        #expect(waiting.contains("You have still to score 2 files") && !waiting.contains("65.0%"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tell on the home page what is to be scored`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let session = try await room.convene([try await room.submit(), try await room.submit()])
      let coming = try await room.committees.coming(for: Staff.bilel)
      #expect(coming.map(\.session.id) == [session] && coming.map(\.toScore) == [2])
      let none = try await room.committees.coming(for: Staff.amel)
      #expect(none.isEmpty)
      try await room.committees.cancel(session, by: Staff.fathi)
      let after = try await room.committees.coming(for: Staff.bilel)
      let waiting = try await room.committees.waiting(at: nil, after: nil, for: Staff.fathi)
      #expect(after.isEmpty && waiting.items.count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `prepare a session on pages of their own`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([])
      try await room.serve { site in
        let here = "/committees/\(session)"
        let waiting = try await site.get("\(here)/agenda", as: Staff.fathi).text
        #expect(waiting.contains("value=\"\(item)\""))
        let none = try await site.post("\(here)/agenda", as: Staff.fathi)
        #expect(none.status == .unprocessableContent && none.text.contains("value=\"\(item)\""))
        #expect(try await site.get("\(here)/members", as: Staff.fathi).text.contains("name=\"role\""))
        let led = try await site.get("\(here)/members", as: Staff.chokri).text
        #expect(led.contains("name=\"removed\"") && !led.contains("name=\"role\""))
        for path in ["agenda", "edit"] {
          #expect(try await site.get("\(here)/\(path)", as: Staff.chokri).status == .forbidden)
        }
        let bad = try await site.post("\(here)/edit", ["day": "x", "quorum": "2"], as: Staff.fathi)
        #expect(bad.status == .unprocessableContent && bad.text.contains("#f-day"))
        try await room.committees.cancel(session, by: Staff.fathi)
        for path in ["agenda", "members", "edit"] {
          #expect(try await site.get("\(here)/\(path)", as: Staff.fathi).location == here)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `change a session until somebody votes in it`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let session = try await room.convene([item])
      let before = try await room.open(session).session.terms
      let later = SessionTerms(day: room.today + 7, place: "Sfax", quorum: 2, money: Money(9_000, .tnd))
      for _ in 1...2 {
        try await room.committees.change(session, to: later, seen: before.mark, by: Staff.fathi)
      }
      let moved = try await room.open(session)
      #expect(moved.session.terms == later && moved.members.allSatisfy { !$0.isPresent })
      let coming = try await room.committees.coming(for: Staff.bilel)
      #expect(coming.map(\.session.day) == [later.day])
      await #expect(
        throws: Refusal.conflict(say("Somebody else changed this session meanwhile. Look at it again."))
      ) {
        try await room.committees.change(session, to: before, seen: before.mark, by: Staff.fathi)
      }
      await #expect(throws: Refusal.notAllowed(.holdCommittees)) {
        try await room.committees.change(session, to: before, seen: later.mark, by: Staff.chokri)
      }
      try await room.committees.change(session, to: before, seen: later.mark, by: Staff.fathi)
      let all = [Staff.chokri, Staff.bilel, Staff.emna, Staff.ghazi]
      try await room.committees.setPresent(all.map(\.id), in: session, by: Staff.chokri)
      try await room.vote(.granted, on: item, in: session, by: [Staff.chokri])
      await #expect(
        throws: Refusal.conflict(say("Members have voted: the session stays as it is."))
      ) {
        try await room.committees.change(session, to: later, seen: before.mark, by: Staff.fathi)
      }
      let acts = try await room.database.read { db in
        try db.rows("SELECT id FROM journal_entry WHERE act = 'committee.change'") { try $0[0] as String }
      }
      #expect(acts.count == 2)
    }
  }

  /// One grid from the first day on, and a second from a week after today.
  private static func grids(second: Day) throws -> CommitteeGrids {
    func grid(_ version: String, _ from: String) -> String {
      let tracks = CommitteeItem.Track.allCases.map {
        """
              \($0.rawValue):
                - code: need
                  most: 10
                  name: { fr: Besoin, ar: حاجة, en: Need }
        """
      }
      return """
          - version: "\(version)"
            from: \(from)
            source: own-proposal
            tracks:
        \(tracks.joined(separator: "\n"))
        """
    }
    return try CommitteeGrids(
      yaml: "grids:\n\(grid("one", "2020-01-01"))\n\(grid("two", second.description))")
  }

  @Test(arguments: TestDatabase.engines)
  func `keep the grid of the day, and no other once a file is scored`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { first in
      let today = first.today
      let grids = try Self.grids(second: today + 7)
      let room = CommitteeRoom(first.database, clock: first.clock, grids: grids)
      let item = try await room.submit()
      let session = try await room.convene([item])
      func terms(_ day: Day, _ place: String) -> SessionTerms {
        SessionTerms(day: day, place: place, quorum: 3, money: nil)
      }
      func change(_ to: SessionTerms, in room: CommitteeRoom = room) async throws -> String {
        let seen = try await room.open(session).session.terms.mark
        try await room.committees.change(session, to: to, seen: seen, by: Staff.fathi)
        return try await room.open(session).session.grid
      }
      #expect(try await change(terms(today + 7, "Tunis")) == "two")
      #expect(try await change(terms(today, "Tunis")) == "one")
      // A grid that was loaded since for the same day is not that of this session.
      let newer = CommitteeRoom(
        room.database, clock: room.clock, grids: try Self.grids(second: today))
      #expect(try await change(terms(today, "Sfax"), in: newer) == "one")
      try await room.committees.score(
        ScorePoints(["need": 7]), on: item, in: session, by: Staff.chokri)
      #expect(try await change(terms(today + 1, "Sfax")) == "one")
      await #expect(
        throws: Refusal.conflict(say("Files were scored by a grid that is not in force on this day."))
      ) { try await change(terms(today + 8, "Sfax")) }
    }
  }
}
