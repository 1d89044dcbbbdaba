/// From what was typed to what is meant, once: each reading notes what is wrong and goes on, so that all is said at once.
package struct FormCheck {
  package let typed: Typed
  package private(set) var errors: [FieldError] = []

  package init(_ typed: Typed) { self.typed = typed }

  /// Text of at most `limit` characters; nil when empty. Marks that turn the line round and other invisible
  /// controls are refused: nobody could see what was stored.
  package mutating func text(_ field: String, limit: Int = 200) -> String? {
    let text = typed[field]
    guard !text.isEmpty else { return nil }
    // Scalars, as a browser counts: one letter can carry any number of marks.
    if text.unicodeScalars.count > limit {
      refuse(field, say("This is too long: write at most \(limit) characters."))
    } else if text.unicodeScalars.contains(where: Self.isUnreadable) {
      refuse(field, say("This holds an invisible character. Type it again instead of pasting it."))
    }
    return text
  }

  /// Text that may run over several lines.
  package mutating func paragraph(_ field: String, limit: Int = 10_000) -> String? {
    text(field, limit: limit)
  }

  package mutating func required(_ field: String, _ message: Phrase, limit: Int = 200) -> String {
    guard let text = text(field, limit: limit) else {
      refuse(field, message)
      return ""
    }
    return text
  }

  /// A day as `2026-03-12` (what browsers send), `12/03/2026` or `2026/03/12`; nil when empty.
  package mutating func day(_ field: String, in range: ClosedRange<Day>? = nil) -> Day? {
    let text = typed[field].westernDigits
    guard !text.isEmpty else { return nil }
    guard let day = Self.day(typed: text) else {
      refuse(field, say("Write the date as day/month/year, for example 12/03/2026."))
      return nil
    }
    if let range, !range.contains(day) {
      refuse(field, say("Check the date: it must be between \(range.lowerBound) and \(range.upperBound)."))
    }
    return day
  }

  /// A whole number in either kind of digits; nil when empty.
  package mutating func number(_ field: String, in range: ClosedRange<Int>) -> Int? {
    let text = typed[field].westernDigits
    guard !text.isEmpty else { return nil }
    guard let number = Int(text), range.contains(number) else {
      refuse(field, say("Write a whole number from \(range.lowerBound) to \(range.upperBound)."))
      return nil
    }
    return number
  }

  /// One of the offered choices; nil when none was made.
  package mutating func choice<Choice: RawRepresentable<String>>(
    _ field: String, _: Choice.Type = Choice.self
  )
    -> Choice?
  {
    let text = typed[field]
    guard !text.isEmpty else { return nil }
    guard let choice = Choice(rawValue: text) else {
      refuse(field, say("Choose one of the answers offered."))
      return nil
    }
    return choice
  }

  package mutating func required<Choice: RawRepresentable<String>>(choice field: String, _ message: Phrase)
    -> Choice?
  {
    guard !typed[field].isEmpty else {
      refuse(field, message)
      return nil
    }
    return choice(field)
  }

  /// One of the codes that are known at this time, such as an antenna's; nil when none was chosen.
  package mutating func code<Known: Code>(_ field: String, among known: some Sequence<Known>) -> Known? {
    let text = typed[field]
    guard !text.isEmpty else { return nil }
    guard let code = known.first(where: { $0.rawValue == text }) else {
      refuse(field, say("Choose one of the answers offered."))
      return nil
    }
    return code
  }

  /// The id under which the record is made: it comes with the form, so that the same form sent twice is one record.
  package mutating func newID<Record>(_ field: String = "once") -> RecordID<Record> {
    RecordID(typed[field]) ?? RecordID()
  }

  package mutating func refuse(_ field: String, _ message: Phrase) {
    errors.append(FieldError(field, message))
  }

  /// - Throws: `Refusal.invalid` with everything that was found wrong.
  package func finish() throws(Refusal) {
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// A day as browsers send it, or with the day first, in either kind of digits.
  package static func day(typed text: String) -> Day? {
    let text = text.westernDigits
    return Day(text) ?? dayFirst(text)
  }

  private static func dayFirst(_ text: String) -> Day? {
    let parts = text.split(whereSeparator: { "/.- ".contains($0) }).map { Int($0) }
    guard parts.count == 3, let first = parts[0], let month = parts[1], let last = parts[2] else {
      return nil
    }
    // Lists from elsewhere begin with the year; a year of two digits may be of either century.
    if first > 999 { return Day(year: first, month: month, day: last) }
    return last > 999 ? Day(year: last, month: month, day: first) : nil
  }

  private static func isUnreadable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB, 0xFEFF: true
    default: false
    }
  }
}

extension String {
  /// Arabic-Indic and Persian digits as 0 to 9; everything else as it is.
  package var westernDigits: String {
    String(
      String.UnicodeScalarView(
        unicodeScalars.map { scalar in
          switch scalar.value {
          case 0x0660...0x0669: Unicode.Scalar(UInt8(scalar.value - 0x0660) + 48)
          case 0x06F0...0x06F9: Unicode.Scalar(UInt8(scalar.value - 0x06F0) + 48)
          default: scalar
          }
        }))
  }
}
