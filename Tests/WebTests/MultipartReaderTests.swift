import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Web

@Suite struct `A form with files` {
  private static let body = """
    --b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\nabc\r\n\
    --b\r\ncontent-disposition: form-data; name="none"\r\n\r\n\r\n\
    --b\r\nContent-Disposition: form-data; name="file"; filename="a \\ b.csv"\r\nContent-Type: text/csv\r\n\r\n\
    x\r\n--ay\r\n\r\n--\r\n--b--\r\n
    """

  /// The parts of a body that comes in blocks of `size`.
  private static func parts(_ body: String, blocks size: Int) throws -> (parts: [String], isDone: Bool) {
    var reader = MultipartReader(boundary: "b")
    let bytes = Array(body.utf8)
    var parts: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      for event in try reader.read(bytes[start..<min(bytes.count, start + size)]) {
        switch event {
        case .begin(let name, let file): parts.append("\(name)\(file.map { "[\($0)]" } ?? "")=")
        case .bytes(let bytes): parts[parts.count - 1] += String(decoding: bytes, as: UTF8.self)
        case .end: parts[parts.count - 1] += "."
        }
      }
    }
    return (parts, reader.isDone)
  }

  @Test(arguments: [1, 2, 3, 5, 7, 11, 64, 10_000])
  func `is parted the same, whatever the blocks it comes in`(size: Int) throws {
    let (parts, isDone) = try Self.parts(Self.body, blocks: size)
    #expect(parts == ["csrf=abc.", "none=.", "file[a \\ b.csv]=x\r\n--ay\r\n\r\n--."] && isDone)
  }

  @Test func `may have words before it and after it`() throws {
    let (parts, isDone) = try Self.parts("words\r\n\(Self.body)words", blocks: 9)
    #expect(parts.count == 3 && isDone)
  }

  @Test func `that is cut short is not done`() throws {
    for end in stride(from: 1, to: Self.body.utf8.count - 5, by: 13) {
      let cut = String(decoding: Array(Self.body.utf8)[..<end], as: UTF8.self)
      #expect(try !Self.parts(cut, blocks: 1_000).isDone)
    }
  }

  @Test func `without a mark, a name or an end of its head is refused`() {
    for body in [
      String(repeating: "x", count: 80_000), "--b\r\nContent-Type: text/plain\r\n\r\nx",
      "--b\r\nA: " + String(repeating: "x", count: 80_000),
    ] {
      #expect(throws: HTTPError.self) { try Self.parts(body, blocks: 1_000) }
    }
  }

  @Test func `of a megabyte passes through in the memory of a block`() throws {
    var reader = MultipartReader(boundary: "b")
    let head = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n"
    _ = try reader.read(Array(head.utf8))
    var count = 0
    for _ in 0..<64 {
      for case .bytes(let bytes) in try reader.read([UInt8](repeating: 13, count: 1 << 14)) {
        count += bytes.count
      }
    }
    #expect(count > (1 << 20) - 10)
  }

  @Test(arguments: [false, true]) func `lies on the disk as it is, or sealed`(isSealed: Bool) throws {
    let head = HTTPRequest(
      method: .post, scheme: nil, authority: nil, path: "/",
      headerFields: [.contentType: "multipart/form-data; boundary=b"])
    var form = try #require(
      UploadForm(
        Request(head: head, body: .init(buffer: ByteBuffer())), limit: 1 << 20, textLimit: 100,
        sealsFiles: isSealed, isOurs: { $0 == "abc" }))
    let words = String(repeating: "Quetzalbury was here. ", count: 10_000)
    try form.read(ByteBuffer(string: Self.body.replacing("x\r\n--ay\r\n\r\n--", with: words)))
    try form.finish()
    let file = try #require(form.files["file"])
    #expect(file.name == "a \\ b.csv" && file.size == words.utf8.count)
    #expect(try file.read(0..<file.size) == Array(words.utf8))
    let lies = try Data(contentsOf: URL(filePath: file.path))
    #expect(lies.count > 190_000 && (lies.range(of: Data("Quetzalbury".utf8)) == nil) == isSealed)
  }
}
