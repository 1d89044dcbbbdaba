import Accounts
import Basics
import Cases
import Storage
import TestSupport
import Testing

@testable import Tasks

@Suite struct `A task about a case that goes elsewhere` {
  @Test(arguments: TestDatabase.engines)
  func `goes with it to the new antenna, and the journal tells`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      let file = try await room.receive()
      for (receiver, words) in [
        (.person(Staff.amel.id), "own"), (.antenna("TUN"), "antenna"),
        (.role(.counsellor, at: "TUN"), "role"), (.centre, "centre"), (.antenna("TUN"), "done"),
      ] as [(OfficeTask.Receiver, String)] {
        try await room.tasks.give(room.task(to: receiver, words, about: file), by: Staff.fathi)
      }
      try await room.tasks.give(room.task(to: .antenna("TUN"), "no case"), by: Staff.fathi)
      let waiting = try await room.tasks.open(for: Staff.amel).tasks
      let done = try #require(waiting.first { $0.words == "done" })
      try await room.tasks.finish(done.id, by: Staff.amel)
      let taken = try #require(waiting.first { $0.words == "antenna" })
      try await room.tasks.take(taken.id, from: nil, by: Staff.chokri)

      let plans = QueryPlans()
      try await TaskRoom(plans.watching(room.database), clock: room.clock).move(file)
      #expect(try await room.words(for: Staff.amel) == ["no case"])
      #expect(try await room.words(for: Staff.fathi) == ["centre"])
      let there = try await room.tasks.open(for: Staff.emna).tasks
      #expect(Set(there.map(\.words)) == ["own", "antenna", "role"])
      #expect(there.allSatisfy { $0.takenBy == nil && $0.givenBy == Staff.fathi.id })
      #expect(there.first { $0.words == "own" }?.receiver == .person(Staff.emna.id))
      #expect(there.first { $0.words == "role" }?.receiver == .role(.counsellor, at: "SFA"))
      #expect(!plans.offences().contains { $0.contains("task") }, "\(plans.offences())")
      // What was done stays where it was done.
      #expect(try await room.tasks.list(.ended, for: Staff.amel).tasks.map(\.id) == [done.id])
      for task in there { try await room.tasks.finish(task.id, by: Staff.emna) }

      let told = try await room.database.read { db in
        try Journal.history(
          of: room.cases.require(file, for: .program, in: db).subject, limit: 100, in: db)
      }.filter { $0.act == "task.follow" }
      #expect(told.count == 3 && told.allSatisfy { $0.actor == Actor.program.id })
      let change = FieldChange(field: "receiver", before: "antenna:TUN", after: "antenna:SFA")
      #expect(told.filter { $0.changes == [change] }.map(\.record) == [OfficeTask.reference(taken.id)])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stays with a colleague who opens it under another contact person, and leaves who does not`(
    engine: Database.Engine
  ) async throws {
    try await TaskRoom.with(engine) { room in
      let file = try await room.receive()
      // She has no account any more.
      let gone = AccountID()
      for (receiver, words) in [
        (.person(Staff.amel.id), "hers"), (.person(gone), "left"), (.antenna("TUN"), "antenna"),
      ] as [(OfficeTask.Receiver, String)] {
        try await room.tasks.give(room.task(to: receiver, words, about: file), by: Staff.fathi)
      }
      try await room.cases.assign(file, to: Staff.chokri.id, by: Staff.chokri)
      #expect(Set(try await room.words(for: Staff.amel)) == ["hers", "antenna"])
      #expect(Set(try await room.words(for: Staff.chokri)) == ["left", "antenna"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not given again by its clock`(engine: Database.Engine) async throws {
    try await TaskRoom.with(engine) { room in
      let file = try await room.receive()
      func ring(_ receiver: OfficeTask.Receiver) async throws {
        let task = room.task(to: receiver, about: file, key: "clock:1")
        try await room.database.write { db in try room.tasks.remind(task, in: db) }
      }
      for _ in 1...2 { try await ring(.person(Staff.amel.id)) }
      #expect(try await room.words(for: Staff.amel) == ["Call the bank"])
      try await room.move(file)
      try await ring(.person(Staff.emna.id))
      let there = try await room.tasks.open(for: Staff.emna).tasks
      #expect(there.map(\.words) == ["Call the bank"] && there[0].givenBy == Actor.program.id)
      try await room.tasks.finish(there[0].id, by: Staff.emna)
      try await ring(.antenna("SFA"))
      #expect(try await room.words(for: Staff.emna).isEmpty)
    }
  }
}
