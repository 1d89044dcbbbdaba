import Basics
import Foundation
import Storage

/// A mapping as its text, with what it means: kept for a partner, so that the next file needs none.
package struct KeptMapping: Sendable {
  package let mapping: ImportMapping
  package let text: String

  /// - Throws: `ImportFault` naming the key that is wrong.
  package init(text: String) throws {
    mapping = try ImportMapping(yaml: text)
    self.text = text
  }

  /// The mappings that come with the program, each tested on the sample in `docs/samples`.
  package static let own: [KeptMapping] = ["member-state", "ofii", "consulate"].compactMap { name in
    let url = Bundle.module.url(forResource: name, withExtension: "yaml", subdirectory: "Knowledge")
    return url.flatMap { try? String(contentsOf: $0, encoding: .utf8) }.flatMap { try? KeptMapping(text: $0) }
  }
}
