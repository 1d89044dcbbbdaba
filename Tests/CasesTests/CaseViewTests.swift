import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `Views of the list` {
  @Test(arguments: TestDatabase.engines)
  func `are kept once by their forms alone, told to the journal, and let go`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      try await room.receive()
      try await room.serve { site in
        let path = "/cases?whose=mine&late=yes"
        let plain = try await site.get("/cases", as: Staff.amel).text
        #expect(!plain.contains("Keep this view"))
        #expect(try await site.get(path, as: Staff.amel).text.contains("Keep this view"))
        for _ in 1...2 {
          let kept = try await site.post(
            "/cases/views", ["view": "late=yes&whose=mine&junk=1"], as: Staff.amel)
          #expect(kept.status == .seeOther)
          #expect(kept.headers[.location]?.hasPrefix(path) == true)
        }
        let list = try await site.get(path, as: Staff.amel).text
        #expect(list.contains("Mine · Late") && list.contains("Keep this view no longer"))
        // Somebody else's list is her own.
        #expect(try await !site.get("/cases", as: Staff.bilel).text.contains("Kept views"))
        #expect(
          try await site.post("/cases/views", ["view": "late=yes"], as: Staff.hela).status == .forbidden)
        for _ in 1...2 {
          let dropped = try await site.post(
            "/cases/views/removal", ["view": "whose=mine&late=yes"], as: Staff.amel)
          #expect(dropped.status == .seeOther)
        }
        #expect(try await !site.get("/cases", as: Staff.amel).text.contains("Kept views"))
      }
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act LIKE 'case.%-view' ORDER BY id") {
          try $0[0] as String
        }
      }
      #expect(acts.sorted() == ["case.drop-view", "case.keep-view"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are no more than twenty`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      for number in 1...20 { try await room.cases.keep(view: "contact=\(number)", by: Staff.amel) }
      await #expect(throws: Refusal.self) { try await room.cases.keep(view: "late=yes", by: Staff.amel) }
      let kept = try await room.cases.views(of: Staff.amel)
      #expect(kept.count == 20)
    }
  }

  @Test func `show the columns that were chosen, on the page and in the file`() async throws {
    try await CaseRoom.with(.sqlite) { room in
      try await room.receive()
      try await room.serve { site in
        let list = try await site.get("/cases?columns=antenna-number-nonsense", as: Staff.amel).text
        let heads = list.matches(of: /<th scope="col"[^>]*>([^<]*)</).map { String($0.1) }
        #expect(heads == ["Name", "Case", "Antenna"])
        // Each column leads to the list with it or without it; the view stays in every link.
        #expect(list.contains("href=\"/cases?columns=number\""))
        #expect(list.contains("href=\"/cases?stage=received&amp;columns=number-antenna\""))
        let file = try await site.get("/cases/sheet?columns=antenna-number", as: Staff.amel).text
        #expect(file.contains("Antenna") && !file.contains("Contact person") && file.contains("Salma"))
        #expect(try await site.get("/cases/sheet", as: Staff.amel).text.contains("Contact person"))
        // None that is known: as usual.
        #expect(try await site.get("/cases?columns=x", as: Staff.amel).text.contains("Received"))
      }
    }
  }
}
