import Basics
import Foundation
import Messages
import NIOConcurrencyHelpers
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct `The owners of services` {
  /// What went out, and a directory whose links are whole.
  private static func room(
    _ engine: Database.Engine,
    _ body: (DirectoryRoom, Directory, Messages, NIOLockedValueBox<[(to: String, text: String)]>) async throws
      -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: DirectoryRoom.migrations + Messages.migrations) {
      database in
      let room = DirectoryRoom(database)
      let mails = NIOLockedValueBox<[(to: String, text: String)]>([])
      let gateway = MessageGateways(
        mail: .init(from: "tounesna@example.tn") { mail in
          let all = String(decoding: mail.bytes, as: UTF8.self)
          let body = all.range(of: "\r\n\r\n").map { String(all[$0.upperBound...]) } ?? ""
          let data = Data(base64Encoded: body.filter { !$0.isWhitespace }) ?? Data()
          mails.withLockedValue { $0.append((mail.to, String(decoding: data, as: UTF8.self))) }
          return .taken
        })
      let now: @Sendable () -> Date = { [clock = room.clock] in clock.now }
      try await body(
        room,
        Directory(cases: room.cases, antennas: room.antennas, publicURL: "https://t.example", now: now),
        Messages(cases: room.cases, gateways: gateway, now: now), mails)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are asked every six months, and again when the link is over`(engine: Database.Engine) async throws {
    try await Self.room(engine) { room, directory, messages, mails in
      let provider = try await room.provider()
      let id = try await room.service(of: provider, ["contact-email": "ong@example.org"])
      _ = try await room.service("Sans adresse", of: provider)
      #expect(try await directory.askOwners(by: messages) == 1)
      #expect(try await directory.askOwners(by: messages) == 0)
      while try await messages.sendNext(.email) {}
      let sent = mails.withLockedValue { $0 }
      #expect(sent.map(\.to) == ["ong@example.org"])
      let text = try #require(sent.first?.text)
      #expect(text.contains("https://t.example/directory/confirm/") && text.contains("مصلحتكم"))

      // Nobody answers: not before the link is over.
      room.clock.advance(days: ServiceLink.daysValid - 1)
      #expect(try await directory.askOwners(by: messages) == 0)
      room.clock.advance(days: 2)
      #expect(try await directory.askOwners(by: messages) == 1)

      // The owner answers behind the link of the letter: quiet for six months.
      let links = try await directory.confirmations(of: id).links
      try await directory.answer(try #require(links.first?.1), .right, words: nil)
      room.clock.advance(days: 170)
      #expect(try await directory.askOwners(by: messages) == 0)
      room.clock.advance(days: 30)
      #expect(try await directory.askOwners(by: messages) == 1)
    }
  }

  @Test func `are asked once by two programs, and not where nothing can be sent`() async throws {
    try await Self.room(.sqlite) { room, directory, messages, mails in
      let provider = try await room.provider()
      _ = try await room.service(of: provider, ["contact-email": "ong@example.org"])
      let without = Messages(cases: room.cases, now: { room.clock.now })
      #expect(try await directory.askOwners(by: without) == 0)
      #expect(try await room.directory.askOwners(by: messages) == 0, "no public address")
      async let one = directory.askOwners(by: messages)
      async let two = directory.askOwners(by: messages)
      _ = try await [one, two]
      while try await messages.sendNext(.email) {}
      #expect(mails.withLockedValue(\.count) == 1)
    }
  }
}
