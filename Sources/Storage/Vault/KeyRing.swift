import Basics
import Crypto
import Foundation

/// The master keys of an installation, newest first. They live outside the database: in a file that only its owner
/// may read, or in an environment variable.
///
/// One line a key, 32 bytes in base 64. During a rotation two stand there: what was wrapped by the old one can
/// still be opened until everything is wrapped anew.
package struct KeyRing: Sendable {
  package let keys: [MasterKey]

  package init(_ keys: [MasterKey]) { self.keys = keys }

  /// - Throws: `KeyFault` naming what is wrong, never the key.
  package init(text: String) throws {
    keys = try text.split(whereSeparator: \.isNewline).map { line in
      guard let bytes = Data(base64Encoded: String(line)), bytes.count == 32 else { throw KeyFault.malformed }
      return MasterKey(SymmetricKey(data: bytes))
    }
    guard !keys.isEmpty else { throw KeyFault.malformed }
  }

  /// - Throws: `KeyFault` when the file is missing, readable by others, or holds no key.
  package init(file path: String) throws {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else {
      throw KeyFault.missing(path)
    }
    let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
    guard mode & 0o077 == 0 else { throw KeyFault.readableByOthers(path) }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { throw KeyFault.missing(path) }
    try self.init(text: text)
  }

  package var text: String { keys.map(\.text).joined(separator: "\n") + "\n" }

  /// Writes the ring with mode 0600; the file is replaced in one step, or not at all, and stands on the disk before
  /// anything is wrapped by it.
  package func write(to path: String) throws {
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw KeyFault.unwritable(path) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try file.write(contentsOf: Data(text.utf8))
      try file.synchronize()
    } catch {
      unlink(draft)
      throw KeyFault.unwritable(path)
    }
    guard rename(draft, path) == 0 else { throw KeyFault.unwritable(path) }
    let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY)
    guard folder >= 0 else { throw KeyFault.unwritable(path) }
    fsync(folder)
    close(folder)
  }
}

/// One master key and the four bytes by which what it wrapped remembers it.
package struct MasterKey: Sendable {
  let key: SymmetricKey
  /// The first four bytes of the key's hash: tells keys apart and gives nothing of them away.
  let name: [UInt8]

  init(_ key: SymmetricKey) {
    self.key = key
    name = key.withUnsafeBytes { Array(SHA256.hash(data: Array("tounesna master key".utf8) + $0).prefix(4)) }
  }

  /// A new random key.
  package init() { self.init(SymmetricKey(size: .bits256)) }

  var text: String { key.withUnsafeBytes { Data($0).base64EncodedString() } }
}

/// Why the master key cannot be used.
package enum KeyFault: Error, Equatable, CustomStringConvertible {
  case missing(String)
  case readableByOthers(String)
  case unwritable(String)
  case malformed
  /// The database was sealed with a key that is not in the ring.
  case wrongKey

  package var description: String {
    switch self {
    case .missing(let path):
      "there is no key at \(path). Make one with `tounesna key create`, or put the right one back."
    case .readableByOthers(let path): "the key file \(path) may be read by others. Set its mode to 0600."
    case .unwritable(let path): "the key file \(path) cannot be written."
    case .malformed: "the key is not 32 bytes in base 64."
    case .wrongKey:
      "this database was sealed with another key: put the right one back. Nothing can be read without it."
    }
  }
}
