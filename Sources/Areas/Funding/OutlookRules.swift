import Basics

/// What will become of money that is not used yet: pure.
enum OutlookRules {
  /// Days over which the use of the last time is counted: half a year.
  static let window = 182
  /// Days before a last day from which money without a known date is told.
  static let notice = 90

  /// Nil where an agreement has ended.
  /// - Parameters:
  ///   - used: what was newly used within the window.
  ///   - today: counts as a day that is left.
  static func outlook(
    left: Money, used: Money, from: Day, until: Day, today: Day
  ) -> (daysLeft: Int, expected: Money, unspent: Money)? {
    guard until >= today else { return nil }
    let daysLeft = until - today + 1
    let days = max(1, min(window, today - from + 1))
    let pace = Int128(max(0, used.minorUnits)) * Int128(daysLeft)
    let expected = Int64(min(Int128(left.minorUnits), Exchange.halfEven(pace, Int128(days))))
    return (
      daysLeft, Money(expected, left.currency), Money(left.minorUnits - expected, left.currency)
    )
  }

  /// Why money of a reservation is at risk; nil where it is not.
  static func risk(_ reservation: Reservation, _ agreement: Agreement, today: Day) -> LineRisk.Reason? {
    switch reservation.state {
    case .released: return nil
    case .reserved: return agreement.until < today + notice ? .unbound : nil
    case .committed:
      guard reservation.paid.minorUnits < reservation.bound?.minorUnits ?? 0 else { return nil }
      if agreement.payUntil < today { return .over }
      if let expected = reservation.expected { return expected > agreement.payUntil ? .late : nil }
      return agreement.payUntil < today + notice ? .unknown : nil
    }
  }

  /// What is still to be bound or paid.
  static func rest(of reservation: Reservation) -> Money {
    let currency = reservation.asked.currency
    switch reservation.state {
    case .reserved: return reservation.asked
    case .committed:
      return Money((reservation.bound?.minorUnits ?? 0) - reservation.paid.minorUnits, currency)
    case .released: return Money(0, currency)
    }
  }
}
