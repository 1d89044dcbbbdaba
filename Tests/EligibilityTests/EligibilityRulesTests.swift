import Basics
import Foundation
import Testing

@testable import Eligibility

@Suite struct `What rules say` {
  private func facts(_ values: [Fact: FactValue], earlier: [EarlierAid] = []) -> Facts {
    var facts = Facts()
    for (fact, value) in values { facts[fact] = value }
    facts.earlier = earlier
    return facts
  }

  private func answer(_ conditions: String, _ values: [Fact: FactValue]) throws -> Verdict.Answer {
    let set = try RuleFile.read(RuleFiles.file(conditions: conditions))
    return EligibilityRules.verdict(set, for: facts(values), rate: nil).answer
  }

  @Test func `is yes where all hold, no where one cannot come to hold, else not yet`() throws {
    let rules = RuleFiles.country + RuleFiles.age
    #expect(try answer(rules, [.returnCountry: .code("IT"), .age: .number(30)]) == .yes)
    #expect(try answer(rules, [.returnCountry: .code("DE"), .age: .number(30)]) == .no)
    #expect(try answer(rules, [.returnCountry: .code("DE")]) == .no)
    #expect(try answer(rules, [.returnCountry: .code("IT"), .age: .number(17)]) == .notYet)
    #expect(try answer(rules, [.returnCountry: .code("IT")]) == .notYet)
    #expect(try answer(rules, [.age: .number(30)]) == .notYet)
  }

