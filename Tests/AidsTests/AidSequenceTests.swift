import Basics
import Cases
import Eligibility
import Foundation
import Funding
import Storage
import TestSupport
import Testing

@testable import Aids

/// Any acts in any order, by anybody: what is refused changes nothing, and what is not keeps the rules.
@Suite struct `No sequence of acts` {
  /// A generator that is told by its seed, so that a sequence that fails can be run again.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var value = state
      value ^= value >> 29
      return value &* 0xBF58_476D_1CE4_E5B9
    }
  }

  /// May do everything, so that only the two pairs of eyes and the money hold anybody back.
  private static let actors = ["Ines", "Karim", "Leila"].map { name in
    Actor(
      id: AccountID(), name: name, institution: "OTE", antenna: nil, scope: .nation,
      duties: Set(Duty.allCases))
  }

  @Test(arguments: AidSequences.all)
  func `pays twice, above what was granted, above a ceiling, or without two pairs of eyes`(
    engine: Database.Engine, seed: UInt64
  ) async throws {
    try await AidRoom.with(engine, 7_000_000) { room, ground in
      try await Self.rules(room)
      var dice = Dice(state: seed)
      let ids = (0..<3).map { _ in RecordID<Aid>() }
      var done = 0
      for step in 0..<220 {
        let id = ids[Int.random(in: 0..<ids.count, using: &dice)]
        do {
          try await Self.act(on: id, room, ground, &dice)
          done += 1
        } catch is Refusal {}
        if step % 10 == 9 { try await Self.check(room, ids, "seed \(seed), step \(step)") }
      }
      #expect(done > 40, "only \(done) acts of seed \(seed) were let through")
      try await Self.check(room, ids, "seed \(seed), at the end")
    }
  }

  /// What one aid may come to, and what all of the kind may.
  private static let (mostForOne, mostForAll) = (Int64(2_000_000), Int64(2_500_000))

  private static func rules(_ room: AidRoom) async throws {
    let id = RecordID<KeptRuleSet>()
    try await room.eligibility.load(
      """
      rules: roof
      version: "1"
      aid: housing
      track: social
      title: {fr: Un toit, ar: سقف, en: A roof}
      source: {fr: Exemple, ar: مثال, en: Example}
      from: \(room.today)
      conditions:
        - code: open
          says: {fr: Ouvert., ar: مفتوح., en: Open.}
          when: {fact: case-open, is: yes}
          otherwise: no
      amount: {currency: TND, fixed: 2000, ceilings: {kind: 2500}}
      """, as: id, by: Staff.fathi)
    try await room.eligibility.decide(id, by: Staff.fathi)
  }

  private static func act(
    on id: RecordID<Aid>, _ room: AidRoom, _ ground: AidRoom.Ground, _ dice: inout Dice
  ) async throws {
    let actor = actors[Int.random(in: 0..<actors.count, using: &dice)]
    guard let aid = try? await room.read(id, for: actor) else {
      return try await room.aids.prepare(
        room.request(Int64.random(in: 1_300_000...mostForOne + 100_000, using: &dice)), as: id,
        in: ground.file, by: actor)
    }
    let amount = AidRoom.tnd(Int64.random(in: 1...4_000_000, using: &dice))
    let part =
      aid.instalments.isEmpty ? nil : aid.instalments[Int.random(in: 0..<aid.instalments.count, using: &dice)]
    switch Int.random(in: 0..<15, using: &dice) {
    case 0:
      try await room.aids.submit(
        id, outside: true, from: Int.random(in: 0..<4, using: &dice) > 0 ? ground.money : nil, by: actor)
    case 1:
      let outcome: Aid.Decision.Outcome = Int.random(in: 0..<6, using: &dice) > 0 ? .granted : .postponed
      try await room.aids.decide(
        Aid.Decision(
          outcome: outcome,
          amount: outcome == .granted ? Bool.random(using: &dice) ? aid.line.asked : amount : nil,
          on: room.today, body: "C", words: "W"),
        on: id, from: ground.money, by: actor)
    case 2: try await room.aids.setAside(ground.money, for: id, by: actor)
    case 3:
      try await room.aids.plan(
        NewInstalment(way: .supplier, amount: amount, dueOn: room.today, words: "W"), of: id, by: actor)
    case 4, 5:
      try await room.aids.split(
        NewInstalment(way: .supplier, amount: amount, dueOn: room.today, words: "W"),
        into: Int.random(in: 1...4, using: &dice), monthsApart: 0, of: id, by: actor)
    case 6, 7:
      try await room.aids.sign(
        AidContract(signedOn: room.today, signedBy: "A", followMonths: 1, clauses: 1), of: id, by: actor)
    case 8:
      if let part { _ = try await room.order(part, by: actor) }
    case 9:
      if let order = part?.order { try await room.aids.approve(order.id, by: actor) }
    case 10, 11:
      if let order = part?.order {
        try await room.aids.pay(
          order.id, on: room.today, reference: Bool.random(using: &dice) ? "A" : "B", by: actor)
      }
    case 12:
      if let part {
        let proof = NewProof(
          way: Bool.random(using: &dice) ? .expense : .returned, amount: amount, on: room.today, words: "W",
          document: ground.paper)
        try await room.aids.prove(proof, part.id, of: id, by: actor)
      }
    case 13:
      if let proof = part?.proofs.last {
        try await room.aids.check(
          proof.id, Bool.random(using: &dice) ? .accepted : .rejected, because: "W", by: actor)
      }
    default:
      if Int.random(in: 0..<4, using: &dice) == 0, let order = part?.order {
        try await room.aids.sendBack(order.id, because: "W", by: actor)
      } else if Int.random(in: 0..<8, using: &dice) == 0 {
        try await room.aids.giveUp(id, because: "W", by: actor)
      } else if Int.random(in: 0..<4, using: &dice) == 0 {
        try await room.aids.end(id, with: "W", by: actor)
      }
    }
  }

  private static func check(_ room: AidRoom, _ ids: [RecordID<Aid>], _ when: String) async throws {
    let reader = actors[0]
    var promised: Int64 = 0
    for id in ids {
      guard let aid = try? await room.read(id, for: reader) else { continue }
      let granted = aid.line.granted?.minorUnits ?? 0
      let paid = aid.instalments.reduce(0) { $0 + $1.paid.minorUnits }
      let proven = aid.instalments.flatMap(\.proofs).filter { $0.check == .accepted }
      let sum = proven.reduce(0) { $0 + $1.amount.minorUnits }
      #expect(paid <= granted && sum <= paid && granted <= mostForOne, "\(when)")
      if aid.line.state != .givenUp { promised += granted }
      #expect(aid.line.paid.minorUnits == paid && aid.line.proven.minorUnits == sum, "\(when)")
      for part in aid.instalments {
        if let order = part.order, let approver = order.approvedBy {
          #expect(approver != order.preparedBy, "\(when)")
        }
        for proof in part.proofs where proof.check != nil {
          #expect(proof.checkedBy != proof.broughtBy, "\(when)")
        }
        if part.isPaid { #expect(part.order?.approvedBy != nil, "\(when)") }
      }
      // The ledger tells the same.
      let back = proven.filter(\.way.givesBack).reduce(0) { $0 + $1.amount.minorUnits }
      let money = try await room.money(of: id)
      #expect((money?.paid.minorUnits ?? 0) == paid - back, "\(when)")
      if aid.line.state == .contracted || aid.line.state == .running || aid.line.state == .proven {
        #expect(money?.committed.minorUnits == granted - paid, "\(when)")
      }
    }
    #expect(promised <= mostForAll, "\(when)")
    let trial = try await room.database.read { db in try room.funding.trialBalance(in: db) }
    #expect(trial.isSound, "\(when): \(trial)")
    let twice = try await room.database.read { db in
      try db.rows(
        "SELECT instalment FROM aid_order WHERE paid_on IS NOT NULL GROUP BY instalment HAVING COUNT(*) > 1"
      ) { try $0[0] as String }
    }
    #expect(twice.isEmpty, "\(when)")
  }
}

/// Which sequences are run: the same on both engines, and fewer where each statement goes to a server.
enum AidSequences {
  static let all: [(Database.Engine, UInt64)] = TestDatabase.engines.flatMap { engine in
    let last: UInt64 = engine == .sqlite ? 6 : 2
    return (1...last).map { seed in (engine, seed) }
  }
}
