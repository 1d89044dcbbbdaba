import Basics
import Foundation
import Funding
import Yams

/// Reads a file of clauses: everything in it is named, and nothing else may stand there: a mistyped `funder` would make
/// a clause one for all.
enum AidClauseFile {
  typealias Content = (version: Int, approvedBy: String?, entries: [AidClauseEntry])

  /// - Throws: `AidClauseFault` naming the line and the key.
  static func read(_ yaml: String) throws -> Content {
    guard let root = try Yams.compose(yaml: yaml), root.mapping != nil else {
      throw AidClauseFault("clauses.yaml:1: holds no keys")
    }
    for key in keys(of: root) where !["version", "approved-by", "clauses"].contains(key) {
      throw AidClauseFault("clauses.yaml: nothing here is called “\(key)”")
    }
    guard let version = root["version"]?.int, version > 0 else {
      throw AidClauseFault("clauses.yaml: version: a number from 1 on is missing")
    }
    let approved = root["approved-by"]?.string ?? ""
    let approvedBy = approved.isEmpty || root["approved-by"]?.null != nil ? nil : approved
    let entries = try (root["clauses"]?.sequence ?? []).enumerated().map { index, node in
      try AidClauseReader(node: node, index: index).entry()
    }
    guard !entries.isEmpty else { throw AidClauseFault("clauses.yaml: clauses: none") }
    for (index, entry) in entries.enumerated() {
      if let first = entries[..<index].firstIndex(where: entry.rivals) {
        throw entry.fault(index, "code: stands for the same contracts from the same day as clauses[\(first)]")
      }
    }
    return (version, approvedBy, entries)
  }

  static func keys(of node: Node) -> [String] { node.mapping?.map { $0.key.string ?? "" } ?? [] }
}

/// Reads one entry.
private struct AidClauseReader {
  let node: Node
  let index: Int

  private static let keys: Set<String> =
    Set(["code", "kind", "funder", "track", "from", "until"]).union(AidClauses.languages.map(\.rawValue))

  func entry() throws -> AidClauseEntry {
    guard node.mapping != nil else { throw fault("", "holds no keys") }
    for key in AidClauseFile.keys(of: node) where !Self.keys.contains(key) {
      throw fault(".\(key)", "nothing here is called so")
    }
    let (from, until) = (try day("from"), try day("until"))
    if let from, let until, until < from { throw fault(".until", "lies before the first day") }
    let words = try AidClauses.languages.map { ($0, try clause(in: $0)) }
    return AidClauseEntry(
      line: line, code: try code("code") ?? "clauses[\(index)]",
      kind: try code("kind").map { AidKindCode(rawValue: $0) }, funder: try text("funder"),
      track: try track(), from: from, until: until, words: Dictionary(uniqueKeysWithValues: words))
  }

  private var line: Int { node.mark?.line ?? 1 }

  private func fault(_ key: String, _ what: String) -> AidClauseFault {
    AidClauseFault("clauses.yaml:\(line): clauses[\(index)]\(key): \(what)")
  }

  /// Nil where the key is not there; with nothing beside it, it is a slip.
  private func text(_ key: String) throws -> String? {
    guard let value = node[key] else { return nil }
    guard let text = value.scalar?.string, !text.isEmpty, value.null == nil else {
      throw fault(".\(key)", "a name is missing")
    }
    return text
  }

  private func code(_ key: String) throws -> String? {
    guard let text = try text(key) else { return nil }
    guard text.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil else {
      throw fault(".\(key)", "“\(text)” is not of small letters, digits and dashes")
    }
    return text
  }

  private func track() throws -> AidKind.Track? {
    guard let text = try text("track") else { return nil }
    guard let track = AidKind.Track(rawValue: text) else { throw fault(".track", "no such track “\(text)”") }
    return track
  }

  private func day(_ key: String) throws -> Day? {
    guard let text = try text(key) else { return nil }
    guard let day = Day(text) else { throw fault(".\(key)", "“\(text)” is not a day such as 2026-01-31") }
    return day
  }

  private func clause(in language: Language) throws -> AidClauses.Clause {
    let key = ".\(language.rawValue)"
    guard let part = node[language.rawValue], let title = part["title"]?.string, !title.isEmpty,
      let text = part["text"]?.string, !text.isEmpty
    else { throw fault(key, "missing") }
    for name in AidClauseFile.keys(of: part) where !["title", "text"].contains(name) {
      throw fault("\(key).\(name)", "nothing here is called so")
    }
    for place in text.matches(of: /\{([^}]*)\}/) where !AidClauses.places.contains(String(place.1)) {
      throw fault(key, "unknown place {\(place.1)}")
    }
    return AidClauses.Clause(title: title, text: text)
  }
}
