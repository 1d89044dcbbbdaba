import Foundation
import Synchronization

/// Makes PDFs: PDF/A-2a and PDF/UA-1 in one, so that they can be archived and read aloud.
///
/// Typst runs in a process of its own, started when a paper is first asked for and again when it has died; it hears what
/// a paper needs and knows nothing else. Papers are made one after the other: each takes some milliseconds.
package final class Papers: Sendable {
  private let python: String
  private let fonts: String
  private let patience: TimeInterval
  private let queue = DispatchQueue(label: "papers")
  private let worker = Mutex<PaperWorker?>(nil)

  /// - Parameters:
  ///   - python: the interpreter that has `typst` and `fonttools`.
  ///   - fonts: the folder of Debian's `fonts-noto-core`.
  ///   - patience: seconds that one paper, or the start, may take.
  package init(python: String, fonts: String = Papers.standardFonts, patience: TimeInterval = 20) {
    self.python = python
    self.fonts = fonts
    self.patience = patience
  }

  /// Where this installation makes papers unless it is told otherwise: the project's own Python.
  package static let standardPython = "var/python/bin/python"
  package static let standardFonts = "/usr/share/fonts/truetype/noto"

  /// The process at work; nil before the first paper.
  var workerID: Int32? { worker.withLock { $0?.id } }

  /// - Parameters:
  ///   - template: in Typst; it may import `/house.typ`, and finds what is to be said as JSON in `sys.inputs.data`.
  ///   - data: all that is said, words and all: it is shown, never evaluated. A letter that no font has becomes a box.
  /// - Throws: `PapersFault`.
  package func pdf(_ template: String, _ data: some Encodable & Sendable) async throws -> [UInt8] {
    let request =
      try JSONEncoder().encode(PaperRequest(template: template, data: data)) + [UInt8(ascii: "\n")]
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try self.make(request) }) }
    }
  }

  /// A worker that died since its last paper is replaced; one that dies of a paper is not asked for it again.
  private func make(_ request: Data) throws -> [UInt8] {
    try worker.withLock { worker in
      if worker?.isAlive != true {
        worker = nil
        worker = try PaperWorker(python: python, fonts: fonts, patience: patience)
      }
      guard let current = worker else { throw PapersFault.failed("no worker") }
      let answer: PaperAnswer
      do {
        answer = try current.ask(request, within: patience)
      } catch {
        worker = nil
        throw error
      }
      guard let text = answer.pdf, let pdf = Data(base64Encoded: text) else {
        throw PapersFault.failed(answer.error ?? "an answer without a paper")
      }
      return Array(pdf)
    }
  }
}

/// Why there is no paper. For the log; the reader hears only that there is none.
package enum PapersFault: Error, Equatable, CustomStringConvertible {
  /// What makes papers is not installed, or does not start.
  case notHere(String)
  case failed(String)

  package var description: String {
    switch self {
    case .notHere(let why): "papers cannot be made here: \(why)"
    case .failed(let why): "a paper could not be made: \(why)"
    }
  }
}

struct PaperRequest<Content: Encodable>: Encodable {
  let template: String
  let data: Content
}

struct PaperAnswer: Decodable {
  var ready: Bool?
  var pdf: String?
  var error: String?
}
