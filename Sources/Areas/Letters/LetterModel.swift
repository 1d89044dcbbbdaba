import Basics
import Foundation

/// A model of a letter, from its file in Knowledge: a text with places that the file and the writer fill.
struct LetterModel: Sendable {
  struct Field: Sendable {
    enum Kind: String, Sendable, CaseIterable { case day, time, text }

    let name: String
    let kind: Kind
    let label: [Language: String]
  }

  struct Words: Sendable {
    let subject: String
    let body: String
  }

  let name: String
  /// Counts on with every change of its words: a letter keeps which one it was written from.
  let version: Int
  let channel: Letter.Channel
  /// For persons whose case is closed, and nobody else.
  let isForClosed: Bool
  let title: [Language: String]
  let fields: [Field]
  let words: [Language: Words]

  /// What the case itself fills.
  static let known: Set<String> = ["name", "greeting", "number", "antenna", "contact", "today"]
  /// What is filled by names alone: a name tells nothing, whatever it looks like.
  static let names: Set<String> = ["name", "contact"]

  /// The text with its places filled; what was filled in is not looked through again.
  func text(in language: Language, recipient: String, values: [String: String], typed: [String: String])
    -> LetterText
  {
    func filled(_ text: String) -> String {
      let text = text.replacing(Self.place) { values[String($0.1)] ?? "" }
      return channel == .sms ? LetterRules.plain(text) : text
    }
    let words = words[language] ?? Words(subject: "", body: "")
    return LetterText(
      recipient: recipient, subject: filled(words.subject),
      body: filled(words.body).trimmingCharacters(in: .whitespacesAndNewlines), typed: typed)
  }

  /// `{name}`.
  static var place: Regex<(Substring, Substring)> { /\{([^{}]*)\}/ }
}

/// What is wrong with a file of the knowledge: which file, which line, which key.
struct LetterFault: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
