import Crypto
import Foundation

/// A folder with a copy of an installation: files, and a list of them with their checksums that is written last.
///
/// One without its list was not finished and is not taken.
package struct CopyFolder {
  package static let listName = "manifest.json"

  package enum Kind: String, Codable, Sendable {
    /// The tables as JSON Lines: for any engine, and to leave with.
    case export
    /// The database as its engine copies it.
    case backup
  }

  package struct List: Codable, Sendable {
    package let kind: Kind
    /// The engine it was taken from.
    package let engine: String
    /// ISO 8601, UTC.
    package let madeAt: String
    /// The history of the tables: the names and hashes of the migrations they went through.
    package let migrations: [String: String]
    /// A key of the installation, wrapped by the master key: it proves that this one opens the copy, and opens nothing
    /// itself.
    package let proof: Data
    package let files: [File]
  }

  package struct File: Codable, Sendable {
    package let name: String
    package let bytes: Int
    /// Of all of the file, hexadecimal.
    package let sha256: String
    /// For a table: its shape, and how many rows the file holds.
    package var table: TableShape?
    package var rows: Int?
  }

  package enum Fault: Error, Equatable, CustomStringConvertible {
    case isThere(String)
    case isNone(String)
    case wasChanged(String)
    case notMade(String, String)

    package var description: String {
      switch self {
      case .isThere(let path): "\(path) is there already and not an empty folder: name another."
      case .isNone(let path):
        "\(path) holds no finished copy: its manifest.json is missing or cannot be read."
      case .wasChanged(let name): "\(name) is not what was written: it is missing, or its checksum differs."
      case .notMade(let path, let cause): "\(path) cannot be written: \(cause)"
      }
    }
  }

  package let path: String

  package init(path: String) { self.path = path }

  package func path(of name: String) -> String { "\(path)/\(name)" }

  /// Makes the folder, for its owner alone.
  /// - Throws: `Fault.isThere` when there is something in it.
  package func make() throws {
    let files = FileManager.default
    if let content = try? files.contentsOfDirectory(atPath: path), content.isEmpty { return }
    guard !files.fileExists(atPath: path) else { throw Fault.isThere(path) }
    do {
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Fault.notMade(path, error.localizedDescription)
    }
  }

  /// Writes the list, and with it says that the copy is whole.
  package func finish(_ list: List) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(list).write(to: URL(fileURLWithPath: path(of: Self.listName)), options: .atomic)
  }

  /// The list of a finished copy, every file held against its checksum.
  package func checked() throws -> List {
    guard let data = FileManager.default.contents(atPath: path(of: Self.listName)),
      let list = try? JSONDecoder().decode(List.self, from: data)
    else { throw Fault.isNone(path) }
    for file in list.files {
      guard let found = try? Self.file(at: path(of: file.name), named: file.name),
        (found.bytes, found.sha256) == (file.bytes, file.sha256)
      else { throw Fault.wasChanged(file.name) }
    }
    return list
  }

  /// A file that is there, with its checksum.
  package static func file(at path: String, named name: String) throws -> File {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    var hash = SHA256()
    var count = 0
    while let part = try file.read(upToCount: 1 << 20), !part.isEmpty {
      hash.update(data: part)
      count += part.count
    }
    return File(name: name, bytes: count, sha256: hash.finalize().hexadecimal)
  }
}

extension Sequence<UInt8> {
  var hexadecimal: String { map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() }
}

/// A file that is written from its beginning to its end, and its checksum with it.
package final class CopyWriter {
  private let file: FileHandle
  private let name: String
  private var hash = SHA256()
  private var waiting: [UInt8] = []
  private var count = 0

  /// - Throws: `CopyFolder.Fault.notMade` when there is no place for it.
  package init(_ name: String, in folder: CopyFolder) throws {
    self.name = name
    let path = folder.path(of: name)
    guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
      let file = FileHandle(forWritingAtPath: path)
    else { throw CopyFolder.Fault.notMade(path, String(cString: strerror(errno))) }
    self.file = file
  }

  package func append(_ write: (inout [UInt8]) -> Void) throws {
    write(&waiting)
    if waiting.count > 1 << 16 { try flush() }
  }

  package func finish() throws -> CopyFolder.File {
    try flush()
    try file.synchronize()
    try file.close()
    return CopyFolder.File(name: name, bytes: count, sha256: hash.finalize().hexadecimal)
  }

  private func flush() throws {
    hash.update(data: waiting)
    try file.write(contentsOf: waiting)
    count += waiting.count
    waiting.removeAll(keepingCapacity: true)
  }
}
