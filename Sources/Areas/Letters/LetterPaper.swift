import Basics
import Papers

/// A letter as its paper says it: everything that `letter.typ` shows.
struct LetterPaper: Encodable, Sendable {
  let language: String
  let title: String
  let number: String
  let recipient: [PaperText]
  /// Paragraphs of lines.
  let parts: [[PaperText]]
  let words: [String: String]

  init(_ letter: Letter, number: String) {
    language = letter.language.rawValue
    title = letter.text.subject
    self.number = number
    recipient = Self.lines(letter.text.recipient)
    parts = letter.text.paragraphs.map(Self.lines)
    words = ["page": Reader(letter.language)("Page {1} of {2}")]
  }

  private static func lines(_ text: String) -> [PaperText] {
    text.split(separator: "\n").map { PaperText(String($0)) }
  }
}
