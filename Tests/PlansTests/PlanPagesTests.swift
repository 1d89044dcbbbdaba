import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Plans

@Suite struct `The plan on the page of its case` {
  @Test(arguments: TestDatabase.engines)
  func `is written, agreed and followed by its forms alone`(engine: Database.Engine) async throws {
    try await PlanRoom.with(engine) { room, id in
      try await room.serve { site in
        let goal = RecordID<Plan.Goal>()
        let form = ["track": "project", "goal": "A bakery <of my own>", "once": goal.text]
        for _ in 0..<2 {
          #expect(
            try await site.post("/plans/\(id)/goals", form, as: Staff.amel).location == "/cases/\(id)#plan")
        }
        let action = RecordID<Plan.Action>()
        _ = try await site.post(
          "/plans/\(id)/actions",
          [
            "goal-of-action": goal.text, "action": "Oven", "who": "Salma", "by": "01/04/2026",
            "once": action.text,
          ],
          as: Staff.amel)
        for (name, status) in [("Amel", HTTPResponse.Status.seeOther), ("Amel", .seeOther), ("B", .conflict)]
        {
          let agreed = try await site.post("/plans/\(id)/agreement", ["signed-by": name], as: Staff.amel)
          #expect(agreed.status == status)
        }
        for (step, status) in [
          ("start", HTTPResponse.Status.seeOther), ("start", .seeOther), ("completion", .seeOther),
          ("completion", .seeOther), ("start", .conflict),
        ] {
          let answer = try await site.post("/plans/\(id)/actions/\(action)/\(step)", as: Staff.amel)
          #expect(answer.status == status)
        }
        let page = try await site.get("/cases/\(id)", as: Staff.amel).text
        for text in [
          "A bakery &lt;of my own&gt;", "Oven", "Agreed the plan", "In progress", "1\u{A0}April\u{A0}2026",
        ] {
          #expect(page.contains(text), "\(text)")
        }
        #expect(page.matches(of: /A bakery &lt;of my own&gt;<\/strong>/).count == 1)
      }
    }
  }

  @Test(arguments: [
    ("goals", ["track": "", "goal": "A <b>bakery</b>"], "track", "A &lt;b&gt;bakery"),
    ("goals", ["track": "social", "goal": ""], "goal", "value=\"social\" checked"),
    ("actions", ["action": "Find an oven", "who": ""], "who", "Find an oven"),
    ("actions", ["action": "x", "who": "x", "by": "one day"], "by", "value=\"one day\""),
    ("agreement", ["signed-by": "", "agreed-on": "01/03/2026"], "signed-by", "value=\"01/03/2026\""),
    ("agreement", ["signed-by": "Amel", "agreed-on": "2026-03-11"], "agreed-on", "value=\"Amel\""),
  ]) func `a form filled wrongly comes back with its fault named and everything kept`(
    path: String, typed: [String: String], field: String, kept: String
  ) async throws {
    try await PlanRoom.with(.sqlite) { room, id in
      try await room.addAction(id)
      try await room.serve { site in
        let answer = try await site.post("/plans/\(id)/\(path)", typed, as: Staff.amel)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("href=\"#f-\(field)\""))
        #expect(answer.text.contains(kept))
      }
      #expect(try await room.plan(id).agreement == nil)
      #expect(try await room.plan(id).actions.count == 1)
    }
  }

  @Test func `an action given up without a reason says which reason is missing`() async throws {
    try await PlanRoom.with(.sqlite) { room, id in
      let action = try await room.addAction(id)
      try await room.serve { site in
        let path = "/plans/\(id)/actions/\(action)/abandonment"
        let long = String(repeating: "x", count: 501)
        for typed in ["", long] {
          let answer = try await site.post(path, ["why-abandoned": typed], as: Staff.amel)
          #expect(answer.status == .unprocessableContent)
          #expect(
            answer.text.contains("href=\"#f-why-abandoned-\(action)\"")
              && answer.text.contains("value=\"\(typed)\""))
        }
        #expect(try await site.post(path, ["why-abandoned": "Sold"], as: Staff.amel).status == .seeOther)
      }
      #expect(try await room.plan(id).actions.first?.reason == "Sold")
    }
  }

  @Test func `who lacks the duty is told which; who may not see the case finds nothing`() async throws {
    try await PlanRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        let form = ["track": "social", "goal": "x"]
        let refused = try await site.post("/plans/\(id)/goals", form, as: Staff.dorra)
        #expect(refused.status == .forbidden && refused.text.contains("agree plans"))
        #expect(try await site.post("/plans/\(id)/goals", form, as: Staff.emna).status == .notFound)
        #expect(try await site.post("/plans/\(id)/goals", [:], as: Staff.emna).status == .notFound)
        #expect(!(try await site.get("/cases/\(id)", as: Staff.dorra).text.contains("/plans/\(id)/goals")))
      }
    }
  }
}