  @Test func `never takes what is not known for no`() throws {
    let age = Condition.test(.age, .atLeast(18))
    #expect(Condition.not(age).holds(for: Facts()) == .unknown)
    #expect(
      Condition.all([age, .test(.isOpen, .equals(true))]).holds(for: facts([.isOpen: .flag(false)])) == .no)
    #expect(
      Condition.any([age, .test(.isOpen, .equals(true))]).holds(for: facts([.isOpen: .flag(true)])) == .yes)
    #expect(Condition.all([]).holds(for: Facts()) == .yes && Condition.any([]).holds(for: Facts()) == .no)
  }

  @Test func `takes the year of a birth for one of two ages`() {
    let adult = Condition.test(.age, .atLeast(18))
    #expect(adult.holds(for: facts([.age: .number(17...18)])) == .unknown)
    #expect(adult.holds(for: facts([.age: .number(18...19)])) == .yes)
    #expect(adult.holds(for: facts([.age: .number(16...17)])) == .no)
    #expect(Condition.test(.age, .atMost(17)).holds(for: facts([.age: .number(17...18)])) == .unknown)
  }

  @Test func `compares days, papers and flags`() throws {
    let day = try #require(Day("2026-03-01"))
    #expect(Condition.test(.returnedOn, .from(day)).holds(for: facts([.returnedOn: .day(day)])) == .yes)
    #expect(Condition.test(.returnedOn, .through(day)).holds(for: facts([.returnedOn: .day(day + 1)])) == .no)
    let papers = Condition.test(.papers, .has(["passport", "expense"]))
    #expect(papers.holds(for: facts([.papers: .codes(["passport", "expense", "photo"])])) == .yes)
    #expect(papers.holds(for: facts([.papers: .codes(["passport"])])) == .no)
  }

  /// What every person must find: more knowledge never turns a yes into a no or a no into a yes.
  @Test func `stays what it was when more becomes known`() throws {
    var dice = Dice(seed: 7)
    let conditions = [
      RuleFiles.country, RuleFiles.age,
      RuleFiles.rule("sex", "{any: [{fact: sex, is: female}, {not: {rule: age}}]}"),
      RuleFiles.rule(
        "time", "{all: [{fact: days-since-return, at-most: 90}, {rule: country}]}", otherwise: "no"),
    ].joined()
    let set = try RuleFile.read(RuleFiles.file(conditions: conditions))
    for _ in 0..<2_000 {
      let all: [Fact: FactValue] = [
        .returnCountry: .code(pick(["IT", "FR", "DE"], &dice)), .age: .number(pick([15, 18, 40], &dice)),
        .sex: .code(pick(["female", "male"], &dice)), .daysSinceReturn: .number(pick([10, 200], &dice)),
      ]
      let whole = EligibilityRules.verdict(set, for: facts(all), rate: nil)
      let part = EligibilityRules.verdict(
        set, for: facts(all.filter { _ in dice.next(below: 2) == 0 }), rate: nil)
      if part.answer != .notYet { #expect(part.answer == whole.answer) }
      for (some, more) in zip(part.readings, whole.readings) where some.truth != .unknown {
        #expect(some.truth == more.truth)
      }
    }
  }

  @Test func `takes the amount from the table, under every ceiling`() throws {
    let set = try RuleFile.read(RuleFiles.file(amount: RuleFiles.table))
    func amount(_ band: String, _ size: Int, _ earlier: [EarlierAid] = []) -> AmountReading? {
      EligibilityRules.verdict(
        set, for: facts([.vulnerability: .code(band), .householdSize: .number(size)], earlier: earlier),
        rate: nil
      ).amount
    }
    #expect(amount("high", 2)?.amount == Money(3_000_000, .tnd))
    #expect(amount("low", 9)?.amount == Money(1_000_000, .tnd))
    let capped = amount("high", 3)
    #expect(capped?.base == Money(4_500_500, .tnd) && capped?.amount == Money(4_000_000, .tnd))
    #expect(capped?.cuts.map(\.ceiling) == [.kind])
    let before = EarlierAid(kind: "business", track: "business", funder: nil, amount: 3_500_000)
    #expect(amount("high", 1, [before])?.amount == Money(500_000, .tnd))
    let other = EarlierAid(kind: "housing", track: "social", funder: nil, amount: 9_500_000)
    #expect(amount("high", 1, [other])?.amount == Money(500_000, .tnd))
    #expect(amount("high", 1, [other, before])?.amount == Money(0, .tnd))
    #expect(amount("unheard-of", 1)?.lacksRow == true)
    let unknown = EligibilityRules.verdict(set, for: facts([.vulnerability: .code("low")]), rate: nil).amount
    #expect(unknown?.missing == [.householdSize] && unknown?.amount == nil)
  }

  @Test func `turns euros into dinars by the rate that was entered, to the nearest millime`() throws {
    let rate = EuroRate(micros: 3_412_350, day: try #require(Day("2026-11-01")), source: "BCT")
    #expect(rate.millimes(ofCents: 100) == 3_412)  // 3.41235 dinars
    #expect(rate.millimes(ofCents: 600_000) == 20_474_100)
    #expect(rate.cents(ofMillimes: 3_412_350) == 100_000)
    let set = try RuleFile.read(
      RuleFiles.file(
        conditions: RuleFiles.rule("money", "{fact: money-left, covers: amount}"),
        amount: "amount: {currency: EUR, fixed: 1000, ceilings: {person: 1500}}"))
    let before = EarlierAid(kind: "x", track: "social", funder: nil, amount: 3_412_350)
    let known = facts([.moneyLeft: .number(1_706_175...1_706_175)], earlier: [before])
    #expect(EligibilityRules.verdict(set, for: known, rate: nil).amount?.lacksRate == true)
    let verdict = EligibilityRules.verdict(set, for: known, rate: rate)
    #expect(verdict.amount?.amount == Money(50_000, .eur) && verdict.answer == .yes)
    let poorer = facts([.moneyLeft: .number(1_706_174...1_706_174)], earlier: [before])
    #expect(EligibilityRules.verdict(set, for: poorer, rate: rate).answer == .notYet)
  }

  @Test func `costs less than a millisecond for thirty rules`() throws {
    let conditions = (1...30).map { number in
      RuleFiles.rule(
        "r\(number)",
        "{all: [{fact: return-country, one-of: [IT, FR]}, {fact: age, at-least: \(number % 18)}]}")
    }.joined()
    let set = try RuleFile.read(RuleFiles.file(conditions: conditions))
    let known = facts([.returnCountry: .code("IT"), .age: .number(30)])
    let times = (0..<50).map { _ in
      ContinuousClock().measure {
        for _ in 0..<20 { #expect(EligibilityRules.verdict(set, for: known, rate: nil).answer == .yes) }
      }
    }
    // A build for tests is several times slower than what is delivered.
    #expect(times.min().map { $0 < .milliseconds(20) } == true)
  }
}

private func pick<Value>(_ values: [Value], _ dice: inout Dice) -> Value {
  values[dice.next(below: values.count)]
}
