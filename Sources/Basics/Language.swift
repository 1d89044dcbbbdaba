/// A language of the pages.
package enum Language: String, Sendable, CaseIterable, Codable {
  case french = "fr"
  case arabic = "ar"
  case english = "en"

  package var isRightToLeft: Bool { self == .arabic }

  /// Its own name, as the language switch shows it.
  package var ownName: String {
    switch self {
    case .french: "Français"
    case .arabic: "العربية"
    case .english: "English"
    }
  }

  /// Which form of a counted phrase `count` takes, as an index into the catalogue's `msgstr[n]`.
  /// Source: CLDR 44 plural rules for whole numbers, in the order the `Plural-Forms` of each catalogue names.
  package func pluralForm(of count: Int) -> Int {
    let count = Int(clamping: count.magnitude)
    switch self {
    case .french: return count < 2 ? 0 : 1
    case .english: return count == 1 ? 0 : 1
    case .arabic:
      switch (count, count % 100) {
      case (0...2, _): return count
      case (_, 3...10): return 3
      case (_, 11...99): return 4
      default: return 5
      }
    }
  }

  package var pluralForms: Int { self == .arabic ? 6 : 2 }
}
