import Foundation

/// The lines of a text file, one in memory at a time.
package struct TextLines: Sequence, IteratorProtocol {
  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var position = 0

  package init?(path: String) {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    self.file = file
  }

  package mutating func next() -> [UInt8]? {
    var line: [UInt8] = []
    while true {
      if position == buffer.count {
        buffer = (try? file.read(upToCount: 1 << 16)).map { Array($0) } ?? []
        position = 0
        if buffer.isEmpty { return line.isEmpty ? nil : line }
      }
      let end = buffer[position...].firstIndex(of: 10)
      line += buffer[position..<(end ?? buffer.count)]
      position = end.map { $0 + 1 } ?? buffer.count
      if end != nil { return line }
    }
  }
}
