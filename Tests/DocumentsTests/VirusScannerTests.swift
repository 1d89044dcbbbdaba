import Basics
import Cases
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Storage
import TestSupport
import Testing

@testable import Documents

@Suite struct `A file that is checked for viruses` {
  /// Of the daemon that `bin/test` starts, which knows one signature.
  static let clamd = ProcessInfo.processInfo.environment["TOUNESNA_TEST_CLAMD"].flatMap { ClamdAddress($0) }
  static let virus = Sample.pdf() + Array("tounesna harmless virus".utf8)

  @Test(.enabled("where a ClamAV runs") { clamd != nil }, arguments: TestDatabase.engines)
  func `is taken when it is clean, and refused by the name of what was found`(engine: Database.Engine)
    async throws
  {
    let scanner = VirusScanner.clamd(at: try #require(Self.clamd))
    try await DocumentRoom.with(engine, scanner: scanner) { room, file in
      for size in [20, 65_536, 1_000_000] { try await room.add(Sample.pdf(size), to: file) }
      #expect(try await room.list(file).allSatisfy(\.isChecked))
      do {
        try await room.add(Self.virus, to: file)
        Issue.record("the virus was taken")
      } catch Refusal.invalid(let errors) {
        let text = Reader(.english)(try #require(errors.first).message)
        #expect(text.contains("Tounesna.Test.Harmless"))
      }
      #expect(try await room.list(file).count == 3)
      let history = try await room.cases.open(file, for: Staff.amel).history
      let told = try #require(history.first { $0.act == "document.refuse" })
      let finding = try #require(told.changes.first { $0.field == "finding" }?.after)
      #expect(finding.hasPrefix("Tounesna.Test.Harmless"))
      // Deep within a large file, across two of the pieces in which it is sent.
      let split =
        Sample.pdf(Document.chunk - 10) + Array("tounesna harmless virus".utf8) + Sample.pdf(100_000)
      await #expect(throws: Refusal.self) { try await room.add(split, to: file) }
    }
  }

  @Test func `is not taken while the scanner is away, silent or confused`() async throws {
    try await mustNotTake(.clamd(at: .socket(path: "/nonexistent/socket")))
    try await mustNotTake(.clamd(at: .host("127.0.0.1", port: 1)))
    for answer in ["", "stream: ", "INSTREAM size limit exceeded. ERROR\0", "OK FOUND it\0"] {
      try await Self.withDaemon(answering: answer) { address in
        try await mustNotTake(.clamd(at: address, within: .milliseconds(500)))
      }
    }
  }

  private func mustNotTake(_ scanner: VirusScanner) async throws {
    try await DocumentRoom.with(.sqlite, scanner: scanner) { room, file in
      await #expect(throws: ScannerFault.self) { try await room.add(Sample.pdf(300_000), to: file) }
      let (count, acts) = (try await room.count("document"), try await room.acts(file))
      #expect(count == 0 && acts.isEmpty)
    }
  }

  /// A daemon that says one thing at once, or nothing, and leaves the line open.
  private static func withDaemon(answering answer: String, _ body: (ClamdAddress) async throws -> Void)
    async throws
  {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if !answer.isEmpty { channel.writeAndFlush(ByteBuffer(string: answer), promise: nil) }
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    try await body(.host("127.0.0.1", port: try #require(channel.localAddress?.port)))
    try await channel.close()
  }

  @Test func `is not sent to the scanner by those who may not see the case, nor twice`() async throws {
    let count = NIOLockedValueBox(0)
    let scanner = VirusScanner { _ in
      count.withLockedValue { $0 += 1 }
      return .clean
    }
    try await DocumentRoom.with(.sqlite, scanner: scanner) { room, file in
      await #expect(throws: Refusal.notFound) { try await room.add(to: file, by: Staff.emna) }
      let id = try await room.add(to: file)
      try await room.add(id: id, to: file)
      #expect(count.withLockedValue { $0 } == 1)
    }
  }

  @Test func `without a scanner is taken, and marked`() async throws {
    try await DocumentRoom.with(.sqlite) { room, file in
      try await room.add(to: file)
      #expect(try await room.list(file).map(\.isChecked) == [false])
    }
  }

  @Test func `goes to a socket, or to a host and port`() {
    #expect(ClamdAddress("/run/clamav/clamd.ctl") == .socket(path: "/run/clamav/clamd.ctl"))
    #expect(ClamdAddress("scanner:3310") == .host("scanner", port: 3_310))
    #expect(ClamdAddress("::1:3310") == .host("::1", port: 3_310))
    let wrong = [
      "", "scanner", ":3310", "scanner:0", "scanner:65536", "scanner:x",
      "/" + String(repeating: "x", count: 200),
    ]
    for text in wrong { #expect(ClamdAddress(text) == nil, "\(text)") }
  }
}
