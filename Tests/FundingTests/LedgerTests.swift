import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Funding

@Suite struct `The ledger` {
  @Test(arguments: TestDatabase.engines)
  func `gives the last money to one only, whoever asks at the same moment`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      // Two antennas, twenty askers each, money for ten.
      let served = try await withThrowingTaskGroup(of: Bool.self) { group in
        for actor in [Staff.amel, Staff.emna] {
          for _ in 0..<20 {
            group.addTask {
              do {
                try await room.reserve(eur(100_00), on: line, antenna: actor.antenna, by: actor)
                return true
              } catch Refusal.conflict {
                return false
              }
            }
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(served == 10)
      #expect(try await room.books(line) == [.reserved: 1_000_00])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `pays the same payment once, also where two programs send it at the same moment`(
    engine: Database.Engine
  ) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let first = try TestDatabase.open(engine, at: address)
      let second = try TestDatabase.open(engine, at: address)
      try await first.migrate(
        InstallationKeys.migrations + Journal.migrations + FundingRoom.migrations)
      try await InstallationKeys.check(first)
      let (room, other) = (FundingRoom(first), FundingRoom(second))
      try await room.funding.add(room.funder, by: Staff.fathi)
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      let id = try await room.reserve(eur(500_00), on: line)
      try await room.commit(id, eur(500_00))
      let payment = RecordID<FundPayment>()
      try await withThrowingTaskGroup { group in
        for program in [room, other] {
          for _ in 0..<10 { group.addTask { try await program.pay(id, eur(300_00), as: payment) } }
        }
        try await group.waitForAll()
      }
      #expect(try await room.books(line) == [.free: 500_00, .committed: 200_00, .paid: 300_00])
      // Many different payments at once never exceed what is bound.
      let paid = try await withThrowingTaskGroup(of: Int.self) { group in
        for program in [room, other] {
          for _ in 0..<10 {
            group.addTask {
              do {
                try await program.pay(id, eur(70_00))
                return 1
              } catch Refusal.conflict { return 0 }
            }
          }
        }
        return try await group.reduce(0, +)
      }
      #expect(paid == 2)
      let balance = try await first.read { db in try TrialBalanceStore.check(in: db) }
      #expect(balance.isSound)
      try await first.close()
      try await second.close()
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `spends only what has arrived, where that is agreed`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(eur(1_000_00), basis: .received)
      let (one, two) = (
        try await room.line(of: agreement, eur(600_00), name: "A"),
        try await room.line(of: agreement, eur(400_00), name: "B")
      )
      #expect(await room.refusal { try await room.reserve(eur(1), on: one) } != nil)
      let receipt = FunderReceipt(agreement: agreement.id, on: room.today, amount: eur(500_00))
      for _ in 1...2 { try await room.funding.receive(receipt, by: Staff.fathi) }
      let id = try await room.reserve(eur(300_00), on: one)
      #expect(
        await room.refusal { try await room.reserve(eur(201_00), on: two) }
          == "Not enough money is left: 200.00\u{A0}€.")
      let left = try await room.fitting(room.need(eur(1))).map(\.left)
      #expect(left == [eur(200_00), eur(200_00)])
      // The receipt cannot be taken back any more.
      let movement = try await room.database.read { db in
        try #require(try LedgerStore.find(key: "receipt:\(receipt.id)", in: db))
      }
      #expect(
        await room.refusal {
          try await room.funding.reverse(movement.id, because: "Erreur", by: Staff.fathi)
        } != nil)
      try await room.release(id)
      for _ in 1...2 { try await room.funding.reverse(movement.id, because: "Erreur", by: Staff.fathi) }
      #expect(await room.refusal { try await room.reserve(eur(1), on: one) } != nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is read page by page from its index`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      let plan = try await room.database.plan(
        of: LedgerStore.selection("m.line = \(line.id) AND m.id < \(RecordID<Movement>())", limit: 51))
      #expect(plan.contains("fund_movement_line "), "\(plan)")
      #expect(!plan.uppercased().contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
    }
  }

  @Test func `changes nothing of what was booked`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Areas/Funding")
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where file.hasSuffix("Store.swift") {
      let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      for statement in [
        "UPDATE fund_movement", "DELETE FROM fund_movement", "UPDATE fund_entry", "DELETE FROM fund_entry",
      ] {
        #expect(!text.contains(statement), "\(file): \(statement)")
      }
    }
  }
}
