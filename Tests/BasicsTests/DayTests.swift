import Basics
import Foundation
import Testing

@Suite struct `Days of the calendar` {
  private static let calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    return calendar
  }()

  @Test func `are those of Foundation's calendar, over eight centuries`() throws {
    let from = try #require(Day(year: 1600, month: 1, day: 1))
    let to = try #require(Day(year: 2400, month: 12, day: 31))
    for number in stride(from: from.number, through: to.number, by: 11) {
      let day = Day(number: number)
      let instant = Date(timeIntervalSince1970: Double(number) * 86_400)
      let theirs = Self.calendar.dateComponents([.year, .month, .day, .weekday], from: instant)
      #expect(day.parts.year == theirs.year && day.parts.month == theirs.month && day.parts.day == theirs.day)
      // Foundation counts from Sunday, which is 1.
      #expect(day.weekday == ((theirs.weekday ?? 0) + 5) % 7)
      #expect(Day(year: day.parts.year, month: day.parts.month, day: day.parts.day) == day)
      #expect(Day(day.description) == day)
    }
  }

  /// Foundation's own addition of months is no measure: for 31 January 2023 and 13 months it says 28 February 2024.
  @Test func `months later it is the same day of the month, or its last`() throws {
    let start = try #require(Day(year: 2023, month: 1, day: 1))
    for day in (0..<1_500).map({ start + $0 }) {
      for months in [-25, -12, -1, 0, 1, 2, 6, 11, 12, 13, 48] {
        let month = day.parts.year * 12 + day.parts.month - 1 + months
        let first = try #require(Day(year: month / 12, month: month % 12 + 1, day: 1))
        let instant = Date(timeIntervalSince1970: Double(first.number) * 86_400)
        let length = try #require(Self.calendar.range(of: .day, in: .month, for: instant)).count
        #expect(day.adding(months: months) == first + (min(day.parts.day, length) - 1))
      }
    }
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2028-01-31", 1, "2028-02-29"), ("2026-03-31", 1, "2026-04-30"),
    ("2026-12-31", 2, "2027-02-28"), ("2024-02-29", 12, "2025-02-28"), ("2026-01-15", -1, "2025-12-15"),
  ])
  func `the end of a longer month falls on the end of a shorter one`(
    from: String, months: Int, to: String
  ) throws {
    #expect(try #require(Day(from)).adding(months: months).description == to)
  }

  @Test(arguments: [
    "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "26-01-01",
    "12/03/2026",
    "2026-3-012", "+026-03-12", "2026-+3-12", "2026-03-1٢", "2026-03-12 ", "", "0000-01-01", "2026-03--1",
  ])
  func `what is no day is refused`(text: String) {
    #expect(Day(text) == nil)
  }

  @Test func `leap days are days`() {
    #expect(Day("2000-02-29") != nil)
    #expect(Day("2028-02-29")?.description == "2028-02-29")
  }

  @Test func `order and distance are those of the calendar`() throws {
    let a = try #require(Day("2026-02-27"))
    let b = try #require(Day("2026-03-02"))
    #expect(a < b)
    #expect(b - a == 3)
    #expect(a + 3 == b)
  }

  @Test func `the day begins at midnight in Tunis, an hour before that of Greenwich`() {
    #expect(Day(of: Date(timeIntervalSince1970: 1_773_270_000 - 1)).description == "2026-03-11")
    #expect(Day(of: Date(timeIntervalSince1970: 1_773_270_000)).description == "2026-03-12")
    #expect(Day(of: Date(timeIntervalSince1970: -3_601)).description == "1969-12-31")
    #expect(Day(of: Date(timeIntervalSince1970: -3_600)).description == "1970-01-01")
  }
}
