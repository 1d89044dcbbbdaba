import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Visits

@Suite struct `Goods handed over` {
  private func handover(_ goods: String = "An oven\nTwo trays") -> VisitHandover {
    VisitHandover(
      id: RecordID(), on: VisitScheduleTests.day, goods: goods, giver: "The operator",
      value: Money(4_500_000, .tnd))
  }

  @Test(arguments: TestDatabase.engines)
  func `are recorded once, sealed, and named in the journal`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, id in
      let handover = handover()
      for _ in 0..<2 { try await room.visits.record(handover, in: id, by: Staff.amel) }
      let other = VisitHandover(
        id: handover.id, on: handover.on, goods: "Two ovens", giver: handover.giver, value: nil)
      await #expect(throws: Refusal.sentBefore("goods", kept: handover.goods)) {
        try await room.visits.record(other, in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.notAllowed(.recordVisits)) {
        try await room.visits.record(handover, in: id, by: Staff.fathi)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.visits.record(handover, in: id, by: Staff.emna)
      }
      let kept = try await room.cases.open(id, for: Staff.amel) { opened, db in
        try room.visits.handovers(of: opened, in: db)
      }.1
      #expect(kept.count == 1 && kept[0].isSame(as: handover) && kept[0].items == ["An oven", "Two trays"])
      #expect(try await room.acts(id).map(\.act) == ["visit.hand-over"])
      let sealed = try await room.database.read { db in
        try db.rows("SELECT goods FROM visit_handover") { try $0[0] as [UInt8] }
      }
      #expect(sealed.allSatisfy { $0.firstRange(of: Array("oven".utf8)) == nil })
    }
  }

  @Test func `make a certificate in both languages, to be signed`() async throws {
    try await VisitRoom.with(.sqlite) { room, id in
      try await room.serve { site in
        let path = "/visits/\(id)/handovers"
        #expect(try await site.post(path, [:], as: Staff.dorra).status == .forbidden)
        let wrong = try await site.post(path, ["goods": "An <oven>", "value": "-1"], as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("An &lt;oven&gt;</textarea>"))
        #expect(wrong.text.contains("href=\"#f-giver\"") && wrong.text.contains("href=\"#f-value\""))
        let typed = [
          "goods": "An <oven>\nTwo trays", "giver": "Najet", "value": "4500", "once": "\(RecordID<Never>())",
        ]
        for _ in 0..<2 { #expect(try await site.post(path, typed, as: Staff.amel).location == path) }
        let list = try await site.get(path, as: Staff.amel).text
        let link = try #require(
          list.firstMatch(of: /href="(\/visits\/[a-z0-9]{26}\/handovers\/[a-z0-9]{26})"/))
        let page = try await site.get(String(link.1), as: Staff.amel)
        for text in [
          "lang=\"fr\" dir=\"ltr\"", "lang=\"ar\" dir=\"rtl\"",
          "<li><span dir=\"auto\">An &lt;oven&gt;</span></li>",
          "Procès-verbal de remise", "محضر تسليم", "class=\"signatures\"", "Ben Othman",
        ] {
          #expect(page.text.contains(text), "\(text)")
        }
        #expect(try await site.get(String(link.1), as: Staff.emna).status == .notFound)
      }
    }
  }
}
