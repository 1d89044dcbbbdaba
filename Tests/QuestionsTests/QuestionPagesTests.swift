import Basics
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Questions

@Suite struct `The pages of questions` {
  @Test(arguments: TestDatabase.engines)
  func `lead from the form to the answer and to its being seen`(engine: Database.Engine) async throws {
    try await QuestionRoom.with(engine, days: nil) { room in
      try await room.serve { site in
        let form = try await site.get("/questions/new", as: Staff.amel).text
        #expect(form.contains("Nobody has set within how many days the centre answers."))
        let empty = try await site.post("/questions", as: Staff.amel)
        #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#f-kind\""))
        let id = RecordID<Question>()
        let typed = ["once": id.text, "kind": "advice", "words": "How <is> it done?"]
        for _ in 1...2 {
          #expect(try await site.post("/questions", typed, as: Staff.amel).location == "/questions/\(id)")
        }
        let unknown = try await site.post(
          "/questions", typed.merging(["case-number": "TUN-2026-99999"]) { $1 }, as: Staff.amel)
        #expect(unknown.status == .unprocessableContent)
        #expect(try await site.get("/questions/\(id)", as: Staff.emna).status == .notFound)
        let shown = try await site.get("/questions/\(id)", as: Staff.fathi).text
        #expect(shown.contains("How &lt;is&gt; it done?") && shown.contains("/answer\""))
        let bare = try await site.post("/questions/\(id)/answer", as: Staff.fathi)
        #expect(bare.status == .unprocessableContent && bare.text.contains("href=\"#f-outcome\""))
        let answered = try await site.post(
          "/questions/\(id)/answer", ["outcome": "granted", "answer": "هكذا"], as: Staff.fathi)
        #expect(answered.location == "/questions/\(id)")
        let read = try await site.get("/questions/\(id)", as: Staff.amel).text
        #expect(read.contains("هكذا") && read.contains("/seeing\""))
        #expect(try await site.post("/questions/\(id)/seeing", as: Staff.amel).location == "/questions/\(id)")
        #expect(!(try await site.get("/questions/\(id)", as: Staff.amel).text.contains("/seeing\"")))
      }
    }
  }
}
