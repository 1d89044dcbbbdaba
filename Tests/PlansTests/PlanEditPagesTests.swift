import Basics
import Cases
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Plans

@Suite struct `The pages of a plan` {
  @Test(arguments: TestDatabase.engines)
  func `correct, pay for, agree again and compare by their forms alone`(engine: Database.Engine) async throws
  {
    try await PlanRoom.with(engine) { room, id in
      let action = try await room.addAction(id)
      try await room.agree(id)
      let goal = try #require(try await room.plan(id).goals.first).id
      try await room.serve { site in
        let line = RecordID<Plan.BudgetLine>()
        let form = [
          "amount": "1 250,5", "currency": "TND", "payer": "OFII <fund>", "way": "in-kind", "once": line.text,
        ]
        for _ in 0..<2 {
          let added = try await site.post("/plans/\(id)/actions/\(action)/budget", form, as: Staff.amel)
          #expect(added.location == "/plans/\(id)/actions/\(action)")
        }
        let shown = try await site.get("/plans/\(id)/actions/\(action)", as: Staff.amel).text
        #expect(shown.contains("1\u{202F}250.500\u{A0}DT") && shown.contains("OFII &lt;fund&gt;"))
        let stored = try await site.get("/plans/\(id)/budget/\(line)", as: Staff.amel).text
        #expect(stored.contains("value=\"1250,500\""))
        let corrected = try await site.post(
          "/plans/\(id)/goals/\(goal)/correction",
          ["track": "social", "goal": "A home", "version": "1"], as: Staff.amel)
        #expect(corrected.location == "/cases/\(id)#plan")
        let page = try await site.get("/cases/\(id)", as: Staff.amel).text
        for text in ["revised, not agreed again yet", "Budget in all:", "A home", "Agree the plan again"] {
          #expect(page.contains(text), "\(text)")
        }
        let versions = try await site.get("/cases/\(id)/plan/versions", as: Staff.amel).text
        for text in [
          "What changed since version 1", "A bakery of my own", "A home", "OFII &lt;fund&gt;", "Version 1",
        ] { #expect(versions.contains(text), "\(text)") }
        #expect(
          try await site.get("/cases/\(id)/plan/versions?from=0&to=7", as: Staff.amel).status == .notFound)
        let struck = try await site.post("/plans/\(id)/budget/\(line)/striking", as: Staff.amel)
        #expect(struck.status == .seeOther)
        #expect(try await site.get("/plans/\(id)/budget/\(line)", as: Staff.amel).status == .notFound)
      }
    }
  }

  @Test func `corrected in two windows, both values are shown and nothing is written`() async throws {
    try await PlanRoom.with(.sqlite) { room, id in
      let action = try await room.addAction(id)
      let line = PlanRoom.line()
      try await room.plans.add(line, under: action, of: id, by: Staff.amel)
      try await room.serve { site in
        func send(_ amount: String, _ version: String) async throws -> TestSite.Answer {
          try await site.post(
            "/plans/\(id)/budget/\(line.id)/correction",
            ["amount": amount, "currency": "TND", "payer": "OFII", "way": "cash", "version": version],
            as: Staff.amel)
        }
        #expect(try await send("2000", "1").status == .seeOther)
        let asked = try await send("3000", "1")
        #expect(asked.status == .conflict)
        #expect(asked.text.contains("2\u{202F}000.000") && asked.text.contains("value=\"3000,000\""))
        #expect(asked.text.contains("name=\"version\" value=\"2\""))
        #expect(try await send("3000", "2").status == .seeOther)
      }
      #expect(try await room.plan(id).totals.all == [Money(3_000_000, .tnd)])
    }
  }

  @Test func `who lacks the duty is told which; who may not see the case finds nothing`() async throws {
    try await PlanRoom.with(.sqlite) { room, id in
      let action = try await room.addAction(id)
      try await room.agree(id)
      let goal = try #require(try await room.plan(id).goals.first).id
      try await room.serve { site in
        for path in ["goals/\(goal)", "actions/\(action)"] {
          let refused = try await site.get("/plans/\(id)/\(path)", as: Staff.dorra)
          #expect(refused.status == .forbidden && refused.text.contains("agree plans"))
          #expect(try await site.get("/plans/\(id)/\(path)", as: Staff.emna).status == .notFound)
        }
        #expect(try await site.get("/cases/\(id)/plan/versions", as: Staff.emna).status == .notFound)
        let scan = "/plans/\(id)/versions/1/scan"
        #expect(try await site.post(scan, ["scan": "x"], as: Staff.dorra).status == .forbidden)
        #expect(try await site.post(scan, ["scan": ""], as: Staff.amel).status == .unprocessableContent)
        #expect(try await site.post(scan, ["scan": ""], as: Staff.emna).status == .notFound)
      }
    }
  }
}
