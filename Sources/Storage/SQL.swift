import Basics

/// A statement whose values are bound, never pasted: every interpolation becomes a `?`.
///
/// Another `SQL` may be interpolated and keeps its own values. A statement holds no other `?`.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
  package private(set) var text: String
  package private(set) var values: [StoredValue]

  public init(stringLiteral text: String) {
    self.text = text
    values = []
  }

  public init(stringInterpolation: Interpolation) {
    self = stringInterpolation.sql
  }

  fileprivate mutating func append(_ literal: String) { text += literal }

  fileprivate mutating func append(_ value: StoredValue) {
    values.append(value)
    text += "?"
  }

  package static func + (a: SQL, b: SQL) -> SQL {
    var sum = a
    sum.append(b)
    return sum
  }

  fileprivate mutating func append(_ other: SQL) {
    text += other.text
    values += other.values
  }

  /// Conditions joined by AND, each whole whatever it holds; true when there is none.
  package static func all(_ conditions: [SQL]) -> SQL {
    conditions.isEmpty ? "1 = 1" : joined(conditions.map { "(\($0))" }, by: " AND ")
  }

  /// One after the other: the rows of an `INSERT`, the parts of a condition.
  package static func joined(_ parts: [SQL], by separator: String = ", ") -> SQL {
    var whole: SQL = ""
    for (index, part) in parts.enumerated() {
      if index > 0 { whole.append(separator) }
      whole.append(part)
    }
    return whole
  }

  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var sql = SQL(stringLiteral: "")

    public init(literalCapacity: Int, interpolationCount: Int) {
      sql.text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }
    public mutating func appendLiteral(_ literal: String) { sql.append(literal) }
    public mutating func appendInterpolation(_ value: some Storable) { sql.append(value.stored) }
    public mutating func appendInterpolation<Value: Storable>(_ value: Value?) {
      sql.append(value?.stored ?? .null)
    }
    public mutating func appendInterpolation(_ fragment: SQL) { sql.append(fragment) }

    /// `IN (\(list: ids))`; an empty list matches nothing.
    public mutating func appendInterpolation(list: [some Storable]) {
      guard !list.isEmpty else { return sql.append("NULL") }
      sql.values.reserveCapacity(sql.values.count + list.count)
      for value in list { sql.values.append(value.stored) }
      sql.text += "?" + String(repeating: ", ?", count: list.count - 1)
    }
  }
}
