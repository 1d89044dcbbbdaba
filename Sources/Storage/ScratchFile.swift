import Foundation

/// A file that is appended to and read, and that nobody else can open: it has no name any more, and is gone with
/// its last user. Not for two threads at once while it is written.
package final class ScratchFile {
  private let descriptor: Int32
  /// What lies on the disk is sealed with it, in blocks; it is nowhere but here.
  private let key: SealingKey?
  private var waiting: [UInt8] = []
  private var written = 0

  private static let block = 1 << 16
  /// A nonce before it and a tag behind.
  private static let sealedBlock = block + 28

  package var count: Int { written + waiting.count }

  /// - Parameters:
  ///   - isSealed: nothing of it reaches the disk as it is.
  ///   - folder: where it lies; nil: where the system keeps what is temporary.
  package init(isSealed: Bool = false, in folder: String? = nil) throws {
    key = isSealed ? SealingKey() : nil
    let folder = folder ?? FileManager.default.temporaryDirectory.path
    var path = Array("\(folder)/tounesna-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Self.fault }
    unlink(path)
  }

  /// Under which this program alone can open it anew, as long as it is kept here. A sealed one is read by `read` only.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  /// Takes for its own what another wrote under its `path`. Not for a sealed one.
  package func takeWritten() throws {
    var status = stat()
    guard key == nil, fstat(descriptor, &status) == 0 else { throw Self.fault }
    written = Int(status.st_size)
  }

  deinit { close(descriptor) }

  private static var fault: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

  package func append(_ bytes: [UInt8]) throws {
    waiting += bytes
    if waiting.count > Self.block { try flush() }
  }

  package func read(_ range: Range<Int>) throws -> [UInt8] {
    if let key { return try read(range, key) }
    if range.upperBound > written { try flush() }
    return try read(range.count, at: range.lowerBound)
  }

  /// From the blocks that hold it; the end of the file waits in memory.
  private func read(_ range: Range<Int>, _ key: SealingKey) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    while bytes.count < range.count {
      let place = range.lowerBound + bytes.count
      let number = place / Self.block
      let start = number * Self.block
      let block =
        start < written
        ? try key.open(read(Self.sealedBlock, at: number * Self.sealedBlock), as: "scratch:\(number)")
        : waiting
      let part = block.dropFirst(place - start).prefix(range.count - bytes.count)
      guard !part.isEmpty else { throw POSIXError(.EIO) }
      bytes += part
    }
    return bytes
  }

  private func read(_ count: Int, at place: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard pread(descriptor, &bytes, count, off_t(place)) == count else { throw Self.fault }
    return bytes
  }

  /// A sealed file keeps its last, unfinished block in memory.
  package func flush() throws {
    guard let key else {
      try write(waiting, at: written)
      written += waiting.count
      waiting = []
      return
    }
    while waiting.count >= Self.block {
      let number = written / Self.block
      let sealed = try key.seal(Array(waiting.prefix(Self.block)), as: "scratch:\(number)")
      try write(sealed, at: number * Self.sealedBlock)
      waiting.removeFirst(Self.block)
      written += Self.block
    }
  }

  private func write(_ bytes: [UInt8], at place: Int) throws {
    guard pwrite(descriptor, bytes, bytes.count, off_t(place)) == bytes.count else { throw Self.fault }
  }
}
