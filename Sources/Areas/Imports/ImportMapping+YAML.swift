import Basics
import Cases
import People
import Yams

extension ImportMapping {
  /// Reads a mapping file.
  /// - Throws: `ImportFault` naming the key that is wrong.
  package init(yaml text: String) throws {
    let document: [String: Any]
    do {
      document = try Yams.load(yaml: text) as? [String: Any] ?? [:]
    } catch {
      throw ImportFault("The mapping is not YAML: \(error)")
    }
    guard let columns = document["columns"] as? [String: String], !columns.isEmpty else {
      throw ImportFault("The mapping has no `columns`: write field: column title, one a line.")
    }
    let known = Set(
      Identity.Field.allCases.map(\.rawValue) + ReturnFacts.Field.allCases.map(\.rawValue) + ["antenna"])
    let unknown = columns.keys.filter { !known.contains($0) }.sorted()
    guard unknown.isEmpty else {
      throw ImportFault(
        "The mapping names fields that do not exist: \(unknown.joined(separator: ", ")). Known: \(known.sorted().joined(separator: ", "))."
      )
    }
    let values = (document["values"] as? [String: [String: Any]] ?? [:]).mapValues {
      $0.mapValues { "\($0)" }
    }
    let separator = document["separator"] as? String
    guard separator == nil || separator?.count == 1 else {
      throw ImportFault("`separator` is one sign, such as “;”.")
    }
    self.init(
      antenna: (document["antenna"] as? String).map { AntennaCode(rawValue: $0) },
      separator: separator?.first,
      columns: columns, values: values)
  }
}

/// What is wrong with a file or a mapping as a whole, in words for the person at the console.
package struct ImportFault: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
