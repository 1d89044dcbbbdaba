import Basics
import Foundation
import Yams

/// The questions by which files are read, in one version.
package struct ReviewChecklist: Sendable {
  package struct Item: Sendable {
    package let code: String
    package let name: [Language: String]
    /// Where the question comes from; nil for a proposal that the scheme has still to confirm.
    package let source: String?
  }

  package let version: Int
  package let from: Day
  package let items: [Item]

  package func item(_ code: String) -> Item? { items.first { $0.code == code } }
}

/// All versions of the checklist, read from a file that is edited like words.
package struct ReviewKnowledge: Sendable {
  /// The oldest first.
  package let checklists: [ReviewChecklist]

  package struct Fault: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  /// - Throws: `Fault` naming the version or the question and what is wrong with it.
  package init(yaml: String) throws {
    let file: File
    do { file = try YAMLDecoder().decode(File.self, from: yaml) } catch {
      throw Fault(description: "the checklist cannot be read: \(error)")
    }
    checklists = try file.checklists.map { try $0.checklist() }.sorted { $0.version < $1.version }
    guard !checklists.isEmpty, Set(checklists.map(\.version)).count == checklists.count else {
      throw Fault(description: "there is no checklist, or two of one version")
    }
  }

  /// The one that holds on a day; the first one before its day.
  package func checklist(on day: Day) -> ReviewChecklist? {
    checklists.last { $0.from <= day } ?? checklists.first
  }

  package func checklist(_ version: Int) -> ReviewChecklist? { checklists.first { $0.version == version } }

  /// The name of a question; its code where the file does not know it any more.
  package func name(of item: String, in version: Int, _ language: Language) -> String {
    checklist(version)?.item(item)?.name[language] ?? item
  }

  /// What comes with the program; a test reads it, so that a fault in it does not go out.
  package static let own: ReviewKnowledge = {
    let url = Bundle.module.url(forResource: "checklist", withExtension: "yaml", subdirectory: "Knowledge")
    let text = url.flatMap { try? String(contentsOf: $0, encoding: .utf8) }
    return text.flatMap { try? ReviewKnowledge(yaml: $0) } ?? ReviewKnowledge(checklists: [])
  }()

  private init(checklists: [ReviewChecklist]) { self.checklists = checklists }

  private struct File: Decodable {
    let checklists: [Raw]
  }

  private struct Raw: Decodable {
    struct Item: Decodable {
      let code: String
      let source: String
      let name: [String: String]
    }

    let version: Int
    let from: String
    let items: [Item]

    func checklist() throws -> ReviewChecklist {
      guard let day = Day(from) else {
        throw Fault(description: "version \(version): from is “\(from)”, not a day such as 2026-01-31")
      }
      let codes = items.map(\.code)
      guard !codes.isEmpty, Set(codes).count == codes.count else {
        throw Fault(description: "version \(version): there are no questions, or two of one code")
      }
      return ReviewChecklist(version: version, from: day, items: try items.map(Self.item))
    }

    private static func item(_ raw: Item) throws -> ReviewChecklist.Item {
      func fault(_ what: String) -> Fault { Fault(description: "question “\(raw.code)”: \(what)") }
      guard raw.code.wholeMatch(of: /[a-z0-9-]{1,40}/) != nil else {
        throw fault("a code is of small letters, digits and dashes")
      }
      guard !raw.source.isEmpty else { throw fault("no source") }
      let name = try Language.allCases.reduce(into: [Language: String]()) { names, language in
        guard let text = raw.name[language.rawValue], !text.isEmpty else {
          throw fault("no name in \(language.rawValue)")
        }
        names[language] = text
      }
      return ReviewChecklist.Item(
        code: raw.code, name: name, source: raw.source == "proposal" ? nil : raw.source)
    }
  }
}
