import Foundation

/// A value as both engines keep it.
public enum StoredValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
}

/// What can be put into a column and read back. Public so that the stores read columns without a generic call.
public protocol Storable: Sendable {
  var stored: StoredValue { get }
  /// Nil when `stored` is not such a value; the reader of the row reports the column.
  init?(stored: StoredValue)
  /// Reads a text as it lies in the row, for what is read by the hundred and is no `String` afterwards.
  init?(letters: UnsafeBufferPointer<UInt8>)
}

extension Storable {
  @inlinable public init?(letters: UnsafeBufferPointer<UInt8>) {
    self.init(stored: .text(String(decoding: letters, as: UTF8.self)))
  }
}

extension Storable where Self: RawRepresentable<String> {
  @inlinable public var stored: StoredValue { .text(rawValue) }
  @inlinable public init?(stored: StoredValue) {
    guard case .text(let text) = stored else { return nil }
    self.init(rawValue: text)
  }
}

extension String: Storable {
  @inlinable public var stored: StoredValue { .text(self) }
  @inlinable public init?(stored: StoredValue) {
    guard case .text(let text) = stored else { return nil }
    self = text
  }
}

extension Int64: Storable {
  @inlinable public var stored: StoredValue { .integer(self) }
  @inlinable public init?(stored: StoredValue) {
    guard case .integer(let value) = stored else { return nil }
    self = value
  }
}

extension Int: Storable {
  @inlinable public var stored: StoredValue { .integer(Int64(self)) }
  @inlinable public init?(stored: StoredValue) {
    guard case .integer(let value) = stored else { return nil }
    self.init(exactly: value)
  }
}

/// 0 or 1: PostgreSQL's own boolean has no counterpart in SQLite.
extension Bool: Storable {
  @inlinable public var stored: StoredValue { .integer(self ? 1 : 0) }
  @inlinable public init?(stored: StoredValue) {
    switch stored {
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }
}

extension [UInt8]: Storable {
  @inlinable public var stored: StoredValue { .bytes(self) }
  @inlinable public init?(stored: StoredValue) {
    guard case .bytes(let bytes) = stored else { return nil }
    self = bytes
  }
}

extension Date {
  /// Since 1970, UTC; the farthest that can be stored for what lies beyond it.
  package var milliseconds: Int64 {
    let exact = (timeIntervalSince1970 * 1_000).rounded()
    return Int64(exactly: exact) ?? (exact < 0 ? .min : .max)
  }
}

/// Milliseconds since 1970, UTC.
extension Date: Storable {
  public var stored: StoredValue { .integer(milliseconds) }
  @inlinable public init?(stored: StoredValue) {
    guard case .integer(let value) = stored else { return nil }
    self.init(timeIntervalSince1970: Double(value) / 1_000)
  }
}

extension RecordID: Storable {
  package var stored: StoredValue { .text(text) }
  package init?(stored: StoredValue) {
    guard case .text(let text) = stored else { return nil }
    self.init(text)
  }
  package init?(letters: UnsafeBufferPointer<UInt8>) {
    guard let id = Self(readFrom: letters) else { return nil }
    self = id
  }
}

extension Day: Storable {
  package var stored: StoredValue { .text(description) }
  package init?(stored: StoredValue) {
    guard case .text(let text) = stored else { return nil }
    self.init(text)
  }
}

extension AntennaCode: Storable {}
extension InstitutionCode: Storable {}
extension GovernorateCode: Storable {}
extension CountryCode: Storable {}
extension Language: Storable {}
extension Money.Currency: Storable {}
extension Duty: Storable {}
