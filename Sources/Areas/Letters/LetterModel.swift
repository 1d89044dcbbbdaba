import Basics
import Foundation
import Yams

/// A model of a letter, from its file in Knowledge: a text with places that the file and the writer fill.
struct LetterModel: Sendable {
  struct Field: Sendable {
    enum Kind: String, Sendable { case day, time, text }

    let name: String
    let kind: Kind
    let label: [Language: String]
  }

  struct Words: Sendable {
    let subject: String
    let body: String
  }

  let name: String
  let version: Int
  let channel: Letter.Channel
  let title: [Language: String]
  let fields: [Field]
  let words: [Language: Words]

  /// What the case itself fills.
  static let known: Set<String> = ["name", "greeting", "number", "antenna", "contact", "today"]

  /// - Throws: `LetterModelFault` naming the file and the key.
  init(name: String, yaml: String) throws(LetterModelFault) {
    let document: [String: Any]
    do {
      document = try Yams.load(yaml: yaml) as? [String: Any] ?? [:]
    } catch {
      throw LetterModelFault("\(name).yaml: not YAML: \(error)")
    }
    func fault(_ key: String, _ why: String) -> LetterModelFault {
      LetterModelFault("\(name).yaml: \(key): \(why)")
    }
    func inAll(_ value: Any?, _ key: String) throws(LetterModelFault) -> [Language: String] {
      var texts: [Language: String] = [:]
      for language in Language.allCases {
        guard let text = (value as? [String: Any])?[language.rawValue] as? String, !text.isEmpty else {
          throw fault("\(key).\(language.rawValue)", "missing")
        }
        texts[language] = text
      }
      return texts
    }
    self.name = name
    guard let version = document["version"] as? Int else { throw fault("version", "missing") }
    self.version = version
    guard let channel = (document["channel"] as? String).flatMap({ Letter.Channel(rawValue: $0) }) else {
      throw fault("channel", "neither letter nor sms")
    }
    self.channel = channel
    title = try inAll(document["title"], "title")
    var fields: [Field] = []
    for (index, entry) in (document["fields"] as? [[String: Any]] ?? []).enumerated() {
      let key = "fields[\(index)]"
      guard let field = entry["name"] as? String else { throw fault("\(key).name", "missing") }
      guard !Self.known.contains(field), !Self.reserved.contains(field),
        !fields.contains(where: { $0.name == field })
      else { throw fault("\(key).name", "taken: \(field)") }
      guard let kind = (entry["kind"] as? String).flatMap({ Field.Kind(rawValue: $0) }) else {
        throw fault("\(key).kind", "neither day nor time nor text")
      }
      fields.append(Field(name: field, kind: kind, label: try inAll(entry["label"], "\(key).label")))
    }
    self.fields = fields
    let places = Self.known.union(fields.map(\.name))
    var words: [Language: Words] = [:]
    for language in Language.allCases {
      let part = document[language.rawValue] as? [String: Any]
      var texts: [String] = []
      for key in ["subject", "body"] {
        guard let text = part?[key] as? String, !text.isEmpty else {
          throw fault("\(language.rawValue).\(key)", "missing")
        }
        for place in text.matches(of: /\{([^}]*)\}/).map({ String($0.1) }) where !places.contains(place) {
          throw fault("\(language.rawValue).\(key)", "unknown placeholder {\(place)}")
        }
        texts.append(text)
      }
      words[language] = Words(subject: texts[0], body: texts[1])
    }
    self.words = words
  }

  /// Names that the forms use themselves.
  private static let reserved: Set<String> = ["model", "language", "once", "csrf", "page"]

  /// The text with its places filled; what was filled in is not looked through again.
  func text(in language: Language, recipient: String, values: [String: String], typed: [String: String])
    -> LetterText
  {
    func filled(_ text: String) -> String {
      text.replacing(/\{([^}]*)\}/) { values[String($0.1)] ?? "" }
    }
    let words = words[language] ?? Words(subject: "", body: "")
    return LetterText(
      recipient: recipient, subject: filled(words.subject),
      body: filled(words.body).trimmingCharacters(in: .whitespacesAndNewlines), typed: typed)
  }
}

/// What is wrong with a model.
struct LetterModelFault: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The models of this program, by name.
enum LetterModels {
  static let all: [LetterModel] = names.compactMap { try? load($0) }

  static let names = [
    "appointment", "appointment-sms", "missing-paper", "plan-confirmation", "transfer-news", "after-closure",
  ]

  static func load(_ name: String) throws -> LetterModel {
    try LetterModel(name: name, yaml: knowledge(name, "yaml"))
  }

  static func find(_ name: String) -> LetterModel? { all.first { $0.name == name } }

  static let outsideWords: [String] =
    ((try? knowledge("outside", "txt")) ?? "").split(separator: "\n").map(String.init)
    .filter { !$0.hasPrefix("#") }

  static func knowledge(_ name: String, _ kind: String) throws -> String {
    guard let url = Bundle.module.url(forResource: name, withExtension: kind, subdirectory: "Knowledge")
    else { throw LetterModelFault("\(name).\(kind): missing") }
    return try String(contentsOf: url, encoding: .utf8)
  }
}
