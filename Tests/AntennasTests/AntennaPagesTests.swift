import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Antennas

@Suite struct `Pages of antennas` {
  @Test func `everyone signed in may look; who manages them finds the forms`() async throws {
    try await AntennaRoom.with(.sqlite) { room in
      try await room.serve { site in
        let list = try await site.get("/antennas", as: Staff.amel)
        #expect(list.status == .ok)
        for name in ["Tataouine", "Kairouan", "30\u{A0}June\u{A0}2021"] { #expect(list.text.contains(name)) }
        #expect(
          !(try await site.get("/antennas/SFA", as: Staff.amel).text.contains("/antennas/SFA/coverage")))
        #expect(try await site.get("/antennas/SFA", as: Staff.hela).text.contains("/antennas/SFA/coverage"))
        #expect(try await site.get("/antennas/XYZ", as: Staff.hela).status == .notFound)
        #expect(try await site.get("/antennas", as: nil).location?.hasPrefix("/sign-in") == true)
        let refused = try await site.post(
          "/antennas/SFA/coverage", ["governorate": "TN-61", "from": "2026-01-01"], as: Staff.amel)
        #expect(refused.status == .forbidden && refused.text.contains("manage antennas"))
      }
    }
  }

  @Test(arguments: [
    ("coverage", [:], ["governorate", "from"]),
    ("coverage", ["governorate": "TN-99", "from": "2026-01-01"], ["governorate"]),
    ("coverage", ["governorate": "<b>x</b>", "from": "soon"], ["governorate", "from"]),
    ("coverage", ["governorate": "TN-61", "from": "2026-02-01", "until": "2026-01-01"], ["until"]),
    ("coverage", ["governorate": "TN-11", "from": "2026-02-01"], ["governorate"]),
    ("opening", ["opened-on": "yesterday"], ["opened-on"]),
  ]) func `a form filled wrongly comes back with its fault named and everything kept`(
    path: String, typed: [String: String], fields: [String]
  ) async throws {
    try await AntennaRoom.with(.sqlite) { room in
      try await room.serve { site in
        let answer = try await site.post("/antennas/SFA/\(path)", typed, as: Staff.hela)
        #expect(answer.status == .unprocessableContent)
        for field in fields { #expect(answer.text.contains("href=\"#f-\(field)\""), "\(field)") }
        for (name, value) in typed where name != "governorate" {
          #expect(answer.text.contains("value=\"\(value)\""), "\(name)")
        }
        if typed["governorate"] == "TN-61" {
          #expect(answer.text.contains("value=\"TN-61\" selected"))
        }
      }
      #expect(try await room.journal().isEmpty)
    }
  }

  @Test func `a governorate is covered and ended from the page`() async throws {
    try await AntennaRoom.with(.sqlite) { room in
      try await room.serve { site in
        let covered = try await site.post(
          "/antennas/SFA/coverage", ["governorate": "TN-61", "from": "01/03/2026"], as: Staff.hela)
        #expect(covered.location == "/antennas/SFA")
        let end = ["governorate": "TN-61", "from": "2026-03-01"]
        #expect(
          try await site.post("/antennas/SFA/coverage/end", end, as: Staff.hela).location == "/antennas/SFA")
        #expect(try await site.post("/antennas/SFA/coverage/end", end, as: Staff.hela).status == .conflict)
        #expect(try await site.post("/antennas/SFA/coverage/end", [:], as: Staff.hela).status == .notFound)
        #expect(try await site.get("/antennas/SFA", as: Staff.amel).text.contains("12\u{A0}March\u{A0}2026"))
      }
    }
  }
}
