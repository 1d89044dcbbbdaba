import Foundation

/// Words as they are looked for: without case, accents, vowel signs and the shapes of one letter.
enum Folding {
  static func words(_ text: String) -> [String] {
    let plain = text.folding(
      options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: Locale(identifier: "fr"))
    var words: [String] = []
    var word = ""
    for scalar in plain.unicodeScalars {
      switch scalar.value {
      case 0x064B...0x065F, 0x0640, 0x0670: continue
      case 0x0622, 0x0623, 0x0625, 0x0671: word.append("ا")
      case 0x0649: word.append("ي")
      case 0x0629: word.append("ه")
      default:
        if CharacterSet.alphanumerics.contains(scalar) {
          word.unicodeScalars.append(scalar)
        } else if !word.isEmpty {
          words.append(word)
          word = ""
        }
      }
    }
    if !word.isEmpty { words.append(word) }
    return words.map { String($0.prefix(40)) }
  }

  /// Whether two names of a place are written alike; nil where they are in two scripts and nobody can say.
  static func isSame(_ one: String, _ other: String) -> Bool? {
    let (first, second) = (name(one), name(other))
    if first == second { return true }
    return isArabic(first) == isArabic(second) ? false : nil
  }

  private static func name(_ text: String) -> String {
    words(text).filter { !["el", "la", "le", "les", "al"].contains($0) }.joined()
  }

  private static func isArabic(_ text: String) -> Bool {
    text.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) }
  }
}
