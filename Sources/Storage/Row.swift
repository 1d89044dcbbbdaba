import Basics

/// One row, lent for the time of a closure; columns by name, or by position on hot lists.
///
/// Public because the compiler takes only what is public into another module, and a list reads hundreds of columns.
public struct Row: ~Copyable {
  @usableFromInline let columns: [String]
  @usableFromInline let value: (Int) -> StoredValue
  /// The letters of a text where they lie, until the next row; nil for a column that holds none.
  @usableFromInline let letters: (Int) -> UnsafeBufferPointer<UInt8>?

  @inlinable public subscript<Value: Storable>(position: Int) -> Value {
    get throws { try read(position) }
  }

  @inlinable public subscript<Value: Storable>(position: Int) -> Value? {
    get throws { try readOptional(position) }
  }

  @inlinable public subscript<Value: Storable>(name: String) -> Value {
    get throws { try read(position(of: name)) }
  }

  @inlinable public subscript<Value: Storable>(name: String) -> Value? {
    get throws { try readOptional(position(of: name)) }
  }

  @inlinable func read<Value: Storable>(_ position: Int) throws -> Value {
    let read = letters(position).map { Value(letters: $0) } ?? Value(stored: value(position))
    guard let read else { throw unreadable(position, as: Value.self) }
    return read
  }

  @inlinable func readOptional<Value: Storable>(_ position: Int) throws -> Value? {
    if letters(position) != nil { return try read(position) as Value }
    let stored = value(position)
    guard stored != .null else { return nil }
    guard let value = Value(stored: stored) else { throw unreadable(position, as: Value.self) }
    return value
  }

  @usableFromInline func position(of name: String) throws -> Int {
    guard let position = columns.firstIndex(of: name) else { throw StorageFault.other("no column \(name)") }
    return position
  }

  /// Names the column and never its content.
  @usableFromInline func unreadable(_ position: Int, as type: Any.Type) -> any Error {
    StorageFault.other("column \(columns[position]) does not hold a \(type)")
  }
}
