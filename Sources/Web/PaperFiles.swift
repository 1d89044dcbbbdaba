import Basics
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Papers

extension AppContext {
  /// A paper as a file to keep; where none can be made, the page that says so, with a way back.
  /// - Parameters:
  ///   - name: of the file: ASCII, and nothing of who it is about.
  ///   - number: of the case, for that page.
  ///   - make: makes the paper, and tells the journal that it was made.
  package func paper(
    named name: String, number: String = "", back path: String, _ label: Phrase,
    make: () async throws -> [UInt8]
  ) async throws -> Response {
    do {
      return Response(
        status: .ok,
        headers: [
          .contentType: "application/pdf", .contentDisposition: "attachment; filename=\"\(name)\"",
          .cacheControl: "no-store",
        ], body: .init(byteBuffer: ByteBuffer(bytes: try await make())))
    } catch PapersFault.notHere(let why) {
      logger.error("no paper could be made", metadata: ["cause": "\(why)"])
      let page = try page
      return page.noPaper(number, back: path, page(label)).response(.serviceUnavailable)
    }
  }
}

extension Papers? {
  /// - Throws: `PapersFault.notHere` also where no papers are made.
  package func pdf(_ template: String?, _ data: some Encodable & Sendable) async throws -> [UInt8] {
    guard let self, let template else { throw PapersFault.notHere("none are asked for") }
    return try await self.pdf(template, data)
  }
}
