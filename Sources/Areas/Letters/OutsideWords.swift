import Foundation

/// Words that nobody may read on the outside of a letter. Capitals, accents and marks do not count; neither do the
/// Arabic particles and articles that stand joined before a word.
struct OutsideWords: Sendable {
  private struct Pattern: Sendable {
    let letters: String
    let isOpenBefore: Bool
    let isOpenAfter: Bool

    func isIn(_ word: String) -> Bool {
      switch (isOpenBefore, isOpenAfter) {
      case (false, false): word == letters
      case (false, true): word.hasPrefix(letters)
      case (true, false): word.hasSuffix(letters)
      case (true, true): word.contains(letters)
      }
    }
  }

  private let patterns: [Pattern]

  /// - Parameter text: one word a line, `*` at either end for what may stand there; lines with `#` are remarks.
  /// - Throws: `LetterFault` naming the line of what is no word, or when there is none at all.
  init(_ text: String) throws(LetterFault) {
    var patterns: [Pattern] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let letters = line.trimmingCharacters(in: CharacterSet(charactersIn: "*"))
      guard !letters.isEmpty, letters.allSatisfy(\.isLetter) else {
        throw LetterFault("outside.txt:\(index + 1): not one word: \(line)")
      }
      patterns.append(
        Pattern(
          letters: Self.folded(letters), isOpenBefore: line.hasPrefix("*"), isOpenAfter: line.hasSuffix("*")))
    }
    guard !patterns.isEmpty else { throw LetterFault("outside.txt: holds no word") }
    self.patterns = patterns
  }

  /// The first word of `text` that tells, as it stands there; nil where none does.
  func telling(in text: String) -> String? {
    let kept = text.unicodeScalars.filter { !Self.isMark($0) }
    return String(String.UnicodeScalarView(kept)).split { !$0.isLetter }.first { word in
      let forms = Self.forms(of: Self.folded(String(word)))
      return patterns.contains { pattern in forms.contains(where: pattern.isIn) }
    }.map(String.init)
  }

  /// The word, and what is left of it without what is joined before it in Arabic.
  private static func forms(of word: String) -> [String] {
    var forms = [word]
    for joined in [["و", "ف"], ["ب", "ل", "ك"], ["ال", "ل"]] {
      forms += forms.flatMap { form in joined.filter(form.hasPrefix).map { String(form.dropFirst($0.count)) }
      }
    }
    return forms
  }

  /// Small letters without marks.
  static func folded(_ text: String) -> String {
    let kept = text.decomposedStringWithCompatibilityMapping.unicodeScalars.filter { !isMark($0) }
    return String(String.UnicodeScalarView(kept)).lowercased()
  }

  /// Accents, vowel signs, the stroke that lengthens a word, and what nobody sees.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .format || scalar.value == 0x0640
  }
}
