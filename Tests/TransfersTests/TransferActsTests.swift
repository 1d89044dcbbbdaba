import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Transfers

@Suite struct `A case that goes to another antenna` {
  @Test(arguments: TestDatabase.engines)
  func `stays where it is until it is accepted, then is there with its new contact person, once`(
    engine: Database.Engine
  ) async throws {
    try await TransferRoom.with(engine) { room, file in
      let id = RecordID<Transfer>()
      for _ in 0..<2 { try await room.offer(file, id: id) }
      await #expect(throws: Refusal.sentBefore("summary", kept: TransferRoom.words().summary)) {
        try await room.offer(file, id: id, TransferRoom.words(to: "SFA", "Other words"))
      }
      var held = try await room.file(file)
      #expect(held.antenna == "TUN" && held.contact == Staff.amel.id)
      try await room.cases.assign(file, to: Staff.bilel.id, by: Staff.chokri)
      #expect(try await room.all(file).first?.line.contact == Staff.bilel.id)

      for _ in 0..<2 { try await room.transfers.accept(id, contact: Staff.emna.id, by: Staff.ghazi) }
      held = try await room.file(file)
      #expect(held.antenna == "SFA" && held.contact == Staff.emna.id)
      #expect(try await room.acts(file) == ["case.give", "transfer.accept", "transfer.offer"])
      // Her file and her person are gone from the old antenna, and are there.
      await #expect(throws: Refusal.notFound) { try await room.cases.open(file, for: Staff.amel) }
      await #expect(throws: Refusal.notFound) {
        try await room.cases.people.open(held.person, for: Staff.chokri)
      }
      #expect(try await room.cases.open(file, for: Staff.emna).file.person == held.person)
      await #expect(throws: Refusal.self) {
        try await room.transfers.accept(id, contact: Staff.ghazi.id, by: Staff.ghazi)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is declined or its offer withdrawn with a reason, once, and may be offered again`(
    engine: Database.Engine
  ) async throws {
    try await TransferRoom.with(engine) { room, file in
      let first = try await room.offer(file)
      await #expect(throws: Refusal.conflict(say("This case is offered to an antenna already."))) {
        try await room.offer(file)
      }
      await #expect(throws: Refusal.self) { try await room.close(file, by: Staff.amel) }
      for _ in 0..<2 { try await room.transfers.decline(first, because: "Too far", by: Staff.ghazi) }
      await #expect(throws: Refusal.self) {
        try await room.transfers.decline(first, because: "Another word", by: Staff.ghazi)
      }
      await #expect(throws: Refusal.notFound) { try await room.transfers.open(first, for: Staff.ghazi) }
      let second = try await room.offer(file, by: Staff.chokri)
      for _ in 0..<2 { try await room.transfers.withdraw(second, because: "She stays", by: Staff.amel) }
      await #expect(throws: Refusal.self) {
        try await room.transfers.accept(second, contact: Staff.emna.id, by: Staff.ghazi)
      }
      #expect(try await room.all(file).map(\.answer?.words) == ["She stays", "Too far"])
      #expect(
        try await room.acts(file) == [
          "transfer.decline", "transfer.offer", "transfer.offer", "transfer.withdraw",
        ])
      #expect(try await room.file(file).antenna == "TUN")
    }
  }

  @Test func `is offered by its contact person or the head, answered by the head of the other antenna`()
    async throws
  {
    try await TransferRoom.with(.sqlite) { room, file in
      await #expect(throws: Refusal.notAllowed(.offerTransfers)) {
        try await room.offer(file, by: Staff.fathi)
      }
      await #expect(throws: Refusal.notFound) { try await room.offer(file, by: Staff.emna) }
      for antenna in ["TUN", "XYZ"] as [AntennaCode] {
        await #expect(throws: Refusal.self) { try await room.offer(file, TransferRoom.words(to: antenna)) }
      }
      let id = try await room.offer(file)
      await #expect(throws: Refusal.notAllowed(.answerTransfers)) {
        try await room.transfers.accept(id, contact: Staff.emna.id, by: Staff.emna)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.transfers.accept(id, contact: Staff.amel.id, by: Staff.chokri)
      }
      await #expect(throws: Refusal.notAllowed(.assignCases)) {
        try await room.transfers.withdraw(id, because: "x", by: Staff.ghazi)
      }
      for stranger in [Staff.amel.id, AccountID()] {
        await #expect(throws: Refusal.self) {
          try await room.transfers.accept(id, contact: stranger, by: Staff.ghazi)
        }
      }
      await #expect(throws: Refusal.notFound) { try await room.transfers.open(id, for: Staff.emna) }
      #expect(try await room.file(file).antenna == "TUN")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `unanswered for seven days stands on three homes`(engine: Database.Engine) async throws {
    try await TransferRoom.with(engine) { room, file in
      let id = try await room.offer(file)
      func seen() async throws -> [[RecordID<Transfer>]] {
        var seen: [[RecordID<Transfer>]] = []
        for actor in [Staff.amel, Staff.ghazi, Staff.fathi, Staff.chokri, Staff.emna] {
          let day = try await room.transfers.day(of: actor)
          seen.append((day.waiting + day.unanswered).map(\.id))
        }
        return seen
      }
      room.clock.advance(days: 6)
      #expect(try await seen() == [[], [id], [], [], []])
      room.clock.advance(days: 1)
      #expect(try await seen() == [[id], [id], [id], [], []])
      try await room.transfers.accept(id, contact: Staff.emna.id, by: Staff.ghazi)
      #expect(try await seen() == [[], [], [], [], []])
      #expect(try await room.transfers.list(.made, after: nil, for: Staff.amel).lines.map(\.id) == [id])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `no act and no list reads or sorts a whole table`(engine: Database.Engine) async throws {
    try await TransferRoom.with(engine) { room, file in
      let plans = QueryPlans()
      let watched = TransferRoom(plans.watching(room.database))
      let first = try await watched.offer(file)
      for actor in [Staff.amel, Staff.bilel, Staff.ghazi, Staff.fathi] {
        for list in TransferList.allCases {
          let cursor = TransferCursor("1773302400000~\(RecordID<Transfer>())")
          _ = try await watched.transfers.list(list, after: nil, for: actor)
          _ = try await watched.transfers.list(list, after: cursor, for: actor)
        }
        _ = try await watched.transfers.day(of: actor)
      }
      try await watched.transfers.decline(first, because: "x", by: Staff.ghazi)
      let second = try await watched.offer(file)
      try await watched.transfers.withdraw(second, because: "x", by: Staff.amel)
      let third = try await watched.offer(file)
      _ = try await watched.transfers.open(third, for: Staff.ghazi)
      try await watched.transfers.accept(third, contact: Staff.emna.id, by: Staff.ghazi)
      let number = try await room.file(file).number
      #expect(try await watched.transfers.trace(number: number, for: Staff.amel) == third)
      #expect(plans.steps.count > 60)
      let small: Set = [
        "installation_key", "antenna", "governorate", "country", "institution", "coverage", "account",
      ]
      for offence in plans.offences(small: small)
      where !small.contains(where: { offence.contains("FROM \($0) ORDER") }) { Issue.record("\(offence)") }
    }
  }
}
