import Accounts
import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Tasks

@Suite struct `A task` {
  @Test(arguments: TestDatabase.engines)
  func `is found by whom it is meant for, the late ones first, and by nobody else`(engine: Database.Engine)
    async throws
  {
    try await TaskRoom.with(engine) { room in
      try await room.tasks.give(room.task(to: .person(Staff.amel.id), "own", in: 3), by: Staff.chokri)
      try await room.tasks.give(
        room.task(to: .role(.counsellor, at: "TUN"), "role", in: -2), by: Staff.chokri)
      try await room.tasks.give(room.task(to: .antenna("TUN"), "antenna", in: 1), by: Staff.fathi)
      try await room.tasks.give(room.task(to: .centre, "centre", in: 1), by: Staff.amel)
      #expect(try await room.words(for: Staff.amel) == ["role", "antenna", "own"])
      #expect(try await room.words(for: Staff.chokri) == ["antenna"])
      #expect(try await room.words(for: Staff.emna).isEmpty)
      #expect(try await room.words(for: Staff.fathi) == ["centre"])
      let first = try #require(try await room.tasks.open(for: Staff.amel).tasks.first)
      #expect(first.isLate(on: room.today))
      await #expect(throws: Refusal.notFound) { try await room.tasks.finish(first.id, by: Staff.emna) }
      await #expect(throws: Refusal.notFound) {
        try await room.tasks.give(room.task(to: .person(Staff.emna.id)), by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of one key is given once, also by many at the same time; other words are refused`(
    engine: Database.Engine
  ) async throws {
    try await TaskRoom.with(engine) { room in
      try await withThrowingTaskGroup { group in
        for _ in 0..<20 {
          group.addTask {
            _ = try await room.tasks.give(room.task(to: .antenna("TUN"), key: "clock:1"), by: .program)
          }
        }
        try await group.waitForAll()
      }
      #expect(try await room.words(for: Staff.amel) == ["Call the bank"])
      await #expect(throws: Refusal.sentBefore("words", kept: "Call the bank")) {
        try await room.tasks.give(room.task(to: .antenna("TUN"), "Other", key: "clock:1"), by: .program)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not there when the transaction of the other area fails`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      await #expect(throws: Refusal.notFound) {
        try await room.database.write { db in
          try room.tasks.give(room.task(to: .antenna("TUN")), in: db, by: Staff.amel)
          throw Refusal.notFound
        }
      }
      let left = try await room.words(for: Staff.amel)
      #expect(left.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is done or refused once`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      let done = try await room.tasks.give(room.task(to: .antenna("TUN"), "a"), by: Staff.amel)
      let refused = try await room.tasks.give(room.task(to: .antenna("TUN"), "b"), by: Staff.amel)
      for _ in 0..<2 {
        try await room.tasks.finish(done, by: Staff.bilel)
        try await room.tasks.refuse(refused, because: "Not ours", by: Staff.chokri)
      }
      await #expect(throws: Refusal.self) { try await room.tasks.finish(refused, by: Staff.amel) }
      await #expect(throws: Refusal.self) {
        try await room.tasks.refuse(refused, because: "Another word", by: Staff.amel)
      }
      #expect(try await room.words(for: Staff.amel).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `about a case shows its words to those who see the case, and is given by them alone`(
    engine: Database.Engine
  ) async throws {
    try await TaskRoom.with(engine) { room in
      let file = try await room.receive()
      try await room.tasks.give(room.task(to: .antenna("TUN"), "Her papers", about: file), by: Staff.amel)
      #expect(try await room.words(for: Staff.amel) == ["Her papers"])
      // He sees only the files of which he is the contact person.
      #expect(try await room.words(for: Staff.bilel) == [nil])
      await #expect(throws: Refusal.notFound) {
        try await room.tasks.give(room.task(to: .centre, about: file), by: Staff.emna)
      }
      // She sees the nation, and opens no files.
      let hers = try await room.tasks.give(
        room.task(to: .person(Staff.hela.id), "Her account", about: file), by: Staff.fathi)
      #expect(try await room.words(for: Staff.hela) == [nil])
      await #expect(throws: Refusal.notFound) { try await room.tasks.finish(hers, by: Staff.hela) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is given, listed and ended without reading or sorting a whole table`(engine: Database.Engine)
    async throws
  {
    try await TaskRoom.with(engine) { room in
      let file = try await room.receive()
      let plans = QueryPlans()
      let small: Set = ["installation_key", "account"]
      let watched = TaskRoom(plans.watching(room.database))
      for key in ["a", "a", "b"] {
        try await watched.tasks.give(
          room.task(to: .antenna("TUN"), about: file, key: key), by: Staff.amel)
      }
      for task in try await watched.tasks.open(for: Staff.amel).tasks {
        try await watched.tasks.refuse(task.id, because: "Not ours", by: Staff.amel)
      }
      #expect(!plans.steps.isEmpty && plans.offences(small: small).isEmpty, "\(plans.offences(small: small))")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that is late is counted for the board, since the first of whoever has it`(engine: Database.Engine)
    async throws
  {
    try await TaskRoom.with(engine) { room in
      func waiting(_ antenna: AntennaCode?) async throws -> Waiting? {
        try await room.database.read { db in
          try room.tasks.late(at: antenna, on: Day(of: room.clock.now), in: db)
        }
      }
      let first = room.task(to: .antenna("TUN"), in: 1)
      for task in [
        room.task(to: .person(Staff.bilel.id), in: 2), first, room.task(to: .antenna("TUN"), in: 9),
        room.task(to: .antenna("SFA"), in: 9),
      ] {
        try await room.tasks.give(task, by: .program)
      }
      #expect(try await waiting("TUN") == nil)
      room.clock.advance(days: 5)
      #expect(try await waiting("TUN") == Waiting(2, since: first.due))
      #expect(try await waiting("SFA") == nil)
      #expect(try await waiting(nil) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that is late stands in the list of its antenna, without its words`(engine: Database.Engine)
    async throws
  {
    try await TaskRoom.with(engine) { room in
      let late = room.task(to: .person(Staff.bilel.id), "Secretmatter", in: 1)
      for task in [late, room.task(to: .antenna("TUN"), in: 9), room.task(to: .antenna("SFA"), in: 1)] {
        try await room.tasks.give(task, by: .program)
      }
      room.clock.advance(days: 3)
      let plans = QueryPlans()
      let watched = TaskRoom(plans.watching(room.database), clock: room.clock)
      for actor in [Staff.chokri, Staff.fathi] {
        let found = try await watched.tasks.late(at: "TUN", after: nil, for: actor)
        #expect(found.tasks.map(\.id) == [late.id] && found.next == nil)
        let after = TaskCursor(due: late.due, id: late.id)
        #expect(try await watched.tasks.late(at: "TUN", after: after, for: actor).tasks.isEmpty)
      }
      for offence in plans.offences(small: ["account", "installation_key"]) { Issue.record("\(offence)") }
      // Words that are not shown are not opened, and what is not late is not read.
      #expect(!plans.steps.contains { $0.statement.contains("installation_key") })
      let reads = plans.steps.map(\.statement).filter { $0.contains("FROM task") }
      #expect(!reads.isEmpty && reads.allSatisfy { $0.contains("due <") })
      await #expect(throws: Refusal.notFound) {
        try await room.tasks.late(at: "SFA", after: nil, for: Staff.chokri)
      }
      await #expect(throws: Refusal.notAllowed(.assignCases)) {
        try await room.tasks.late(at: "TUN", after: nil, for: Staff.amel)
      }
      try await room.serve { site in
        let page = try await site.get("/tasks/late", as: Staff.chokri).text
        #expect(page.contains("Bilel") && !page.contains("Secretmatter"))
        #expect(try await site.get("/tasks/late?antenna=TUN", as: Staff.fathi).text.contains("Bilel"))
        #expect(try await site.get("/tasks/late", as: Staff.amel).status == .forbidden)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `goes with its case to another person's key`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      let (file, other) = (try await room.receive(), try await room.receive("Trabelsi"))
      let id = try await room.tasks.give(
        room.task(to: .antenna("TUN"), "Her papers", about: file), by: Staff.amel)
      let opened = try await room.database.write { db in
        let old = try room.cases.require(file, for: Staff.amel, in: db).subject.key
        let new = try room.cases.require(other, for: Staff.amel, in: db).subject.key
        try room.tasks.resealing(file, old, new, db)
        let kept = try TaskStore.require(id, of: ["antenna:TUN"], in: db)
        return try new.openText(kept.words, as: "task.words:\(id)")
      }
      #expect(opened == "Her papers")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `about an erased person tells nothing, and can still be put aside`(engine: Database.Engine)
    async throws
  {
    try await TaskRoom.with(engine) { room in
      let file = try await room.receive()
      let task = room.task(to: .person(Staff.amel.id), "Secretmatter", about: file)
      try await room.tasks.give(task, by: Staff.amel)
      let today = room.today
      try await room.database.write { db in
        let person = try room.cases.require(file, for: .program, in: db).subject.id
        for table in Tasks.kept.tables { try KeptStore.empty(table, of: person, in: db) }
        _ = try room.cases.people.erase([person], on: today, record: "E-1", in: db)
      }
      let shown = try await room.tasks.find(task.id, for: Staff.amel)
      #expect(shown.task.words == nil && shown.file == nil && shown.isForReader)
      #expect(try await room.tasks.count(for: Staff.amel).open == 1)
      for _ in 1...2 { try await room.tasks.finish(task.id, by: Staff.amel) }
      #expect(try await room.tasks.count(for: Staff.amel).open == 0)
    }
  }
}
