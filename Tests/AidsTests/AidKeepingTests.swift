import Basics
import Cases
import Foundation
import Funding
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Aids

@Suite struct `What is kept of aids` {
  /// With everything that is sealed somewhere.
  private func whole(_ room: AidRoom, _ ground: AidRoom.Ground) async throws -> Aid {
    let aid = try await room.contracted(ground)
    let part = aid.instalments[0]
    let order = try await room.order(part)
    try await room.aids.sendBack(order, because: "A secret reason", by: Staff.chokri)
    try await room.paid(part)
    let proof = NewProof(
      way: .expense, amount: AidRoom.tnd(1_000), on: room.today, words: "A secret shop",
      document: ground.paper)
    try await room.aids.prove(proof, part.id, of: aid.id, by: Staff.amel)
    try await room.aids.check(proof.id, .rejected, because: "A secret fault", by: Staff.chokri)
    return try await room.read(aid.id)
  }

  @Test(arguments: TestDatabase.engines)
  func `lies sealed`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      _ = try await whole(room, ground)
      let stored = try await room.database.read { db in
        try db.rows(
          """
          SELECT purpose FROM aid UNION ALL SELECT words FROM aid_instalment UNION ALL SELECT payee FROM aid_order
          UNION ALL SELECT rib FROM aid_order UNION ALL SELECT returned_words FROM aid_order
          WHERE returned_words IS NOT NULL UNION ALL SELECT words FROM aid_proof
          UNION ALL SELECT reason FROM aid_proof WHERE reason IS NOT NULL
          """
        ) { try $0[0] as [UInt8] }
      }
      #expect(stored.count >= 9)
      for bytes in stored {
        let text = String(decoding: bytes, as: UTF8.self)
        for word in ["roof", "Rent", "Salem", "1000603518", "secret"] { #expect(!text.contains(word)) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `goes along when the case goes to another person`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await whole(room, ground)
      let other = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(ground.file, for: .program, in: db).subject.key
        let new = try room.cases.require(other, for: .program, in: db).subject.key
        try room.aids.resealing(ground.file, old, new, db)
        #expect(try AidStore.read(aid.id, key: new, in: db) == aid)
        #expect(throws: (any Error).self) { try AidStore.read(aid.id, key: old, in: db) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted after its words were erased with the person, and paid to nobody`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await whole(room, ground)
      let open = try await room.order(aid.instalments[1])
      try await room.aids.approve(open, by: Staff.chokri)
      let (today, person) = (
        room.today,
        try await room.database.read { db in
          try room.cases.require(ground.file, for: .program, in: db).subject
        }
      )
      try await room.database.write { db in
        for table in Aids.kept.tables { try KeptStore.empty(table, of: person.id, in: db) }
        _ = try room.people.erase([person.id], on: today, record: "E-1", in: db)
      }
      let kept = try await room.database.read { db in try AidStore.read(aid.id, key: nil, in: db) }
      #expect(
        kept.purpose == nil && kept.instalments.allSatisfy { $0.words == nil && $0.order?.payee == nil })
      await #expect(throws: Refusal.self) {
        try await room.aids.pay(open, on: today, reference: "VIR", by: Staff.fathi)
      }
      let payer = PaymentFile.Payer(name: "Office", rib: AidPaymentSamples.payer)
      await #expect(throws: Refusal.self) {
        try await room.aids.makeFile(RecordID(), of: .tnd, for: payer, on: today, by: Staff.fathi)
      }
      let figure = try #require(try await room.aids.figures(for: Staff.fathi).first)
      #expect(figure.granted == 1 && figure.paid == AidRoom.tnd(1_500_000))
      let list = try await room.aids.list(AidFilter(), after: nil, for: Staff.fathi)
      #expect(list.lines.isEmpty)
      try await room.serve { site in
        let page = try await site.get("/aids?show=ever", as: Staff.fathi)
        #expect(page.status == .ok && !page.text.contains("Zitouni"))
        #expect(try await site.get("/aids/\(aid.id)", as: Staff.fathi).status.code == 410)
      }
    }
  }

  /// What the page of the case shows of them.
  private func onCase(_ room: AidRoom, _ ground: AidRoom.Ground) async throws -> [AidOnCase] {
    try await room.cases.open(ground.file, for: Staff.amel) { opened, db in
      try room.aids.aids(of: opened, in: db)
    }.1
  }

  @Test(arguments: TestDatabase.engines)
  func `stands on its case with the part that comes next`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let asked = try await room.prepared(ground, 1_000_000)
      #expect(try await onCase(room, ground).first { $0.line.id == asked }?.next == nil)
      let aid = try await room.contracted(ground)
      var steps = 0
      while let part = try await room.read(aid.id).instalments.first(where: { $0.isLive && !$0.isPaid }) {
        let shown = try #require(try await onCase(room, ground).first { $0.line.id == aid.id }?.next)
        #expect(shown.amount == part.amount && shown.dueOn == part.dueOn && shown.step == part.step)
        try await room.paid(part)
        steps += 1
      }
      let last = try #require(try await onCase(room, ground).first { $0.line.id == aid.id })
      #expect(steps > 1 && last.next == nil && last.line.paid == last.line.granted)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let plans = QueryPlans()
      let watched = AidRoom(plans.watching(room.database), clock: room.clock)
      _ = try await whole(watched, ground)
      var filter = AidFilter()
      for show in AidFilter.Show.allCases {
        for actor in [Staff.amel, Staff.bilel, Staff.fathi] {
          filter.show = show
          _ = try await watched.aids.list(filter, after: nil, for: actor)
          let place = show.isOfParts ? room.today.description : "1700000000000"
          _ = try await watched.aids.list(
            filter, after: AidCursor(place: place, id: RecordID<Aid>().text), for: actor)
        }
      }
      _ = try await onCase(watched, ground)
      for actor in [Staff.amel, Staff.bilel, Staff.fathi] { _ = try await watched.aids.counts(for: actor) }
      _ = try await watched.aids.files(after: nil, for: Staff.fathi)
      #expect(plans.steps.count { $0.statement.contains("aid") } > 60)
      for offence in plans.offences(small: ["aid_kind", "funder", "agreement", "budget_line"]) {
        Issue.record("\(offence)")
      }
    }
  }
}
