/// Which part of one name stands for which of the other: the best of all ways, whatever the order.
enum NameAlignment {
  struct Pair: Equatable {
    /// Two neighbours may stand for one part of the other side: `ben our`, `بنور`.
    let first, second: Range<Int>
    /// 0 for equal; 1 for nothing in common.
    let distance: Float
  }

  static func best(_ first: Name, _ second: Name, _ weights: NameWeights) -> [Pair] {
    Search(first: first.parts, second: second.parts, weights: weights).best()
  }
}

private struct Search {
  let first: [Name.Part]
  let second: [Name.Part]
  let weights: NameWeights

  /// From the last part back: the best for the parts from `index` on when those of `used` are taken.
  func best() -> [NameAlignment.Pair] {
    let candidates = (0..<first.count).map(candidates)
    let states = 1 << second.count
    var gains = [Float](repeating: 0, count: (first.count + 2) * states)
    var choices = [Int](repeating: -1, count: first.count * states)
    for index in stride(from: first.count - 1, through: 0, by: -1) {
      for used in 0..<states { gains[index * states + used] = gains[(index + 1) * states + used] }
      for (number, pair) in candidates[index].enumerated() {
        let taken = Self.mask(pair.second)
        let worth = worth(pair)
        for used in 0..<states where used & taken == 0 {
          let gain = worth + gains[(index + pair.first.count) * states + (used | taken)]
          if gain > gains[index * states + used] {
            gains[index * states + used] = gain
            choices[index * states + used] = number
          }
        }
      }
    }
    var pairs: [NameAlignment.Pair] = []
    var (index, used) = (0, 0)
    while index < first.count {
      let choice = choices[index * states + used]
      if choice >= 0 {
        let pair = candidates[index][choice]
        pairs.append(pair)
        used |= Self.mask(pair.second)
        index += pair.first.count
      } else {
        index += 1
      }
    }
    return pairs
  }

  private static func mask(_ range: Range<Int>) -> Int { ((1 << range.count) - 1) << range.lowerBound }

  /// Names in their order are a little better than names turned round.
  private func worth(_ pair: NameAlignment.Pair) -> Float {
    let isTitle = first[pair.first].allSatisfy(\.isTitle) || second[pair.second].allSatisfy(\.isTitle)
    let parts = Float(pair.first.count + pair.second.count) / 2
    let order = 0.001 * Float(abs(pair.first.lowerBound - pair.second.lowerBound))
    return (isTitle ? 0.2 : 1) * parts * (1 - pair.distance) - order
  }

  private func candidates(_ index: Int) -> [NameAlignment.Pair] {
    var pairs: [NameAlignment.Pair] = []
    func add(_ left: Range<Int>, _ right: Range<Int>) {
      guard let distance = distance(left, right), distance < 1 else { return }
      pairs.append(.init(first: left, second: right, distance: distance))
    }
    for other in 0..<second.count {
      add(index..<index + 1, other..<other + 1)
      if other + 1 < second.count { add(index..<index + 1, other..<other + 2) }
      if index + 1 < first.count { add(index..<index + 2, other..<other + 1) }
    }
    return pairs
  }

  private func distance(_ left: Range<Int>, _ right: Range<Int>) -> Float? {
    let a = first[left.lowerBound]
    let b = second[right.lowerBound]
    let isJoin = left.count + right.count > 2
    let (x, y) = (isJoin ? sounds(first, left) : a.sounds, isJoin ? sounds(second, right) : b.sounds)
    if isJoin, min(x.count, y.count) * 5 < max(x.count, y.count) * 3 { return nil }
    let costs = a.isArabic == b.isArabic ? weights.same : weights.cross
    if !isJoin {
      if a.text == b.text { return 0 }
      if a.isInitial != b.isInitial, let m = x.first, let n = y.first, costs.cost(m, n) < 0.2 { return 0.3 }
    }
    let mass = (costs.mass(x) + costs.mass(y)) / 2
    let distance = costs.distance(x, y) / (weights.steadiness + mass) * 2
    // Words parted otherwise must agree well: chance finds many joins.
    if isJoin { return distance < 0.4 ? distance * 1.5 : nil }
    guard let known = a.variant?.names, let other = b.variant?.names else { return distance }
    // Two known names are one or two, whatever their letters say.
    return known.isDisjoint(with: other) ? distance + weights.knownApart : min(distance, weights.knownSame)
  }

  private func sounds(_ parts: [Name.Part], _ range: Range<Int>) -> [Sound] {
    range.count == 1
      ? parts[range.lowerBound].sounds : parts[range.lowerBound].sounds + parts[range.upperBound - 1].sounds
  }
}
