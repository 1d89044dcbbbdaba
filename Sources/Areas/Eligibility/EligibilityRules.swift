import Basics
import Foundation

/// What a rule says of one person.
package struct Reading: Sendable, Equatable {
  package let rule: Rule
  package let truth: Truth
}

/// How an amount comes about.
package struct AmountReading: Sendable, Equatable {
  /// What sum or table give, before any ceiling.
  package var base: Money?
  /// The ceilings that leave less than that, with what they leave.
  package var cuts: [(ceiling: AmountRule.Ceiling, left: Money)] = []
  /// What is left under all ceilings; nil where there are none.
  package var most: Money?
  package var amount: Money?
  /// Facts without which the table cannot be read.
  package var missing: [Fact] = []
  /// Vulnerability for which the table has no row.
  package var lacksRow = false
  /// Earlier aids and a ceiling are in different currencies, and no rate is entered for the day.
  package var lacksRate = false

  package static func == (a: AmountReading, b: AmountReading) -> Bool {
    (a.base, a.most, a.amount, a.missing, a.lacksRow, a.lacksRate) == (
      b.base, b.most, b.amount, b.missing, b.lacksRow, b.lacksRate
    )
      && a.cuts.elementsEqual(b.cuts) { $0 == $1 }
  }
}

/// The answer for one person and one aid.
package struct Verdict: Sendable, Equatable {
  package enum Answer: String, CaseIterable, Sendable {
    case yes
    case notYet = "not-yet"
    case no
  }

  package let answer: Answer
  package let readings: [Reading]
  /// Nil where the rules say nothing of an amount.
  package let amount: AmountReading?
}

/// What one euro was worth on a day, as somebody entered it.
package struct EuroRate: Sendable, Equatable {
  /// Millionths of a dinar.
  package let micros: Int64
  package let day: Day
  package let source: String

  package init(micros: Int64, day: Day, source: String) {
    self.micros = micros
    self.day = day
    self.source = source
  }

  /// Cents as millimes, to the nearest, a half to the even one.
  package func millimes(ofCents cents: Int64) -> Int64 { Self.divided(cents, by: micros, over: 100_000) }
  /// Millimes as cents, to the nearest, a half to the even one.
  package func cents(ofMillimes millimes: Int64) -> Int64 {
    Self.divided(millimes, by: 100_000, over: micros)
  }

  private static func divided(_ value: Int64, by factor: Int64, over divisor: Int64) -> Int64 {
    let product = value.multipliedFullWidth(by: factor)
    let (quotient, rest) = divisor.dividingFullWidth(product)
    let twice = rest.magnitude.multipliedReportingOverflow(by: 2).partialValue
    let isUp = twice > divisor.magnitude || twice == divisor.magnitude && quotient % 2 != 0
    return isUp ? quotient + (value < 0 ? -1 : 1) : quotient
  }
}

/// Decisions only: no database, no clock, no request.
enum EligibilityRules {
  /// What the rules of a set say of one person. No where a rule fails that cannot come to hold; yes where all hold;
  /// else not yet.
  static func verdict(_ set: RuleSet, for facts: Facts, rate: EuroRate?) -> Verdict {
    var facts = facts
    let amount = set.amount.map { Self.amount($0, of: set, for: facts, rate: rate) }
    facts.amount = amount?.amount.flatMap { inMillimes($0, rate) }
    var answer = Verdict.Answer.yes
    let readings = set.rules.map { rule in
      let truth = rule.condition.holds(for: facts)
      if truth == .no, rule.otherwise == .no { answer = .no }
      if truth != .yes, answer == .yes { answer = .notYet }
      return Reading(rule: rule, truth: truth)
    }
    return Verdict(answer: answer, readings: readings, amount: amount)
  }

  /// The same answer and amount, without its reasons: for many files at once.
  static func answer(_ set: RuleSet, for facts: Facts, rate: EuroRate?) -> (Verdict.Answer, millimes: Int64) {
    var facts = facts
    let amount = set.amount.flatMap { Self.amount($0, of: set, for: facts, rate: rate).amount }
    facts.amount = amount.flatMap { inMillimes($0, rate) }
    var answer = Verdict.Answer.yes
    for rule in set.rules {
      let truth = rule.condition.holds(for: facts)
      if truth == .no, rule.otherwise == .no { return (.no, 0) }
      if truth != .yes { answer = .notYet }
    }
    return (answer, answer == .yes ? facts.amount ?? 0 : 0)
  }

  static func inMillimes(_ money: Money, _ rate: EuroRate?) -> Int64? {
    money.currency == .tnd ? money.minorUnits : rate?.millimes(ofCents: money.minorUnits)
  }

