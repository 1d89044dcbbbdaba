import Basics

/// From dinars to euros and back, each time rounded once, half to even.
///
/// A cent is 10^-2 EUR, a millime 10^-3 TND, a rate 10^-6 TND for one EUR. So a cent times a rate is a hundred-millionth
/// of a dinar (10^-8), and 10^5 of these are a millime: all of it is whole numbers.
enum Exchange {
  private static let hundredMillionthsOfMillime: Int128 = 100_000

  /// `amount` in the other currency, rounded half to even; nil where it is beyond what can be stored.
  static func convert(_ amount: Money, to currency: Money.Currency, at rate: Int64) -> Money? {
    guard amount.currency != currency else { return amount }
    let (numerator, denominator) = fraction(amount, at: rate)
    return Int64(exactly: halfEven(numerator, denominator)).map { Money($0, currency) }
  }

  /// The same rounded down: what surely can be had.
  static func convertDown(_ amount: Money, to currency: Money.Currency, at rate: Int64) -> Money? {
    guard amount.currency != currency else { return amount }
    let (numerator, denominator) = fraction(amount, at: rate)
    return Int64(exactly: numerator / denominator).map { Money($0, currency) }
  }

  /// What rounding added to the value of `counted` over that of `exact`, in hundred-millionths of a dinar.
  static func remainder(of counted: Money, over exact: Money, at rate: Int64) -> Int64 {
    Int64(clamping: value(counted, at: rate) - value(exact, at: rate))
  }

  /// In hundred-millionths of a dinar.
  private static func value(_ money: Money, at rate: Int64) -> Int128 {
    money.currency == .eur
      ? Int128(money.minorUnits) * Int128(rate) : Int128(money.minorUnits) * hundredMillionthsOfMillime
  }

  private static func fraction(_ amount: Money, at rate: Int64) -> (Int128, Int128) {
    amount.currency == .eur
      ? (Int128(amount.minorUnits) * Int128(rate), hundredMillionthsOfMillime)
      : (Int128(amount.minorUnits) * hundredMillionthsOfMillime, Int128(rate))
  }

  /// - Parameters:
  ///   - numerator: not negative.
  ///   - denominator: positive.
  static func halfEven(_ numerator: Int128, _ denominator: Int128) -> Int128 {
    let (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    if rest * 2 == denominator { return quotient + quotient % 2 }
    return rest * 2 > denominator ? quotient + 1 : quotient
  }
}
