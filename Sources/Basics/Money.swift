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