  private static func amount(
    _ rule: AmountRule, of set: RuleSet, for facts: Facts, rate: EuroRate?
  ) -> AmountReading {
    var reading = AmountReading()
    let base = base(rule, for: facts, &reading)
    reading.base = base.map { Money($0, rule.currency) }
    var lefts: [(ceiling: AmountRule.Ceiling, left: Int64)] = []
    for ceiling in AmountRule.Ceiling.allCases {
      guard let most = rule.ceilings[ceiling] else { continue }
      let counted = facts.earlier.filter { isUnder(ceiling, $0, of: set) }.map(\.amount)
      let before = counted.compactMap(\.self).reduce(0, +)
      guard !counted.contains(nil), before == 0 || rule.currency == .tnd || rate != nil else {
        reading.lacksRate = true
        return reading
      }
      let given = rule.currency == .tnd ? before : rate?.cents(ofMillimes: before) ?? 0
      lefts.append((ceiling, max(0, most - given)))
    }
    let most = lefts.map(\.left).min()
    reading.most = most.map { Money($0, rule.currency) }
    guard let base else { return reading }
    reading.cuts = lefts.filter { $0.left < base }.map { ($0.ceiling, Money($0.left, rule.currency)) }
    reading.amount = Money(min(base, most ?? base), rule.currency)
    return reading
  }

  private static func base(_ rule: AmountRule, for facts: Facts, _ reading: inout AmountReading) -> Int64? {
    switch rule.base {
    case .fixed(let amount): return amount
    case .table(let rows):
      guard case .code(let band) = facts[.vulnerability], case .number(let size) = facts[.householdSize]
      else {
        reading.missing = [.vulnerability, .householdSize].filter { facts[$0] == nil }
        return nil
      }
      guard let steps = rows[band] else {
        reading.lacksRow = true
        return nil
      }
      let least = steps.last { $0.size <= size.lowerBound }?.amount
      // Of a household that is known in part, whatever it may come to must give the same.
      let further = steps.filter { $0.size > size.lowerBound && $0.size <= size.upperBound }
      guard further.allSatisfy({ $0.amount == least }) else {
        reading.missing = [.householdSize]
        return nil
      }
      return least
    }
  }

  private static func isUnder(_ ceiling: AmountRule.Ceiling, _ aid: EarlierAid, of set: RuleSet) -> Bool {
    switch ceiling {
    case .aid: false
    case .kind: aid.kind == set.aid
    case .track: aid.track == set.track
    case .funder: aid.funder != nil && aid.funder == set.funder
    case .person: true
    }
  }

  /// Of two versions of the same rules only one is in force on a day: the one that begins later.
  static func inForce(_ sets: [KeptRuleSet], on day: Day) -> [KeptRuleSet] {
    var chosen: [String: KeptRuleSet] = [:]
    for kept in sets where kept.isInForce(on: day) {
      if let other = chosen[kept.set.code], other.set.from >= kept.set.from { continue }
      chosen[kept.set.code] = kept
    }
    return chosen.values.sorted { ($0.set.track, $0.set.code) < ($1.set.track, $1.set.code) }
  }

  /// Of the rules of a kind of aid those of the funder that would pay it, else those of no funder; all while nobody knows
  /// who pays.
  static func chosen(_ sets: [KeptRuleSet], of kind: String, paidBy funder: String?) -> [KeptRuleSet] {
    let own = sets.filter { $0.set.aid == kind }
    guard let funder else { return own }
    let named = own.filter { $0.set.funder == funder }
    return named.isEmpty ? own.filter { $0.set.funder == nil } : named
  }

  /// The facts as one set of rules sees them: of its own kind of aid, and of the money for it.
  static func asked(_ set: RuleSet, _ facts: Facts, moneyLeft: () throws -> Int64?) rethrows -> Facts {
    var facts = facts
    if facts[.earlierAids] != nil {
      facts[.earlierAidsOfKind] = .number(facts.earlier.count { $0.kind == set.aid })
    }
    if set.asksForMoney { facts[.moneyLeft] = try moneyLeft().map { .number($0...$0) } }
    return facts
  }

  /// Adds one file to the figures of a comparison.
  static func count(
    _ file: FileFacts, _ before: (Verdict.Answer, Int64)?, _ after: (Verdict.Answer, Int64),
    in result: inout WhatIf
  ) {
    result.files += 1
    result.costBefore += before?.1 ?? 0
    result.costAfter += after.1
    if before?.0 == .notYet { result.notYetBefore += 1 }
    if after.0 == .notYet { result.notYetAfter += 1 }
    switch (before?.0 == .yes, after.0 == .yes) {
    case (false, true): result.gains.add(file)
    case (true, false): result.loses.add(file)
    case (true, true): result.keeps += 1
    case (false, false): break
    }
  }

  /// Rules begin today or later, and earlier only where no others of the same code were asked then.
  static func mayBegin(_ new: KeptRuleSet, beside others: [KeptRuleSet], today: Day) throws(Refusal) {
    guard new.state == .draft else { return }
    let met = others.filter { $0.overlaps(new) }
    guard new.set.from >= today || met.isEmpty else {
      throw .conflict(
        say(
          "Other rules were asked on these days. Let the new ones begin today or later: what was answered stays."
        ))
    }
    guard !met.contains(where: { $0.set.from >= new.set.from }) else {
      throw .conflict(say("Other rules of the same code begin on that day or later. End those first."))
    }
  }

  /// What is kept of an answer: rule by rule, and what was known of each fact.
  static func kept(_ verdict: Verdict, _ facts: Facts) -> Fields {
    var fields = Fields()
    for reading in verdict.readings {
      fields["rule.\(reading.rule.code)"] = "\(reading.truth)"
      for fact in reading.rule.condition.facts { fields["fact.\(fact.code)"] = facts[fact]?.text }
    }
    return fields
  }
}
