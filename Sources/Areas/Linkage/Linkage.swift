import Foundation
import Names

/// The door of the area: which records are the same person, and why.
package struct Linkage: Sendable {
  let names: Names

  package init(_ names: Names) { self.names = names }

  /// Two records believed the same person.
  package struct Pair: Sendable, Equatable {
    package let first, second: String
    /// 0 to 1: the probability that they are.
    package let score: Double
    package let reasons: [Reason]
  }

  /// What a field says of a pair, in bits: above 0 for one person, below for two.
  package struct Reason: Sendable, Equatable {
    package let field: String
    package let agreement: String
    package let weight: Double
  }

  package func pairs(_ reader: PersonReader, threshold: Double = 0.5, why: Bool = false) -> [Pair] {
    let persons = reader.persons()
    guard persons.pairs > 0 else { return [] }
    var search = LinkSearch(persons, names)
    search.learn()
    return search.pairs(threshold: threshold, why: why)
  }
}
