import TestSupport

/// What a paper says, as it is read back from the PDF.
struct CommitteePaperText {
  /// Without marks of direction, and with one space where there is any.
  let text: String

  init(_ pdf: [UInt8]) throws {
    text = Self.plain(try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], pdf))
  }

  /// Every digit that stands there, one after the other.
  var digits: String { text.filter(\.isNumber) }

  /// Whether a phrase stands there. Of an Arabic one its words: where two directions meet, their order is not that of the
  /// text. Those in which letters join into one sign do not count: they are read back in another order.
  func says(_ phrase: String) -> Bool {
    let phrase = Self.plain(phrase)
    guard phrase.unicodeScalars.contains(where: { (0x600...0x6FF).contains($0.value) }) else {
      return text.contains(phrase)
    }
    let words = phrase.split { !$0.isLetter }.filter(Self.isReadBack)
    return !words.isEmpty && words.allSatisfy { text.contains($0) }
  }

  private static func isReadBack(_ word: Substring) -> Bool {
    !["لا", "لأ", "لإ", "لآ", "لى"].contains { word.contains($0) }
      && !word.unicodeScalars.contains { $0.properties.generalCategory == .nonspacingMark }
  }

  private static func plain(_ text: String) -> String {
    let kept = text.unicodeScalars.filter { $0.properties.generalCategory != .format }
    return String(String.UnicodeScalarView(kept)).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
  }
}
