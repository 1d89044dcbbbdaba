import Basics

/// One row, lent for the time of a closure; columns by name, or by position on hot lists.
package struct Row: ~Copyable {
  let columns: [String]
  let value: (Int) -> StoredValue

  package subscript<Value: Storable>(position: Int) -> Value {
    get throws { try read(position) }
  }

  package subscript<Value: Storable>(position: Int) -> Value? {
    get throws { try readOptional(position) }
  }

  package subscript<Value: Storable>(name: String) -> Value {
    get throws { try read(position(of: name)) }
  }

  package subscript<Value: Storable>(name: String) -> Value? {
    get throws { try readOptional(position(of: name)) }
  }

  private func read<Value: Storable>(_ position: Int) throws -> Value {
    guard let value = Value(stored: value(position)) else { throw unreadable(position, as: Value.self) }
    return value
  }

  private func readOptional<Value: Storable>(_ position: Int) throws -> Value? {
    let stored = value(position)
    guard stored != .null else { return nil }
    guard let value = Value(stored: stored) else { throw unreadable(position, as: Value.self) }
    return value
  }

  private func position(of name: String) throws -> Int {
    guard let position = columns.firstIndex(of: name) else { throw StorageFault.other("no column \(name)") }
    return position
  }

  /// Names the column and never its content.
  private func unreadable<Value>(_ position: Int, as _: Value.Type) -> StorageFault {
    .other("column \(columns[position]) does not hold a \(Value.self)")
  }
}
