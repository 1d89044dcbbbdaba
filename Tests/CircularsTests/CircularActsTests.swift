import Accounts
import Basics
import Storage
import TestSupport
import Testing

@testable import Circulars

@Suite struct `A circular` {
  @Test(arguments: TestDatabase.engines)
  func `reaches those of its roles and antennas, and nobody else`(engine: Database.Engine) async throws {
    try await CircularRoom.with(engine) { room in
      let reached = try await room.circulars.send(room.circular(), by: Staff.fathi)
      #expect(reached == 6)
      let some = room.circular("Other", to: [.counsellor], at: ["TUN"])
      #expect(try await room.circulars.send(some, by: Staff.fathi) == 2)
      #expect(try await room.waits(for: Staff.amel) == 2)
      #expect(try await room.waits(for: Staff.dorra) == 1)
      #expect(try await room.waits(for: Staff.emna) == 1)
      await #expect(throws: Refusal.notFound) { try await room.circulars.find(some.id, for: Staff.emna) }
      await #expect(throws: Refusal.notFound) { try await room.circulars.find(some.id, for: Staff.ghazi) }
      await #expect(throws: Refusal.notFound) { try await room.circulars.read(some.id, by: Staff.emna) }
      await #expect(throws: Refusal.self) {
        try await room.circulars.send(room.circular(at: ["GAF"]), by: Staff.fathi)
      }
      await #expect(throws: Refusal.notAllowed(.writeCirculars)) {
        try await room.circulars.send(room.circular(), by: Staff.chokri)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is given to those who come later while it holds, with days to read it`(engine: Database.Engine)
    async throws
  {
    try await CircularRoom.with(engine) { room in
      let (holds, ended) = (
        room.circular("Holds", in: 2, to: [.counsellor], at: ["TUN"]),
        NewCircular(
          readBy: room.today + 2, words: [.french: Circular.Words(title: "Over", text: "Dès lundi.")],
          until: room.today + 10)
      )
      for new in [holds, ended] { try await room.circulars.send(new, by: Staff.fathi) }
      #expect(try await room.circulars.catchUp() == 0)
      room.clock.advance(days: 20)
      func newcomer(_ name: String, _ antenna: AntennaCode) async throws -> Actor {
        let actor = Actor(
          id: AccountID(), name: name, institution: "OTE", antenna: antenna, scope: .antenna,
          duties: Staff.amel.duties)
        try await room.hire(actor, .counsellor)
        return actor
      }
      let (meant, elsewhere) = (try await newcomer("Nadia", "TUN"), try await newcomer("Omar", "SFA"))
      #expect(try await room.circulars.catchUp() == 1)
      #expect(try await room.circulars.catchUp() == 0)
      let (waiting, none) = (
        try await room.circulars.list(.waiting, before: nil, for: meant),
        try await room.waits(for: elsewhere)
      )
      #expect(waiting.lines.map(\.circular.id) == [holds.id] && none == 0)
      // She is not late at once.
      let day = try await room.circulars.day(of: meant)
      #expect(day.unread == 1 && day.late == 0)
      room.clock.advance(days: CircularRules.daysForNewcomers + 1)
      #expect(try await room.circulars.day(of: meant).late == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is told of in the daily word, and nothing of what it says`(engine: Database.Engine) async throws {
    try await CircularRoom.with(engine) { room in
      func line(_ actor: Actor, _ language: Language = .english) async throws -> String? {
        try await room.database.read { db in
          try room.circulars.dailyLine(actor, Reader(language), db)
        }
      }
      #expect(try await line(Staff.amel) == nil)
      let new = room.circular(in: 2, to: [.counsellor], at: ["TUN"])
      try await room.circulars.send(new, by: Staff.fathi)
      #expect(try await line(Staff.amel) == "Circulars that you have not read: 1")
      room.clock.advance(days: 5)
      let late = try await line(Staff.amel, .french) ?? ""
      #expect(late.contains("1") && late.contains("En retard") && !late.contains("New form"))
      // Whoever sees the receipts is told of those that are late.
      #expect(try await line(Staff.chokri) == "Receipts of circulars that are late: 2")
      try await room.circulars.read(new.id, by: Staff.amel)
      #expect(try await line(Staff.amel) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is sent once, also by many at the same time; other words are refused`(engine: Database.Engine)
    async throws
  {
    try await CircularRoom.with(engine) { room in
      let new = room.circular()
      try await withThrowingTaskGroup { group in
        for _ in 0..<10 { group.addTask { _ = try await room.circulars.send(new, by: Staff.fathi) } }
        try await group.waitForAll()
      }
      #expect(try await room.waits(for: Staff.amel) == 1)
      let other = NewCircular(
        id: new.id, readBy: new.readBy, words: [.arabic: Circular.Words(title: "آخر", text: "نص")])
      await #expect(throws: Refusal.sentBefore("title-fr", kept: "New form")) {
        try await room.circulars.send(other, by: Staff.fathi)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tells who has read it: all to the centre, one antenna's to its head, nobody's to the others`(
    engine: Database.Engine
  ) async throws {
    try await CircularRoom.with(engine) { room in
      let new = room.circular(in: 2)
      try await room.circulars.send(new, by: Staff.fathi)
      for _ in 1...2 { try await room.circulars.read(new.id, by: Staff.amel) }
      let all = try await room.circulars.find(new.id, for: Staff.fathi)
      #expect(all.readers.map(\.account) == [Staff.amel.id] && all.missing.count == 5)
      #expect(all.counts.map(\.sent) == [2, 4] && all.counts.map(\.read) == [0, 1])
      let own = try await room.circulars.find(new.id, for: Staff.ghazi)
      #expect(Set(own.missing.map(\.account)) == [Staff.emna.id, Staff.ghazi.id] && own.readers.isEmpty)
      let amels = try await room.circulars.find(new.id, for: Staff.amel)
      #expect(amels.own?.readAt != nil && amels.counts.isEmpty && amels.missing.isEmpty)
      #expect(try await room.circulars.day(of: Staff.fathi).lateReaders == 0)
      room.clock.advance(days: 3)
      #expect(try await room.circulars.day(of: Staff.fathi).lateReaders == 5)
      #expect(
        try await room.circulars.day(of: Staff.ghazi) == CircularDay(unread: 1, late: 1, lateReaders: 2))
      #expect(try await room.circulars.day(of: Staff.amel) == CircularDay(unread: 0, late: 0, lateReaders: 0))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is sent, listed and read without reading or sorting a whole table`(engine: Database.Engine)
    async throws
  {
    try await CircularRoom.with(engine) { room in
      let plans = QueryPlans()
      let watched = CircularRoom(plans.watching(room.database))
      let new = room.circular()
      try await watched.circulars.send(new, by: Staff.fathi)
      try await watched.circulars.read(new.id, by: Staff.amel)
      for (list, actor) in [
        (CircularList.waiting, Staff.bilel), (.read, Staff.amel), (.sent, Staff.fathi),
      ] {
        let found = try await watched.circulars.list(list, before: RecordID(), for: actor)
        #expect(found.lines.count == 1)
      }
      for actor in [Staff.fathi, Staff.chokri] {
        _ = try await watched.circulars.find(new.id, for: actor)
        _ = try await watched.circulars.day(of: actor)
      }
      let offences = plans.offences(small: [
        "installation_key", "account", "antenna", "coverage", "governorate", "country", "institution",
      ])
      #expect(!plans.steps.isEmpty && offences.isEmpty, "\(offences)")
    }
  }
}
