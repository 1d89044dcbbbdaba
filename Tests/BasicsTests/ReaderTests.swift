import Basics
import Foundation
import Testing

@Suite struct `Dates, numbers and money as they are read` {
  private let all = Language.allCases.map { Reader($0) }

  @Test func `a date is spelled with the month of the reader`() throws {
    let day = try #require(Day("2026-03-12"))
    #expect(Reader(.french).date(day) == "12\u{A0}mars\u{A0}2026")
    #expect(Reader(.arabic).date(day) == "12\u{A0}مارس\u{A0}2026")
    #expect(Reader(.english).date(day) == "12\u{A0}March\u{A0}2026")
  }

  @Test func `Arabic months are those said in Tunisia`() throws {
    let months = try (1...12).map { month in
      let day = try #require(Day(year: 2026, month: month, day: 1))
      return String(Reader(.arabic).date(day).split(separator: "\u{A0}")[1])
    }
    #expect(
      months == [
        "جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر",
        "ديسمبر",
      ])
  }

  @Test func `the hour is that of Tunis, from 00 to 23`() {
    let nine = Date(timeIntervalSince1970: 1_773_302_400)
    for reader in all {
      #expect(reader.hour(nine) == "09:00")
      #expect(reader.hour(nine.addingTimeInterval(14 * 3_600 + 59 * 60 + 59)) == "23:59")
      #expect(reader.hour(nine.addingTimeInterval(15 * 3_600)) == "00:00")
      #expect(reader.hour(Date(timeIntervalSince1970: -1)) == "00:59")
    }
    #expect(Reader(.french).time(nine) == "12\u{A0}mars\u{A0}2026, 09:00")
    #expect(Reader(.arabic).time(nine) == "12\u{A0}مارس\u{A0}2026، 09:00")
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1_000, "1\u{202F}000"), (-1_234, "\u{2212}1\u{202F}234"),
    (1_234_567, "1\u{202F}234\u{202F}567"),
    (Int.max, "9\u{202F}223\u{202F}372\u{202F}036\u{202F}854\u{202F}775\u{202F}807"),
    (Int.min, "\u{2212}9\u{202F}223\u{202F}372\u{202F}036\u{202F}854\u{202F}775\u{202F}808"),
  ])
  func `numbers are grouped by threes in every language`(number: Int, text: String) {
    for reader in all { #expect(reader.number(number) == text) }
  }

  @Test func `dinars have three decimals, euros two`() {
    #expect(Reader(.french).money(Money(1_234_500, .tnd)) == "1\u{202F}234,500\u{A0}DT")
    #expect(Reader(.arabic).money(Money(1_234_500, .tnd)) == "1\u{202F}234,500\u{A0}د.ت")
    #expect(Reader(.english).money(Money(1_234_500, .tnd)) == "1\u{202F}234.500\u{A0}DT")
    #expect(Reader(.french).money(Money(123_450, .eur)) == "1\u{202F}234,50\u{A0}€")
    #expect(Reader(.arabic).money(Money(5, .eur)) == "0,05\u{A0}€")
  }

  @Test func `small, negative and very large amounts keep every digit`() {
    let french = Reader(.french)
    #expect(french.money(Money(0, .tnd)) == "0,000\u{A0}DT")
    #expect(french.money(Money(7, .tnd)) == "0,007\u{A0}DT")
    #expect(french.money(Money(-1_050, .tnd)) == "\u{2212}1,050\u{A0}DT")
    #expect(french.money(Money(-5, .eur)) == "\u{2212}0,05\u{A0}€")
    let largest = "9\u{202F}223\u{202F}372\u{202F}036\u{202F}854\u{202F}775"
    #expect(french.money(Money(.max, .tnd)) == "\(largest),807\u{A0}DT")
    #expect(french.money(Money(.min, .tnd)) == "\u{2212}\(largest),808\u{A0}DT")
  }

  /// In a line that runs from right to left an ordinary space parts a number in two, which then change places.
  @Test func `no ordinary space stands within a date, a number or an amount`() throws {
    let day = try #require(Day("2026-12-31"))
    for reader in all {
      for text in [
        reader.date(day), reader.number(1_234_567), reader.money(Money(123_456_789, .tnd)),
        reader.money(Money(-123_456_789, .eur)),
      ] {
        #expect(!text.contains(" "), "\(text)")
        let digits = text.unicodeScalars.filter { $0.properties.numericType != nil }
        #expect(digits.allSatisfy { ("0"..."9").contains($0) }, "\(text)")
      }
    }
  }

  @Test func `a name stands first in the script of the page`() {
    let both = Reader(.arabic).ordered(latin: "Salma", arabic: "سلمى")
    #expect(both.first == "سلمى" && both.second == "Salma")
    let french = Reader(.french).ordered(latin: "Salma", arabic: "سلمى")
    #expect(french.first == "Salma" && french.second == "سلمى")
    let one = Reader(.arabic).ordered(latin: "Salma", arabic: nil)
    #expect(one.first == "Salma" && one.second == nil)
    let none = Reader(.french).ordered(latin: nil, arabic: nil)
    #expect(none.first.isEmpty && none.second == nil)
  }
}
