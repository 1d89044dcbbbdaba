import Basics

/// What must hold: tests of facts, put together.
package indirect enum Condition: Sendable, Equatable {
  case all([Condition])
  case any([Condition])
  case not(Condition)
  case test(Fact, Test)
  /// What another rule of the same file asks.
  case rule(String, Condition)

  package enum Test: Sendable, Equatable {
    case oneOf(Set<String>)
    /// All of them are there.
    case has(Set<String>)
    case atLeast(Int64)
    case atMost(Int64)
    /// On that day or later.
    case from(Day)
    /// On that day or earlier.
    case through(Day)
    case equals(Bool)
    /// What is left pays what the person would get.
    case coversAmount
  }
}

/// Whether something holds. Source: Kleene's strong three-valued logic, in which what is not known decides nothing
/// that the known decides without it.
package enum Truth: Int, Sendable, Comparable {
  case no, unknown, yes

  package static func < (a: Truth, b: Truth) -> Bool { a.rawValue < b.rawValue }

  package static prefix func ! (truth: Truth) -> Truth {
    switch truth {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }

  init(_ value: Bool) { self = value ? .yes : .no }
}

extension Condition {
  package func holds(for facts: Facts) -> Truth {
    switch self {
    case .all(let parts):
      var truth = Truth.yes
      for part in parts where truth != .no { truth = min(truth, part.holds(for: facts)) }
      return truth
    case .any(let parts):
      var truth = Truth.no
      for part in parts where truth != .yes { truth = max(truth, part.holds(for: facts)) }
      return truth
    case .not(let part): return !part.holds(for: facts)
    case .rule(_, let condition): return condition.holds(for: facts)
    case .test(let fact, .coversAmount):
      guard let amount = facts.amount else { return .unknown }
      return facts[fact].map(Test.atLeast(amount).holds) ?? .unknown
    case .test(let fact, let test): return facts[fact].map(test.holds) ?? .unknown
    }
  }

  /// The facts that it reads, in the order in which they stand there.
  package var facts: [Fact] {
    var seen: [Fact] = []
    collect(&seen)
    return seen
  }

  private func collect(_ seen: inout [Fact]) {
    switch self {
    case .all(let parts), .any(let parts): for part in parts { part.collect(&seen) }
    case .not(let part), .rule(_, let part): part.collect(&seen)
    case .test(let fact, _): if !seen.contains(fact) { seen.append(fact) }
    }
  }
}

extension Condition.Test {
  /// Of a fact that is known.
  fileprivate func holds(for value: FactValue) -> Truth {
    switch (self, value) {
    case (.oneOf(let codes), .code(let code)): Truth(codes.contains(code))
    case (.has(let codes), .codes(let there)): Truth(codes.isSubset(of: there))
    case (.atLeast(let least), .number(let known)):
      known.lowerBound >= least ? .yes : known.upperBound < least ? .no : .unknown
    case (.atMost(let most), .number(let known)):
      known.upperBound <= most ? .yes : known.lowerBound > most ? .no : .unknown
    case (.from(let first), .day(let day)): Truth(day >= first)
    case (.through(let last), .day(let day)): Truth(day <= last)
    case (.equals(let wanted), .flag(let flag)): Truth(wanted == flag)
    default: .unknown  // A file is checked when it is read: no test stands beside a fact of another kind.
    }
  }
}
