import Foundation

/// A day of the Gregorian calendar, without time or zone; stored as ISO 8601 text (`2026-03-12`).
package struct Day: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// Days since 1970-01-01.
  package let number: Int

  package init(number: Int) { self.number = number }

  /// Nil when there is no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    let candidate = Day(number: Self.number(year, month, day))
    guard candidate.parts == (year, month, day) else { return nil }
    self = candidate
  }

  /// Reads `2026-03-12`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    guard let (year, month, day) = isoParts(String(text)) else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The day it is in Tunis at `instant`.
  package init(of instant: Date) {
    let seconds = instant.timeIntervalSince1970 + Double(Self.zone.secondsFromGMT(for: instant))
    number = Int((seconds / 86_400).rounded(.down))
  }

  /// Year, month and day. Source of the arithmetic: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  package var year: Int { parts.year }

  package var description: String {
    let (year, month, day) = parts
    let zeros = year < 1_000 ? String(repeating: "0", count: max(0, 4 - String(year).count)) : ""
    return zeros + String(year) + Self.dashed[month] + Self.dashed[day]
  }

  /// "-01", "-02" … for months and days.
  private static let dashed = (0...31).map { $0 < 10 ? "-0\($0)" : "-\($0)" }

  /// 0 is Monday.
  package var weekday: Int { ((number + 3) % 7 + 7) % 7 }

  /// The same day of the month `months` later, or the last of a shorter month: 31 January + 1 is 28 February.
  package func adding(months: Int) -> Day {
    let (year, month, day) = parts
    let total = year * 12 + month - 1 + months
    for candidate in stride(from: day, to: 27, by: -1) {
      if let found = Day(year: total / 12, month: total % 12 + 1, day: candidate) { return found }
    }
    return Day(number: Self.number(total / 12, total % 12 + 1, day))
  }

  package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
  package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
  package static func - (a: Day, b: Day) -> Int { a.number - b.number }

  /// The scheme works on the time of Tunis.
  package static let zone = TimeZone(identifier: "Africa/Tunis") ?? .gmt

  private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// Outside the initialiser that takes any kind of text the compiler makes it fast: a page of a list reads many days.
private func isoParts(_ text: String) -> (year: Int, month: Int, day: Int)? {
  let dash = UInt8(ascii: "-")
  var text = text
  return text.withUTF8 { letters in
    guard letters.count == 10, letters[4] == dash, letters[7] == dash else { return nil }
    var digits = 0
    for place in letters.indices where place != 4 && place != 7 {
      let digit = letters[place] &- 48
      guard digit < 10 else { return nil }
      digits = digits * 10 + Int(digit)
    }
    return (digits / 10_000, digits / 100 % 100, digits % 100)
  }
}
