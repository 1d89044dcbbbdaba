import Basics
import Foundation

/// The bytes of a file one after another, in the memory of a block.
struct FileBytes {
  private let file: FileHandle
  private var block: [UInt8] = []
  private var position = 0
  private var isAtEnd = false

  /// Begins after a UTF-8 byte order mark.
  init(path: String) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw ImportFault(say("The file cannot be read."))
    }
    self.file = file
    if try peek() != nil, block.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  mutating func peek() throws -> UInt8? {
    if position == block.count, !isAtEnd {
      do {
        block = try file.read(upToCount: 1 << 16).map { Array($0) } ?? []
      } catch {
        throw ImportFault(say("The file cannot be read."))
      }
      position = 0
      isAtEnd = block.isEmpty
    }
    return position < block.count ? block[position] : nil
  }

  mutating func take() throws -> UInt8? {
    let byte = try peek()
    if byte != nil { position += 1 }
    return byte
  }
}
