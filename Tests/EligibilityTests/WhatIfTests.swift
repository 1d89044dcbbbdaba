import Basics
import Cases
import Storage
import TestSupport
import Testing

@testable import Eligibility

@Suite struct `What other rules would change` {
  @Test(arguments: TestDatabase.engines)
  func `is what then happens`(engine: Database.Engine) async throws {
    try await EligibilityRoom.with(engine) { room in
      var dice = Dice(seed: 11)
      var files: [RecordID<CaseFile>] = []
      for _ in 0..<40 {
        files.append(
          try await room.receive(
            from: pick(["IT", "FR", "DE", nil], &dice), returned: pick([5, 100, nil], &dice),
            born: pick([1980, 2000, 2014, nil], &dice)))
      }
      try await room.decide(RuleFiles.file(amount: "amount: {currency: TND, fixed: 1000}"))
      let before = try await given(files, in: room)
      let new = RecordID<KeptRuleSet>()
      try await room.eligibility.load(
        RuleFiles.file(
          version: "2", from: room.today.description,
          conditions: RuleFiles.rule("country", "{fact: return-country, one-of: [DE, IT]}", otherwise: "no")
            + RuleFiles.rule("time", "{fact: days-since-return, at-most: 30}"),
          amount: "amount: {currency: TND, fixed: \"1500,250\"}"), as: new, by: Staff.fathi)
      let result = try await room.eligibility.whatIf(new, on: room.today, for: Staff.fathi).result
      try await room.eligibility.decide(new, by: Staff.fathi)
      let after = try await given(files, in: room)
      #expect(Set(result.gains.files) == after.subtracting(before) && !result.gains.files.isEmpty)
      #expect(Set(result.loses.files) == before.subtracting(after) && !result.loses.files.isEmpty)
      #expect(result.keeps == before.intersection(after).count && result.files == files.count)
      #expect(result.costBefore == Int64(before.count) * 1_000_000)
      #expect(result.costAfter == Int64(after.count) * 1_500_250)
      #expect(result.gains.antennas == ["TUN": result.gains.count])
      await #expect(throws: Refusal.notAllowed(.keepEligibility)) {
        try await room.eligibility.whatIf(new, on: room.today, for: Staff.amel)
      }
    }
  }

  private func given(_ files: [RecordID<CaseFile>], in room: EligibilityRoom) async throws -> Set<
    RecordID<CaseFile>
  > {
    var given: Set<RecordID<CaseFile>> = []
    for file in files {
      if try await room.answers(for: file).first?.verdict.answer == .yes { given.insert(file) }
    }
    return given
  }

  @Test(arguments: TestDatabase.engines)
  func `reads files by their key, whatever there are`(engine: Database.Engine) async throws {
    try await EligibilityRoom.with(engine) { room in
      for _ in 0..<5 { _ = try await room.receive() }
      let (all, paged) = try await room.database.read { db in
        let all = try FactStore.files(after: nil, wanted: [], on: room.today, in: db).map(\.id)
        var (paged, last): ([RecordID<CaseFile>], RecordID<CaseFile>?) = ([], nil)
        while let next = Optional(
          try FactStore.files(after: last, limit: 2, wanted: [], on: room.today, in: db)),
          !next.isEmpty
        {
          paged += next.map(\.id)
          last = next.last?.id
        }
        return (all, paged)
      }
      #expect(all.count == 5 && paged == all)
    }
  }
}

private func pick<Value>(_ values: [Value], _ dice: inout Dice) -> Value {
  values[dice.next(below: values.count)]
}
