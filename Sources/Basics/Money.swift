/// An amount in the smallest unit of its currency: millimes for TND (three decimals), cents for EUR (two).
package struct Money: Hashable, Sendable {
  package enum Currency: String, Sendable, CaseIterable {
    case tnd = "TND"
    case eur = "EUR"

    /// Decimals of the currency. Source: ISO 4217.
    package var decimals: Int { self == .tnd ? 3 : 2 }
  }

  package let minorUnits: Int64
  package let currency: Currency

  package init(_ minorUnits: Int64, _ currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }
}

extension Money {
  /// An amount as it is typed: `1234,5`, `1 234,500`, `1234.50`, in either kind of digits. Nil when it is no amount, has
  /// more decimals than the currency, or could be read in two ways: `1.234` may be one dinar or a thousand.
  /// - Parameter most: the largest amount, in whole units.
  package init?(typed text: String, _ currency: Currency, most: Int64) {
    let spaces: Set<Character> = [" ", "\u{A0}", "\u{202F}"]
    let digits = String(text.westernDigits.filter { !spaces.contains($0) }).replacing("\u{66B}", with: ",")
    let parts = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard parts.count <= 2, let whole = parts.first, (1...12).contains(whole.count),
      parts.joined().utf8.allSatisfy({ (48...57).contains($0) }), let units = Int64(whole), units <= most
    else { return nil }
    var scale: Int64 = 1
    for _ in 0..<currency.decimals { scale *= 10 }
    let fraction = parts.count == 2 ? parts[1] : ""
    let isAmbiguous = digits.contains(".") && fraction.count == 3
    guard parts.count == 1 || !fraction.isEmpty, fraction.count <= currency.decimals, !isAmbiguous else {
      return nil
    }
    let padded = fraction + String(repeating: "0", count: currency.decimals - fraction.count)
    guard let rest = Int64(padded), units * scale + rest <= most * scale else { return nil }
    self.init(units * scale + rest, currency)
  }

  /// As one types it: `1234,500`.
  package var typed: String {
    var scale: UInt64 = 1
    for _ in 0..<currency.decimals { scale *= 10 }
    let (whole, rest) = minorUnits.magnitude.quotientAndRemainder(dividingBy: scale)
    let fraction = String(rest)
    let zeros = String(repeating: "0", count: currency.decimals - fraction.count)
    return "\(minorUnits < 0 ? "-" : "")\(whole),\(zeros)\(fraction)"
  }
}
