import Basics
import Cases
import Foundation
import Funding
import Storage
import TestSupport
import Testing

@testable import Aids
@testable import Committees

@Suite struct `Aids before a committee` {
  private func decision(
    _ outcome: Decision.Outcome, on id: RecordID<Aid>, _ room: AidRoom, _ ground: AidRoom.Ground,
    _ amount: Int64? = nil, isOnAppeal: Bool = false
  ) throws -> Decision {
    let words = Decision.Words(
      outcome, amount: amount.map { AidRoom.tnd($0) },
      conditions: outcome == .conditions ? "Three quotes" : nil,
      text: outcome.isGrant ? nil : "A paper is missing")
    return Decision(
      id: RecordID(), item: try #require(RecordID<CommitteeItem>(id.text)), file: ground.file,
      origin: "aid:\(id)",
      session: RecordID(), day: room.today, words: words, isOnAppeal: isOnAppeal, decidedAt: room.clock.now,
      decidedBy: Staff.fathi.id, counted: 3, agreed: 3)
  }

  private func tell(_ decision: Decision, _ room: AidRoom) async throws {
    try await room.database.write { db in try room.aids.decisions(decision, db, Staff.fathi) }
  }

  @Test(arguments: TestDatabase.engines)
  func `are put there with the submission, and follow what is decided`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let id = try await room.prepared(ground)
      for _ in 1...2 { try await room.aids.submit(id, outside: false, from: ground.money, by: Staff.amel) }
      let item = try await room.database.read { db in
        try CommitteeItemStore.find(try #require(RecordID<CommitteeItem>(id.text)), in: db)
      }
      #expect(item?.amount == AidRoom.tnd(3_000_000) && item?.preparedBy == Staff.amel.id)
      // Nobody decides alone what is before a committee.
      let alone = Aid.Decision(
        outcome: .granted, amount: AidRoom.tnd(1), on: room.today, body: "C", words: nil)
      await #expect(throws: Refusal.self) {
        try await room.aids.decide(alone, on: id, from: nil, by: Staff.chokri)
      }
      try await tell(try decision(.postponed, on: id, room, ground), room)
      #expect(try await room.read(id).line.state == .postponed)
      let refused = try decision(.refused, on: id, room, ground)
      for _ in 1...2 { try await tell(refused, room) }
      #expect(try await room.money(of: id) == nil)
      try await tell(try decision(.conditions, on: id, room, ground, 2_000_000, isOnAppeal: true), room)
      let aid = try await room.read(id)
      #expect(aid.line.state == .granted && aid.line.granted == AidRoom.tnd(2_000_000))
      #expect(aid.decisions.map(\.outcome) == [.postponed, .refused, .granted])
      #expect(aid.decisions.last?.words == "Three quotes")
      try await room.aids.setAside(ground.money, for: id, by: Staff.amel)
      #expect(try await room.money(of: id)?.reserved == AidRoom.tnd(2_000_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `granted with conditions wait for an appeal with their contract, and take the new amount`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let id = try await room.prepared(ground)
      try await room.aids.submit(id, outside: false, from: ground.money, by: Staff.amel)
      // Not again while a committee of ours decides, nor after it: an appeal is made there.
      try await tell(try decision(.conditions, on: id, room, ground, 1_000_000), room)
      let part = NewInstalment(
        way: .cash, amount: AidRoom.tnd(1_000_000), dueOn: room.today, words: "Rent")
      try await room.aids.plan(part, of: id, by: Staff.amel)
      let contract = AidContract(signedOn: room.today, signedBy: "Amel", followMonths: 12, clauses: 1)
      let waits = say("An appeal waits for a committee: sign once it is decided, or take the appeal back.")
      await #expect(throws: Refusal.conflict(waits)) {
        try await room.aids.sign(contract, of: id, by: Staff.amel)
      }
      try await tell(try decision(.granted, on: id, room, ground, 2_500_000, isOnAppeal: true), room)
      let aid = try await room.read(id)
      #expect(aid.line.state == .granted && aid.line.granted == AidRoom.tnd(2_500_000))
      #expect(try await room.money(of: id)?.reserved == AidRoom.tnd(2_500_000))
      // A second decision that is none on an appeal changes nothing of what was granted.
      let odd = try decision(.granted, on: id, room, ground, 3_000_000)
      await #expect(throws: Refusal.self) { try await tell(odd, room) }
      // Refused upon the appeal: what was set aside is free.
      try await tell(try decision(.refused, on: id, room, ground, isOnAppeal: true), room)
      #expect(try await room.read(id).line.state == .refused)
      #expect(try await room.money(of: id) == nil)
      let again = say("This aid was decided, or given up.")
      await #expect(throws: Refusal.conflict(again)) {
        try await room.aids.submit(id, outside: false, from: ground.money, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are ranked under the money of their lines, set aside or not`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine, 5_000_000) { room, ground in
      let first = try await room.prepared(ground)
      let second = try await room.prepared(ground)
      try await room.aids.submit(first, outside: false, from: ground.money, by: Staff.amel)
      try await room.aids.submit(second, outside: false, from: nil, by: Staff.amel)
      let shares = try await room.database.read { db in
        let items = try [first, second].map { id -> CommitteeItem in
          let item = try #require(RecordID<CommitteeItem>(id.text))
          return try #require(try CommitteeItemStore.find(item, in: db))
        }
        let shares = try room.aids.money(items, db)
        return items.map { shares[$0.id] }
      }
      let pot = MoneyPot(
        id: ground.money.text, name: "Bailleur A (exemple) · Aides", left: AidRoom.tnd(5_000_000))
      let share = PotShare(pot: pot, cost: AidRoom.tnd(3_000_000))
      #expect(shares == [share, share])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `given up are taken back, and a decision on them is undone`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let id = try await room.prepared(ground)
      try await room.aids.submit(id, outside: false, from: ground.money, by: Staff.amel)
      try await room.aids.giveUp(id, because: "She left", by: Staff.amel)
      let late = try decision(.granted, on: id, room, ground, 3_000_000)
      await #expect(throws: Refusal.self) { try await tell(late, room) }
      #expect(try await room.read(id).line.state == .givenUp)
    }
  }
}
