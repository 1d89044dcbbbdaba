import Foundation
import Hummingbird

/// Parts the body of a form with files (RFC 7578, RFC 2046) into its fields, whatever the blocks it comes in.
struct MultipartReader {
  enum Event: Equatable {
    /// A field; with the name of its file where it brings one.
    case begin(name: String, file: String?)
    case bytes(ArraySlice<UInt8>)
    case end
  }

  private enum Place { case before, heads, body, done }

  /// Stands before each part; a line end belongs to it.
  private let mark: [UInt8]
  private var place = Place.before
  /// What has come and is not yet understood: never more than a block and a mark.
  private var waiting: [UInt8]

  /// The longest head of a part: a name and the name of a file, longer than any disk would take.
  private static let headLimit = 1 << 16

  init(boundary: String) {
    mark = Array("\r\n--\(boundary)".utf8)
    // The first mark may come without a line end.
    waiting = [13, 10]
  }

  var isDone: Bool { place == .done }

  /// - Throws: `HTTPError` 400 for what is no such body.
  mutating func read(_ bytes: some Collection<UInt8>) throws -> [Event] {
    waiting += bytes
    var events: [Event] = []
    while try step(&events) {}
    return events
  }

  /// - Returns: false when more must come first.
  private mutating func step(_ events: inout [Event]) throws -> Bool {
    switch place {
    case .before:
      guard let start = find(mark) else {
        guard waiting.count < Self.headLimit else { throw HTTPError(.badRequest) }
        return false
      }
      waiting.removeFirst(start + mark.count)
      place = .heads
      return true
    case .heads: return try heads(&events)
    case .body:
      guard let end = find(mark) else {
        // The mark may have begun at the end of what is here.
        let sure = waiting.count - mark.count
        guard sure > 0 else { return false }
        events.append(.bytes(waiting[..<sure]))
        waiting.removeFirst(sure)
        return false
      }
      if end > 0 { events.append(.bytes(waiting[..<end])) }
      events.append(.end)
      waiting.removeFirst(end + mark.count)
      place = .heads
      return true
    case .done:
      waiting = []
      return false
    }
  }

  private mutating func heads(_ events: inout [Event]) throws -> Bool {
    guard waiting.count >= 2 else { return false }
    if waiting.starts(with: Array("--".utf8)) {
      place = .done
      return true
    }
    guard let end = find(Array("\r\n\r\n".utf8)) else {
      guard waiting.count < Self.headLimit else { throw HTTPError(.badRequest) }
      return false
    }
    let lines = String(decoding: waiting[..<end], as: UTF8.self).split(separator: "\r\n")
    let disposition = lines.first { $0.lowercased().hasPrefix("content-disposition:") } ?? ""
    guard let name = Self.parameter("name", of: disposition) else { throw HTTPError(.badRequest) }
    events.append(.begin(name: name, file: Self.parameter("filename", of: disposition).map(Self.fileName)))
    // The empty line stays in part: the mark of an empty part needs its line end.
    waiting.removeFirst(end + 4)
    place = .body
    if waiting.starts(with: mark.dropFirst(2)) { waiting.insert(contentsOf: [13, 10], at: 0) }
    return true
  }

  /// `name="file"`: browsers write `"` inside as `%22`.
  private static func parameter(_ name: String, of head: Substring) -> String? {
    guard let start = head.range(of: "; \(name)=\"")?.upperBound else { return nil }
    let rest = head[start...]
    return rest.firstIndex(of: "\"").map { String(rest[..<$0]) }
  }

  /// What browsers escape in the name of a file. Source: WHATWG HTML, multipart/form-data encoding algorithm.
  private static func fileName(_ text: String) -> String {
    text.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
  }

  private func find(_ pattern: [UInt8]) -> Int? {
    waiting.withUnsafeBytes { bytes in
      var start = 0
      // Whatever is sought begins with a line end, which is rare.
      while start + pattern.count <= bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 13, bytes.count - start)
      {
        start = UnsafeRawPointer(found) - base
        guard start + pattern.count <= bytes.count else { return nil }
        if memcmp(base + start, pattern, pattern.count) == 0 { return start }
        start += 1
      }
      return nil
    }
  }
}
