import Basics
import Cases
import Households
import Storage
import TestSupport
import Testing

@testable import Eligibility

@Suite struct `What a household tells the rules` {
  /// A counsellor who may say who depends on the person.
  private static let ines = Actor(
    id: AccountID(), name: "Ines", institution: "PS", antenna: "TUN", scope: .antenna,
    duties: [.openFiles, .editPersons, .readSocialSection, .writeSocialSection])

  private static let rules = RuleFiles.file(
    conditions: RuleFiles.rule("more", "{fact: household-size, at-least: 2}")
      + RuleFiles.rule("few", "{fact: household-size, at-most: 3}")
      + RuleFiles.rule("burden", "{fact: dependants, at-least: 1}"))

  private func member(
    _ living: HouseholdMember.Living? = nil, dependent: HouseholdMember.Answer? = nil
  ) -> HouseholdMember {
    HouseholdMember(
      id: RecordID(), relation: .child, latinName: "Sami", arabicName: nil, living: living,
      dependent: dependent)
  }

  private func asked(
    _ file: RecordID<CaseFile>, _ room: EligibilityRoom
  ) async throws -> (truths: [Truth], size: FactValue?, dependants: FactValue?, children: FactValue?) {
    let answer = try #require(try await room.answers(for: file).first)
    return (
      answer.verdict.readings.map(\.truth), answer.facts[.householdSize], answer.facts[.dependants],
      answer.facts[.children]
    )
  }

  @Test(arguments: TestDatabase.engines)
  func `is a range as long as it is not known of every member, and never counts the rest as none`(
    engine: Database.Engine
  ) async throws {
    try await EligibilityRoom.with(engine) { room in
      let file = try await room.receive()
      try await room.decide(Self.rules)
      let nothing = try await asked(file, room)
      #expect(nothing.truths == [.unknown, .unknown, .unknown] && nothing.size == nil)

      let (one, two) = (member(), member(.together, dependent: .no))
      try await room.households.add(one, to: file, by: Staff.amel)
      let open = try await asked(file, room)
      #expect(open.truths == [.unknown, .yes, .unknown])
      #expect(open.size == .number(1...2) && open.dependants == .number(0...1))
      #expect(open.children == .number(1))

      try await room.households.add(two, to: file, by: Self.ines)
      let half = try await asked(file, room)
      #expect(half.truths == [.yes, .yes, .unknown])
      #expect(half.size == .number(2...3) && half.dependants == .number(0...1))

      let known = Fields([
        "relation": "child", "name-latin": "Sami", "living": "elsewhere", "dependent": "yes",
      ])
      try await room.households.correct(one.id, to: known, from: 1, in: file, by: Self.ines)
      let whole = try await asked(file, room)
      #expect(whole.truths == [.yes, .yes, .yes])
      #expect(whole.size == .number(2) && whole.dependants == .number(1) && whole.children == .number(2))

      try await room.households.remove(two.id, because: "Twice", from: file, by: Staff.amel)
      #expect(try await asked(file, room).size == .number(1))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is known of a person who lives alone, and not of one of whom nothing is recorded`(
    engine: Database.Engine
  ) async throws {
    try await EligibilityRoom.with(engine) { room in
      let (alone, open, unasked) = (
        try await room.receive(), try await room.receive(), try await room.receive()
      )
      try await room.decide(Self.rules)
      try await room.households.set(alone: true, in: alone, by: Staff.amel)
      let found = try await asked(alone, room)
      #expect(found.truths == [.no, .yes, .no])
      #expect(found.size == .number(1) && found.dependants == .number(0) && found.children == .number(0))
      // A child who lives elsewhere, as it follows: whether it depends on her was not asked.
      try await room.households.add(member(), to: open, by: Staff.amel)
      try await room.households.set(alone: true, in: open, by: Staff.amel)
      let told = try await asked(open, room)
      #expect(told.size == .number(1) && told.dependants == .number(0...1) && told.children == .number(1))
      let all = try await room.database.read { db in
        try FactStore.files(after: nil, wanted: [.householdSize], on: room.today, in: db)
      }
      let sizes = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0.facts[.householdSize]) })
      #expect(sizes == [alone: .number(1), open: .number(1), unasked: nil])
      try await room.households.set(alone: false, in: alone, by: Staff.amel)
      #expect(try await asked(alone, room).size == nil)
    }
  }

  @Test func `gives an amount where every size that it may have comes to the same`() throws {
    let set = try RuleFile.read(RuleFiles.file(amount: RuleFiles.table))
    func amount(_ size: ClosedRange<Int64>) -> AmountReading? {
      var facts = Facts()
      (facts[.vulnerability], facts[.householdSize]) = (.code("high"), .number(size))
      return EligibilityRules.verdict(set, for: facts, rate: nil).amount
    }
    #expect(amount(1...2)?.amount == Money(3_000_000, .tnd))
    #expect(amount(3...9)?.base == Money(4_500_500, .tnd))
    let open = amount(2...3)
    #expect(open?.base == nil && open?.amount == nil && open?.missing == [.householdSize])
  }

  @Test func `is told as a range, with what somebody can do`() async throws {
    try await EligibilityRoom.with(.sqlite) { room in
      let file = try await room.receive()
      try await room.decide(Self.rules)
      try await room.households.add(member(), to: file, by: Staff.amel)
      try await room.serve { site in
        func page() async throws -> String {
          try await site.get("/eligibility/cases/\(file)", as: Staff.amel).text
        }
        let one = try await page()
        #expect(one.contains("<strong>1 or 2</strong>") && one.contains("<strong>0 or 1</strong>"))
        #expect(one.contains("or that she lives alone."))
        try await room.households.add(member(), to: file, by: Staff.amel)
        #expect(try await page().contains("<strong>from 1 to 3</strong>"))
      }
    }
  }
}
