import Foundation

/// Words that nobody may read on the outside of a letter or in an SMS. Capitals, accents and marks do not count; neither
/// do the Arabic particles and articles that stand joined before a word.
package struct OutsideWords: Sendable {
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
  /// - Throws: `OutsideFault` naming the line of what is no word, or when there is none at all.
  package init(_ text: String) throws(OutsideFault) {
    var patterns: [Pattern] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = line.trimmingCharacters(in: .whitespaces)
      if line.isEmpty || line.hasPrefix("#") { continue }
      let letters = line.trimmingCharacters(in: CharacterSet(charactersIn: "*"))
      guard !letters.isEmpty, letters.allSatisfy(\.isLetter) else {
        throw OutsideFault("outside.txt:\(index + 1): not one word: \(line)")
      }
      patterns.append(
        Pattern(
          letters: Self.folded(letters), isOpenBefore: line.hasPrefix("*"), isOpenAfter: line.hasSuffix("*")))
    }
    guard !patterns.isEmpty else { throw OutsideFault("outside.txt: holds no word") }
    self.patterns = patterns
  }

  /// Words as somebody typed them, one after the other; nil where there is none.
  package init?(of typed: String) {
    patterns = typed.split { !$0.isLetter }.map {
      Pattern(letters: Self.folded(String($0)), isOpenBefore: false, isOpenAfter: false)
    }
    guard !patterns.isEmpty else { return nil }
  }

  /// The first word of `text` that tells, as it stands there; nil where none does.
  package func telling(in text: String) -> String? {
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
  package static func folded(_ text: String) -> String {
    let kept = text.decomposedStringWithCompatibilityMapping.unicodeScalars.filter { !isMark($0) }
    return String(String.UnicodeScalarView(kept)).lowercased()
  }

  /// Accents, vowel signs, the stroke that lengthens a word, and what nobody sees.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    let category = scalar.properties.generalCategory
    return category == .nonspacingMark || category == .format || scalar.value == 0x0640
  }
}

extension OutsideWords {
  /// The words that came with the program; nil where the file is missing.
  package static var ownText: String? {
    Bundle.module.url(forResource: "outside.txt", withExtension: nil, subdirectory: "Knowledge")
      .flatMap { try? String(contentsOf: $0, encoding: .utf8) }
  }

  private static let read: Result<OutsideWords, OutsideFault> = Result { () throws(OutsideFault) in
    guard let text = ownText else { throw OutsideFault("outside.txt: missing") }
    return try OutsideWords(text)
  }

  /// Read once. Whoever starts the program asks for it, and does not start without.
  package static var own: OutsideWords { get throws(OutsideFault) { try read.get() } }
}

/// Why the words cannot be used, with the line of what is wrong.
package struct OutsideFault: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
