import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Visits

@Suite struct `Visits on the page of their case` {
  @Test(arguments: TestDatabase.engines)
  func `are planned, reported and shown by their forms alone`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      try await room.agree(id)
      try await room.serve { site in
        let visit = RecordID<Visit>()
        let form = ["planned-on": "12/03/2026", "once": visit.text]
        for _ in 0..<2 {
          #expect(
            try await site.post("/visits/\(id)", form, as: Staff.amel).location == "/cases/\(id)#visits")
        }
        let report = ["activity": "in-difficulty", "seen": "Flour is <dear>", "next-step": "Ask the lender"]
        let other = report.merging(["seen": "Sugar is dear"]) { $1 }
        for (typed, status) in [
          (report, HTTPResponse.Status.seeOther), (report, .seeOther), (other, .conflict),
        ] {
          #expect(
            try await site.post("/visits/\(id)/\(visit)/report", typed, as: Staff.amel).status == status)
        }
        #expect(try await site.post("/visits/\(id)/\(visit)/missing", as: Staff.amel).status == .conflict)
        let page = try await site.get("/cases/\(id)", as: Staff.amel).text
        for text in ["Flour is &lt;dear&gt;", "Ask the lender", "In difficulty", "Recorded a visit"] {
          #expect(page.contains(text), "\(text)")
        }
      }
      #expect(try await room.visits(id).count == 1)
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
        ]
        for (path, typed, field, kept) in forms {
          let answer = try await site.post("/visits/\(id)\(path)", typed, as: Staff.amel)
          #expect(answer.status == .unprocessableContent)
          let mark = path.isEmpty ? "" : "-\(visit)"
          #expect(answer.text.contains("href=\"#f-\(field)\(mark)\""), "\(field)")
          #expect(answer.text.contains(kept), "\(field)")
        }
        let refused = try await site.post("/visits/\(id)", ["planned-on": "2026-03-20"], as: Staff.dorra)
        #expect(refused.status == .forbidden && refused.text.contains("record visits"))
        #expect(try await site.post("/visits/\(id)", [:], as: Staff.emna).status == .notFound)
      }
      #expect(try await room.visits(id).map(\.state) == [.planned])
    }
  }
}
