import Foundation

/// The words of one language, as translators edit them: a gettext PO file in `Words/`.
package struct Catalogue: Sendable {
  /// Forms of each phrase by its key; one form, or as many as the language has plurals.
  package let forms: [String: [String]]

  /// Reads the entries of a PO file: `msgid`, `msgid_plural`, `msgstr`, `msgstr[n]` and continued lines.
  package init(po text: String) {
    var forms: [String: [String]] = [:]
    var key: String?
    var current: [String] = []
    var target: WritableKeyPath<Entry, String>?
    var entry = Entry()

    func flush() {
      if let key, !key.isEmpty { forms[key] = current.filter { !$0.isEmpty } }
    }
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.hasPrefix("#"), let quote = line.firstIndex(of: "\"") else { continue }
      let keyword = line[..<quote].trimmingCharacters(in: .whitespaces)
      let value = Self.unquoted(line[quote...])
      switch keyword {
      case "msgid":
        flush()
        (key, current, entry, target) = (value, [], Entry(), \.key)
      case "msgid_plural": target = \.plural
      case _ where keyword.hasPrefix("msgstr"):
        current.append(value)
        target = nil
      default:
        if target == \.key { key? += value } else if target == nil, !current.isEmpty { current[current.count - 1] += value }
      }
    }
    flush()
    self.forms = forms
  }

  private struct Entry {
    var key = ""
    var plural = ""
  }

  private static func unquoted(_ text: Substring) -> String {
    var result = ""
    var escaped = false
    for character in text.dropFirst().dropLast() {
      switch (escaped, character) {
      case (false, "\\"): escaped = true
      case (true, "n"): (result, escaped) = (result + "\n", false)
      default: (result, escaped) = (result + String(character), false)
      }
    }
    return result
  }

  /// The phrase in `language`, its values put in.
  package static func text(of phrase: Phrase, in language: Language) -> String {
    let forms = all[language]?.forms[phrase.key]
    let form =
      if let count = phrase.count {
        forms?[safe: language.pluralForm(of: count)] ?? (count == 1 ? phrase.key : phrase.pluralKey ?? phrase.key)
      } else {
        forms?.first ?? phrase.key
      }
    guard !phrase.arguments.isEmpty else { return form }
    return phrase.arguments.enumerated().reduce(form) { text, argument in
      text.replacing("{\(argument.offset + 1)}", with: argument.element)
    }
  }

  /// The catalogues that came with the program, read once.
  package static let all: [Language: Catalogue] = Dictionary(
    uniqueKeysWithValues: Language.allCases.map { language in
      let file = Bundle.module.url(forResource: language.rawValue, withExtension: "po", subdirectory: "Words")
      return (language, Catalogue(po: file.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""))
    })
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
