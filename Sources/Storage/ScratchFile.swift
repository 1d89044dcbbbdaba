import Foundation

/// A file that is appended to and read, and that nobody else can open: it has no name any more, and is gone with
/// its last user. Not for two threads at once.
package final class ScratchFile {
  private let descriptor: Int32
  private var waiting: [UInt8] = []
  private var written = 0

  package var count: Int { written + waiting.count }

  package init() throws {
    var path = Array("\(FileManager.default.temporaryDirectory.path)/tounesna-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Self.fault }
    unlink(path)
  }

  /// Under which this program alone can open it anew, as long as it is kept here.
  package var path: String { "/proc/self/fd/\(descriptor)" }

  deinit { close(descriptor) }

  private static var fault: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }

  package func append(_ bytes: [UInt8]) throws {
    waiting += bytes
    if waiting.count > 1 << 16 { try flush() }
  }

  package func read(_ range: Range<Int>) throws -> [UInt8] {
    if range.upperBound > written { try flush() }
    var bytes = [UInt8](repeating: 0, count: range.count)
    guard pread(descriptor, &bytes, range.count, off_t(range.lowerBound)) == range.count else {
      throw Self.fault
    }
    return bytes
  }

  package func flush() throws {
    guard pwrite(descriptor, waiting, waiting.count, off_t(written)) == waiting.count else {
      throw Self.fault
    }
    written += waiting.count
    waiting = []
  }
}
