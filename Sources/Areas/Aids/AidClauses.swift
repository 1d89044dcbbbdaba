import Basics
import Foundation
import Funding

/// What contracts say: clauses as data, in French and Arabic, for all aids, for those of a track, of a kind, of a funder.
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
  /// In the order of the file.
  let entries: [AidClauseEntry]

  package static let languages: [Language] = [.french, .arabic]
  /// What may stand in braces.
  static let places: Set<String> = ["amount", "months", "parts", "days"]

  /// Those of the house.
  /// - Note: `mustLoad` tells at the start of the program when they cannot be read.
  package static let own = (try? load()) ?? AidClauses()

  private init() { (version, approvedBy, entries) = (0, nil, []) }

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
    let file = try AidClauseFile.read(yaml)
    (version, approvedBy, entries) = (file.version, file.approvedBy, file.entries)
  }

  /// Kinds of aid and funders are the installation's own: what it does not know would never stand in a contract.
  /// - Throws: `AidClauseFault` naming the line, the name that is not known and those that are.
  package func mustKnow(kinds: [AidKindCode], funders: [String]) throws {
    for (index, entry) in entries.enumerated() {
      if let kind = entry.kind, !kinds.contains(kind) {
        let known = Self.told(kinds.map(\.rawValue))
        throw entry.fault(index, "kind: no kind of aid “\(kind)”; there are \(known)")
      }
      if let funder = entry.funder, !funders.contains(funder) {
        throw entry.fault(index, "funder: no funder “\(funder)”; there are \(Self.told(funders))")
      }
    }
  }

  private static func told(_ names: [String]) -> String {
    names.isEmpty ? "none" : names.sorted().joined(separator: ", ")
  }

  /// The clauses of a contract, with their places filled. Of those that stand for each other it has the one that is most
  /// its own: of its kind and funder, else of its kind, else of its funder, else of its track, else of all; and of these
  /// the one that began last.
  /// - Parameters:
  ///   - funder: who pays, as the ledger names it; nil where nobody knows.
  ///   - day: on which it is signed; nil leaves the days of the clauses aside.
  func clauses(
    for track: AidKind.Track, kind: AidKindCode? = nil, funder: String? = nil, on day: Day? = nil,
    in language: Language, _ values: [String: String]
  ) -> [Clause] {
    let fitting = entries.filter { $0.fits(track, kind, funder, on: day) }
    let chosen = Dictionary(fitting.map { ($0.code, $0) }) { $1.precedes($0) ? $1 : $0 }
    var told: Set<String> = []
    // Each stands where the first of those that it stands for stands in the file.
    return entries.compactMap { entry in
      guard told.insert(entry.code).inserted, let words = chosen[entry.code]?.words[language]
      else { return nil }
      let text = values.reduce(words.text) { $0.replacing("{\($1.key)}", with: $1.value) }
      return Clause(title: words.title, text: text)
    }
  }
}

/// One entry of the file: a clause, and the contracts that it is for.
struct AidClauseEntry: Sendable {
  /// Where it stands in the file, from 1.
  let line: Int
  /// Entries of one code stand for each other: a contract has one of them.
  let code: String
  /// Nil for every kind; so the two below.
  let kind: AidKindCode?
  let funder: String?
  let track: AidKind.Track?
  /// The first day on which contracts have it; nil where none is set.
  let from: Day?
  /// The last; nil where none is set.
  let until: Day?
  let words: [Language: AidClauses.Clause]

  func fits(_ track: AidKind.Track, _ kind: AidKindCode?, _ funder: String?, on day: Day?) -> Bool {
    guard self.track == nil || self.track == track, self.kind == nil || self.kind == kind,
      self.funder == nil || self.funder == funder
    else { return false }
    return day.map(isInForce) ?? true
  }

  private func isInForce(on day: Day) -> Bool {
    from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
  }

  /// Of two that fit the same contract.
  func precedes(_ other: AidClauseEntry) -> Bool {
    guard closeness == other.closeness else { return closeness > other.closeness }
    guard let from else { return false }
    return other.from.map { $0 < from } ?? true
  }

  /// How much it says of the contracts that it is for: the kind more than the funder, the funder more than the track.
  private var closeness: Int { (kind == nil ? 0 : 4) + (funder == nil ? 0 : 2) + (track == nil ? 0 : 1) }

  /// Whether nobody could say which of the two a contract has.
  func rivals(_ other: AidClauseEntry) -> Bool {
    (code, kind, funder, track) == (other.code, other.kind, other.funder, other.track) && from == other.from
  }

  func fault(_ index: Int, _ what: String) -> AidClauseFault {
    AidClauseFault("clauses.yaml:\(line): clauses[\(index)].\(what)")
  }
}

/// Why clauses cannot be used.
package struct AidClauseFault: Error, Equatable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}
