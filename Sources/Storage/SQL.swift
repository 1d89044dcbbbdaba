import Basics

/// A statement whose values are bound, never pasted: every interpolation becomes `$1`, `$2` …
///
/// The text is native to both engines; another `SQL` may be interpolated and keeps its own values.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
  /// The text between the values: always one more than there are values.
  private var pieces: [String]
  package private(set) var values: [StoredValue]

  package init(stringLiteral text: String) {
    pieces = [text]
    values = []
  }

  package init(stringInterpolation: Interpolation) {
    self = stringInterpolation.sql
  }

  /// The statement with its placeholders, ascending (SQLite numbers them by first appearance).
  package var text: String {
    var text = pieces[0]
    for index in values.indices {
      text += "$\(index + 1)"
      text += pieces[index + 1]
    }
    return text
  }

  fileprivate mutating func append(_ literal: String) { pieces[pieces.count - 1] += literal }

  fileprivate mutating func append(_ value: StoredValue) {
    values.append(value)
    pieces.append("")
  }

  package static func + (a: SQL, b: SQL) -> SQL {
    var sum = a
    sum.append(b.pieces[0])
    for (value, piece) in zip(b.values, b.pieces.dropFirst()) {
      sum.append(value)
      sum.append(piece)
    }
    return sum
  }

  /// Conditions joined by AND, each whole whatever it holds; true when there is none.
  package static func all(_ conditions: [SQL]) -> SQL {
    guard let first = conditions.first else { return "1 = 1" }
    return conditions.dropFirst().reduce("(\(first))") { "\($0) AND (\($1))" }
  }

  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var sql = SQL(stringLiteral: "")

    package init(literalCapacity: Int, interpolationCount: Int) {}
    package mutating func appendLiteral(_ literal: String) { sql.append(literal) }
    package mutating func appendInterpolation(_ value: some Storable) { sql.append(value.stored) }
    package mutating func appendInterpolation<Value: Storable>(_ value: Value?) {
      sql.append(value?.stored ?? .null)
    }
    package mutating func appendInterpolation(_ fragment: SQL) { sql = sql + fragment }

    /// `IN (\(list: ids))`; an empty list matches nothing.
    package mutating func appendInterpolation(list: [some Storable]) {
      guard !list.isEmpty else { return sql.append("NULL") }
      for (index, value) in list.enumerated() {
        if index > 0 { sql.append(", ") }
        sql.append(value.stored)
      }
    }
  }
}
