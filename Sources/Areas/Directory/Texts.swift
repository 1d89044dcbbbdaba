import Basics

/// A text in the languages of the pages; any of them may be missing.
package struct Texts: Equatable, Sendable {
  package let french, arabic, english: String?

  package init(french: String? = nil, arabic: String? = nil, english: String? = nil) {
    self.french = french
    self.arabic = arabic
    self.english = english
  }

  /// Of the fields `name-fr`, `name-ar`, `name-en`.
  init(_ fields: Fields, _ name: String) {
    self.init(french: fields["\(name)-fr"], arabic: fields["\(name)-ar"], english: fields["\(name)-en"])
  }

  package var isEmpty: Bool { french == nil && arabic == nil && english == nil }

  package subscript(language: Language) -> String? {
    switch language {
    case .french: french
    case .arabic: arabic
    case .english: english
    }
  }

  /// The text for a reader, and in which language it is: hers, else French, Arabic, English, whatever there is.
  package func found(for language: Language) -> (text: String, language: Language)? {
    for candidate in [language, .french, .arabic, .english] {
      if let text = self[candidate] { return (text, candidate) }
    }
    return nil
  }

  /// Empty where nothing is written in any language.
  package func text(in language: Language) -> String { found(for: language)?.text ?? "" }

  /// For a phrase that is read later, in any language.
  package var words: [Language: String] {
    Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, text(in: $0)) })
  }

  /// Words to look for, in all languages.
  var all: [String] { [french, arabic, english].compactMap(\.self) }
}
