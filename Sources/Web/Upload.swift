import Basics
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// A file that came with a form. It lies on the disk without a name, and is gone after the request.
package struct UploadedFile: @unchecked Sendable {
  // Written before it is handed over, only read after that.
  private let scratch: ScratchFile
  /// As the sender's machine calls it: anything may stand there.
  package let name: String

  init(_ scratch: ScratchFile, name: String) {
    self.scratch = scratch
    self.name = name
  }

  /// Bytes; none when the form was sent without choosing a file.
  package var size: Int { scratch.count }
  /// Where the file can be opened; not one that lies there sealed.
  package var path: String { scratch.path }

  package func read(_ range: Range<Int>) throws -> [UInt8] { try scratch.read(range) }
}

/// Reads a form with files (`multipart/form-data`, RFC 7578) as it comes in, in the memory of a block.
struct UploadForm {
  private(set) var typed: [String: [String]] = [:]
  private(set) var files: [String: UploadedFile] = [:]
  private var parts: MultipartReader
  private var current: Current?
  private let limit: Int
  private let textLimit: Int
  private let sealsFiles: Bool
  /// Asked before anything of a file is written.
  private let isOurs: (_ token: String) -> Bool
  private var length = 0
  private var textLength = 0

  private enum Current {
    case text(name: String, bytes: [UInt8])
    case file(name: String, ScratchFile, fileName: String)
  }

  /// Nil when the request is no such form.
  init?(
    _ request: Request, limit: Int, textLimit: Int, sealsFiles: Bool,
    isOurs: @escaping (_ token: String) -> Bool
  ) {
    guard let boundary = Self.boundary(of: request) else { return nil }
    parts = MultipartReader(boundary: boundary)
    (self.limit, self.textLimit, self.sealsFiles, self.isOurs) = (limit, textLimit, sealsFiles, isOurs)
  }

  static func boundary(of request: Request) -> String? {
    let pieces = (request.headers[.contentType] ?? "").split(separator: ";").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard pieces.first?.lowercased() == "multipart/form-data" else { return nil }
    let value = pieces.dropFirst().first { $0.lowercased().hasPrefix("boundary=") }?.dropFirst(9)
    let boundary = (value ?? "").trimmingCharacters(in: CharacterSet(charactersIn: "\""))
    return (1...70).contains(boundary.utf8.count) ? boundary : nil
  }

  /// - Throws: `HTTPError` 413 beyond the limit, 400 for bytes that are no such form; `Refusal` for a foreign form.
  mutating func read(_ buffer: ByteBuffer) throws {
    length += buffer.readableBytes
    guard length <= limit else { throw HTTPError(.contentTooLarge) }
    for event in try parts.read(buffer.readableBytesView) { try take(event) }
  }

  /// - Throws: `HTTPError` 400 when the end of the form is missing.
  func finish() throws {
    guard parts.isDone else { throw HTTPError(.badRequest) }
    for file in files.values { try file.flush() }
  }

  private mutating func take(_ event: MultipartReader.Event) throws {
    switch event {
    case .begin(let name, file: nil): current = .text(name: name, bytes: [])
    case .begin(let name, let fileName?):
      guard isOurs(typed["csrf"]?.first ?? "") else { throw Refusal.conflict(FrontDoor.foreignForm) }
      current = .file(name: name, try ScratchFile(isSealed: sealsFiles), fileName: fileName)
    case .bytes(let bytes):
      switch current {
      case .text(let name, let text):
        textLength += bytes.count
        guard textLength <= textLimit else { throw HTTPError(.contentTooLarge) }
        current = .text(name: name, bytes: text + bytes)
      case .file(_, let file, _): try file.append(Array(bytes))
      case nil: throw HTTPError(.badRequest)
      }
    case .end: try close()
    }
  }

  private mutating func close() throws {
    switch current {
    case .text(let name, let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else { throw HTTPError(.badRequest) }
      typed[name, default: []].append(text)
    case .file(let name, let file, let fileName): files[name] = UploadedFile(file, name: fileName)
    case nil: throw HTTPError(.badRequest)
    }
    current = nil
  }
}

extension UploadedFile {
  fileprivate func flush() throws { try scratch.flush() }
}
