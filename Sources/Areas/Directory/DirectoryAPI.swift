import Basics
import Crypto
import Foundation

/// The directory as others read it: HSDS 3.0 (Open Referral), version 3.0. Public data only: no contact person, no
/// agreement, no count of places. Texts are French where there is one; the Arabic name stands beside as `alternate_name`.
enum HSDS {
  static let version = "3.0"

  /// Ids of HSDS are UUIDs: ours have as many bits.
  static func uuid<Record>(_ id: RecordID<Record>) -> String {
    var bits: [UInt8] = []
    for letter in id.text.utf8 {
      let value = alphabet.firstIndex(of: letter) ?? 0
      for place in (0..<5).reversed() { bits.append(UInt8(value >> place & 1)) }
    }
    return uuid(of: Array(bits.dropFirst(2)))
  }

  /// The record that such a UUID names; nil for what is none.
  static func id<Record>(_ text: some StringProtocol) -> RecordID<Record>? {
    guard let uuid = UUID(uuidString: String(text)) else { return nil }
    let bytes = withUnsafeBytes(of: uuid.uuid) { Array($0) }
    let bits: [UInt8] = [0, 0] + bytes.flatMap { byte in (0..<8).reversed().map { byte >> $0 & 1 } }
    let letters = stride(from: 0, to: bits.count, by: 5).map { start in
      alphabet[bits[start..<start + 5].reduce(0) { $0 << 1 | Int($1) }]
    }
    return RecordID(String(decoding: letters, as: UTF8.self))
  }

  /// For what stands in no row of its own: the same parts make the same id.
  static func uuid(of parts: String...) -> String {
    let digest = SHA256.hash(data: Array(parts.joined(separator: "\n").utf8)).prefix(16)
    return uuid(of: digest.flatMap { byte in (0..<8).reversed().map { byte >> $0 & 1 } })
  }

  private static func uuid(of bits: [UInt8]) -> String {
    let digits = stride(from: 0, to: 128, by: 4).map { start in
      String(bits[start..<start + 4].reduce(0) { $0 << 1 | Int($1) }, radix: 16)
    }.joined()
    var text = ""
    for (index, digit) in digits.enumerated() {
      if [8, 12, 16, 20].contains(index) { text.append("-") }
      text.append(digit)
    }
    return text
  }

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

  /// What the API is.
  struct Meta: Encodable {
    let version = HSDS.version
    let profile = "https://docs.openreferral.org/en/v3.0.0/"
    let openapi_url = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json"
  }

  /// A page as `openapi.json` describes it.
  struct Page<Item: Encodable & Sendable>: Encodable, Sendable {
    let total_items: Int
    let total_pages: Int
    let page_number: Int
    let size: Int
    let first_page: Bool
    let last_page: Bool
    let empty: Bool
    let contents: [Item]

    init(_ contents: [Item], total: Int, of asked: Asked) {
      total_items = total
      total_pages = (total + asked.size - 1) / asked.size
      page_number = asked.page
      size = contents.count
      first_page = asked.page == 1
      last_page = asked.page >= max(1, total_pages)
      empty = contents.isEmpty
      self.contents = contents
    }
  }

  /// Which page, of which size.
  struct Asked: Sendable, Equatable {
    static let mostItems = 100
    let page: Int
    let size: Int

    /// - Parameters: as they stand in the query; what lies outside is brought to the nearest that is possible.
    /// - Returns: nil for what is no whole number.
    init?(page: String?, size: String?) {
      guard let page = Self.number(page ?? "1"), let size = Self.number(size ?? "50") else { return nil }
      self.page = min(max(page, 1), 1_000_000)
      self.size = min(max(size, 1), Self.mostItems)
    }

    var offset: Int { (page - 1) * size }

    /// A whole number of any length.
    private static func number(_ text: String) -> Int? {
      if let number = Int(text) { return number }
      let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
      guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
      return text.hasPrefix("-") ? 1 : Int.max
    }
  }
}
