/// A date as papers give it: perhaps without day and month, perhaps no day of any calendar.
struct LooseDay: Equatable {
  let year: Int
  /// 0 when it is not known.
  let month, day: Int

  /// Years that two approximate dates of one birth may lie apart.
  static let vagueness = 2

  /// Eight digits, year first, or four for a year alone; letters and digits in their order where that cannot be read.
  /// Of `03/04/1991` the day comes first.
  static func folded(_ text: String) -> String {
    var groups: [[UInt8]] = [[]]
    var isReadable = true
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x30...0x39: groups[groups.count - 1].append(UInt8(scalar.value))
      case 0x660...0x669, 0x6F0...0x6F9: groups[groups.count - 1].append(UInt8(scalar.value % 16 + 0x30))
      case 0x2D, 0x2E, 0x2F, 0x5C, 0x5F, 0x20, 0x200E, 0x200F: if groups.last != [] { groups.append([]) }
      default: isReadable = false
      }
    }
    if groups.last == [] { groups.removeLast() }
    let parts = groups.prefix(3).map { String(decoding: $0, as: UTF8.self) }
    guard isReadable else {
      let letters = text.lowercased().unicodeScalars.filter {
        $0.properties.isAlphabetic || (0x30...0x39).contains($0.value)
      }
      return String(String.UnicodeScalarView(letters))
    }
    let lengths = parts.map(\.utf8.count)
    return switch (lengths.count, lengths.first, lengths.last) {
    case (1, 6, _): parts[0] + "00"
    case (2, 4, _): parts[0] + two(parts[1]) + "00"
    case (2, _, 4): parts[1] + two(parts[0]) + "00"
    case (3, 4, _): parts[0] + two(parts[1]) + two(parts[2])
    case (3, _, 4): parts[2] + two(parts[1]) + two(parts[0])
    default: parts.joined()
    }
  }

  /// Nil for what is neither a year nor eight digits.
  init?(_ folded: String) {
    guard folded.utf8.count == 4 || folded.utf8.count == 8, let number = Int(folded) else { return nil }
    year = folded.utf8.count == 4 ? number : number / 10_000
    month = folded.utf8.count == 4 ? 0 : number / 100 % 100
    day = folded.utf8.count == 4 ? 0 : number % 100
  }

  /// What papers put where only the year is known.
  var isVague: Bool { month == 0 || day == 0 || (month, day) == (1, 1) || (month, day) == (31, 12) }

  /// Under which a date that is written wrongly may still be found.
  var keys: [String] {
    if month == 0 { return ["y\(year)"] }
    return ["y\(year)", "\(year) \(min(month, day)) \(max(month, day))", "\(month)/\(day)"]
  }

  func agreement(_ other: LooseDay) -> Agreement {
    if self == other { return month == 0 ? .partial : .equal }
    if year == other.year {
      if month != 0, (month, day) == (other.day, other.month) { return .swapped }
      if isVague || other.isVague { return .partial }
    }
    let same = (year == other.year ? 1 : 0) + (month == other.month ? 1 : 0) + (day == other.day ? 1 : 0)
    if same == 2, !isVague, !other.isVague { return .near }
    if year == other.year { return .distant }
    let isRound = isVague || other.isVague
    return isRound && abs(year - other.year) <= Self.vagueness ? .distant : .different
  }

  private static func two(_ digits: String) -> String { digits.utf8.count == 1 ? "0" + digits : digits }
}
