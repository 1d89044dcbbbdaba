import Basics
import Cases
import Households
import Storage
import TestSupport
import Testing

@testable import Eligibility

@Suite struct `Rules of aids` {
  @Test(arguments: TestDatabase.engines)
  func `are asked from the day on which they begin, and those before stay asked before`(
    engine: Database.Engine
  )
    async throws
  {
    try await EligibilityRoom.with(engine) { room in
      let file = try await room.receive()
      #expect(try await room.answers(for: file).isEmpty)
      let first = try await room.decide(RuleFiles.file())
      let begin = room.today + 10
      let second = try await room.decide(
        RuleFiles.file(
          version: "2", from: begin.description,
          conditions: RuleFiles.rule("country", "{fact: return-country, is: DE}", otherwise: "no")))
      #expect(try await room.answers(for: file).map(\.verdict.answer) == [.yes])
      #expect(try await room.answers(for: file, on: begin).map(\.verdict.answer) == [.no])
      #expect(try await room.answers(for: file, on: begin + -1).map(\.rules.id) == [first])
      #expect(try await room.eligibility.find(first, for: Staff.fathi).until == begin + -1)
      try await room.eligibility.end(second, on: begin + 1, by: Staff.fathi)
      #expect(try await room.answers(for: file, on: begin + 2).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `do not change what was asked on a day that has passed`(engine: Database.Engine) async throws {
    try await EligibilityRoom.with(engine) { room in
      try await room.decide(RuleFiles.file())
      let late = RecordID<KeptRuleSet>()
      try await room.eligibility.load(
        RuleFiles.file(version: "2", from: "2026-02-01"), as: late, by: Staff.fathi)
      await #expect(throws: Refusal.self) { try await room.eligibility.decide(late, by: Staff.fathi) }
      try await room.eligibility.discard(late, by: Staff.fathi)
      try await room.eligibility.discard(late, by: Staff.fathi)
      await #expect(throws: Refusal.self) { try await room.eligibility.decide(late, by: Staff.fathi) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are put in force once, also by many at the same time`(engine: Database.Engine) async throws {
    try await EligibilityRoom.with(engine) { room in
      let ids = (1...6).map { _ in RecordID<KeptRuleSet>() }
      for (number, id) in ids.enumerated() {
        try await room.eligibility.load(
          RuleFiles.file(version: "\(number)", from: room.today.description), as: id, by: Staff.fathi)
      }
      let decided = await withTaskGroup(of: Bool.self) { group in
        for id in ids + ids {
          group.addTask { (try? await room.eligibility.decide(id, by: Staff.fathi)) != nil }
        }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(decided == 2)  // One of them, and the same a second time.
      let inForce = try await room.eligibility.sets(for: Staff.amel).filter { $0.isInForce(on: room.today) }
      #expect(inForce.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are loaded once, by whoever keeps them alone`(engine: Database.Engine) async throws {
    try await EligibilityRoom.with(engine) { room in
      let id = RecordID<KeptRuleSet>()
      for _ in 1...2 { try await room.eligibility.load(RuleFiles.file(), as: id, by: Staff.fathi) }
      await #expect(throws: Refusal.sentBefore("file")) {
        try await room.eligibility.load(RuleFiles.file("other"), as: id, by: Staff.fathi)
      }
      await #expect(throws: Refusal.notAllowed(.keepEligibility)) {
        try await room.eligibility.load(RuleFiles.file(), as: RecordID(), by: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) { try await room.eligibility.find(id, for: Staff.amel) }
      await #expect(throws: Refusal.notAllowed(.prepareAids)) {
        try await room.eligibility.sets(for: Staff.hela)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `see the household, the exact age and what other areas tell`(engine: Database.Engine) async throws {
    var sources = FactSources()
    sources.bands = { instrument, files, _, _ in
      instrument == "vulnerability" ? [files.lowerBound: "high"] : [:]
    }
    sources.aids = { files, _, _ in
      [files.lowerBound: [EarlierAid(kind: "business", track: "business", funder: nil, amount: 1_000_000)]]
    }
    sources.moneyLeft = { aid, country, _, antenna, _, _ in
      aid == "business" && country?.rawValue == "IT" && antenna == "TUN" ? 5_000_000 : nil
    }
    try await EligibilityRoom.with(engine, sources: sources) { room in
      let file = try await room.receive(birthDate: room.today.adding(months: -12 * 18))
      let member = HouseholdMember(
        id: RecordID(), relation: .child, latinName: "Sami", arabicName: nil, living: .together)
      try await room.households.add(member, to: file, by: Staff.amel)
      try await room.decide(
        RuleFiles.file(
          conditions: RuleFiles.age + RuleFiles.rule("home", "{fact: household-size, at-least: 2}")
            + RuleFiles.rule("first", "{fact: earlier-aids-of-kind, at-most: 1}")
            + RuleFiles.rule("money", "{fact: money-left, covers: amount}"), amount: RuleFiles.table))
      let answer = try #require(try await room.answers(for: file).first)
      #expect(answer.verdict.answer == .yes && answer.facts[.children] == .number(1))
      #expect(answer.verdict.amount?.amount == Money(3_000_000, .tnd))
      let judged = RecordID<Judgement>()
      for _ in 1...2 {
        try await room.eligibility.judge(
          file, by: answer.rules.id, on: room.today, as: judged, by: Staff.amel)
      }
      let kept = try await room.eligibility.open(file, on: room.today, for: Staff.amel).judgements
      #expect(kept.count == 1 && kept.first?.answer == .yes && kept.first?.amount == Money(3_000_000, .tnd))
      #expect(kept.first?.readings["rule.age"] == "yes" && kept.first?.readings["fact.age"] == "18")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are asked for a person by whoever prepares aids and sees her file`(engine: Database.Engine)
    async throws
  {
    try await EligibilityRoom.with(engine) { room in
      let file = try await room.receive()
      let rules = try await room.decide(RuleFiles.file())
      await #expect(throws: Refusal.notFound) {
        try await room.eligibility.open(file, on: room.today, for: Staff.emna)
      }
      await #expect(throws: Refusal.notAllowed(.prepareAids)) {
        try await room.eligibility.open(file, on: room.today, for: Staff.fathi)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.eligibility.judge(file, by: rules, on: room.today, as: RecordID(), by: Staff.emna)
      }
      await #expect(throws: Refusal.self) {
        try await room.eligibility.judge(file, by: rules, on: room.today + 1, as: RecordID(), by: Staff.amel)
      }
    }
  }
}
