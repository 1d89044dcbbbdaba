import Basics

/// A letter as its paper says it: everything that `letter.typ` shows.
struct LetterPaper: Encodable, Sendable {
  /// A line with the direction of its letters.
  struct Line: Encodable, Sendable {
    let text: String
    let isArabic: Bool

    init(_ text: some StringProtocol) {
      self.text = String(text)
      let first = text.unicodeScalars.first { $0.properties.isAlphabetic }
      isArabic = first.map { (0x0600...0x08FF).contains($0.value) } ?? false
    }
  }

  let language: String
  let title: String
  let number: String
  let recipient: [Line]
  let parts: [[Line]]
  let words: [String: String]

  init(_ letter: Letter, number: String) {
    let reader = Reader(letter.language)
    language = letter.language.rawValue
    title = letter.text.subject
    self.number = number
    recipient = Self.lines(letter.text.recipient)
    parts = letter.text.body.split(separator: "\n\n").map { Self.lines(String($0)) }
    words = ["page": reader("Page {1} of {2}")]
  }

  private static func lines(_ text: String) -> [Line] { text.split(separator: "\n").map { Line($0) } }
}
