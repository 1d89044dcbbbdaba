import Foundation

/// What two names have in common, and how likely they are the same name.
package struct NameComparison: Sendable {
  /// 0 to 1: the likelihood that it is the same name.
  package let score: Double
  /// From which score on two names are called the same.
  package static let threshold = 0.5
  package var isSame: Bool { score >= Self.threshold }
  /// Word by word, in the order of the first name; then what only the second has.
  package let agreements: [NameAgreement]
  package let features: NameFeatures

  init(_ first: Name, _ second: Name, _ weights: NameWeights) {
    guard !first.parts.isEmpty, !second.parts.isEmpty else {
      score = first.text == second.text && first.text.contains { !$0.isWhitespace } ? 1 : 0
      agreements = []
      features = NameFeatures()
      return
    }
    // The same result whichever of the two comes first.
    let isTurned = (second.parts.count, second.text) < (first.parts.count, first.text)
    let (shorter, longer) = isTurned ? (second, first) : (first, second)
    let pairs = NameAlignment.best(shorter, longer, weights)
    features = NameFeatures(shorter, longer, pairs)
    let isEqual = first.parts.map(\.text) == second.parts.map(\.text)
    score = isEqual ? 1 : weights.name.likelihood(features)
    agreements = NameAgreement.list(
      first, second,
      isTurned ? pairs.map { .init(first: $0.second, second: $0.first, distance: $0.distance) } : pairs)
  }
}

/// What the score is made of: few numbers, so that it can be explained.
package struct NameFeatures: Sendable, Equatable {
  /// The least alike of the shorter name's words; 1 when one has no partner.
  package private(set) var worst: Float = 1
  package private(set) var mean: Float = 1
  /// Words of the longer name without a partner; one that many bear counts half.
  package private(set) var left: Float = 0
  /// 1 for a single word beside a whole name.
  package private(set) var single: Float = 0
  /// 1 when the first words do not belong together.
  package private(set) var turned: Float = 0
  /// Share of words that many people bear: agreeing in them says less.
  package private(set) var common: Float = 0

  /// Persons in a thousand from whom on a name is one that many bear.
  private static let many = 30

  init() {}

  init(_ first: Name, _ second: Name, _ pairs: [NameAlignment.Pair]) {
    let firstIsShorter = first.parts.count { !$0.isTitle } <= second.parts.count { !$0.isTitle }
    let (shorter, longer) = firstIsShorter ? (first.parts, second.parts) : (second.parts, first.parts)
    var distances = [Float](repeating: 1, count: shorter.count)
    var isPartnered = [Bool](repeating: false, count: longer.count)
    for pair in pairs {
      for index in firstIsShorter ? pair.first : pair.second { distances[index] = pair.distance }
      for index in firstIsShorter ? pair.second : pair.first { isPartnered[index] = true }
    }
    let names = shorter.indices.filter { !shorter[$0].isTitle }
    let main = names.isEmpty ? Array(shorter.indices) : names
    worst = main.map { distances[$0] }.max() ?? 1
    mean = main.reduce(0) { $0 + distances[$1] } / Float(main.count)
    for (index, part) in longer.enumerated() where !isPartnered[index] && !part.isTitle {
      left += part.common >= Self.many ? 0.5 : 1
    }
    single = main.count == 1 && longer.count > 1 ? 1 : 0
    let heads = [first, second].map { $0.parts.firstIndex { !$0.isTitle } ?? 0 }
    turned = pairs.contains { $0.first.contains(heads[0]) != $0.second.contains(heads[1]) } ? 1 : 0
    common = Float(main.count { shorter[$0].common >= Self.many }) / Float(main.count)
  }
}
