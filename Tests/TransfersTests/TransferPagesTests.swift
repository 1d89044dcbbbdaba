import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Transfers

@Suite struct `The pages of transfers` {
  private static func form(_ id: RecordID<Transfer>) -> [String: String] {
    ["to": "SFA", "summary": "A plan <and> a workshop", "reason": "She has moved", "once": id.text]
  }

  @Test(arguments: TestDatabase.engines)
  func `lead from the offer to the page that the old antenna keeps`(engine: Database.Engine) async throws {
    try await TransferRoom.with(engine) { room, file in
      try await room.serve { site in
        let id = RecordID<Transfer>()
        #expect(try await site.get("/cases/\(file)", as: Staff.amel).text.contains("/transfers/of/\(file)"))
        for _ in 0..<2 {
          let sent = try await site.post("/transfers/of/\(file)", Self.form(id), as: Staff.amel)
          #expect(sent.location == "/transfers/\(id)")
        }
        let offer = try await site.get("/transfers/\(id)", as: Staff.ghazi).text
        #expect(offer.contains("A plan &lt;and&gt; a workshop") && offer.contains("Emna"))
        #expect(!offer.contains("Zitouni"))
        #expect(try await site.get("/cases/\(file)", as: Staff.ghazi).status == .notFound)
        for actor in [Staff.emna, Staff.dorra] {
          let status: HTTPResponse.Status = actor == Staff.emna ? .notFound : .ok
          #expect(try await site.get("/transfers/\(id)", as: actor).status == status)
        }
        let accepted = try await site.post(
          "/transfers/\(id)/acceptance", ["contact": Staff.emna.id.text], as: Staff.ghazi)
        #expect(accepted.location == "/transfers/\(id)")
        #expect(try await site.get("/cases/\(file)", as: Staff.emna).text.contains("Zitouni"))
        #expect(try await site.get("/cases/\(file)", as: Staff.amel).status == .notFound)
        let kept = try await site.get("/transfers/\(id)", as: Staff.amel).text
        for text in ["Given to", "Sfax", "Ghazi", "Emna", "A plan &lt;and&gt; a workshop", "TUN-2026-0001"] {
          #expect(kept.contains(text), "\(text)")
        }
        #expect(!kept.contains("Zitouni") && !kept.contains("/cases/\(file)"))
      }
    }
  }

  @Test func `a form filled wrongly comes back with its fault named and everything kept`() async throws {
    try await TransferRoom.with(.sqlite) { room, file in
      let id = try await room.offer(file)
      try await room.serve { site in
        let other = try await room.receive()
        for (typed, field) in [
          (["to": "", "summary": "Kept", "reason": "x"], "to"),
          (["to": "TUN", "summary": "Kept", "reason": "x"], "to"),
          (["to": "SFA", "summary": "", "reason": "Kept"], "summary"),
          (["to": "SFA", "summary": "Kept", "reason": ""], "reason"),
        ] {
          let answer = try await site.post("/transfers/of/\(other)", typed, as: Staff.amel)
          #expect(answer.status == .unprocessableContent)
          #expect(answer.text.contains("href=\"#f-\(field)\"") && answer.text.contains("Kept"))
        }
        for (act, field, actor) in [
          ("acceptance", "contact", Staff.ghazi), ("decline", "why-declined", Staff.ghazi),
          ("withdrawal", "why-withdrawn", Staff.amel),
        ] {
          let answer = try await site.post("/transfers/\(id)/\(act)", [:], as: actor)
          #expect(answer.status == .unprocessableContent && answer.text.contains("href=\"#f-\(field)\""))
        }
        #expect(
          try await site.post("/transfers/\(id)/decline", ["why-declined": "Far"], as: Staff.ghazi).location
            == "/transfers")
        #expect(try await site.get("/cases/\(file)", as: Staff.amel).text.contains("Far"))
      }
    }
  }
}
