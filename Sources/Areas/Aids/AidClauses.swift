import Basics
import Foundation
import Funding
import Yams

/// What contracts say: clauses as data, in French and Arabic, for all aids and for those of a track.
package struct AidClauses: Sendable {
  /// One clause in one language; places in braces are filled in.
  struct Clause: Sendable, Equatable {
    let title: String
    let text: String
  }

  /// Counts its changes; a signed contract keeps the number of its day.
  package let version: Int
  /// Who approved it; nil: a model, to be approved by lawyers, and every contract says so.
  let approvedBy: String?
  private let clauses: [(track: AidKind.Track?, words: [Language: Clause])]

  package static let languages: [Language] = [.french, .arabic]
  /// What may stand in braces.
  static let places: Set<String> = ["amount", "months", "parts", "days"]

  /// Those of the house.
  /// - Note: `mustLoad` tells at the start of the program when they cannot be read.
  package static let own = (try? load()) ?? AidClauses()

  private init() { (version, approvedBy, clauses) = (0, nil, []) }

  private static func load() throws -> AidClauses {
    guard
      let url = Bundle.module.url(forResource: "clauses", withExtension: "yaml", subdirectory: "Knowledge")
    else { throw AidClauseFault("clauses.yaml: is not there") }
    return try AidClauses(yaml: String(contentsOf: url, encoding: .utf8))
  }

  /// - Throws: `AidClauseFault` naming what is wrong.
  package static func mustLoad() throws { _ = try load() }

  /// - Throws: `AidClauseFault` naming the line and the key.
  package init(yaml: String) throws {
    guard let root = try Yams.compose(yaml: yaml), root.mapping != nil else {
      throw AidClauseFault("clauses.yaml:1: holds no keys")
    }
    guard let version = root["version"]?.int, version > 0 else {
      throw AidClauseFault("clauses.yaml: version: a number from 1 on is missing")
    }
    self.version = version
    let approved = root["approved-by"]?.string ?? ""
    approvedBy = approved.isEmpty || root["approved-by"]?.null != nil ? nil : approved
    clauses = try (root["clauses"]?.sequence ?? []).enumerated().map { index, node in
      let line = node.mark?.line ?? 1
      var track: AidKind.Track?
      if let name = node["track"]?.string {
        track = AidKind.Track(rawValue: name)
        if track == nil {
          throw AidClauseFault("clauses.yaml:\(line): clauses[\(index)].track: no such track")
        }
      }
      var words: [Language: Clause] = [:]
      for language in Self.languages {
        guard let part = node[language.rawValue], let title = part["title"]?.string, !title.isEmpty,
          let text = part["text"]?.string, !text.isEmpty
        else { throw AidClauseFault("clauses.yaml:\(line): clauses[\(index)].\(language.rawValue): missing") }
        for place in text.matches(of: /\{([^}]*)\}/) where !Self.places.contains(String(place.1)) {
          throw AidClauseFault("clauses.yaml:\(line): clauses[\(index)]: unknown place {\(place.1)}")
        }
        words[language] = Clause(title: title, text: text)
      }
      return (track, words)
    }
    guard !clauses.isEmpty else { throw AidClauseFault("clauses.yaml: clauses: none") }
  }

  /// The clauses of a contract, with their places filled.
  func clauses(for track: AidKind.Track, in language: Language, _ values: [String: String]) -> [Clause] {
    clauses.filter { $0.track == nil || $0.track == track }.compactMap { clause in
      guard let words = clause.words[language] else { return nil }
      let text = values.reduce(words.text) { $0.replacing("{\($1.key)}", with: $1.value) }
      return Clause(title: words.title, text: text)
    }
  }
}

/// Why clauses cannot be used.
package struct AidClauseFault: Error, Equatable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}
