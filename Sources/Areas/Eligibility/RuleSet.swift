import Basics
import Storage

/// The rules by which one kind of aid is given, from one day until another, with the text they come from.
package struct RuleSet: Sendable, Equatable {
  package typealias Words = [Language: String]

  /// The same in every version of the rules of one aid of one funder.
  package let code: String
  package let version: String
  /// The kind of aid that is given by them.
  package let aid: String
  /// Social, employment or business: aids of one track may have a ceiling together.
  package let track: String
  /// Who pays, as the ledger names it; nil where the rules are of no funder.
  package let funder: String?
  package let title: Words
  /// The text that they were read from.
  package let source: Words
  package let from: Day
  /// The last day; nil where none is set.
  package let until: Day?
  package let rules: [Rule]
  /// Nil where the rules say nothing of how much.
  package let amount: AmountRule?

  package func isInForce(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }

  var asksForMoney: Bool { rules.contains { $0.condition.facts.contains(.moneyLeft) } }

  /// Every fact that they read.
  package var facts: Set<Fact> {
    var facts = Set(rules.flatMap { $0.condition.facts })
    if let amount { facts.formUnion(amount.facts) }
    return facts
  }
}

/// One rule, in words fit to be read aloud.
package struct Rule: Sendable, Equatable {
  /// What it means when a rule does not hold.
  package enum Otherwise: String, Sendable {
    /// It cannot come to hold.
    case no
    /// Something can be done.
    case notYet = "not-yet"
  }

  package let code: String
  package let says: RuleSet.Words
  /// What would change it; empty where nothing would.
  package let change: RuleSet.Words
  /// Where in the text it stands.
  package let source: String?
  package let condition: Condition
  package let otherwise: Otherwise
}

/// How much is given: a sum or a table of vulnerability and household, under ceilings.
package struct AmountRule: Sendable, Equatable {
  package enum Base: Sendable, Equatable {
    case fixed(Int64)
    /// By vulnerability; then by household size, from the first that is reached downwards.
    case table([String: [Step]])
  }

  package struct Step: Sendable, Equatable {
    /// Persons of the household, the person herself counted.
    package let size: Int64
    package let amount: Int64
  }

  /// What all aids of one person may come to together.
  package enum Ceiling: String, Sendable, CaseIterable {
    /// This aid alone.
    case aid
    /// Aids of this kind.
    case kind
    /// Aids of the same track: social, employment, business.
    case track
    /// Aids paid by the same funder.
    case funder
    /// Everything that she was given.
    case person
  }

  package let currency: Money.Currency
  /// In the smallest unit of the currency, as the ceilings.
  package let base: Base
  package let ceilings: [Ceiling: Int64]

  var facts: Set<Fact> {
    switch base {
    case .fixed: []
    case .table: [.vulnerability, .householdSize]
    }
  }
}

/// What was given or promised to a person before.
package struct EarlierAid: Sendable, Equatable {
  /// How the room that gave it names it, so that an aid is not counted beside itself.
  package let id: String
  package let kind: String
  package let track: String
  package let funder: String?
  /// Millimes; nil for an aid in euros where no rate holds.
  package let amount: Int64?

  package init(id: String = "", kind: String, track: String, funder: String?, amount: Int64?) {
    self.id = id
    self.kind = kind
    self.track = track
    self.funder = funder
    self.amount = amount
  }
}
