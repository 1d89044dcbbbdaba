import Basics
import Storage

/// A share from 0 to 1, in thousandths: so it is stored, shown and compared with bands.
package struct Score: Hashable, Comparable, Sendable, Storable {
  package let thousandths: Int

  package static let lowest = Score(thousandths: 0)
  package static let highest = Score(thousandths: 1_000)

  package init(thousandths: Int) { self.thousandths = thousandths }

  /// Reads `0`, `0.5`, `0.125`, `1`; nil for anything else, also beyond 0 to 1 or with more than three decimals.
  package init?(_ text: String) {
    guard let millionths = Decimals.millionths(text), millionths.isMultiple(of: 1_000) else { return nil }
    self.init(thousandths: millionths / 1_000)
  }

  /// "0,625", "0.625": with three decimals always, as bands go by them.
  package func text(for language: Language) -> String {
    let rest = String(thousandths % 1_000)
    let padded = String(repeating: "0", count: 3 - rest.count) + rest
    return "\(thousandths / 1_000)\(language == .english ? "." : ",")\(padded)"
  }

  package static func < (one: Score, other: Score) -> Bool { one.thousandths < other.thousandths }

  package var stored: StoredValue { .integer(Int64(thousandths)) }
  package init?(stored: StoredValue) {
    guard case .integer(let value) = stored, (0...1_000).contains(value) else { return nil }
    self.init(thousandths: Int(value))
  }
}

/// Reading decimals exactly: no binary fraction stands between what a file says and what is counted.
enum Decimals {
  /// From 0 to 1 with at most six decimals, in millionths; nil for anything else.
  static func millionths(_ text: String) -> Int? {
    guard let match = text.wholeMatch(of: /([01])(?:\.([0-9]{1,6}))?/) else { return nil }
    let digits = match.2.map(String.init) ?? ""
    let padded = digits + String(repeating: "0", count: 6 - digits.count)
    guard let whole = Int(match.1), let rest = Int(padded) else { return nil }
    let value = whole * 1_000_000 + rest
    return value <= 1_000_000 ? value : nil
  }

  /// "0.75", "1": without the zeros at the end.
  static func text(millionths: Int) -> String {
    let (whole, rest) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
    guard rest > 0 else { return String(whole) }
    let digits = String(rest)
    var padded = Substring(String(repeating: "0", count: 6 - digits.count) + digits)
    while padded.last == "0" { padded.removeLast() }
    return "\(whole).\(padded)"
  }
}
