/// Which columns of the files are which fields of a person.
package struct LinkMapping: Sendable, Equatable {
  /// A field: one thing that is known of a person, in one column or in several (both scripts, two phones).
  package struct Field: Sendable, Equatable {
    package let name: String
    package let kind: FieldKind
    package let columns: [String]

    package init(_ name: String, _ kind: FieldKind, columns: [String]? = nil) {
      self.name = name
      self.kind = kind
      self.columns = columns ?? [name]
    }
  }

  /// The column with the number of a row.
  package let id: String
  package let fields: [Field]
  /// What the second file calls a column of the first, where it calls it otherwise.
  package let second: [String: String]

  /// More fields than this are refused: an agreement takes four of the 64 bits of a pattern.
  static let mostFields = 16

  package init(id: String, fields: [Field], second: [String: String] = [:]) {
    self.id = id
    self.fields = fields
    self.second = second
  }
}

/// What is wrong with a mapping or a file as a whole, in words for the person at the console.
package struct LinkFault: Error, Equatable, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}
