import Basics
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Circulars

@Suite struct `The pages of circulars` {
  @Test(arguments: TestDatabase.engines)
  func `lead from the form to the receipts`(engine: Database.Engine) async throws {
    try await CircularRoom.with(engine) { room in
      try await room.serve { site in
        #expect(try await site.get("/circulars/new", as: Staff.chokri).status == .forbidden)
        let empty = try await site.post("/circulars", as: Staff.fathi)
        #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#f-title-fr\""))
        let id = RecordID<Circular>()
        let form = [
          "once": id.text, "title-ar": "استمارة <جديدة>", "text-ar": "ابتداء من الاثنين",
          "roles": "counsellor",
          "read-by": "\(room.today + 2)",
        ]
        for _ in 1...2 {
          #expect(try await site.post("/circulars", form, as: Staff.fathi).location == "/circulars/\(id)")
        }
        let list = try await site.get("/circulars", as: Staff.amel).text
        #expect(list.contains("استمارة &lt;جديدة&gt;") && list.contains("dir=\"rtl\""))
        let shown = try await site.get("/circulars/\(id)", as: Staff.amel).text
        #expect(shown.contains("It was not written in your language.") && shown.contains("/reading\""))
        #expect(try await site.get("/circulars/\(id)", as: Staff.dorra).status == .notFound)
        let read = try await site.post("/circulars/\(id)/reading", as: Staff.amel)
        #expect(read.location == "/circulars/\(id)")
        #expect(!(try await site.get("/circulars/\(id)", as: Staff.amel).text.contains("/reading\"")))
        room.clock.advance(days: 4)
        let late = try await site.get("/circulars/\(id)", as: Staff.fathi).text
        #expect(late.contains("Amel") && late.contains("Bilel") && late.contains("late"))
        let heads = try await site.get("/circulars/\(id)", as: Staff.chokri).text
        #expect(heads.contains("Bilel") && !heads.contains("Emna"))
      }
    }
  }
}
