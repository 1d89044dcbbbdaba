import Basics
import Cases
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Complaints

@Suite struct `The pages of complaints` {
  @Test(arguments: TestDatabase.engines)
  func `lead from the form to the answer, and a term is shown only where one is set`(
    engine: Database.Engine
  ) async throws {
    try await ComplaintRoom.with(engine) { room, _ in
      try await room.serve { site in
        let empty = try await site.post("/complaints", as: Staff.amel)
        #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#f-kind\""))
        let id = RecordID<Complaint>()
        let form = [
          "once": id.text, "kind": "welcome", "channel": "box", "language": "ar",
          "words": "Nobody <listened>",
        ]
        for _ in 1...2 {
          let sent = try await site.post("/complaints", form, as: Staff.amel)
          #expect(sent.location == "/complaints/\(id)")
        }
        let unknown = try await site.post(
          "/complaints",
          form.merging(["case-number": "TUN-2026-99999", "once": RecordID<Complaint>().text]) { $1 },
          as: Staff.amel)
        #expect(unknown.status == .unprocessableContent && unknown.text.contains("href=\"#f-case-number\""))
        let shown = try await site.get("/complaints/\(id)", as: Staff.amel).text
        #expect(shown.contains("Nobody &lt;listened&gt;") && !shown.contains("/answer\""))
        let waiting = try await site.get("/complaints", as: Staff.chokri).text
        #expect(waiting.contains("/complaints/\(id)") && !waiting.contains("to be answered by"))
        #expect(try await site.get("/complaints/\(id)", as: Staff.ghazi).status == .notFound)
        let term = try await site.post(
          "/complaints/terms", ["days": "15", "from": "2026-01-01"], as: Staff.fathi)
        #expect(term.location == "/complaints/terms")
        let dated = try await site.get("/complaints", as: Staff.chokri).text
        #expect(dated.contains("to be answered by"))
        let bare = try await site.post("/complaints/\(id)/answer", as: Staff.chokri)
        #expect(bare.status == .unprocessableContent && bare.text.contains("href=\"#f-outcome\""))
        let answered = try await site.post(
          "/complaints/\(id)/answer",
          ["outcome": "upheld", "reason": "It is so", "answer": "نعتذر"], as: Staff.chokri)
        #expect(answered.location == "/complaints/\(id)")
        #expect(try await site.get("/complaints/\(id)", as: Staff.amel).text.contains("نعتذر"))
      }
    }
  }
}
