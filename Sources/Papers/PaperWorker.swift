import Foundation

/// The process that makes papers: a line of JSON asks, a line of JSON answers.
final class PaperWorker {
  private let process = Process()
  private let socket: Int32
  private var unread = Data()

  /// Longer than any paper.
  private static let limit = 64 << 20

  /// - Throws: `PapersFault.notHere` when it does not start, or lacks what it needs.
  init(python: String, fonts: String, patience: TimeInterval) throws {
    guard let root = Bundle.module.url(forResource: "Typst", withExtension: nil)?.path else {
      throw PapersFault.notHere("the folder Typst is not there")
    }
    // One socket in place of two pipes: a write to one that is closed is an error, where a pipe ends the program.
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw PapersFault.notHere("no socket: \(String(cString: strerror(errno)))")
    }
    socket = ends[0]
    let end = FileHandle(fileDescriptor: ends[1], closeOnDealloc: false)
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-I", "\(root)/worker.py", root, fonts]
    // Nothing of ours: the master key may be in our environment.
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    process.standardInput = end
    process.standardOutput = end
    process.standardError = FileHandle.nullDevice
    let started = Result { try process.run() }
    // As long as we hold its end too, we would not hear that it is gone.
    close(ends[1])
    do { try started.get() } catch { throw PapersFault.notHere("\(python): \(error.localizedDescription)") }
    do {
      let hello = try answer(within: patience)
      guard hello.ready == true else {
        throw PapersFault.notHere(hello.error ?? "it does not say that it is ready")
      }
    } catch PapersFault.failed(let why) {
      throw PapersFault.notHere("\(python): \(why)")
    }
  }

  deinit {
    close(socket)
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  }

  var id: Int32? { process.isRunning ? process.processIdentifier : nil }

  var isAlive: Bool { process.isRunning }

  /// - Throws: `PapersFault.failed` when it dies of it or takes too long: then it is of no use any more.
  func ask(_ line: Data, within seconds: TimeInterval) throws -> PaperAnswer {
    try line.withUnsafeBytes { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = send(
          socket, bytes.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
        guard count > 0 || errno == EINTR else { throw PapersFault.failed("it does not listen any more") }
        sent += max(0, count)
      }
    }
    return try answer(within: seconds)
  }

  private func answer(within seconds: TimeInterval) throws -> PaperAnswer {
    let end = Date().addingTimeInterval(seconds)
    while true {
      if let newline = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = unread[..<newline]
        unread = Data(unread[unread.index(after: newline)...])
        do { return try JSONDecoder().decode(PaperAnswer.self, from: line) } catch {
          throw PapersFault.failed("an answer that is none")
        }
      }
      guard unread.count < Self.limit else { throw PapersFault.failed("an answer without end") }
      try receive(until: end)
    }
  }

  private func receive(until end: Date) throws {
    let left = end.timeIntervalSinceNow
    var waiting = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard left > 0, poll(&waiting, 1, Int32(left * 1_000) + 1) != 0 else {
      throw PapersFault.failed("no answer in time")
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(socket, &buffer, buffer.count, 0)
    guard count > 0 || count < 0 && errno == EINTR else { throw PapersFault.failed("it has ended") }
    if count > 0 { unread.append(contentsOf: buffer[..<count]) }
  }
}
