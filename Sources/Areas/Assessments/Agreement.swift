import Basics

/// How often two assessors answered so: counted over pairs, of nobody in particular.
struct AgreementCount: Sendable, Equatable {
  /// A code of an option, `same` and `other` where there are none, or why there is no answer.
  let first: String
  let second: String
  let pairs: Int
}

/// How far two assessors agree on one item.
struct Agreement: Sendable, Equatable {
  /// Pairs in which both have an answer.
  let pairs: Int
  let same: Int
  /// Pairs in which only one has an answer, or neither.
  let incomplete: Int
  /// Cohen's kappa in thousandths; nil without pairs, where chance alone would agree always, and where there are no
  /// options to choose from.
  /// Source: J. Cohen, "A coefficient of agreement for nominal scales", 1960.
  let kappa: Int?

  static let (missing, same, other) = ("!", "same", "other")

  init(_ counts: [AgreementCount], hasOptions: Bool) {
    let complete = counts.filter { $0.first != Self.missing && $0.second != Self.missing }
    let pairs = complete.reduce(0) { $0 + $1.pairs }
    let same = complete.reduce(0) { $0 + ($1.first == $1.second ? $1.pairs : 0) }
    incomplete = counts.reduce(0) { $0 + $1.pairs } - pairs
    (self.pairs, self.same) = (pairs, same)
    kappa = hasOptions ? Self.kappa(complete, pairs: pairs, same: same) : nil
  }

  /// (observed − expected) / (1 − expected), of whole numbers to the end.
  private static func kappa(_ counts: [AgreementCount], pairs: Int, same: Int) -> Int? {
    guard pairs > 0 else { return nil }
    var (first, second): ([String: Int], [String: Int]) = ([:], [:])
    for count in counts {
      first[count.first, default: 0] += count.pairs
      second[count.second, default: 0] += count.pairs
    }
    let expected = first.reduce(0) { $0 + $1.value * second[$1.key, default: 0] }
    let (above, below) = (same * pairs - expected, pairs * pairs - expected)
    guard below > 0 else { return nil }
    return Int((Double(above) * 1_000 / Double(below)).rounded())
  }

  /// What is counted of two answers to one item.
  static func pair(_ item: Item, _ one: Answer?, _ other: Answer?) -> (first: String, second: String) {
    guard case .value(let first)? = one, case .value(let second)? = other else {
      return (word(one, item), word(other, item))
    }
    switch item.kind {
    case .oneOf, .yesNo: return (first, second)
    case .severalOf, .number, .date: return (Self.same, first == second ? Self.same : Self.other)
    case .text: return (missing, missing)
    }
  }

  private static func word(_ answer: Answer?, _ item: Item) -> String {
    guard case .value(let value)? = answer else { return missing }
    switch item.kind {
    case .oneOf, .yesNo: return value
    case .severalOf, .number, .date, .text: return same
    }
  }
}
