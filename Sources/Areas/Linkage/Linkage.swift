import Names

/// The door of the area: which records are of the same person, and why. It reads, and decides nothing.
package struct Linkage: Sendable {
  /// From which score on two records are believed to be of one person: more likely so than not.
  package static let threshold = 0.5

  private let names: Names

  package init(_ names: Names) { self.names = names }

  /// Two records believed to be of one person.
  package struct Pair: Sendable, Equatable {
    /// Of two files, the first is of the first file.
    package let first, second: String
    /// 0 to 1: the probability that it is one person.
    package let score: Double
    /// When asked for: what each known field says, then what is said beside the fields; in bits, they sum up to the score's odds.
    package let reasons: [Reason]
  }

  package struct Reason: Sendable, Equatable {
    package let what: String
    /// Above 0 it speaks for one person, below 0 for two.
    package let weight: Double
  }

  /// The pairs in the order of the ids.
  ///
  /// - Parameters:
  ///   - threshold: above 0, below 1: from which score on.
  ///   - why: with reasons.
  package func pairs(_ reader: PersonReader, threshold: Double = threshold, why: Bool = false) -> [Pair] {
    let persons = reader.persons()
    guard persons.pairs > 0 else { return [] }
    return LinkSearch(persons, names).pairs(atLeast: Evidence.bits(threshold), why: why)
  }
}
