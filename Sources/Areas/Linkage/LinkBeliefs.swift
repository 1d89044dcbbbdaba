/// What is believed of persons until the records say otherwise: a small database holds too few pairs to learn from.
///
/// By kind of field, how often each agreement is found between records of one person and between strangers. Set by
/// hand after the invented returnees of `docs/linkage.md`, rounded; what many records say outweighs it.
struct LinkBeliefs: Sendable {
  /// It counts as much as so many pairs.
  let pairs = 100.0
  /// How many records the sample holds.
  let records: Double

  func ofOne(_ kind: FieldKind) -> [Double] {
    switch kind {
    case .givenName:
      shares(different: 3, distant: 1, partial: 6, near: 3, close: 10, swapped: 3, alike: 24, equal: 50)
    case .familyName:
      shares(different: 5, distant: 1, partial: 6, near: 3, close: 8, swapped: 3, alike: 24, equal: 50)
    case .name, .relative:
      shares(different: 5, distant: 2, partial: 8, near: 4, close: 8, alike: 23, equal: 50)
    case .date: shares(different: 3, distant: 4, partial: 10, near: 5, close: 8, swapped: 4, equal: 66)
    case .number: shares(different: 4, near: 2, close: 8, equal: 86)
    case .phone: shares(different: 35, near: 1, close: 4, equal: 60)
    case .email: shares(different: 30, partial: 4, near: 1, close: 4, equal: 61)
    case .place: shares(different: 15, distant: 1, partial: 2, near: 1, close: 1, alike: 2, equal: 78)
    case .text: shares(different: 20, distant: 4, partial: 10, near: 4, close: 4, equal: 58)
    }
  }

  func ofStrangers(_ kind: FieldKind) -> [Double] {
    switch kind {
    case .givenName:
      shares(
        different: 95, distant: 1.5, partial: 0.8, near: 0.6, close: 0.4, swapped: 0.1, alike: 0.6, equal: 1)
    case .familyName:
      shares(
        different: 96, distant: 1.2, partial: 0.6, near: 0.5, close: 0.3, swapped: 0.1, alike: 0.5, equal: 0.8
      )
    case .name, .relative:
      shares(different: 98, distant: 0.8, partial: 0.6, near: 0.2, close: 0.1, alike: 0.1, equal: 0.2)
    case .date:
      shares(different: 95, distant: 4, partial: 0.3, near: 0.3, close: 0.15, swapped: 0.01, equal: 0.007)
    case .number: shares(different: 100, near: 0.01, close: 0.001, equal: 0.000_1)
    case .phone, .email: shares(different: 100, partial: 0.05, near: 0.02, close: 0.005, equal: 0.001)
    case .place: shares(different: 88, distant: 1, partial: 0.5, near: 0.3, close: 0.1, alike: 0.1, equal: 10)
    case .text: shares(different: 90, distant: 3, partial: 1, near: 0.5, close: 0.5, equal: 5)
    }
  }

  /// In the order of `Agreement`, as shares of one; what is left out hardly ever happens.
  private func shares(
    different: Double, distant: Double = 0.001, partial: Double = 0.001, near: Double = 0.001,
    close: Double = 0.001, swapped: Double = 0.001, alike: Double = 0.001, equal: Double
  ) -> [Double] {
    let all = [different, distant, partial, near, close, swapped, alike, equal]
    let sum = all.reduce(0, +)
    return [0] + all.map { $0 / sum }
  }
}
