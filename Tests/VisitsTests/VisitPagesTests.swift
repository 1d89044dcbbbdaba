import Basics
import Cases
import Foundation
import HTTPTypes
import Plans
import Storage
import TestSupport
import Testing

@testable import Visits

@Suite struct `Visits on their pages` {
  @Test(arguments: TestDatabase.engines)
  func `are planned, moved, reported and shown by their forms alone`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id)
      try await room.serve { site in
        let visit = RecordID<Visit>()
        let onCase = "/cases/\(id)#visits"
        let form = ["planned-on": "12/03/2026", "once": visit.text]
        for _ in 0..<2 {
          #expect(try await site.post("/visits/\(id)", form, as: Staff.amel).location == onCase)
        }
        let move = [
          "moved-to": "2026-03-15", "why-moved": "other", "why-moved-told": "Snow <3",
          "once": "\(RecordID<Visit.Move>())",
        ]
        for _ in 0..<2 {
          #expect(
            try await site.post("/visits/\(id)/\(visit)/move", move, as: Staff.amel).location == onCase)
        }
        var page = try await site.get("/cases/\(id)", as: Staff.amel).text
        for text in [
          "put on another day once", "12\u{A0}March\u{A0}2026", "Snow &lt;3", "Put a visit on another day",
        ] {
          #expect(page.contains(text), "\(text)")
        }
        let report = ["activity": "in-difficulty", "seen": "Flour is <dear>", "next-step": "Ask the lender"]
        let other = report.merging(["seen": "Sugar is dear"]) { $1 }
        for (typed, status) in [
          (report, HTTPResponse.Status.seeOther), (report, .seeOther), (other, .conflict),
        ] {
          #expect(
            try await site.post("/visits/\(id)/\(visit)/report", typed, as: Staff.amel).status == status)
        }
        let missed = ["why-missed": "away"]
        #expect(
          try await site.post("/visits/\(id)/\(visit)/missing", missed, as: Staff.amel).status == .conflict)
        page = try await site.get("/cases/\(id)", as: Staff.amel).text
        for text in ["Flour is &lt;dear&gt;", "Ask the lender", "In difficulty", "Recorded a visit"] {
          #expect(page.contains(text), "\(text)")
        }
        page = try await site.get("/visits/\(id)/\(visit)", as: Staff.amel).text
        for text in ["Flour is &lt;dear&gt;", "not asked", "Correct the report", "Snow &lt;3"] {
          #expect(page.contains(text), "\(text)")
        }
        #expect(
          !(try await site.get("/visits/\(id)/\(visit)", as: Staff.chokri).text.contains("Correct the report"))
        )
        #expect(try await site.get("/visits/\(id)", as: Staff.amel).text.contains("In difficulty"))
      }
      #expect(try await room.visits(id).count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the schedule is proposed and planned with one button`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id, on: .project)
      try await room.serve { site in
        let proposal = "The schedule asks for these visits:"
        #expect(try await site.get("/cases/\(id)", as: Staff.amel).text.contains(proposal))
        // Whoever may not plan is not asked to.
        #expect(!(try await site.get("/cases/\(id)", as: Staff.fathi).text.contains(proposal)))
        for _ in 0..<2 {
          #expect(try await site.post("/visits/\(id)/schedule", as: Staff.amel).status == .seeOther)
        }
        let page = try await site.get("/cases/\(id)", as: Staff.amel).text
        #expect(!page.contains(proposal))
        #expect(page.contains("after 24 months") && page.contains("after a month"))
        let wrong = ["started-on": "one <day>"]
        let answer = try await site.post("/visits/\(id)/schedule", wrong, as: Staff.amel)
        #expect(answer.status == .unprocessableContent && answer.text.contains("value=\"one &lt;day&gt;\""))
        let day = ["started-on": "2026-03-02"]
        #expect(try await site.post("/visits/\(id)/schedule", day, as: Staff.amel).status == .seeOther)
      }
      #expect(try await room.visits(id).first?.plannedOn.description == "2026-04-02")
    }
  }

  @Test func `a form filled wrongly comes back with its fault named and everything kept`() async throws {
    try await VisitRoom.with(.sqlite) { room, id in
      let visit = try await room.plan(id, in: 0)
      try await room.serve { site in
        let forms: [(String, [String: String], String, String)] = [
          ("", ["planned-on": "one <day>"], "planned-on", "value=\"one &lt;day&gt;\""),
          ("/\(visit)/report", ["seen": "Flour & salt"], "activity", "Flour &amp; salt</textarea>"),
          (
            "/\(visit)/report", ["activity": "stopped", "seen": "", "next-step": "Wait"], "seen",
            "Wait</textarea>"
          ),
          (
            "/\(visit)/report", ["activity": "stopped", "seen": "x", "made-on": "2099-01-01"], "made-on",
            "value=\"2099-01-01\""
          ),
          ("/\(visit)/move", ["moved-to": "soon"], "why-moved", "value=\"soon\""),
          ("/\(visit)/missing", ["again-on": "never"], "why-missed", "value=\"never\""),
        ]
        for (path, typed, field, kept) in forms {
          let answer = try await site.post("/visits/\(id)\(path)", typed, as: Staff.amel)
          #expect(answer.status == .unprocessableContent)
          #expect(answer.text.contains("href=\"#f-\(field)\""), "\(field)")
          #expect(answer.text.contains(kept), "\(field)")
        }
        for path in [
          "", "/schedule", "/\(visit)/report", "/\(visit)/move", "/\(visit)/missing", "/\(visit)/correction",
        ] {
          let refused = try await site.post("/visits/\(id)\(path)", [:], as: Staff.dorra)
          #expect(refused.status == .forbidden && refused.text.contains("record visits"))
        }
        #expect(try await site.post("/visits/\(id)", [:], as: Staff.emna).status == .notFound)
        #expect(try await site.get("/visits/\(id)/\(visit)", as: Staff.emna).status == .notFound)
        #expect(try await site.get("/visits/\(id)/\(RecordID<Visit>())", as: Staff.amel).status == .notFound)
      }
      #expect(try await room.visits(id).map(\.state) == [.planned])
    }
  }

  @Test func `a correction in two windows shows both values, and goes on from the newest`() async throws {
    try await VisitRoom.with(.sqlite) { room, id in
      let visit = try await room.plan(id, in: 0)
      try await room.visits.report(visit, room.report("First"), in: id, by: Staff.amel)
      try await room.serve { site in
        let path = "/visits/\(id)/\(visit)/correction"
        let typed = [
          "activity": "going-on", "seen": "Second", "next-step": "Come back in May", "version": "2",
        ]
        #expect(try await site.post(path, typed, as: Staff.amel).status == .seeOther)
        let other = typed.merging(["seen": "Third"]) { $1 }
        let answer = try await site.post(path, other, as: Staff.amel)
        #expect(answer.status == .conflict)
        for text in ["Second", "Third", "First"] { #expect(answer.text.contains(text)) }
        #expect(answer.text.contains("name=\"version\" value=\"3\""))
        let again = other.merging(["version": "3"]) { $1 }
        #expect(try await site.post(path, again, as: Staff.amel).status == .seeOther)
      }
      #expect(try await room.visits(id).first?.report?.seen == "Third")
    }
  }

  @Test func `the page of a case stays light, however much was seen`() async throws {
    try await VisitRoom.with(.sqlite) { room, id in
      try await room.agree(id, on: .project)
      try await room.visits.planSchedule(in: id, by: Staff.amel)
      for _ in 0..<30 {
        var report = room.report(String(repeating: "الفرن ساخن ", count: 450))
        report.nextStep = String(repeating: "نرجع ", count: 190)
        try await room.visits.report(try await room.plan(id, in: 0), report, in: id, by: Staff.amel)
      }
      try await room.serve { site in
        for path in ["/cases/\(id)", "/visits/\(id)"] {
          let page = try await site.get(path, as: Staff.amel)
          #expect(page.text.utf8.count < 50_000, "\(path): \(page.text.utf8.count)")
        }
        #expect(try await site.get("/cases/\(id)", as: Staff.amel).text.contains("All visits"))
      }
    }
  }

  @Test func `numbers are set by those who may, and shown to all`() async throws {
    try await VisitRoom.with(.sqlite) { room, _ in
      try await room.serve { site in
        #expect(try await site.get("/visits/terms", as: Staff.amel).text.contains("1 · 3 · 6 · 12 · 24"))
        #expect(try await site.post("/visits/terms", [:], as: Staff.amel).status == .forbidden)
        let wrong = ["term": "social", "numbers": "3, 1", "from": "2026-04-01"]
        let answer = try await site.post("/visits/terms", wrong, as: Staff.hela)
        #expect(answer.status == .unprocessableContent && answer.text.contains("value=\"3, 1\""))
        let right = wrong.merging(["numbers": "2, 4"]) { $1 }
        for _ in 0..<2 {
          #expect(try await site.post("/visits/terms", right, as: Staff.hela).status == .seeOther)
        }
        #expect(try await site.get("/visits/terms", as: Staff.hela).text.contains("2 · 4"))
      }
    }
  }

  @Test func `files are drawn and looked at on their pages`() async throws {
    try await VisitRoom.with(.sqlite) { room, id in
      try await room.visits.report(try await room.plan(id, in: 0), room.report(), in: id, by: Staff.amel)
      room.clock.advance(days: 31)
      try await room.serve { site in
        #expect(try await site.get("/visits/draws", as: Staff.amel).status == .forbidden)
        #expect(try await site.post("/visits/draws", [:], as: Staff.amel).status == .forbidden)
        let none = ["month": "2025-12-01", "count": "5"]
        #expect(try await site.post("/visits/draws", none, as: Staff.chokri).status == .conflict)
        let wrong = try await site.post(
          "/visits/draws", ["month": "2026-03-01", "count": "99"], as: Staff.chokri)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"99\""))
        let drawn = try await site.post(
          "/visits/draws", ["month": "2026-03-01", "count": "5"], as: Staff.chokri)
        let place = try #require(drawn.location)
        var page = try await site.get(place, as: Staff.chokri).text
        #expect(page.contains("Ben Othman") && page.contains("drawn again now, it gives the same files"))
        let action = try #require(
          page.firstMatch(of: /action="(\/visits\/draws\/[a-z0-9]{26}\/[a-z0-9]{26})"/))
        let path = String(action.1)
        let empty = try await site.post(path, ["outcome": "differs", "version": "1"], as: Staff.chokri)
        #expect(empty.status == .unprocessableContent && empty.text.contains("Write what differs."))
        let result = ["outcome": "differs", "differs": "No <oven>", "version": "1"]
        for _ in 0..<2 {
          #expect(try await site.post(path, result, as: Staff.chokri).location == place)
        }
        page = try await site.get(place, as: Staff.chokri).text
        #expect(page.contains("No &lt;oven&gt;") && page.contains("Differs from the report"))
        let list = try await site.get("/visits/draws", as: Staff.chokri).text
        #expect(list.contains(place) && list.contains("March\u{A0}2026"))
      }
    }
  }
}
