import Basics
import Cases
import Foundation
import Funding
import Storage
import TestSupport
import Testing

@testable import Aids
@testable import Committees

/// The ledger of one budget line and of its agreement, read account by account after each step of an aid.
private struct Books: Sendable {
  let room: AidRoom
  let line: RecordID<BudgetLine>
  /// What the agreement and its only line come to, in the smallest unit.
  let whole: Int64

  /// What stands on each account; those with nothing are left out.
  private func balances() async throws -> [LedgerAccount.Kind: Int64] {
    try await room.database.read { db in
      let rows = try db.rows(
        """
        SELECT kind, balance FROM fund_account WHERE balance <> 0
          AND (owner = \(line) OR owner = (SELECT agreement FROM budget_line WHERE id = \(line)))
        """
      ) { row in (try row[0] as LedgerAccount.Kind, try row[1] as Int64) }
      return Dictionary(uniqueKeysWithValues: rows)
    }
  }

  /// - Parameters:
  ///   - returned: what came back of what was paid.
  ///   - given: what the person has got, where her aid has another currency than its line.
  func mustBe(
    _ step: String, free: Int64, reserved: Int64 = 0, committed: Int64 = 0, paid: Int64 = 0,
    returned: Int64 = 0, given: Int64 = 0
  ) async throws {
    let used = reserved + committed + paid - returned
    let expected: [LedgerAccount.Kind: Int64] = [
      .promised: -whole, .free: free, .reserved: reserved, .committed: committed, .paid: paid,
      .returned: -returned, .used: used, .cash: -used, .given: given, .exchange: -given,
    ].filter { $0.value != 0 }
    let found = try await balances()
    #expect(found == expected, "\(step)")
    #expect(free + used == whole, "\(step)")
    let trial = try await room.database.read { db in try room.funding.trialBalance(in: db) }
    #expect(trial.isSound && !trial.totals.isEmpty, "\(step): \(trial)")
    #expect(trial.totals.values.allSatisfy { $0 == 0 }, "\(step): \(trial.totals)")
  }
}

@Suite struct `The ledger under aids` {
  private func decision(_ room: AidRoom, _ amount: Int64?) -> Aid.Decision {
    Aid.Decision(
      outcome: amount == nil ? .refused : .granted, amount: amount.map { AidRoom.tnd($0) }, on: room.today,
      body: "Comité de Tunis", words: amount == nil ? "Another fund pays it" : nil)
  }

  private func contract(_ id: RecordID<Aid>, parts: Int, _ room: AidRoom) async throws -> [AidInstalment] {
    let first = NewInstalment(way: .supplier, amount: AidRoom.tnd(0), dueOn: room.today, words: "Rent")
    try await room.aids.split(first, into: parts, monthsApart: 1, of: id, by: Staff.amel)
    let contract = AidContract(signedOn: room.today, signedBy: "Amel", followMonths: 12, clauses: 1)
    for _ in 1...2 { try await room.aids.sign(contract, of: id, by: Staff.amel) }
    return try await room.read(id).instalments
  }

