import Basics

/// What a text was written in that is not UTF-8, told from its letters.
enum TextEncoding {
  /// What to say of a text that was written in another encoding; nil for UTF-8.
  ///
  /// A text with good UTF-8 letters and some broken ones is UTF-8 that was damaged: its rows say so one by one.
  static func fault(in text: [UInt8], isWhole: Bool) -> Phrase? {
    if text.starts(with: [0xFF, 0xFE]) || text.starts(with: [0xFE, 0xFF]) || hasWideLetters(text) {
      return advice("UTF-16", "UTF-16")
    }
    let found = Letters(text, isWhole: isWhole)
    guard found.broken > found.good else { return nil }
    return found.arabic > found.latin
      ? advice("Windows-1256", "WINDOWS-1256") : advice("Windows-1252", "WINDOWS-1252")
  }

  private static func advice(_ name: String, _ code: String) -> Phrase {
    say(
      "The file is written in \(name), not in UTF-8: in Excel, save it as “CSV UTF-8”; elsewhere, iconv -f \(code) -t UTF-8."
    )
  }

  /// Every second byte of Latin letters in UTF-16 is zero; a text has none.
  private static func hasWideLetters(_ text: [UInt8]) -> Bool {
    let start = text.prefix(4_096)
    return start.count { $0 == 0 } > start.count / 4
  }

  /// How many letters beyond ASCII are good UTF-8, how many are not, and what those look like.
  private struct Letters {
    var good = 0
    var broken = 0
    var arabic = 0
    var latin = 0

    init(_ text: [UInt8], isWhole: Bool) {
      var index = 0
      // The last letter of a sample may be cut.
      let end = isWhole ? text.count : max(0, text.count - 4)
      while index < end {
        guard text[index] >= 0x80 else {
          index += 1
          continue
        }
        let length = Self.length(at: index, in: text)
        if length > 0 { good += 1 } else { note(at: index, in: text) }
        index += max(1, length)
      }
    }

    /// Arabic words are runs of letters; accents of French stand alone among ASCII letters. In Windows-1256 the letters
    /// of French share their places with those of Windows-1252, so a mixed text is Arabic.
    private mutating func note(at index: Int, in text: [UInt8]) {
      broken += 1
      let isRun =
        index > 0 && Self.isArabic(text[index - 1])
        || index + 1 < text.count && Self.isArabic(text[index + 1])
      if Self.isArabic(text[index]) && isRun { arabic += 2 } else { latin += 1 }
    }

    /// Source: Microsoft's table of Windows code page 1256.
    private static func isArabic(_ byte: UInt8) -> Bool {
      switch byte {
      case 0xC0...0xD6, 0xD8...0xDF, 0xE1, 0xE3...0xE6, 0xEC, 0xED: true
      default: false
      }
    }

    /// Bytes of the UTF-8 letter that begins here; 0 when none does.
    private static func length(at index: Int, in text: [UInt8]) -> Int {
      let length: Int
      switch text[index] {
      case 0xC2...0xDF: length = 2
      case 0xE0...0xEF: length = 3
      case 0xF0...0xF4: length = 4
      default: return 0
      }
      guard index + length <= text.count else { return 0 }
      return text[index + 1..<index + length].allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
    }
  }
}
