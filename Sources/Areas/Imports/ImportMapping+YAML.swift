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
    guard let columns = Self.texts(document["columns"]), !columns.isEmpty else {
      throw ImportFault("The mapping has no `columns`: write field: column title, one a line.")
    }
    let lists = document["values"] ?? [String: Any]()
    guard let values = (lists as? [String: Any])?.mapValues(Self.texts), !values.values.contains(nil) else {
      throw ImportFault("`values` holds a field, and under it the partner's word: what it means here.")
    }
    let fields = Set(
      Identity.Field.allCases.map(\.rawValue) + ReturnFacts.Field.allCases.map(\.rawValue) + ["antenna"])
    try Self.mustBe(Set(document.keys), among: ["antenna", "separator", "columns", "values"], what: "keys")
    try Self.mustBe(Set(columns.keys).union(values.keys), among: fields, what: "fields")
    let separator = document["separator"].map { "\($0)" }
    guard separator == nil || separator?.count == 1 else {
      throw ImportFault("`separator` is one sign, such as “;”.")
    }
    self.init(
      antenna: document["antenna"].map { AntennaCode(rawValue: "\($0)") }, separator: separator?.first,
      columns: columns, values: values.compactMapValues { $0 })
  }

  private static func mustBe(_ names: Set<String>, among known: Set<String>, what: String) throws {
    let unknown = names.subtracting(known).sorted()
    guard unknown.isEmpty else {
      throw ImportFault(
        "The mapping names \(what) that do not exist: \(unknown.joined(separator: ", ")). Known: \(known.sorted().joined(separator: ", "))."
      )
    }
  }

  /// Words by words, whatever YAML takes them for: `1: male` has a number for its key.
  private static func texts(_ value: Any?) -> [String: String]? {
    (value as? [AnyHashable: Any]).map { pairs in
      Dictionary(pairs.map { ("\($0.key)", "\($0.value)") }) { first, _ in first }
    }
  }
}

/// What is wrong with a file or a mapping as a whole, in words for the person at the console.
package struct ImportFault: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
