import Basics
import Foundation
import Storage

/// What an area keeps about persons: from this the copy that a person asks for is read, and by this what is sealed is
/// taken away when she is erased. A test of the server walks the schema: a table that leads to a person and is not
/// declared, or a column of one that is left out, fails.
package struct Kept: Sendable {
  package typealias Erase = @Sendable (_ files: [PersonID], _ day: Day, _ db: Connection) throws -> Void
  package typealias Obstacle = @Sendable (_ files: [PersonID], _ db: Connection) throws -> Phrase?

  package let tables: [KeptTable]
  /// Why a person may not be erased now; nil when nothing here stands against it.
  package let obstacle: Obstacle
  /// What is taken away beside the sealed columns. Her keys are there still.
  package let erase: Erase

  package init(
    _ tables: [KeptTable], obstacle: @escaping Obstacle = { _, _ in nil },
    erase: @escaping Erase = { _, _, _ in }
  ) {
    self.tables = tables
    self.obstacle = obstacle
    self.erase = erase
  }
}

/// A table in which something is kept about persons, column by column.
package struct KeptTable: Sendable {
  /// How a row leads to a person.
  package indirect enum Way: Sendable {
    /// The column holds her id.
    case person(String)
    /// The column holds the id of a row of another table, which leads to her.
    case row(String, of: String, id: String = "id", Way)
  }

  package let name: String
  package let label: Phrase
  package let way: Way
  /// The column that names a row: sealed texts know their place by it.
  package let id: String
  package let columns: [KeptColumn]
  /// Whether its rows stand in the copy; why not is told in the README of Rights.
  package let isGiven: Bool

  package init(
    _ name: String, _ label: Phrase, by way: Way, id: String = "id", isGiven: Bool = true,
    _ columns: [KeptColumn]
  ) {
    self.name = name
    self.label = label
    self.way = way
    self.id = id
    self.isGiven = isGiven
    self.columns = columns
  }
}

/// One column of such a table: what it holds, and what becomes of it.
package struct KeptColumn: Sendable {
  package enum Content: Sendable {
    case text, number, day, moment
    /// One of a list of answers, with its words.
    case code(@Sendable (String) -> Phrase?)
    /// Who of the staff: told by institution and role, never by name.
    case account
    case antenna, institution, country, governorate
    /// A text under the person's key, or under the row's own; the place is how the text names it.
    case sealed(String, own: Bool)
    /// Several fields sealed as one.
    case fields(String, @Sendable (String) -> KeptField?)
    /// Sealed bytes that somebody must make words of.
    case opened(String, @Sendable ([UInt8]) throws -> String)
    /// The row's own key, sealed under the person's.
    case key(String)
    /// Sealed and of somebody else, under the person's key: in no copy, but taken along where everything is.
    case ofOthers(String)
    /// Several fields of somebody else, sealed as one.
    case fieldsOfOthers(String)
    /// Sealed, and in no copy: what stands there stands elsewhere too, or tells nothing.
    case withheld
    /// The program's own: an id, a version, an order.
    case inner
  }

  /// What becomes of it when the person is erased.
  package enum Fate: Sendable {
    case stays, emptied
    /// The table allows no empty place: nothing but no bytes stands there.
    case hollowed
  }

  package let name: String
  package let label: Phrase?
  package let content: Content
  package var isSealed: Bool { fate != .stays }
  package let fate: Fate

  private init(_ name: String, _ label: Phrase?, _ content: Content, _ fate: Fate) {
    self.name = name
    self.label = label
    self.content = content
    self.fate = fate
  }

  /// What is not sealed, and stays for the counts.
  package static func plain(_ name: String, _ label: Phrase, _ content: Content = .text) -> KeptColumn {
    KeptColumn(name, label, content, .stays)
  }

  /// A text sealed in this place.
  package static func sealed(
    _ name: String, _ label: Phrase, in place: String, own: Bool = false, isRequired: Bool = false
  ) -> KeptColumn {
    KeptColumn(name, label, .sealed(place, own: own), isRequired ? .hollowed : .emptied)
  }

  /// Anything else that is sealed.
  package static func sealed(
    _ name: String, _ label: Phrase, _ content: Content, isRequired: Bool = false
  ) -> KeptColumn {
    KeptColumn(name, label, content, isRequired ? .hollowed : .emptied)
  }

  /// The same without a label of its own: it has its fields', or is not shown.
  package static func sealed(_ name: String, _ content: Content, isRequired: Bool = false) -> KeptColumn {
    KeptColumn(name, nil, content, isRequired ? .hollowed : .emptied)
  }

  /// - Parameter inner: columns of the program's own.
  package static func all(_ columns: [KeptColumn], inner: [String]) -> [KeptColumn] {
    columns + inner.map { KeptColumn($0, nil, .inner, .stays) }
  }
}

/// What was sealed in a row, opened: by column, and by field where a column holds several.
package struct OpenedRow: Sendable {
  package let id: String
  package let values: [String: String]
}

/// One of several fields that are sealed as one.
package struct KeptField: Sendable {
  package let label: Phrase
  package let kind: CopiedValue.Kind
  /// The words of an answer from a list.
  package let words: @Sendable (String) -> Phrase?

  package init(
    _ label: Phrase, _ kind: CopiedValue.Kind = .text,
    words: @escaping @Sendable (String) -> Phrase? = { _ in nil }
  ) {
    self.label = label
    self.kind = kind
    self.words = words
  }
}

/// A row as it stands in a person's copy.
package struct CopiedRow: Sendable {
  package let id: String
  package let values: [CopiedValue]
}

package struct CopiedValue: Sendable {
  package enum Kind: String, Sendable {
    case text, number, day, moment, code, account, antenna, institution, country, governorate
  }

  /// The column, or the field.
  package let name: String
  package let label: Phrase
  package let kind: Kind
  /// As it is kept.
  package let raw: String
  /// The words of a code.
  package let words: Phrase?
}
