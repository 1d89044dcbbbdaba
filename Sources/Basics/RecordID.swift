import Foundation
import Synchronization

/// The identity of a record: 48 bits of time and 80 random bits as 26 letters of Crockford's base 32, made where the
/// record is made. Those made later sort later, so that what is new lies together in every table and index.
///
/// The shape is that of a ULID (github.com/ulid/spec), in small letters.
///
/// `Record` only tells ids of different things apart at compile time.
package struct RecordID<Record>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// 48 bits of time and 16 of chance; 64 of chance.
  private var high, low: UInt64

  /// A new id; of two made by this program the second sorts later, in one millisecond too.
  package init() {
    // Asked once: each question to the system costs as much as all the rest.
    var chance = SystemRandomNumberGenerator()
    let drawn = chance.next()
    let now = UInt64(clamping: Date().milliseconds)
    (high, low) = lastMade.withLock { last in
      // The clock was read before the turn came: another may have made one with a later time meanwhile.
      let behind = Int64(last.high >> 16) - Int64(clamping: now)
      if (0...Self.mostBehind).contains(behind) {
        let (low, isFull) = last.low.addingReportingOverflow(1 + drawn >> 32)
        last = (isFull ? last.high &+ 1 : last.high, low)
      } else {
        last = (now << 16 | chance.next() & 0xFFFF, drawn)
      }
      return last
    }
  }

  /// Milliseconds; a clock that was set back further is followed.
  private static var mostBehind: Int64 { 1_000 }

  /// A new id drawn from `generator`, for data that must come out the same each time.
  package init(at moment: Date, using generator: inout some RandomNumberGenerator) {
    let time = UInt64(clamping: moment.milliseconds) << 16
    high = time | generator.next() & 0xFFFF
    low = generator.next()
  }

  /// Reads an id as it stands in a URL, a form or a row; nil when it is not of the right shape.
  package init?(_ text: some StringProtocol) {
    var text = String(text)
    guard let id = text.withUTF8({ Self(readFrom: $0) }) else { return nil }
    self = id
  }

  init?(readFrom letters: UnsafeBufferPointer<UInt8>) {
    guard let (high, low) = RecordLetters.numbers(letters) else { return nil }
    (self.high, self.low) = (high, low)
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

  /// The letters, as they stand in URLs, forms and rows.
  package var text: String { RecordLetters.text(high, low) }

  package var description: String { text }

  /// In the order of their letters.
  package static func < (one: RecordID, other: RecordID) -> Bool {
    (one.high, one.low) < (other.high, other.low)
  }

  /// Its last 60 bits, for a table that names many records in little room.
  package var shortNumber: Int64 { Int64(low & (1 << 60 - 1)) }
}

/// The last id that was made of the present moment.
private let lastMade = Mutex((high: UInt64(0), low: UInt64(0)))

/// Outside the generic type the compiler makes it fast: a page of a list reads 150 ids.
private enum RecordLetters {
  private static let letters = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
  /// What a letter stands for; 255 for one that is none.
  private static let values: [UInt8] = (0...UInt8.max).map { code in
    letters.firstIndex { $0 == code }.map { UInt8($0) } ?? 255
  }
  private static let count = 26

  static func text(_ high: UInt64, _ low: UInt64) -> String {
    String(unsafeUninitializedCapacity: count) { buffer in
      let letters = letters
      var (high, low) = (high, low)
      for index in (0..<count).reversed() {
        buffer[index] = letters[Int(low & 31)]
        low = low >> 5 | high << 59
        high >>= 5
      }
      return count
    }
  }

  static func numbers(_ read: UnsafeBufferPointer<UInt8>) -> (high: UInt64, low: UInt64)? {
    // Once, not at every letter: a value that is made when it is first asked for is asked for under a lock.
    let values = values
    // 26 letters hold 130 bits: the first of an id is at most 7.
    guard read.count == count, values[Int(read[0])] < 8 else { return nil }
    var (high, low) = (UInt64(0), UInt64(0))
    for letter in read {
      let value = values[Int(letter)]
      guard value < 32 else { return nil }
      high = high << 5 | low >> 59
      low = low << 5 | UInt64(value)
    }
    return (high, low)
  }
}

/// The tag of a person's id: the vault and the journal know whom a key or an entry belongs to, and nothing else of her.
package enum PersonTag {}
package typealias PersonID = RecordID<PersonTag>

/// The tag of a staff account's id.
package enum AccountTag {}
package typealias AccountID = RecordID<AccountTag>
