/// Puts records together to persons, the surest pair first.
///
/// Two groups become one when the mean evidence of all pairs between them speaks for it: a record that agrees with one
/// of a group and contradicts the others stays outside, and one that says little is carried by those that say much.
struct LinkGroups {
  /// Pairs between two groups that are looked at; larger groups stay apart.
  static let mostPairs = 400

  /// Two records of one group.
  struct Pair {
    /// `first` comes before `second`.
    let first, second: Int32
    /// The evidence for it in bits: its own, or where that says more the one on which their groups became one.
    let weight: Double
  }

  private(set) var pairs: [Pair] = []
  /// The records of a group, under one of them; a record alone has no entry.
  private var members: [Int32: [Int32]] = [:]
  /// The name of the group of a record.
  private var group: [Int32: Int32] = [:]

  /// - Parameter weight: the evidence, in bits, that two records are of one person; the first comes before the second.
  mutating func join(
    _ first: Int32, _ second: Int32, atLeast least: Double, weight: (Int32, Int32) -> Double
  ) {
    let (one, other) = (group[first] ?? first, group[second] ?? second)
    if one == other { return }
    let (ones, others) = (members[one] ?? [one], members[other] ?? [other])
    guard ones.count * others.count <= Self.mostPairs else { return }
    let between = ones.flatMap { one in
      others.map { other in
        Pair(
          first: min(one, other), second: max(one, other), weight: weight(min(one, other), max(one, other)))
      }
    }
    let mean = between.reduce(0) { $0 + $1.weight } / Double(between.count)
    guard mean >= least else { return }
    pairs += between.map { Pair(first: $0.first, second: $0.second, weight: max($0.weight, mean)) }
    members[one] = ones + others
    members[other] = nil
    for record in others { group[record] = one }
    group[one] = one
  }
}
