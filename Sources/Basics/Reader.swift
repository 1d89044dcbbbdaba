import Foundation

/// The one who reads the page: her language, and how dates, numbers and names look in it.
package struct Reader: Sendable {
  package let language: Language

  package init(_ language: Language) { self.language = language }

  /// The phrase in the reader's language; the English text where the catalogue has none (a test forbids it).
  package func callAsFunction(_ phrase: Phrase) -> String { Catalogue.text(of: phrase, in: language) }

  package func callAsFunction(_ template: Phrase.Template) -> String { self(say(template)) }

  package func callAsFunction(_ count: Int, one: Phrase.Template, many: Phrase.Template) -> String {
    self(say(count, one: one, many: many))
  }

  /// "12 mars 2026", "12 مارس 2026", "12 March 2026".
  package func date(_ day: Day) -> String {
    let (year, month, dayOfMonth) = day.parts
    return Self.numerals[dayOfMonth] + months[month - 1] + String(year)
  }

  /// Day and HH:mm, in Tunis.
  package func time(_ instant: Date) -> String {
    "\(date(Day(of: instant)))\(comma) \(hour(instant))"
  }

  /// What stands between a label and its value.
  package var colon: String { language == .french ? "\u{A0}:" : ":" }

  package var comma: String { language == .arabic ? "،" : "," }

  /// HH:mm, in Tunis.
  package func hour(_ instant: Date) -> String {
    let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + Day.zone.secondsFromGMT(for: instant)
    let minutes = (seconds % 86_400 + 86_400) % 86_400 / 60
    return "\(minutes / 60 < 10 ? "0" : "")\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
  }

  /// Groups of three digits apart by a narrow no-break space: an ordinary space would turn them round in Arabic.
  package func number(_ value: Int) -> String {
    value < 0 ? "\u{2212}\(Self.grouped(value.magnitude))" : Self.grouped(value.magnitude)
  }

  private static func grouped(_ value: UInt) -> String {
    guard value >= 1_000 else { return String(value) }
    return "\(grouped(value / 1_000))\u{202F}\(String(1_000 + value % 1_000).dropFirst())"
  }

  /// "1 234,500 DT", "1 234,50 €"; the sign "د.ت" in Arabic.
  package func money(_ money: Money) -> String {
    let (whole, rest) = money.minorUnits.magnitude.quotientAndRemainder(
      dividingBy: money.currency == .tnd ? 1_000 : 100)
    let fraction = String(rest)
    let padded = String(repeating: "0", count: money.currency.decimals - fraction.count) + fraction
    let sign = money.minorUnits < 0 ? "\u{2212}" : ""
    let comma = language == .english ? "." : ","
    let unit = money.currency == .eur ? "€" : language == .arabic ? "د.ت" : "DT"
    return "\(sign)\(number(Int(whole)))\(comma)\(padded)\u{A0}\(unit)"
  }

  /// Of a name in two scripts, the one of the page and then the other; either may be missing.
  package func ordered(latin: String?, arabic: String?) -> (first: String, second: String?) {
    let (own, other) = language == .arabic ? (arabic, latin) : (latin, arabic)
    return own.map { ($0, other) } ?? (other ?? "", nil)
  }

  private static let numerals = (0...31).map(String.init)

  /// Month names as each language's own calendar says them in Tunisia, between spaces. Source: CLDR through ICU.
  private static let french = months("fr_TN")
  private static let arabic = months("ar_TN")
  private static let english = months("en_GB")

  private var months: [String] {
    switch language {
    case .french: Self.french
    case .arabic: Self.arabic
    case .english: Self.english
    }
  }

  private static func months(_ locale: String) -> [String] {
    let calendar = DateFormatter()
    calendar.calendar = Calendar(identifier: .gregorian)
    calendar.locale = Locale(identifier: locale)
    return calendar.monthSymbols.map { "\u{A0}\($0)\u{A0}" }
  }
}
