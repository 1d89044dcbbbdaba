import Foundation

/// The identity of a record: 48 bits of time and 80 random bits as 26 letters of Crockford's base 32, made where the
/// record is made. Those made later sort later, so that what is new lies together in every table and index.
///
/// The shape is that of a ULID (github.com/ulid/spec), in small letters.
///
/// `Record` only tells ids of different things apart at compile time.
package struct RecordID<Record>: Hashable, Sendable, Codable, CustomStringConvertible {
  package let text: String

  /// A new id.
  package init() {
    var chance = SystemRandomNumberGenerator()
    self.init(at: Date(), using: &chance)
  }

  /// A new id drawn from `generator`, for data that must come out the same each time.
  package init(at moment: Date, using generator: inout some RandomNumberGenerator) {
    let time = UInt64(clamping: moment.milliseconds) << 16
    self.init(high: time | generator.next() & 0xFFFF, low: generator.next())
  }

  /// Reads an id as it stands in a URL, a form or a row; nil when it is not of the right shape.
  package init?(_ text: some StringProtocol) {
    let text = String(text)
    guard isRecordID(text) else { return nil }
    self.text = text
  }

  private init(high: UInt64, low: UInt64) {
    text = String(unsafeUninitializedCapacity: Self.length) { buffer in
      var (high, low) = (high, low)
      for index in (0..<Self.length).reversed() {
        buffer[index] = Self.alphabet[Int(low & 31)]
        low = low >> 5 | high << 59
        high >>= 5
      }
      return Self.length
    }
  }

  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let id = Self(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a record id"))
    }
    self = id
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  package var description: String { text }

  /// Its last 60 bits, for a table that names many records in little room.
  package var shortNumber: Int64 {
    text.utf8.suffix(12).reduce(0) { $0 << 5 | Int64(crockfordValues[Int($1)]) }
  }

  private static var length: Int { 26 }
  private static var alphabet: [UInt8] { crockford }
}

private let crockford = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

/// Outside the generic type the compiler makes it fast: a page of a list reads 150 ids.
private func isRecordID(_ text: String) -> Bool {
  var text = text
  return text.withUTF8 { letters in
    letters.count == 26 && letters.allSatisfy { $0 < 128 && isCrockford[Int($0)] }
  }
}

private let crockfordValues = (0..<128).map { UInt8(crockford.firstIndex(of: $0) ?? 0) }
private let isCrockford = (0..<128).map { crockford.contains($0) }

/// The tag of a person's id: the vault and the journal know whom a key or an entry belongs to, and nothing else of her.
package enum PersonTag {}
package typealias PersonID = RecordID<PersonTag>

/// The tag of a staff account's id.
package enum AccountTag {}
package typealias AccountID = RecordID<AccountTag>
