import Basics
import Cases
import Foundation
import Funding
import Storage
import TestSupport
import Testing

@testable import Aids

@Suite struct `The acts on aids` {
  @Test(arguments: TestDatabase.engines)
  func `an aid goes from its preparation to the last proof, and the money with it`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let id = try await room.prepared(ground)
      #expect(try await room.money(of: id) == nil)
      for _ in 1...2 { try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel) }
      #expect(try await room.money(of: id)?.reserved == AidRoom.tnd(3_000_000))
      let decision = Aid.Decision(
        outcome: .granted, amount: AidRoom.tnd(2_400_001), on: room.today, body: "Comité de Tunis",
        words: "Three quotes first")
      await #expect(throws: Refusal.notAllowed(.approvePayments)) {
        try await room.aids.decide(decision, on: id, from: nil, by: Staff.amel)
      }
      for _ in 1...2 { try await room.aids.decide(decision, on: id, from: nil, by: Staff.chokri) }
      #expect(try await room.read(id).line.state == .granted)
      let first = NewInstalment(
        way: .supplier, amount: AidRoom.tnd(0), dueOn: room.today + 10, conditions: [.invoice], words: "Rent")
      for _ in 1...2 {
        try await room.aids.split(first, into: 2, monthsApart: 1, of: id, by: Staff.amel)
      }
      let contract = AidContract(signedOn: room.today, signedBy: "Amel", followMonths: 12, clauses: 1)
      for _ in 1...2 { try await room.aids.sign(contract, of: id, by: Staff.amel) }
      var aid = try await room.read(id)
      #expect(aid.instalments.map(\.amount.minorUnits) == [1_200_001, 1_200_000])
      #expect(aid.line.state == .contracted && aid.contract == contract)
      // What was reserved beyond the grant is free again.
      #expect(try await room.money(of: id)?.committed == AidRoom.tnd(2_400_001))
      for part in aid.instalments {
        let order = NewOrder(
          payee: "Menuiserie Salem", rib: try RIB(typed: AidRoom.rib), invoice: ground.paper)
        _ = try await room.order(part, order)
        await #expect(throws: Refusal.notAllowed(.approvePayments)) {
          try await room.aids.approve(order.id, by: Staff.amel)
        }
        for _ in 1...2 { try await room.aids.approve(order.id, by: Staff.chokri) }
        for _ in 1...2 {
          try await room.aids.pay(order.id, on: room.today, reference: "VIR 7", by: Staff.fathi)
        }
        try await room.proven(part, with: ground.paper)
      }
      aid = try await room.read(id)
      #expect(
        aid.line.state == .proven && aid.line.paid == aid.line.granted && aid.line.proven == aid.line.granted)
      for _ in 1...2 { try await room.aids.end(id, with: "The family lives there", by: Staff.chokri) }
      #expect(try await room.read(id).line.state == .ended)
      let money = try #require(try await room.money(of: id))
      #expect(money.paid == AidRoom.tnd(2_400_001) && money.committed.minorUnits == 0)
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act LIKE 'aid.%'") { try $0[0] as String }
      }
      #expect(acts.count { $0 == "aid.pay" } == 2 && acts.count { $0 == "aid.granted" } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `whoever prepared it does not decide, and what is refused lets its money go`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let id = RecordID<Aid>()
      var both = Staff.chokri
      both = Actor(
        id: both.id, name: both.name, institution: both.institution, antenna: both.antenna, scope: both.scope,
        duties: both.duties.union([.prepareAids]))
      try await room.aids.prepare(room.request(), as: id, in: ground.file, by: both)
      try await room.aids.submit(id, outside: true, from: ground.money, by: both)
      let refusal = Aid.Decision(
        outcome: .refused, amount: nil, on: room.today, body: "Comité de Tunis", words: "Another fund pays it"
      )
      let own = say("You prepared this aid: somebody else decides on it.")
      await #expect(throws: Refusal.conflict(own)) {
        try await room.aids.decide(refusal, on: id, from: nil, by: both)
      }
      try await room.aids.decide(refusal, on: id, from: nil, by: Staff.fathi)
      #expect(try await room.read(id).line.state == .refused)
      #expect(try await room.money(of: id) == nil)
      // An appeal: the same aid, decided anew.
      try await room.aids.submit(id, outside: true, from: ground.money, by: both)
      let grant = Aid.Decision(
        outcome: .granted, amount: AidRoom.tnd(3_000_000), on: room.today, body: "Comité national", words: nil
      )
      try await room.aids.decide(grant, on: id, from: nil, by: Staff.fathi)
      let aid = try await room.read(id)
      #expect(aid.decisions.map(\.outcome) == [.refused, .granted] && aid.line.state == .granted)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `more than asked is not granted, more than granted not promised, more than is there not reserved`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine, 5_000_000) { room, ground in
      let id = try await room.prepared(ground)
      try await room.aids.submit(id, outside: true, from: nil, by: Staff.amel)
      let tooMuch = Aid.Decision(
        outcome: .granted, amount: AidRoom.tnd(3_000_001), on: room.today, body: "C", words: nil)
      await #expect(throws: Refusal.self) {
        try await room.aids.decide(tooMuch, on: id, from: ground.money, by: Staff.chokri)
      }
      let decision = Aid.Decision(
        outcome: .granted, amount: AidRoom.tnd(3_000_000), on: room.today, body: "C", words: nil)
      try await room.aids.decide(decision, on: id, from: nil, by: Staff.chokri)
      let part = NewInstalment(
        way: .cash, amount: AidRoom.tnd(3_000_001), dueOn: room.today, words: "Rent")
      await #expect(throws: Refusal.self) { try await room.aids.plan(part, of: id, by: Staff.amel) }
      let most = NewInstalment(way: .cash, amount: AidRoom.tnd(2_999_999), dueOn: room.today, words: "Rent")
      for _ in 1...2 { try await room.aids.plan(most, of: id, by: Staff.amel) }
      let contract = AidContract(signedOn: room.today, signedBy: "Amel", followMonths: 12, clauses: 1)
      let short = say("The parts do not come to the amount granted: \("0,001") is missing.")
      await #expect(throws: Refusal.conflict(short)) {
        try await room.aids.sign(contract, of: id, by: Staff.amel)
      }
      try await room.aids.unplan(most.id, of: id, by: Staff.amel)
      let whole = NewInstalment(way: .cash, amount: AidRoom.tnd(3_000_000), dueOn: room.today, words: "Rent")
      try await room.aids.plan(whole, of: id, by: Staff.amel)
      let none = say("No money is set aside for this aid: choose the budget line first.")
      await #expect(throws: Refusal.conflict(none)) {
        try await room.aids.sign(contract, of: id, by: Staff.amel)
      }
      try await room.aids.setAside(ground.money, for: id, by: Staff.amel)
      try await room.aids.sign(contract, of: id, by: Staff.amel)
      // Of five thousand three are bound: the next three are not there.
      let other = try await room.prepared(ground)
      await #expect(throws: Refusal.self) {
        try await room.aids.submit(other, outside: true, from: ground.money, by: Staff.amel)
      }
      #expect(try await room.read(other).line.state == .prepared)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a case is not closed over an aid that is not finished`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let id = try await room.prepared(ground)
      let closing = Closure(
        id: RecordID(), outcome: .leftAgain, reason: "She moved abroad", closedOn: room.today,
        reopenedOn: nil,
        reopenReason: nil)
      await #expect(throws: Refusal.self) {
        try await room.cases.close(ground.file, closing, by: Staff.amel)
      }
      try await room.aids.giveUp(id, because: "She moved abroad", by: Staff.amel)
      try await room.cases.close(ground.file, closing, by: Staff.amel)
      let file = try await room.database.read { db in
        try room.cases.require(ground.file, for: .program, in: db).file
      }
      #expect(file.stage == .closed)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nothing is approved before the conditions of the contract are met`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground, conditions: [.invoice, .visit, .proof])
      let (first, second) = (aid.instalments[0], aid.instalments[1])
      let order = try await room.order(first)
      await #expect(throws: Refusal.self) { try await room.aids.approve(order, by: Staff.chokri) }
      try await room.aids.sendBack(order, because: "No invoice", by: Staff.chokri)
      await #expect(throws: Refusal.conflict(say("This order was sent back already."))) {
        try await room.aids.approve(order, by: Staff.chokri)
      }
      func whole() throws -> NewOrder {
        NewOrder(
          payee: "S", rib: try RIB(typed: AidRoom.rib), invoice: ground.paper, visitedOn: room.today)
      }
      let unseen = await #expect(throws: Refusal.self) { try await room.order(first, whole()) }
      guard case .invalid(let errors) = unseen else { throw try #require(unseen) }
      #expect(errors.map(\.field) == ["visited-on"])
      try await room.visit(ground.file)
      let again = try await room.order(first, whole())
      try await room.aids.approve(again, by: Staff.chokri)
      try await room.aids.pay(again, on: room.today, reference: "VIR", by: Staff.fathi)
      // The second asks for the proof of the first.
      let next = try await room.order(second, whole())
      await #expect(throws: Refusal.self) { try await room.aids.approve(next, by: Staff.chokri) }
      try await room.proven(first, with: ground.paper)
      try await room.aids.approve(next, by: Staff.chokri)
      let ends = try await room.read(aid.id).instalments.compactMap(\.order?.endToEnd)
      #expect(ends.map { $0.suffix(2) } == ["-2", "-1"] && ends.allSatisfy { $0.count <= 35 })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what was not spent is explained, returned or recovered, and comes back to the line`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground, parts: 1)
      let part = aid.instalments[0]
      try await room.paid(part)
      try await room.proven(part, AidRoom.tnd(2_000_000), with: ground.paper)
      func bring(_ way: AidProof.Way, _ amount: Int64) async throws -> RecordID<AidProof> {
        let proof = NewProof(way: way, amount: AidRoom.tnd(amount), on: room.today, words: "She says why")
        for _ in 1...2 { try await room.aids.prove(proof, part.id, of: aid.id, by: Staff.amel) }
        return proof.id
      }
      await #expect(throws: Refusal.self) { _ = try await bring(.returned, 1_000_001) }
      let rejected = try await bring(.explained, 1_000_000)
      for _ in 1...2 {
        try await room.aids.check(rejected, .rejected, because: "No reason", by: Staff.chokri)
      }
      let (back, told) = (try await bring(.returned, 400_000), try await bring(.explained, 600_000))
      #expect(try await room.read(aid.id).instalments[0].step == .checking)
      for _ in 1...2 { try await room.aids.check(back, .accepted, because: nil, by: Staff.chokri) }
      try await room.aids.check(told, .accepted, because: "Seen", by: Staff.chokri)
      await #expect(throws: Refusal.conflict(say("This proof is checked already."))) {
        try await room.aids.check(back, .rejected, because: "No", by: Staff.chokri)
      }
      let read = try await room.read(aid.id)
      #expect(read.line.state == .proven && read.line.proven == AidRoom.tnd(3_000_000))
      #expect(try await room.money(of: aid.id)?.paid == AidRoom.tnd(2_600_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `goods are proven once the person signed for them`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground, parts: 1, way: .kind)
      let part = aid.instalments[0]
      let handover = AidInstalment.Handover(on: room.today, scan: ground.paper)
      await #expect(throws: Refusal.conflict(say("Goods are handed over once they are paid."))) {
        try await room.aids.handOver(handover, part.id, of: aid.id, by: Staff.amel)
      }
      try await room.paid(part)
      let proof = NewProof(
        way: .expense, amount: part.amount, on: room.today, words: "Supplier", document: ground.paper)
      try await room.aids.prove(proof, part.id, of: aid.id, by: Staff.amel)
      await #expect(throws: Refusal.self) {
        try await room.aids.check(proof.id, .accepted, because: nil, by: Staff.chokri)
      }
      for _ in 1...2 { try await room.aids.handOver(handover, part.id, of: aid.id, by: Staff.amel) }
      try await room.aids.check(proof.id, .accepted, because: nil, by: Staff.chokri)
      #expect(try await room.read(aid.id).line.state == .proven)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `given up before the first payment its money is free, and no order may stand`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine, 3_000_000) { room, ground in
      let aid = try await room.contracted(ground)
      let order = try await room.order(aid.instalments[0])
      await #expect(throws: Refusal.self) {
        try await room.aids.giveUp(aid.id, because: "She left", by: Staff.amel)
      }
      try await room.aids.sendBack(order, because: "She left", by: Staff.chokri)
      for _ in 1...2 { try await room.aids.giveUp(aid.id, because: "She left", by: Staff.amel) }
      // The whole line is free again.
      _ = try await room.contracted(ground)
      await #expect(throws: Refusal.self) { _ = try await room.order(aid.instalments[0]) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `another antenna finds no aid, and no paper of another case is taken`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground)
      await #expect(throws: Refusal.notFound) { _ = try await room.read(aid.id, for: Staff.emna) }
      await #expect(throws: Refusal.notFound) {
        _ = try await room.order(aid.instalments[0], by: Staff.emna)
      }
      let elsewhere = try await room.document(in: room.receive())
      let order = NewOrder(payee: "S", rib: nil, invoice: elsewhere)
      let wrong = Refusal.invalid([FieldError("invoice", say("Choose a document of this case."))])
      await #expect(throws: wrong) { _ = try await room.order(aid.instalments[0], order) }
    }
  }
}
