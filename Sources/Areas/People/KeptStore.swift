import Basics
import Foundation
import Storage

/// Every SQL statement over the tables that areas declare. Callers bring the transaction and have found the person.
package enum KeptStore {
  /// Rows of one table about one person that are read at most: more are a fault, and are said.
  package static let most = 5_000

  /// What a table keeps about one person, in the order in which it was made.
  package static func rows(
    of table: KeptTable, about person: Subject, in db: Connection
  ) throws -> [CopiedRow] {
    let columns = table.columns.map { "\(name($0.name))" as SQL }
    return try db.rows(
      """
      SELECT \(name(table.id)), \(.joined(columns)) FROM \(name(table.name))
      WHERE \(leads(table.way, to: person.id)) ORDER BY \(name(table.id)) LIMIT \(most)
      """
    ) { row in try read(row, table, person.key) }
  }

  /// What is sealed in a table about one person, opened, with what tells of others; rows without it are left out.
  package static func opened(_ table: KeptTable, about person: Subject, in db: Connection) throws
    -> [OpenedRow]
  {
    let sealed = table.columns.filter(\.isSealed)
    guard !sealed.isEmpty else { return [] }
    let columns = sealed.map { "\(name($0.name))" as SQL }
    return try db.rows(
      """
      SELECT \(name(table.id)), \(.joined(columns)) FROM \(name(table.name))
      WHERE \(leads(table.way, to: person.id)) ORDER BY \(name(table.id))
      """
    ) { row in
      let keys = try keys(of: row, sealed, person.key)
      var values: [String: String] = [:]
      for (index, column) in sealed.enumerated() {
        values.merge(try opened(row, index + 1, column, keys)) { $1 }
      }
      return OpenedRow(id: keys.id, values: values)
    }.filter { !$0.values.isEmpty }
  }

  private static func opened(_ row: borrowing Row, _ index: Int, _ column: KeptColumn, _ keys: Keys) throws
    -> [String: String]
  {
    guard let sealed: [UInt8] = try row[index], !sealed.isEmpty else { return [:] }
    func bytes(_ place: String, own: Bool = false) throws -> [UInt8]? {
      try (own ? keys.own : keys.person)?.open(sealed, as: "\(place):\(keys.id)")
    }
    func text(_ bytes: [UInt8]?) -> [String: String] {
      bytes.map { [column.name: String(decoding: $0, as: UTF8.self)] } ?? [:]
    }
    switch column.content {
    case .sealed(let place, let isOwn): return text(try bytes(place, own: isOwn))
    case .ofOthers(let place): return text(try bytes(place))
    case .opened(let place, let words): return try bytes(place).map { [column.name: try words($0)] } ?? [:]
    case .fields(let place, _), .fieldsOfOthers(let place):
      return try bytes(place).flatMap { Fields(bytes: $0) }?.values ?? [:]
    default: return [:]
    }
  }

  package static func count(of table: KeptTable, about person: PersonID, in db: Connection) throws -> Int {
    try db.value(
      "SELECT count(*) FROM \(name(table.name)) WHERE \(leads(table.way, to: person))") ?? 0
  }

  /// Takes what is sealed out of the rows about a person.
  package static func empty(_ table: KeptTable, of person: PersonID, in db: Connection) throws {
    let parts: [SQL] = table.columns.compactMap { column in
      switch column.fate {
      case .stays: nil
      case .emptied: "\(name(column.name)) = NULL"
      case .hollowed: "\(name(column.name)) = \([UInt8]())"
      }
    }
    guard !parts.isEmpty else { return }
    try db.run("UPDATE \(name(table.name)) SET \(.joined(parts)) WHERE \(leads(table.way, to: person))")
  }

  private static func leads(_ way: KeptTable.Way, to person: PersonID) -> SQL {
    switch way {
    case .person(let column): "\(name(column)) = \(person)"
    case .row(let column, let table, let id, let way):
      "\(name(column)) IN (SELECT \(name(id)) FROM \(name(table)) WHERE \(leads(way, to: person)))"
    }
  }

  /// A name that stands in the program, never one that was typed.
  private static func name(_ text: String) -> SQL { SQL(stringLiteral: text) }

  private static func read(_ row: borrowing Row, _ table: KeptTable, _ key: SealingKey) throws -> CopiedRow {
    let keys = try keys(of: row, table.columns, key)
    var values: [CopiedValue] = []
    for (index, column) in table.columns.enumerated() { values += try read(row, index + 1, column, keys) }
    return CopiedRow(id: keys.id, values: values)
  }

  private static func keys(of row: borrowing Row, _ columns: [KeptColumn], _ person: SealingKey) throws
    -> Keys
  {
    let id: String = try row[0]
    var own: SealingKey?
    for (index, column) in columns.enumerated() {
      guard case .key(let place) = column.content, let sealed: [UInt8] = try row[index + 1] else { continue }
      own = try person.openKey(sealed, as: "\(place):\(id)")
    }
    return Keys(id: id, person: person, own: own)
  }

  private struct Keys {
    let id: String
    let person: SealingKey
    let own: SealingKey?
  }

  private static func read(_ row: borrowing Row, _ index: Int, _ column: KeptColumn, _ keys: Keys) throws
    -> [CopiedValue]
  {
    func value(_ kind: CopiedValue.Kind, _ raw: String?, _ words: Phrase? = nil) -> [CopiedValue] {
      guard let raw, !raw.isEmpty, let label = column.label else { return [] }
      return [CopiedValue(name: column.name, label: label, kind: kind, raw: raw, words: words)]
    }
    switch column.content {
    case .inner, .key, .withheld, .ofOthers, .fieldsOfOthers: return []
    case .text: return value(.text, try row[index])
    case .day: return value(.day, try row[index])
    case .account: return value(.account, try row[index])
    case .antenna: return value(.antenna, try row[index])
    case .institution: return value(.institution, try row[index])
    case .country: return value(.country, try row[index])
    case .governorate: return value(.governorate, try row[index])
    case .code(let words):
      let code: String? = try row[index]
      return value(.code, code, code.flatMap(words))
    case .number:
      let number: Int64? = try row[index]
      return value(.number, number.map { String($0) })
    case .moment:
      let moment: Date? = try row[index]
      return value(.moment, moment.map { $0.formatted(.iso8601) })
    case .sealed(let place, let isOwn):
      guard let sealed: [UInt8] = try row[index], let key = isOwn ? keys.own : keys.person else { return [] }
      return value(.text, try key.openText(sealed, as: "\(place):\(keys.id)"))
    case .opened(let place, let words):
      guard let sealed: [UInt8] = try row[index] else { return [] }
      return value(.text, try words(keys.person.open(sealed, as: "\(place):\(keys.id)")))
    case .fields(let place, let field):
      guard let sealed: [UInt8] = try row[index],
        let fields = Fields(bytes: try keys.person.open(sealed, as: "\(place):\(keys.id)"))
      else { return [] }
      return fields.values.sorted { $0.key < $1.key }.compactMap { name, raw in
        guard let known = field(name), !raw.isEmpty else { return nil }
        let words = known.words(raw)
        return CopiedValue(
          name: name, label: known.label, kind: words == nil ? known.kind : .code, raw: raw, words: words)
      }
    }
  }
}
