/// How a word of one name stands to a word of the other.
package struct NameAgreement: Sendable, Equatable {
  package enum Degree: String, Sendable {
    case equal
    /// As good as equal across spellings.
    case soundsAlike = "sounds alike"
    case near
    case missing
  }

  /// Folded; nil when the other name has nothing that stands for it.
  package let first, second: String?
  package let degree: Degree

  /// In plain English, for the command line: `ben salah sounds alike بن صالح`.
  package var words: String {
    switch (first, second) {
    case (let first?, let second?): "\(first) \(degree == .near ? "is near" : degree.rawValue) \(second)"
    case (let only?, nil), (nil, let only?): "\(only) has no partner"
    case (nil, nil): ""
    }
  }

  static func list(_ first: Name, _ second: Name, _ pairs: [NameAlignment.Pair]) -> [NameAgreement] {
    func text(_ parts: some Sequence<Name.Part>) -> String { parts.map(\.text).joined(separator: " ") }
    let matched = pairs.sorted { $0.first.lowerBound < $1.first.lowerBound }.map { pair in
      let (left, right) = (text(first.parts[pair.first]), text(second.parts[pair.second]))
      return NameAgreement(
        first: left, second: right,
        degree: left == right ? .equal : pair.distance < 0.35 ? .soundsAlike : .near)
    }
    let onlyFirst = first.parts.indices.filter { index in !pairs.contains { $0.first.contains(index) } }
    let onlySecond = second.parts.indices.filter { index in !pairs.contains { $0.second.contains(index) } }
    return matched
      + onlyFirst.map { .init(first: first.parts[$0].text, second: nil, degree: .missing) }
      + onlySecond.map { .init(first: nil, second: second.parts[$0].text, degree: .missing) }
  }
}