  @Test(arguments: TestDatabase.engines)
  func `is exact from the request to the end, with a part that came back and one that was never paid`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let books = Books(room: room, line: ground.money, whole: 100_000_000)
      let id = try await room.prepared(ground)
      try await books.mustBe("prepared", free: 100_000_000)
      for _ in 1...2 { try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel) }
      try await books.mustBe("submitted", free: 97_000_000, reserved: 3_000_000)
      let decision = decision(room, 2_400_000)
      for _ in 1...2 { try await room.aids.decide(decision, on: id, from: nil, by: Staff.chokri) }
      try await books.mustBe("granted", free: 97_000_000, reserved: 3_000_000)
      let part = try await contract(id, parts: 2, room)[0]
      try await books.mustBe("contracted", free: 97_600_000, committed: 2_400_000)
      let order = try await room.order(part)
      try await room.aids.approve(order, by: Staff.chokri)
      try await books.mustBe("approved", free: 97_600_000, committed: 2_400_000)
      for _ in 1...2 {
        try await room.aids.pay(order, on: room.today, reference: "VIR 1", by: Staff.fathi)
      }
      try await books.mustBe("paid", free: 97_600_000, committed: 1_200_000, paid: 1_200_000)
      try await room.proven(part, AidRoom.tnd(900_000), with: ground.paper)
      let back = NewProof(
        way: .returned, amount: AidRoom.tnd(300_000), on: room.today, words: "It cost less")
      try await room.aids.prove(back, part.id, of: id, by: Staff.amel)
      try await books.mustBe("brought", free: 97_600_000, committed: 1_200_000, paid: 1_200_000)
      for _ in 1...2 { try await room.aids.check(back.id, .accepted, because: nil, by: Staff.chokri) }
      try await books.mustBe(
        "returned", free: 97_900_000, committed: 1_200_000, paid: 1_200_000, returned: 300_000)
      // Of what was paid in part nothing is given up; it is ended, and what was not paid goes back.
      await #expect(throws: Refusal.self) {
        try await room.aids.giveUp(id, because: "She left", by: Staff.amel)
      }
      try await books.mustBe(
        "not given up", free: 97_900_000, committed: 1_200_000, paid: 1_200_000, returned: 300_000)
      for _ in 1...2 { try await room.aids.end(id, with: "She left", by: Staff.chokri) }
      try await books.mustBe("ended", free: 99_100_000, paid: 1_200_000, returned: 300_000)
      let aid = try await room.read(id)
      #expect(aid.line.state == .ended && aid.line.paid == AidRoom.tnd(1_200_000))
      #expect(try await room.money(of: id)?.paid == AidRoom.tnd(900_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `has nothing left of an aid that is given up before its first payment`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let books = Books(room: room, line: ground.money, whole: 100_000_000)
      for step in ["submitted", "granted", "contracted", "ordered"] {
        let id = try await room.prepared(ground)
        try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
        if step != "submitted" {
          try await room.aids.decide(decision(room, 2_000_000), on: id, from: nil, by: Staff.chokri)
        }
        if step == "submitted" || step == "granted" {
          try await books.mustBe(step, free: 97_000_000, reserved: 3_000_000)
        } else {
          let parts = try await contract(id, parts: 3, room)
          if step == "ordered" {
            let order = try await room.order(parts[1])
            await #expect(throws: Refusal.self) {
              try await room.aids.giveUp(id, because: "She left", by: Staff.amel)
            }
            try await room.aids.sendBack(order, because: "She left", by: Staff.chokri)
          }
          try await books.mustBe(step, free: 98_000_000, committed: 2_000_000)
        }
        for _ in 1...2 { try await room.aids.giveUp(id, because: "She left", by: Staff.amel) }
        try await books.mustBe("\(step), given up", free: 100_000_000)
        #expect(try await room.read(id).line.state == .givenUp)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lets go with a refusal, and holds again what is asked for anew`(engine: Database.Engine) async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let books = Books(room: room, line: ground.money, whole: 100_000_000)
      let id = try await room.prepared(ground)
      try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
      try await room.aids.decide(decision(room, nil), on: id, from: nil, by: Staff.chokri)
      try await books.mustBe("refused", free: 100_000_000)
      try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
      try await books.mustBe("submitted anew", free: 97_000_000, reserved: 3_000_000)
      try await room.aids.decide(decision(room, 2_000_001), on: id, from: nil, by: Staff.chokri)
      let parts = try await contract(id, parts: 2, room)
      try await books.mustBe("contracted", free: 97_999_999, committed: 2_000_001)
      try await room.paid(parts[0])
      try await room.paid(parts[1])
      try await books.mustBe("paid", free: 97_999_999, paid: 2_000_001)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `holds what was granted upon an appeal, and no more what was granted before`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let books = Books(room: room, line: ground.money, whole: 100_000_000)
      let id = try await room.prepared(ground)
      try await room.aids.submit(id, outside: false, from: ground.money, by: Staff.amel)
      let item = try #require(RecordID<CommitteeItem>(id.text))
      func decide(_ amount: Int64, isOnAppeal: Bool) async throws {
        let decision = Decision(
          id: RecordID(), item: item, file: ground.file, origin: "aid:\(id)", session: RecordID(),
          day: room.today,
          words: Decision.Words(.conditions, amount: AidRoom.tnd(amount), conditions: "Three quotes"),
          isOnAppeal: isOnAppeal, decidedAt: room.clock.now, decidedBy: Staff.fathi.id, counted: 3, agreed: 3)
        for _ in 1...2 {
          try await room.database.write { db in
            try room.aids.decisions(decision, db, Staff.fathi)
            try CommitteeItemStore.set(.decided, of: item, in: db)
          }
        }
      }
      try await decide(1_000_000, isOnAppeal: false)
      try await books.mustBe("granted", free: 97_000_000, reserved: 3_000_000)
      try await decide(2_000_000, isOnAppeal: true)
      try await books.mustBe("granted upon the appeal", free: 98_000_000, reserved: 2_000_000)
      _ = try await contract(id, parts: 1, room)
      try await books.mustBe("contracted", free: 98_000_000, committed: 2_000_000)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is exact in both currencies, where dinars are paid from euros`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, dinars in
      let books = try await euros(room)
      let ground = AidRoom.Ground(file: dinars.file, money: books.line, paper: dinars.paper)
      // 3000 / 3.3845 = 886.3938…
      let aid = try await room.contracted(ground)
      try await books.mustBe("contracted", free: 911_361, committed: 88_639)
      let part = aid.instalments[0]
      // 1500 / 3.3845 = 443.1969…
      try await room.paid(part)
      try await books.mustBe("paid", free: 911_361, committed: 44_319, paid: 44_320, given: 1_500_000)
      try await room.proven(part, AidRoom.tnd(1_200_000), with: ground.paper)
      // 300 / 3.3845 = 88.6394…
      let back = NewProof(
        way: .recovered, amount: AidRoom.tnd(300_000), on: room.today, words: "The supplier sent it back")
      try await room.aids.prove(back, part.id, of: aid.id, by: Staff.amel)
      try await room.aids.check(back.id, .accepted, because: nil, by: Staff.chokri)
      try await books.mustBe(
        "recovered", free: 920_225, committed: 44_319, paid: 44_320, returned: 8_864, given: 1_200_000)
      try await room.aids.end(aid.id, with: "She found another roof", by: Staff.chokri)
      try await books.mustBe("ended", free: 964_544, paid: 44_320, returned: 8_864, given: 1_200_000)
    }
  }

  /// A line of ten thousand euros, and a rate that holds.
  private func euros(_ room: AidRoom) async throws -> Books {
    let funder = Funder(name: "Bailleur B (exemple)")
    try await room.funding.add(funder, by: Staff.fathi)
    let agreement = Agreement(
      funder: funder.id, title: "Convention en euros", amount: Money(10_000_00, .eur),
      from: room.today + -30, until: room.today + 400)
    try await room.funding.add(agreement, by: Staff.fathi)
    let line = BudgetLine(agreement: agreement.id, name: "Aides", amount: agreement.amount)
    try await room.funding.add(line, by: Staff.fathi)
    let rate = ExchangeRate(
      from: room.today + -1, until: room.today + 30, millionths: 3_384_500, source: "Banque (exemple)")
    try await room.funding.enter(rate, by: Staff.fathi)
    return Books(room: room, line: line.id, whole: 10_000_00)
  }
}

@Suite struct `Money of an aid that was claimed back` {
  @Test(arguments: TestDatabase.engines)
  func `is free again on its line once that it came is accepted, and once only`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let books = Books(room: room, line: ground.money, whole: 100_000_000)
      let aid = try await room.contracted(ground, parts: 1)
      let part = aid.instalments[0]
      try await room.paid(part)
      try await room.proven(part, AidRoom.tnd(2_000_000), with: ground.paper)
      try await books.mustBe("spent", free: 97_000_000, paid: 3_000_000)
      func bring(_ way: AidProof.Way, _ amount: Int64) async throws -> RecordID<AidProof> {
        let proof = NewProof(way: way, amount: AidRoom.tnd(amount), on: room.today, words: "Claimed in May")
        for _ in 1...2 { try await room.aids.prove(proof, part.id, of: aid.id, by: Staff.amel) }
        return proof.id
      }
      let early = try await bring(.recovered, 600_000)
      await #expect(throws: Refusal.notAllowed(.approvePayments)) {
        try await room.aids.check(early, .accepted, because: nil, by: Staff.amel)
      }
      try await room.aids.check(early, .rejected, because: "Nothing came", by: Staff.chokri)
      try await books.mustBe("rejected", free: 97_000_000, paid: 3_000_000)
      #expect(try await room.read(aid.id).line.proven == AidRoom.tnd(2_000_000))

      let came = try await bring(.recovered, 600_000)
      try await books.mustBe("brought", free: 97_000_000, paid: 3_000_000)
      for _ in 1...2 { try await room.aids.check(came, .accepted, because: nil, by: Staff.chokri) }
      try await books.mustBe("recovered", free: 97_600_000, paid: 3_000_000, returned: 600_000)
      let returned = try await bring(.returned, 150_000)
      try await room.aids.check(returned, .accepted, because: nil, by: Staff.chokri)
      try await books.mustBe("returned", free: 97_750_000, paid: 3_000_000, returned: 750_000)
      // What is explained asks nothing back.
      let explained = try await bring(.explained, 250_000)
      try await room.aids.check(explained, .accepted, because: nil, by: Staff.chokri)
      try await books.mustBe("explained", free: 97_750_000, paid: 3_000_000, returned: 750_000)

      let read = try await room.read(aid.id)
      #expect(read.line.state == .proven && read.line.proven == AidRoom.tnd(3_000_000))
      #expect(read.line.paid == AidRoom.tnd(3_000_000))
      let accepted = read.instalments.flatMap(\.proofs).filter { $0.check == .accepted }
      let sums: [AidProof.Way: Int64] = accepted.reduce(into: [:]) {
        $0[$1.way, default: 0] += $1.amount.minorUnits
      }
      #expect(
        sums == [.expense: 2_000_000, .recovered: 600_000, .returned: 150_000, .explained: 250_000])
      #expect(try await room.money(of: aid.id)?.paid == AidRoom.tnd(2_250_000))
      let back = try await room.database.read { db in
        try db.rows("SELECT amount FROM fund_return ORDER BY amount") { try $0[0] as Int64 }
      }
      #expect(back == [150_000, 600_000])
      try await room.serve { site in
        let page = try await site.get("/aids/\(aid.id)", as: Staff.amel).text
        #expect(page.contains("it was claimed back and came") && page.contains("Claimed in May"))
      }
      // What came back is there for the next.
      try await room.aids.end(aid.id, with: "Over", by: Staff.chokri)
      let next = try await room.prepared(ground, 97_750_000)
      try await room.aids.submit(next, outside: true, from: ground.money, by: Staff.amel)
      try await books.mustBe(
        "all is set aside", free: 0, reserved: 97_750_000, paid: 3_000_000, returned: 750_000)
    }
  }
}
