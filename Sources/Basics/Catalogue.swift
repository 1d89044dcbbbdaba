import Foundation

/// The words of one language, as translators edit them: a gettext PO file in `Words/`.
package struct Catalogue: Sendable {
  /// The forms of each phrase by its English text: one, or as many as the language has plurals.
  package let forms: [String: [String]]
  /// The forms of those phrases into which values are put, cut once.
  private let cut: [String: [CutForm]]

  /// Reads `msgid`, `msgid_plural`, `msgstr`, `msgstr[n]` and continued lines; comments are passed over.
  package init(po text: String) {
    var reader = POReader()
    for line in text.split(whereSeparator: \.isNewline) { reader.read(line) }
    reader.finishEntry()
    forms = reader.forms
    cut = forms.filter { $0.value.contains { $0.contains("{") } }.mapValues { $0.map(CutForm.init) }
  }

  /// The phrase in `language`, its values put in; from right to left each isolated (FSI … PDI, Unicode annex 9), so
  /// that a phone or a reference keeps its own order.
  package static func text(of phrase: Phrase, in language: Language) -> String {
    let catalogue = of(language)
    guard !phrase.arguments.isEmpty else {
      return chosen(catalogue.forms[phrase.key], for: phrase, in: language) ?? english(phrase)
    }
    let form =
      chosen(catalogue.cut[phrase.key], for: phrase, in: language)
      ?? CutForm(chosen(catalogue.forms[phrase.key], for: phrase, in: language) ?? english(phrase))
    let reader = Reader(language)
    return form.filled(
      with: phrase.arguments.map { argument in
        switch argument {
        case .text(let text): language.isRightToLeft ? "\u{2068}\(text)\u{2069}" : text
        case .name(let name): name[language] ?? ""
        case .day(let day): reader.date(day)
        case .money(let money):
          language.isRightToLeft ? "\u{2068}\(reader.money(money))\u{2069}" : reader.money(money)
        }
      })
  }

  /// The form for the number that the phrase counts, or its only one.
  private static func chosen<Form>(_ forms: [Form]?, for phrase: Phrase, in language: Language) -> Form? {
    guard let count = phrase.count else { return forms?.first }
    let index = language.pluralForm(of: count)
    return forms.flatMap { index < $0.count ? $0[index] : nil }
  }

  private static func english(_ phrase: Phrase) -> String {
    phrase.count.map { $0 == 1 ? phrase.key : phrase.pluralKey ?? "" } ?? phrase.key
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

/// A form cut at the places where values go: a value that itself holds `{2}` is no place for another.
private struct CutForm {
  private let start: String
  private let rest: [(place: Int, after: String)]

  init(_ form: String) {
    let pieces = form.utf8.split(separator: UInt8(ascii: "{"), omittingEmptySubsequences: false).map {
      Substring($0)
    }
    var start = String(pieces[0])
    var rest: [(place: Int, after: String)] = []
    for piece in pieces.dropFirst() {
      if let end = piece.utf8.firstIndex(of: UInt8(ascii: "}")), let place = Int(piece[..<end]), place > 0 {
        rest.append((place, String(piece[piece.index(after: end)...])))
      } else if rest.isEmpty {
        start += "{\(piece)"
      } else {
        rest[rest.count - 1].after += "{\(piece)"
      }
    }
    (self.start, self.rest) = (start, rest)
  }

  func filled(with values: [String]) -> String {
    var text = start
    for (place, after) in rest {
      text += place <= values.count ? values[place - 1] : "{\(place)}"
      text += after
    }
    return text
  }
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
