import Foundation

/// A value as both engines keep it.
package enum StoredValue: Sendable, Hashable {
  case null
  case integer(Int64)
  case text(String)
  case bytes([UInt8])
}

/// What can be put into a column and read back.
package protocol Storable: Sendable {
  var stored: StoredValue { get }
  /// Nil when `stored` is not such a value; the reader of the row reports the column.
  init?(stored: StoredValue)
}

extension Storable where Self: RawRepresentable<String> {
  package var stored: StoredValue { .text(rawValue) }
  package init?(stored: StoredValue) {
    guard case .text(let text) = stored else { return nil }
    self.init(rawValue: text)
  }
}

extension String: Storable {
  package var stored: StoredValue { .text(self) }
  package init?(stored: StoredValue) {
    guard case .text(let text) = stored else { return nil }
    self = text
  }
}

extension Int64: Storable {
  package var stored: StoredValue { .integer(self) }
  package init?(stored: StoredValue) {
    guard case .integer(let value) = stored else { return nil }
    self = value
  }
}

extension Int: Storable {
  package var stored: StoredValue { .integer(Int64(self)) }
  package init?(stored: StoredValue) {
    guard case .integer(let value) = stored else { return nil }
    self.init(exactly: value)
  }
}

/// 0 or 1: PostgreSQL's own boolean has no counterpart in SQLite.
extension Bool: Storable {
  package var stored: StoredValue { .integer(self ? 1 : 0) }
  package init?(stored: StoredValue) {
    switch stored {
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }
}

extension [UInt8]: Storable {
  package var stored: StoredValue { .bytes(self) }
  package init?(stored: StoredValue) {
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
  package var stored: StoredValue { .integer(milliseconds) }
  package init?(stored: StoredValue) {
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
extension Duty: Storable {}
