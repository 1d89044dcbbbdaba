import Foundation

/// The words of one language, as translators edit them: a gettext PO file in `Words/`.
package struct Catalogue: Sendable {
  /// The forms of each phrase by its English text: one, or as many as the language has plurals.
  package let forms: [String: [String]]

  /// Reads `msgid`, `msgid_plural`, `msgstr`, `msgstr[n]` and continued lines; comments are passed over.
  package init(po text: String) {
    var reader = POReader()
    for line in text.split(whereSeparator: \.isNewline) { reader.read(line) }
    reader.finishEntry()
    forms = reader.forms
  }

  /// The phrase in `language`, its values put in; from right to left each isolated (FSI … PDI, Unicode annex 9), so
  /// that a phone or a reference keeps its own order.
  package static func text(of phrase: Phrase, in language: Language) -> String {
    let forms = of(language).forms[phrase.key]
    let form: String
    if let count = phrase.count {
      let index = language.pluralForm(of: count)
      form =
        forms.flatMap { index < $0.count ? $0[index] : nil }
        ?? (count == 1 ? phrase.key : phrase.pluralKey ?? "")
    } else {
      form = forms?.first ?? phrase.key
    }
    guard !phrase.arguments.isEmpty else { return form }
    let reader = Reader(language)
    let values = phrase.arguments.map { argument in
      switch argument {
      case .text(let text): language.isRightToLeft ? "\u{2068}\(text)\u{2069}" : text
      case .name(let name): name[language] ?? ""
      case .day(let day): reader.date(day)
      }
    }
    return filled(form, with: values)
  }

  /// In one pass: a value that itself holds `{2}` is no place for another.
  private static func filled(_ form: String, with arguments: [String]) -> String {
    let pieces = form.utf8.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false).map {
      Substring($0)
    }
    return pieces.dropFirst().reduce(into: String(pieces[0])) { text, piece in
      guard let end = piece.utf8.firstIndex(of: UInt8(ascii: "}")), let place = Int(piece[..<end]),
        (1...arguments.count).contains(place)
      else { return text += "{\(piece)" }
      text += arguments[place - 1]
      text += piece[piece.index(after: end)...]
    }
  }

  private static let english = all[.english] ?? Catalogue(po: "")
  private static let french = all[.french] ?? Catalogue(po: "")
  private static let arabic = all[.arabic] ?? Catalogue(po: "")

  /// Without looking it up by the name of the language: a page asks two hundred times.
  private static func of(_ language: Language) -> Catalogue {
    switch language {
    case .english: english
    case .french: french
    case .arabic: arabic
    }
  }

  /// The catalogues that came with the program, read once.
  package static let all: [Language: Catalogue] = Dictionary(
    uniqueKeysWithValues: Language.allCases.map { language in
      let file = Bundle.module.url(forResource: language.rawValue, withExtension: "po", subdirectory: "Words")
      return (language, Catalogue(po: file.flatMap { try? String(contentsOf: $0, encoding: .utf8) } ?? ""))
    })
}

/// Gathers the entries of a PO file line by line.
private struct POReader {
  private(set) var forms: [String: [String]] = [:]
  private var key = ""
  private var values: [String] = []
  private var target = Target.none

  private enum Target { case none, key, plural, value }

  mutating func read(_ line: some StringProtocol) {
    guard !line.hasPrefix("#"), let quote = line.firstIndex(of: "\"") else { return }
    let text = Self.unquoted(line[quote...])
    switch line[..<quote].trimmingCharacters(in: .whitespaces) {
    case "msgid":
      finishEntry()
      (key, values, target) = (text, [], .key)
    case "msgid_plural": target = .plural
    case "": append(text)
    default:
      values.append(text)
      target = .value
    }
  }

  mutating func finishEntry() {
    // An empty translation is none.
    if !key.isEmpty, !values.isEmpty, !values.contains("") { forms[key] = values }
  }

  private mutating func append(_ text: String) {
    switch target {
    case .key: key += text
    case .value: values[values.count - 1] += text
    case .plural, .none: break
    }
  }

  private static func unquoted(_ text: some StringProtocol) -> String {
    var result = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        result.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}
