import Basics
import Storage

/// How many dinars a euro is worth from a day on, as somebody entered it; never fetched.
package struct ExchangeRate: Identifiable, Sendable, Equatable {
  package let id: RecordID<ExchangeRate>
  /// The first day for which it holds.
  package let from: Day
  /// The last day for which it holds, unless a later rate was entered.
  package let until: Day
  /// TND for one EUR, in millionths: 3.3845 is 3,384,500. Exact: never a floating number.
  package let millionths: Int64
  /// Where it was read.
  package let source: String

  package init(
    id: RecordID<ExchangeRate> = RecordID(), from: Day, until: Day, millionths: Int64, source: String
  ) {
    self.id = id
    self.from = from
    self.until = until
    self.millionths = millionths
    self.source = source
  }

  package static let decimals = 6

  static func reference(_ id: RecordID<ExchangeRate>) -> RecordReference {
    RecordReference("exchange_rate", id)
  }
}

extension ExchangeRate {
  /// A value as it is typed: `3,3845` or `3.3845`, in either kind of digits, at most six decimals; nil when it is none,
  /// is zero, or is beyond all reason. A rate has no thousands, so that a point is always the decimal one.
  static func millionths(typed text: String) -> Int64? {
    let digits = text.westernDigits.replacing("\u{66B}", with: ",").replacing(".", with: ",")
    let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, (1...4).contains(whole.count),
      parts.joined().utf8.allSatisfy({ (48...57).contains($0) }), let units = Int64(whole)
    else { return nil }
    let fraction = parts.count == 2 ? parts[1] : ""
    guard parts.count == 1 || !fraction.isEmpty, fraction.count <= decimals,
      let rest = Int64(fraction + String(repeating: "0", count: decimals - fraction.count))
    else { return nil }
    let value = units * 1_000_000 + rest
    return value > 0 && units < 1_000 ? value : nil
  }

  /// As one types it: `3,3845`.
  package var typed: String {
    let (whole, rest) = millionths.quotientAndRemainder(dividingBy: 1_000_000)
    var fraction = String(rest)
    fraction = String(repeating: "0", count: Self.decimals - fraction.count) + fraction
    while fraction.count > 1, fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(whole),\(fraction)"
  }
}
