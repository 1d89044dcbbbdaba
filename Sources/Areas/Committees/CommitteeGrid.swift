import Basics
import Foundation
import Yams

/// By what a member scores, for each track; a version never changes once a session has used it.
package struct CommitteeGrid: Sendable, Equatable {
  package struct Criterion: Sendable, Equatable {
    package let code: String
    package let name: [Language: String]
    package let most: Int
  }

  package let version: String
  package let from: Day
  /// Where it was read; nil for the project's own proposal.
  package let source: String?
  package let criteria: [CommitteeItem.Track: [Criterion]]

  func criteria(for track: CommitteeItem.Track) -> [Criterion] { criteria[track] ?? [] }
}

/// The grids there are, read from a file that is edited like words.
package struct CommitteeGrids: Sendable {
  package let grids: [CommitteeGrid]

  package struct Fault: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  /// - Throws: `Fault` naming the version, the criterion and what is wrong with it.
  package init(yaml: String) throws {
    let file: File
    do { file = try YAMLDecoder().decode(File.self, from: yaml) } catch {
      throw Fault(description: "the grids cannot be read: \(error)")
    }
    grids = try file.grids.map { try $0.grid() }
    guard !grids.isEmpty, Set(grids.map(\.version)).count == grids.count else {
      throw Fault(description: "there is no grid, or two of one version")
    }
  }

  private init(grids: [CommitteeGrid]) { self.grids = grids }

  package func grid(_ version: String) -> CommitteeGrid? { grids.first { $0.version == version } }

  /// The one in force on a day: the newest that has begun.
  package func grid(on day: Day) -> CommitteeGrid? {
    grids.filter { $0.from <= day }.max { ($0.from, $0.version) < ($1.from, $1.version) }
  }

  /// What comes with the program; a test reads it, so that a fault in it does not go out.
  package static let own: CommitteeGrids = {
    let url = Bundle.module.url(forResource: "grids", withExtension: "yaml", subdirectory: "Knowledge")
    let text = url.flatMap { try? String(contentsOf: $0, encoding: .utf8) }
    return text.flatMap { try? CommitteeGrids(yaml: $0) } ?? CommitteeGrids(grids: [])
  }()

  private struct File: Decodable {
    let grids: [RawGrid]
  }

  private struct RawGrid: Decodable {
    let version, from, source: String
    let tracks: [String: [RawCriterion]]

    func grid() throws -> CommitteeGrid {
      func fault(_ what: String) -> Fault { Fault(description: "grid “\(version)”: \(what)") }
      guard let from = Day(from) else { throw fault("from is “\(from)”, not a day such as 2026-01-31") }
      guard version.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil else {
        throw fault("a version is of small letters, digits and dashes")
      }
      guard !source.isEmpty else { throw fault("no source") }
      var criteria: [CommitteeItem.Track: [CommitteeGrid.Criterion]] = [:]
      for (name, raw) in tracks {
        guard let track = CommitteeItem.Track(rawValue: name) else { throw fault("no track “\(name)”") }
        criteria[track] = try raw.map { try $0.criterion(fault) }
        let codes = raw.map(\.code)
        guard Set(codes).count == codes.count else { throw fault("two criteria of one code in \(name)") }
      }
      for track in CommitteeItem.Track.allCases where (criteria[track] ?? []).isEmpty {
        throw fault("no criteria for \(track.rawValue)")
      }
      return CommitteeGrid(
        version: version, from: from, source: source == "own-proposal" ? nil : source, criteria: criteria)
    }
  }

  private struct RawCriterion: Decodable {
    let code: String
    let name: [String: String]
    let most: Int

    func criterion(_ fault: (String) -> Fault) throws -> CommitteeGrid.Criterion {
      guard code.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil else {
        throw fault("criterion “\(code)”: a code is of small letters, digits and dashes")
      }
      guard (1...1_000).contains(most) else { throw fault("criterion “\(code)”: most is from 1 to 1000") }
      let words = try Language.allCases.reduce(into: [Language: String]()) { words, language in
        guard let text = name[language.rawValue], !text.isEmpty else {
          throw fault("criterion “\(code)”: no name in \(language.rawValue)")
        }
        words[language] = text
      }
      return CommitteeGrid.Criterion(code: code, name: words, most: most)
    }
  }
}
