import Antennas
import Basics
import Testing

@testable import Funding

@Suite struct `Amounts as they are typed` {
  private static func amount(_ text: String, _ currency: Money.Currency) -> (money: Money?, words: String?) {
    var check = FormCheck(Typed(["amount": [text]]))
    let money = MoneyForm.amount("amount", currency, &check)
    return (money, check.errors.first.map { Reader(.english)($0.message) })
  }

  @Test(
    arguments: [
      ("1234,500", 1_234_500), ("1 234,5", 1_234_500), ("1\u{202F}234,500", 1_234_500), ("١٢٣٤٫٥", 1_234_500),
      ("1234.50", 1_234_500), ("0,001", 1), ("1000000000", 1_000_000_000_000),
    ] as [(String, Int64)])
  func `are dinars to the millime`(text: String, millimes: Int64) {
    #expect(Self.amount(text, .tnd).money == Money(millimes, .tnd))
  }

  @Test(arguments: [
    ("", "Write the amount."), ("0", "An amount is more than nothing."),
    ("-5", "An amount is more than nothing."), ("\u{2212}1,500", "An amount is more than nothing."),
    ("1000000001", "This amount is larger than any agreement."),
    ("1e9", "Write dinars in figures, such as 1234,500: at most three decimals, after a comma."),
    ("100 EUR", "Write dinars in figures, such as 1234,500: at most three decimals, after a comma."),
    ("1,2345", "Write dinars in figures, such as 1234,500: at most three decimals, after a comma."),
    ("1.234", "Write dinars in figures, such as 1234,500: at most three decimals, after a comma."),
    ("1,234,500", "Write dinars in figures, such as 1234,500: at most three decimals, after a comma."),
    ("NaN", "Write dinars in figures, such as 1234,500: at most three decimals, after a comma."),
  ])
  func `are refused with a word`(text: String, words: String) {
    let found = Self.amount(text, .tnd)
    #expect(found.money == nil)
    #expect(found.words == words)
  }

  @Test func `in euros have two decimals`() {
    #expect(Self.amount("12,5", .eur).money == Money(12_50, .eur))
    #expect(
      Self.amount("12,505", .eur).words
        == "Write euros in figures, such as 1234,50: at most two decimals, after a comma.")
  }

  @Test(
    arguments: [
      ("3,3845", 3_384_500), ("3.3845", 3_384_500), ("٣٫٣٨٤٥", 3_384_500), ("3", 3_000_000),
      ("0,000001", 1), ("0", nil), ("-3", nil), ("3,3845001", nil), ("3,", nil), ("1000", nil),
      ("3 euros", nil),
      ("3e0", nil),
    ] as [(String, Int64?)])
  func `as rates are exact`(text: String, millionths: Int64?) {
    #expect(ExchangeRate.millionths(typed: text) == millionths)
  }

  @Test func `as rates are written as they are typed`() {
    let day = Day(number: 20_000)
    func typed(_ millionths: Int64) -> String {
      ExchangeRate(from: day, until: day, millionths: millionths, source: "").typed
    }
    #expect(typed(3_384_500) == "3,3845")
    #expect(typed(3_000_000) == "3,0")
    #expect(typed(1) == "0,000001")
  }
}

@Suite struct `Changed money` {
  @Test func `never loses a millime, in whatever parts it is paid`() throws {
    var dice = Dice(seed: 7)
    for _ in 0..<500 {
      let rate = Int64(dice.next(below: 9_000_000)) + 1_000_000
      let whole = Money(Int64(dice.next(below: 50_000_000)) + 1, .tnd)
      let held = try #require(Exchange.convert(whole, to: .eur, at: rate)).minorUnits
      var (paid, cost, remainder): (Int64, Int64, Int64) = (0, 0, 0)
      while paid < whole.minorUnits {
        let part = min(whole.minorUnits - paid, Int64(dice.next(below: 9_000_000)) + 1)
        paid += part
        let sum = FundingRules.cost(of: paid, of: whole, held: held, rate: rate, line: .eur)
        #expect(sum >= cost)
        remainder += Exchange.remainder(of: Money(sum - cost, .eur), over: Money(part, .tnd), at: rate)
        cost = sum
      }
      #expect(cost == held)
      #expect(remainder == cost * rate - whole.minorUnits * 100_000)
      // Rounded once: at most half a cent of the rate.
      #expect(abs(remainder) * 2 <= rate)
    }
  }

  @Test func `is beyond counting only where it cannot be stored`() {
    #expect(Exchange.convert(Money(.max, .eur), to: .tnd, at: 999_000_000) == nil)
    #expect(
      Exchange.convert(Money(1_000_000_000_00, .eur), to: .tnd, at: 3_384_500)
        == Money(3_384_500_000_000, .tnd))
  }
}
