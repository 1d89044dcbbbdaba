import Basics
import Documents
import Foundation
import Storage
import Yams

/// What a piece is for and how it is come by, in the three languages.
package struct PieceEntry: Sendable {
  package let code: String
  package let name: [Language: String]
  package let purpose: [Language: String]
  /// Where it is asked for, and what to bring.
  package let how: [Language: String]
  /// Kinds of document that show that the piece is there; none where a kind would say too little.
  package let documents: [Document.Kind]
  package let from: Day
  /// The last day on which it is asked for; nil where it still is.
  package let until: Day?
  /// Where the entry was read; nil for usual practice that the scheme has still to check.
  package let source: String?

  package func isAsked(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}

/// What is known of pieces, read from a file that is edited like words.
package struct PieceKnowledge: Sendable {
  /// In the order in which they are asked.
  package let entries: [PieceEntry]

  package struct Fault: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  /// - Throws: `Fault` naming the entry and what is wrong with it.
  package init(yaml: String) throws {
    let file: File
    do { file = try YAMLDecoder().decode(File.self, from: yaml) } catch {
      throw Fault(description: "the pieces cannot be read: \(error)")
    }
    entries = try file.pieces.map { try $0.entry() }
    let codes = entries.map(\.code)
    guard !codes.isEmpty, Set(codes).count == codes.count else {
      throw Fault(description: "there are no pieces, or two of one code")
    }
  }

  package func entry(_ code: String) -> PieceEntry? { entries.first { $0.code == code } }

  /// What comes with the program; a test reads it, so that a fault in it does not go out.
  package static let own: PieceKnowledge = {
    let url = Bundle.module.url(forResource: "pieces", withExtension: "yaml", subdirectory: "Knowledge")
    let text = url.flatMap { try? String(contentsOf: $0, encoding: .utf8) }
    return text.flatMap { try? PieceKnowledge(yaml: $0) } ?? PieceKnowledge(entries: [])
  }()

  private init(entries: [PieceEntry]) { self.entries = entries }

  private struct File: Decodable {
    let pieces: [Raw]
  }

  private struct Raw: Decodable {
    let code: String
    let name, purpose, how: [String: String]
    var documents: [String]?
    let from: String
    var until: String?
    let source: String

    func entry() throws -> PieceEntry {
      func fault(_ what: String) -> Fault { Fault(description: "piece “\(code)”: \(what)") }
      func words(_ name: String, _ texts: [String: String]) throws -> [Language: String] {
        try Language.allCases.reduce(into: [:]) { words, language in
          guard let text = texts[language.rawValue], !text.isEmpty else {
            throw fault("no \(name) in \(language.rawValue)")
          }
          words[language] = text
        }
      }
      func day(_ name: String, _ text: String) throws -> Day {
        guard let day = Day(text) else { throw fault("\(name) is “\(text)”, not a day such as 2026-01-31") }
        return day
      }
      guard code.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil else {
        throw fault("a code is of small letters, digits and dashes")
      }
      let kinds = try (documents ?? []).map { text in
        guard let kind = Document.Kind(rawValue: text) else { throw fault("no kind of document “\(text)”") }
        return kind
      }
      guard !source.isEmpty else { throw fault("no source") }
      return PieceEntry(
        code: code, name: try words("name", name), purpose: try words("purpose", purpose),
        how: try words("how", how), documents: kinds, from: try day("from", from),
        until: try until.map { try day("until", $0) },
        source: source == "usual-practice" ? nil : source)
    }
  }
}
