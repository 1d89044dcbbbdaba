import Yams

extension LinkMapping {
  /// Reads a mapping file; docs/linkage.md shows one.
  /// - Throws: `LinkFault` naming what is wrong.
  package init(yaml text: String) throws(LinkFault) {
    let document: [String: Any]
    do {
      document = try Yams.load(yaml: text) as? [String: Any] ?? [:]
    } catch {
      let reason = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
      throw LinkFault("The mapping is not YAML: \(reason)")
    }
    try Self.mustBe(Array(document.keys), among: ["id", "fields", "second"], what: "keys")
    guard let id = Self.text(document["id"]) else {
      throw LinkFault("The mapping has no `id`: write the title of the column that numbers the rows.")
    }
    guard let entries = document["fields"] as? [AnyHashable: Any], !entries.isEmpty else {
      throw LinkFault("The mapping has no `fields`: write column title: kind, one a line.")
    }
    guard entries.count <= Self.mostFields else {
      throw LinkFault("The mapping has \(entries.count) fields; \(Self.mostFields) at most.")
    }
    var fields: [Field] = []
    for (name, entry) in entries { fields.append(try Self.field("\(name)", entry)) }
    for kind in [FieldKind.givenName, .familyName] where fields.count(where: { $0.kind == kind }) > 1 {
      throw LinkFault(
        "The mapping has two fields of the kind \(kind.rawValue): put their columns in one field.")
    }
    let second = document["second"] as? [AnyHashable: Any]
    guard second != nil || document["second"] == nil else {
      throw LinkFault("`second` holds, one a line, column of the first file: column of the second.")
    }
    self.init(
      id: id, fields: fields.sorted { $0.name < $1.name },
      second: Dictionary((second ?? [:]).map { ("\($0.key)", "\($0.value)") }) { first, _ in first })
    let columns = [id] + fields.flatMap(\.columns)
    try Self.mustBe(Array(self.second.keys), among: columns, what: "columns under `second`")
  }

  /// `Nom: family-name`, or `name: {kind: family-name, columns: [Nom, Nom (arabe)]}`.
  private static func field(_ name: String, _ entry: Any) throws(LinkFault) -> Field {
    let details = entry as? [AnyHashable: Any]
    try mustBe(
      (details ?? [:]).keys.map { "\($0)" }, among: ["kind", "columns"], what: "keys under `\(name)`")
    guard let kind = text(details.map { $0["kind"] as Any } ?? entry) else {
      throw LinkFault("The field “\(name)” has no kind. Known: \(kinds).")
    }
    guard let known = FieldKind(rawValue: kind) else {
      throw LinkFault("The field “\(name)” is of an unknown kind, “\(kind)”. Known: \(kinds).")
    }
    guard let listed = details?["columns"] else { return Field(name, known) }
    let columns = (listed as? [Any] ?? [listed]).compactMap(text)
    guard (1...mostColumns).contains(columns.count) else {
      throw LinkFault("The field “\(name)” takes 1 to \(mostColumns) columns.")
    }
    return Field(name, known, columns: columns)
  }

  private static let mostColumns = 4
  private static var kinds: String { FieldKind.allCases.map(\.rawValue).joined(separator: ", ") }

  private static func text(_ value: Any?) -> String? {
    switch value {
    case let text as String: text.isEmpty ? nil : text
    case let number as Int: "\(number)"
    default: nil
    }
  }

  private static func mustBe(_ names: [String], among known: [String], what: String) throws(LinkFault) {
    let unknown = Set(names).subtracting(known).sorted()
    guard unknown.isEmpty else {
      throw LinkFault(
        "The mapping names \(what) that do not exist: \(unknown.joined(separator: ", ")). Known: \(known.joined(separator: ", "))."
      )
    }
  }
}
