import Basics
import Crypto
import Foundation
import Web

/// The bytes of a file, read piece by piece.
package struct DocumentContent: Sendable {
  package let size: Int
  let read: @Sendable (Range<Int>) throws -> [UInt8]

  package init(_ file: UploadedFile) {
    size = file.size
    read = { try file.read($0) }
  }

  /// What the program itself wrote: small.
  package init(_ bytes: [UInt8]) {
    size = bytes.count
    read = { Array(bytes[$0]) }
  }

  var chunkCount: Int { DocumentRules.chunkCount(of: size) }

  func chunk(_ number: Int) throws -> [UInt8] {
    let start = number * Document.chunk
    return try read(start..<min(size, start + Document.chunk))
  }

  /// SHA-256: whether two files are the same.
  func digest() throws -> [UInt8] {
    var hash = SHA256()
    for number in 0..<chunkCount { hash.update(data: try chunk(number)) }
    return Array(hash.finalize())
  }
}
