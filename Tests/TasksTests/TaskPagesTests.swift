import Accounts
import Basics
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Tasks

@Suite struct `The pages of tasks` {
  @Test(arguments: TestDatabase.engines)
  func `lead from the form to the end of a task`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      try await room.serve { site in
        let empty = try await site.post("/tasks", as: Staff.amel)
        #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#f-to\""))
        let id = RecordID<OfficeTask>()
        let form = [
          "once": id.text, "to": "antenna:TUN", "words": "Call <the> bank", "due": "\(room.today + 3)",
        ]
        for _ in 1...2 {
          #expect(try await site.post("/tasks", form, as: Staff.amel).location == "/tasks/\(id)")
        }
        let other = try await site.post("/tasks", form.merging(["words": "Other"]) { $1 }, as: Staff.amel)
        #expect(other.status != .seeOther)
        let elsewhere = try await site.post(
          "/tasks", form.merging(["to": "antenna:SFA"]) { $1 }, as: Staff.amel)
        #expect(elsewhere.status == .unprocessableContent)
        #expect(try await site.get("/tasks", as: Staff.chokri).text.contains("Call &lt;the&gt; bank"))
        #expect(try await site.get("/tasks/\(id)", as: Staff.emna).status == .notFound)
        let taken = try await site.post("/tasks/\(id)/taking", ["from": ""], as: Staff.chokri)
        #expect(taken.location == "/tasks/\(id)")
        let late = try await site.post("/tasks/\(id)/taking", ["from": ""], as: Staff.bilel)
        #expect(late.status == .conflict)
        #expect(try await site.get("/tasks/\(id)", as: Staff.amel).text.contains("Chokri does it"))
        let bare = try await site.post("/tasks/\(id)/refusal", as: Staff.chokri)
        #expect(bare.status == .unprocessableContent && bare.text.contains("href=\"#f-reason\""))
        let refused = try await site.post(
          "/tasks/\(id)/refusal", ["reason": "No number"], as: Staff.chokri)
        #expect(refused.location == "/tasks/\(id)")
        #expect(try await site.get("/tasks/\(id)", as: Staff.amel).text.contains("No number"))
        let ended = try await site.get("/tasks?show=ended", as: Staff.amel).text
        #expect(ended.contains("/tasks/\(id)") && ended.contains("Not taken on"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `show each list to whom it belongs, page by page`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      try await room.tasks.give(room.task(to: .person(Staff.amel.id), "own"), by: Staff.chokri)
      try await room.tasks.give(room.task(to: .role(.counsellor, at: "TUN"), "role"), by: Staff.chokri)
      try await room.tasks.give(room.task(to: .antenna("TUN"), "antenna"), by: Staff.fathi)
      #expect(try await room.list(.mine, for: Staff.amel) == ["own"])
      #expect(try await room.list(.role, for: Staff.amel) == ["role"])
      #expect(try await room.list(.antenna, for: Staff.amel) == ["antenna"])
      #expect(try await room.list(.given, for: Staff.chokri).count == 2)
      // Whoever keeps the accounts sees the nation, and is not the centre.
      try await room.tasks.give(room.task(to: .centre, "centre"), by: Staff.amel)
      #expect(try await room.list(.antenna, for: Staff.fathi) == ["centre"])
      let administrators = try await room.list(.antenna, for: Staff.hela)
      #expect(administrators.isEmpty)
      for number in 0..<60 {
        try await room.tasks.give(room.task(to: .antenna("TUN"), "n\(number)"), by: Staff.amel)
      }
      let first = try await room.tasks.list(.antenna, for: Staff.amel)
      let rest = try await room.tasks.list(.antenna, after: first.next, for: Staff.amel)
      #expect(first.tasks.count == 50 && rest.tasks.count == 11 && rest.next == nil)
      #expect(Set((first.tasks + rest.tasks).map(\.id)).count == 61)
    }
  }
}
