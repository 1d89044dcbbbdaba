import Basics
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Typed {
  /// Reads `application/x-www-form-urlencoded`; a repeated name keeps all its values.
  /// - Throws: `HTTPError` 400 for bytes that are no such form.
  init(urlEncoded body: ByteBuffer) throws {
    var values: [String: [String]] = [:]
    for pair in body.readableBytesView.split(separator: UInt8(ascii: "&")) {
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      let name = try Self.decoded(parts[0])
      values[name, default: []].append(parts.count > 1 ? try Self.decoded(parts[1]) : "")
    }
    self.init(values)
  }

  private static func decoded(_ bytes: some Collection<UInt8>) throws -> String {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "+"): result.append(32)
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(Self.hexDigit),
          let low = iterator.next().flatMap(Self.hexDigit)
        else { throw HTTPError(.badRequest) }
        result.append(high << 4 | low)
      default: result.append(byte)
      }
    }
    guard let text = String(validating: result, as: UTF8.self) else { throw HTTPError(.badRequest) }
    return text
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension Request {
  /// The whole body, when it comes in time and is no longer than `limit` bytes.
  /// - Throws: `HTTPError` 413 or 408.
  func collectedBody(upTo limit: Int, within time: Duration = .seconds(30)) async throws -> ByteBuffer {
    try mustAnnounce(atMost: limit)
    let body = body
    return try await Self.within(time) {
      do {
        return try await body.collect(upTo: limit)
      } catch is NIOTooManyBytesError {
        throw HTTPError(.contentTooLarge)
      }
    }
  }

  /// A form with files, when it comes within ten minutes: so long takes a large file on a slow line.
  /// - Throws: `HTTPError` 400, 408 or 413; `Refusal` when the form is none of ours.
  func uploadedForm(
    upTo limit: Int, textLimit: Int, sealsFiles: Bool,
    isOurs: @escaping @Sendable (_ token: String) -> Bool
  ) async throws -> (typed: Typed, files: [String: UploadedFile]) {
    try mustAnnounce(atMost: limit)
    let request = self
    return try await Self.within(.seconds(600)) {
      guard
        var form = UploadForm(
          request, limit: limit, textLimit: textLimit, sealsFiles: sealsFiles, isOurs: isOurs)
      else { throw HTTPError(.badRequest) }
      for try await buffer in request.body { try form.read(buffer) }
      try form.finish()
      return (Typed(form.typed), form.files)
    }
  }

  private func mustAnnounce(atMost limit: Int) throws {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw HTTPError(.contentTooLarge)
    }
  }

  private static func within<Value: Sendable>(
    _ time: Duration, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: time)
        throw HTTPError(.requestTimeout)
      }
      defer { group.cancelAll() }
      guard let first = try await group.next() else { throw HTTPError(.requestTimeout) }
      return first
    }
  }
}
