import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `Lists of cases` {
  @Test(arguments: TestDatabase.engines)
  func `the fifty-first stands on the next page, and what arrives meanwhile moves nothing`(
    engine: Database.Engine
  ) async throws {
    try await CaseRoom.with(engine) { room in
      var ids: [RecordID<CaseFile>] = []
      for index in 0..<51 {
        // Some share their moment: then the id decides.
        if index % 3 != 0 { room.clock.advance(seconds: 1) }
        ids.append(try await room.receive("Salma \(index)"))
      }
      let first = try await room.cases.list(CaseFilter(), after: nil, for: Staff.amel)
      #expect(first.lines.count == 50)
      let cursor = try #require(first.next)
      room.clock.advance(seconds: 1)
      let newest = try await room.receive("Newest")
      let second = try await room.cases.list(CaseFilter(), after: cursor, for: Staff.amel)
      #expect(second.lines.count == 1)
      #expect(second.next == nil)
      #expect(Set((first.lines + second.lines).map(\.id)) == Set(ids))
      #expect(try await room.cases.list(CaseFilter(), after: nil, for: Staff.amel).lines.first?.id == newest)
      #expect(CaseCursor(cursor.text) == cursor)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `late cases come longest due first, page by page`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      var ids: [RecordID<CaseFile>] = []
      for index in 0..<53 {
        if index.isMultiple(of: 2) { room.clock.advance(days: 1) }
        ids.append(try await room.receive("Salma \(index)"))
      }
      // The last two are due in thirty days: not yet late when the others are.
      room.clock.advance(days: 30)
      var filter = CaseFilter()
      filter.isLate = true
      let first = try await room.cases.list(filter, after: nil, for: Staff.amel)
      let second = try await room.cases.list(
        filter, after: try #require(first.next).text.cursor, for: Staff.amel)
      let lines = first.lines + second.lines
      #expect(first.lines.count == 50)
      #expect(Set(lines.map(\.id)) == Set(ids.dropLast(1)))
      #expect(lines.compactMap(\.due?.on) == lines.compactMap(\.due?.on).sorted())
      #expect(lines.allSatisfy { $0.due?.isLate(on: room.today) == true })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `each view holds its own cases`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let received = try await room.receive()
      let planned = try await room.receive()
      try await room.tell(planned) { $0.planAgreedOn = $0.receivedOn }
      let closed = try await room.receive()
      try await room.close(closed)
      let chokri = try await room.receive(by: Staff.chokri)
      let sfax = try await room.receive(by: Staff.emna)
      func seen(_ actor: Actor, _ change: (inout CaseFilter) -> Void) async throws -> Set<RecordID<CaseFile>>
      {
        var filter = CaseFilter()
        change(&filter)
        return Set(try await room.cases.list(filter, after: nil, for: actor).lines.map(\.id))
      }
      #expect(try await seen(Staff.amel) { $0.stage = .received } == [received, chokri])
      #expect(try await seen(Staff.amel) { $0.stage = .planned } == [planned])
      #expect(try await seen(Staff.amel) { $0.stage = .closed } == [closed])
      #expect(try await seen(Staff.amel) { $0.whose = .mine } == [received, planned, closed])
      #expect(try await seen(Staff.amel) { ($0.whose, $0.antenna) = (.mine, "SFA") } == [])
      #expect(try await seen(Staff.fathi) { $0.antenna = "SFA" } == [sfax])
      #expect(try await seen(Staff.fathi) { ($0.antenna, $0.stage) = ("TUN", .planned) } == [planned])
      #expect(try await seen(Staff.amel) { $0.isLate = true } == [])
      // A filter never shows what the scope hides.
      #expect(try await seen(Staff.amel) { $0.antenna = "SFA" }.contains(sfax) == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a list is taken away as a file, whole and no more than its view, and the journal tells`(
    engine: Database.Engine
  ) async throws {
    try await CaseRoom.with(engine) { room in
      for index in 0..<53 { try await room.receive(index == 7 ? "=SUM(A1)" : "Salma \(index)") }
      let closed = try await room.receive("Closed")
      try await room.close(closed)
      try await room.receive("Elsewhere", by: Staff.emna)
      try await room.serve { site in
        let list = try await site.get("/cases?stage=received", as: Staff.amel).text
        #expect(list.contains("href=\"/cases/sheet?stage=received\""))
        let file = try await site.get("/cases/sheet?stage=received", as: Staff.amel)
        #expect(file.status == .ok && file.text.hasPrefix("\u{FEFF}\"Case\";"))
        let lines = file.text.split(separator: "\r\n").dropFirst()
        #expect(lines.count == 53 && Set(lines).count == 53)
        #expect(lines.allSatisfy { $0.contains("\"سلمى بن عثمان\"") && $0.contains("\"Received\"") })
        #expect(lines.filter { $0.contains("\"'=SUM(A1) Ben Othman\"") }.count == 1)
        #expect(!file.text.contains("Closed") && !file.text.contains("Elsewhere"))
        #expect(try await site.get("/cases/sheet", as: Staff.hela).status == .forbidden)
      }
      let taken = try await room.database.read { db in
        try db.value("SELECT COUNT(*) FROM journal_entry WHERE act = 'case.take-list'", as: Int.self)
      }
      #expect(taken == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the day of a counsellor: late, soon, waiting`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let late = try await room.receive("Late")
      room.clock.advance(days: 20)
      let other = try await room.receive("Other", by: Staff.chokri)
      let waiting = try await room.receive("Waiting")
      let visit = try await room.receive("Visit")
      room.clock.advance(days: 11)
      let today = room.today
      try await room.tell(visit) { ($0.planAgreedOn, $0.nextVisitOn) = (today, today) }
      let far = try await room.receive("Far")
      try await room.tell(far) { ($0.planAgreedOn, $0.nextActionOn) = (today, today + 8) }
      let day = try await room.cases.day(of: Staff.amel)
      #expect(day.late.map(\.id) == [late])
      #expect(day.soon.map(\.id) == [visit])
      #expect(day.waiting.map(\.id) == [late, waiting])
      #expect(day.names.count == 3)
      #expect(try await room.cases.day(of: Staff.chokri).waiting.map(\.id) == [other])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a case is found by its number by those who may see it`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive()
      #expect(try await room.cases.find(number: "TUN-2026-0001", for: Staff.amel) == id)
      #expect(try await room.cases.find(number: "TUN-2026-0001", for: Staff.emna) == nil)
      #expect(try await room.cases.find(number: "TUN-2026-0002", for: Staff.amel) == nil)
    }
  }
}

extension String {
  fileprivate var cursor: CaseCursor? { CaseCursor(self) }
}
