import Basics
import Crypto
import Foundation

/// Seals and opens what names a person. What is stored is useless without the master key, which is not stored with it.
///
/// Each person has a key of her own, wrapped by the master key; destroying it makes her disappear from the database and
/// its journal. A backup from before still holds that key, wrapped: it is closed with the master key of its time.
/// AES-256-GCM throughout: 12 bytes of nonce, the text, 16 bytes of tag.
package struct Vault: Sendable {
  private let ring: KeyRing

  package init(_ ring: KeyRing) { self.ring = ring }

  private var current: MasterKey {
    get throws(KeyFault) {
      guard let first = ring.keys.first else { throw .malformed }
      return first
    }
  }

  /// A new key and its wrapping, to be stored beside what it will seal.
  package func newKey() throws -> (key: SealingKey, wrapped: [UInt8]) {
    let key = SymmetricKey(size: .bits256)
    return (SealingKey(key), try wrap(key))
  }

  /// - Throws: `KeyFault.wrongKey` when no key of the ring wrapped it.
  package func unwrap(_ wrapped: [UInt8]) throws -> SealingKey {
    guard wrapped.count == Self.wrappedLength,
      let master = ring.keys.first(where: { wrapped.starts(with: $0.name) }),
      let bytes = try? AES.GCM.open(
        AES.GCM.SealedBox(combined: wrapped[4...]), using: master.key, authenticating: master.name)
    else { throw KeyFault.wrongKey }
    return SealingKey(SymmetricKey(data: bytes))
  }

  /// The same key wrapped by the newest master key; nil when it already is.
  package func rewrap(_ wrapped: [UInt8]) throws -> [UInt8]? {
    let current = try current
    guard !wrapped.starts(with: current.name) else { return nil }
    return try wrap(unwrap(wrapped).key)
  }

  private func wrap(_ key: SymmetricKey) throws -> [UInt8] {
    let current = try current
    let box = try key.withUnsafeBytes {
      try AES.GCM.seal($0, using: current.key, authenticating: current.name)
    }
    return current.name + (box.combined ?? Data())
  }

  /// Name of the master key, nonce, 32 bytes, tag.
  private static let wrappedLength = 4 + 12 + 32 + 16
}

/// The key of one person, or of one purpose of the installation.
package struct SealingKey: Sendable {
  let key: SymmetricKey

  init(_ key: SymmetricKey) { self.key = key }

  /// A new key, to be kept sealed under another one: what is large has a key of its own, and when it goes to another
  /// person only that key is sealed anew.
  package init() { self.init(SymmetricKey(size: .bits256)) }

  /// - Parameter context: where the bytes will stand (`person.identity:ID`); opened elsewhere they are refused.
  package func seal(_ bytes: [UInt8], as context: String) throws -> [UInt8] {
    let box = try AES.GCM.seal(bytes, using: key, authenticating: Array(context.utf8))
    return Array(box.combined ?? Data())
  }

  package func seal(_ text: String, as context: String) throws -> [UInt8] {
    try seal(Array(text.utf8), as: context)
  }

  /// - Throws: `KeyFault.wrongKey` when the bytes were altered, moved, or sealed with another key.
  package func open(_ sealed: [UInt8], as context: String) throws -> [UInt8] {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let bytes = try? AES.GCM.open(box, using: key, authenticating: Array(context.utf8))
    else { throw KeyFault.wrongKey }
    return Array(bytes)
  }

  package func openText(_ sealed: [UInt8], as context: String) throws -> String {
    String(decoding: try open(sealed, as: context), as: UTF8.self)
  }

  /// Seals another key.
  package func seal(_ other: SealingKey, as context: String) throws -> [UInt8] {
    try seal(other.key.withUnsafeBytes { Array($0) }, as: context)
  }

  package func openKey(_ sealed: [UInt8], as context: String) throws -> SealingKey {
    SealingKey(SymmetricKey(data: try open(sealed, as: context)))
  }

  /// Eight bytes of HMAC-SHA256: finds what is equal without saying what it is.
  package func blindToken(_ text: String) -> Int64 {
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    return code.prefix(8).reduce(Int64(0)) { $0 << 8 | Int64($1) }
  }

  /// What stands in a URL for somebody without an account: an id with 16 bytes of HMAC-SHA256. Nothing in it says of whom.
  /// - Parameter kind: what the id is of; a code for another kind opens nothing.
  package func linkToken<Record>(_ id: RecordID<Record>, of kind: String) -> String {
    "\(id)-\(linkCode(id.text, kind))"
  }

  /// - Returns: nil where the code was not made here for this id and kind: then nothing is looked up.
  package func linkID<Record>(in token: String, of kind: String) -> RecordID<Record>? {
    let parts = token.split(separator: "-", maxSplits: 1).map(String.init)
    guard parts.count == 2, let id = RecordID<Record>(parts[0]), id.text == parts[0] else { return nil }
    let (own, given) = (Array(linkCode(id.text, kind).utf8), Array(parts[1].utf8))
    guard own.count == given.count else { return nil }
    // In the same time whatever is wrong with it.
    return zip(own, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0 ? id : nil
  }

  private func linkCode(_ id: String, _ kind: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array("\(kind):\(id)".utf8), using: key)
    return code.prefix(16).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0\(digits)" : digits
    }.joined()
  }

  var signingKey: Curve25519.Signing.PrivateKey {
    get throws { try key.withUnsafeBytes { try Curve25519.Signing.PrivateKey(rawRepresentation: $0) } }
  }
}
