import Basics
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing
import Web

@testable import Cases

@Suite struct `A person who comes long after her return` {
  @Test(arguments: TestDatabase.engines)
  func `is asked why beside the field, and the file shows it`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let pages = CasePages(
        room.cases, antennas: room.antennas, accounts: room.accounts, sections: [], usualMonths: 12)
      try await TestSite.serve([pages], site: { [clock = room.clock] in $0.now = { clock.now } }) { site in
        let id = RecordID<CaseFile>()
        var form = [
          "once": id.text, "family-latin": "Ben Othman", "phones": "20 123 456", "channel": "walk-in",
          "returned-on": "12/03/2019",
        ]
        let asked = try await site.post("/cases", form, as: Staff.amel)
        #expect(asked.status == .unprocessableContent)
        #expect(asked.text.contains("href=\"#f-late-reason\"") && asked.text.contains("12/03/2019"))
        form["late-reason"] = "She heard of the scheme <only now>"
        #expect(try await site.post("/cases", form, as: Staff.amel).location == "/cases/\(id)")
        let page = try await site.get("/cases/\(id)", as: Staff.amel).text
        #expect(page.contains("She heard of the scheme &lt;only now&gt;"))
        #expect(try await room.file(id).returned[.lateReason] == form["late-reason"])
        let corrected = try await site.post(
          "/cases/\(id)/return", ["version": "1", "returned-on": "12/03/2018"], as: Staff.amel)
        #expect(corrected.status == .unprocessableContent && corrected.text.contains("#f-late-reason"))
      }
      // Where nobody has said what is usual nobody is asked.
      try await room.serve { site in
        let page = try await site.get("/cases/new", as: Staff.amel).text
        #expect(page.contains("What is usual is not loaded"))
      }
    }
  }
}
