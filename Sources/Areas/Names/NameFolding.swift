import Foundation

/// A text without what is written now this way, now that way: case, accents, vowel signs, forms of letters.
enum NameFolding {
  /// A longer text than this is no name; the rest is not looked at.
  static let longest = 300

  /// The words of a text, folded. Apostrophes are kept for the reader of spellings (`3'`).
  static func words(_ text: String) -> [[Unicode.Scalar]] {
    var words: [[Unicode.Scalar]] = []
    var word: [Unicode.Scalar] = []
    for scalar in scalars(text) {
      switch kind(scalar) {
      case .letter(let folded): word.append(folded)
      case .letters(let folded): word.append(contentsOf: folded)
      case .mark(let change):
        if let last = word.last, let changed = change[last] {
          word.removeLast()
          word.append(contentsOf: changed)
        }
      case .nothing: continue
      case .gap:
        if !word.isEmpty { words.append(word) }
        word = []
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The folded words with one space between.
  static func text(_ text: String) -> String {
    words(text).map { String(String.UnicodeScalarView($0)) }.joined(separator: " ")
  }

  private static func scalars(_ text: String) -> [Unicode.Scalar] {
    let start = text.unicodeScalars.prefix(longest)
    if start.allSatisfy(isPlain) { return Array(start) }
    let decomposed = String(String.UnicodeScalarView(start)).decomposedStringWithCompatibilityMapping
    return Array(decomposed.unicodeScalars.prefix(longest * 2))
  }

  /// What decomposition leaves as it is: ASCII and the plain Arabic letters.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0x0621, 0x0627...0x063A, 0x0640...0x0652: true
    default: false
    }
  }

  private enum Kind {
    case letter(Unicode.Scalar)
    case letters([Unicode.Scalar])
    /// An accent that makes another letter of the one before it.
    case mark([Unicode.Scalar: [Unicode.Scalar]])
    case nothing, gap
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar.value {
    case 0x61...0x7A, 0x30...0x39: .letter(scalar)
    case 0x41...0x5A: Unicode.Scalar(scalar.value + 32).map(Kind.letter) ?? .gap
    case 0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x02BC, 0x02BB: .letter("'")
    case 0x0300...0x036F: marks[scalar].map(Kind.mark) ?? .nothing
    // Vowel signs, tatweel, marks of direction, joiners, and the half rings that stand for ayn and hamza.
    case 0x064B...0x065F, 0x0670, 0x0640, 0x0610...0x061C, 0x06D6...0x06ED: .nothing
    case 0x00AD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F, 0xFEFF: .nothing
    case 0x02BE, 0x02BF: .nothing
    case 0x0622, 0x0623, 0x0625, 0x0671: .letter("\u{0627}")
    case 0x0649, 0x06CC, 0x06D0, 0x06D2: .letter("\u{064A}")
    case 0x0629, 0x06C0, 0x06C1, 0x06C3, 0x06D5, 0x06BE: .letter("\u{0647}")
    case 0x06A9, 0x06AA: .letter("\u{0643}")
    case 0x0660...0x0669, 0x06F0...0x06F9:
      Unicode.Scalar(scalar.value % 16 + 0x30).map(Kind.letter) ?? .gap
    case 0x0621...0x063A, 0x0641...0x064A: .letter(scalar)
    case 0x0131: .letter("i")
    case 0x00DF: .letters(["s", "s"])
    case 0x00E6, 0x00C6: .letters(["a", "e"])
    case 0x0153, 0x0152: .letters(["o", "e"])
    case 0x0111, 0x0110, 0x00F0, 0x00D0: .letters(["d", "h"])
    case 0x00FE, 0x00DE: .letters(["t", "h"])
    default: scalar.properties.isAlphabetic ? .letter(scalar) : .gap
    }
  }

  /// French ç, and the letters of scholarly transliteration; every other accent is dropped.
  private static let marks: [Unicode.Scalar: [Unicode.Scalar: [Unicode.Scalar]]] = [
    "\u{0327}": ["c": ["s", "s"]],
    "\u{030C}": ["s": ["s", "h"], "g": ["j"], "c": ["c", "h"]],
    "\u{0307}": ["g": ["g", "h"]],
    "\u{0331}": ["d": ["d", "h"], "t": ["t", "h"], "h": ["k", "h"]],
    "\u{032E}": ["h": ["k", "h"]],
  ]
}
