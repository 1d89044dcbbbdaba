import Basics
import Foundation
import NIOCore
import NIOPosix

/// Asks another program whether a file is clean.
package struct VirusScanner: Sendable {
  package enum Verdict: Equatable, Sendable {
    case clean
    /// With the name under which it is known.
    case infected(String)
  }

  /// - Throws: `ScannerFault` when no answer came: then nothing is known of the file.
  let scan: @Sendable (DocumentContent) async throws -> Verdict

  package init(scan: @escaping @Sendable (DocumentContent) async throws -> Verdict) { self.scan = scan }

  /// ClamAV's daemon, by its own protocol. Source: clamd(8), INSTREAM.
  package static func clamd(at address: ClamdAddress, within time: Duration = .seconds(60)) -> VirusScanner {
    VirusScanner { content in
      let answer: String
      do {
        answer = try await withThrowingTaskGroup(of: String.self) { group in
          group.addTask { try await Clamd.ask(address, about: content) }
          group.addTask {
            try await Task.sleep(for: time)
            throw ScannerFault("no answer within \(time)")
          }
          defer { group.cancelAll() }
          return try await group.next() ?? ""
        }
      } catch let fault as ScannerFault {
        throw fault
      } catch {
        throw ScannerFault("\(error)")
      }
      return try Clamd.verdict(answer)
    }
  }
}

/// Why a file could not be checked. For the log; the sender hears only that it was not.
package struct ScannerFault: Error, Equatable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

/// Where clamd listens: the path of its socket, or host and port.
package enum ClamdAddress: Equatable, Sendable {
  case socket(path: String)
  case host(String, port: Int)

  package init?(_ text: String) {
    if text.hasPrefix("/") {
      // As much as the address of a socket holds.
      guard text.utf8.count < 108 else { return nil }
      self = .socket(path: text)
      return
    }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (1...65_535).contains(port), colon > text.startIndex
    else { return nil }
    self = .host(String(text[..<colon]), port: port)
  }
}

private enum Clamd {
  /// Longer than any answer.
  private static let answerLimit = 4_096

  static func ask(_ address: ClamdAddress, about content: DocumentContent) async throws -> String {
    try await connect(address).executeThenClose { inbound, outbound in
      try await outbound.write(ByteBuffer(string: "zINSTREAM\0"))
      for number in 0..<content.chunkCount {
        let bytes = try content.chunk(number)
        var frame = ByteBuffer()
        frame.writeInteger(UInt32(bytes.count))
        frame.writeBytes(bytes)
        try await outbound.write(frame)
      }
      try await outbound.write(ByteBuffer(integer: UInt32(0)))
      var answer = ByteBuffer()
      for try await var part in inbound {
        answer.writeBuffer(&part)
        if answer.readableBytesView.contains(0) || answer.readableBytes > answerLimit { break }
      }
      return String(decoding: answer.readableBytesView.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func connect(_ address: ClamdAddress) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer>
  {
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(.seconds(5))
    let wrap: @Sendable (any Channel) -> EventLoopFuture<NIOAsyncChannel<ByteBuffer, ByteBuffer>> = {
      channel in
      channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel(wrappingChannelSynchronously: channel) }
    }
    switch address {
    case .socket(let path):
      return try await bootstrap.connect(unixDomainSocketPath: path, channelInitializer: wrap)
    case .host(let host, let port):
      return try await bootstrap.connect(host: host, port: port, channelInitializer: wrap)
    }
  }

  /// `stream: OK`, `stream: NAME FOUND`; anything else says why there is none.
  static func verdict(_ answer: String) throws(ScannerFault) -> VirusScanner.Verdict {
    let said = answer.hasPrefix("stream: ") ? String(answer.dropFirst(8)) : answer
    if said == "OK" { return .clean }
    guard said.hasSuffix(" FOUND") else {
      throw ScannerFault("clamd answers “\(answer.isEmpty ? "nothing" : String(answer.prefix(200)))”")
    }
    return .infected(String(said.dropLast(6).prefix(100)))
  }
}
