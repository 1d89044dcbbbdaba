import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Reviews

@Suite struct `The pages of reviews` {
  @Test(arguments: TestDatabase.engines)
  func `lead from a draw over answers to a finding`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      try await room.serve { site in
        let form = [
          "once": RecordID<ReviewRound>().text, "antenna": "TUN", "basis": "received",
          "from": "2026-03-01", "until": "2026-03-12", "count": "2", "raters": "1",
        ]
        let drawn = try await site.post("/reviews", form, as: Staff.fathi)
        let round = try #require(drawn.location)
        #expect(drawn.status == .seeOther && round.hasPrefix("/reviews/rounds/"))
        let page = try await site.get(round, as: Staff.fathi).text
        #expect(
          page.contains("The seed and the kept list give these files.") && page.contains("2 of 6") == false)
        let entry = try #require(page.firstMatch(of: /\/reviews\/files\/[0-9A-Za-z]+/)).output
        var answers = ["done": "yes", "version": "0", "once": RecordID<ReviewReading>().text]
        for item in ReviewRoom.items { answers["answer-\(item)"] = "no" }
        let refused = try await site.post("\(entry)/reading", answers, as: Staff.fathi)
        #expect(refused.status == .unprocessableContent && refused.text.contains("Say what is missing."))
        for item in ReviewRoom.items { answers["words-\(item)"] = "Nothing <b>there" }
        #expect(try await site.post("\(entry)/reading", answers, as: Staff.fathi).status == .seeOther)
        let shown = try await site.get(String(entry), as: Staff.fathi).text
        #expect(shown.contains("Nothing &lt;b&gt;there") && shown.contains("id=\"giving\""))
        let empty = try await site.post(
          "\(entry)/findings", ["once": RecordID<ReviewFinding>().text], as: Staff.fathi)
        #expect(empty.status == .unprocessableContent && empty.text.contains("Say what is to be mended."))
        let finding = [
          "once": RecordID<ReviewFinding>().text, "item": ReviewRoom.items[0], "words": "Write it down",
          "to": "contact", "due": "2026-03-20",
        ]
        #expect(try await site.post("\(entry)/findings", finding, as: Staff.fathi).status == .seeOther)
        for (path, words) in [
          ("/reviews", "Open findings by antenna"), ("/reviews/findings", "Write it down"),
          ("/reviews/figures", "0 of 1"),
        ] {
          let list = try await site.get(path, as: Staff.fathi)
          #expect(list.status == .ok && list.text.contains(words), "\(path)")
        }
        let head = try await site.get("/reviews/findings", as: Staff.chokri)
        #expect(
          head.status == .ok && head.text.contains("Write it down") && !head.text.contains("/reviews/files/"))
      }
    }
  }

  @Test func `say beside the field what is wrong`() async throws {
    try await ReviewRoom.with(.sqlite) { room, _ in
      try await room.serve { site in
        for (fields, words) in [
          (["antenna": "XXX"], "Choose one of the answers offered."),
          (["from": "2026-03-12", "until": "2026-03-01"], "The last day stands before the first."),
          (["count": "500"], "Write a whole number from 1 to 30."), ([:], "Choose the antenna."),
        ] as [([String: String], String)] {
          let answer = try await site.post("/reviews", fields, as: Staff.fathi)
          #expect(answer.status == .unprocessableContent && answer.text.contains(words), "\(words)")
        }
        #expect(try await site.post("/reviews", [:], as: Staff.chokri).status == .forbidden)
        #expect(try await site.get("/reviews", as: Staff.hela).status == .forbidden)
        #expect(
          try await site.get("/reviews/files/\(RecordID<Never>())", as: Staff.fathi).status == .notFound)
      }
    }
  }
}
