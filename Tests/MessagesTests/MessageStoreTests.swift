import Basics
import Cases
import Foundation
import NIOConcurrencyHelpers
import People
import Storage
import TestSupport
import Testing

@testable import Messages

@Suite struct `A message in the outbox` {
  @Test(arguments: TestDatabase.engines)
  func `is queued once with its journal entry, and goes once`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      async let one = room.queue(MessageRoom.sms(about: id))
      async let two = room.queue(MessageRoom.sms(about: id))
      let (first, second) = try await (one, two)
      #expect(first == second)
      #expect(try await room.acts(id) == ["message.queue"])
      #expect(try await room.messages.sendNext(.sms))
      #expect(try await !room.messages.sendNext(.sms))
      #expect(room.line.sms.withLockedValue { $0 } == ["+21620123456 موعدكم غدا على الساعة 9:30"])
      #expect(try await room.state(first).state == .sent)
      #expect(try await room.acts(id) == ["message.sent", "message.queue"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `goes only with the transaction that queued it`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      await #expect(throws: Refusal.notFound) {
        try await room.database.write { db in
          try room.messages.queue(MessageRoom.sms(about: id), in: db)
          throw Refusal.notFound
        }
      }
      let isThere = try await room.messages.sendNext(.sms)
      #expect(!isThere)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is tried again, later each time, until the gateway takes it`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      let message = try await room.queue(MessageRoom.mail(about: id))
      room.line.answers.withLockedValue {
        $0 = [.notNow("curl 7"), .unknown("curl 28"), .notNow("smtp 451")]
      }
      var waits: [TimeInterval] = []
      for _ in 0..<3 {
        #expect(try await room.messages.sendNext(.email))
        #expect(try await !room.messages.sendNext(.email))
        let state = try await room.state(message)
        let next = try #require(state.nextAt)
        waits.append(next.timeIntervalSince(room.clock.now))
        room.clock.advance(seconds: next.timeIntervalSince(room.clock.now))
      }
      #expect(waits == [60, 120, 240])
      #expect(try await room.state(message).problem == "smtp 451")
      #expect(try await room.messages.sendNext(.email))
      let sent = room.line.mail.withLockedValue { $0 }
      let ids = Set(sent.compactMap { $0.firstMatch(of: /Message-ID: (<.*>)/).map { String($0.1) } })
      #expect(sent.count == 4 && ids == ["<\(message)@example.tn>"])
      #expect(try await room.state(message).state == .sent)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `whose program dies goes again as e-mail, and not as SMS`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      let (mail, sms) = (
        try await room.queue(MessageRoom.mail(about: id)), try await room.queue(MessageRoom.sms(about: id))
      )
      for kind in Message.Kind.allCases { try await room.beginAndDie(kind) }
      let after = room.restarted()
      // Until its time is over the try may still be on its way.
      #expect(try await after.messages.recover() == 0)
      room.clock.advance(seconds: 121)
      #expect(try await after.messages.recover() == 2)
      #expect(try await after.messages.sendNext(.email))
      #expect(try await !after.messages.sendNext(.sms))
      #expect(try await room.state(mail).state == .sent)
      #expect(try await room.state(sms).state == .unclear)
      #expect(room.line.sms.withLockedValue { $0.isEmpty })
      // A person decides to send it perhaps a second time.
      let failed = try await after.messages.failed(of: Staff.amel)
      #expect(failed.messages.map(\.id) == [sms])
      for _ in 0..<2 { try await after.messages.tryAgain(sms, by: Staff.amel) }
      #expect(try await after.messages.sendNext(.sms))
      #expect(try await room.state(sms).state == .sent)
      #expect(room.line.sms.withLockedValue { $0.count } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `does not wait where nobody can send it`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine, hasGateways: false) { room, id in
      let message = try await room.queue(MessageRoom.sms(about: id))
      #expect(try await room.state(message).state == .unavailable)
      await #expect(throws: Refusal.conflict(say("No gateway is configured: print it or call."))) {
        try await room.messages.tryAgain(message, by: Staff.amel)
      }
      for _ in 0..<2 { try await room.messages.settle(message, .called, by: Staff.amel) }
      let state = try await room.state(message)
      #expect(state.settled == .called)
      #expect(try await room.acts(id) == ["message.settle", "message.queue"])
      // A gateway that is taken away later.
      let later = try await room.restarted().queue(MessageRoom.sms(about: id, key: "b"))
      #expect(try await room.messages.sendNext(.sms))
      #expect(try await room.state(later).state == .unavailable)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `to the person needs her consent, when it is queued and when it goes`(engine: Database.Engine)
    async throws
  {
    try await MessageRoom.with(engine, agrees: false) { room, id in
      let message = try await room.queue(MessageRoom.sms(about: id))
      #expect(try await room.state(message).state == .unagreed)
      let consent = try await room.agree(id, to: .sms)
      let second = try await room.queue(MessageRoom.sms(about: id, key: "b"))
      #expect(try await room.state(second).state == .waiting)
      try await room.people.withdraw(consent.id, of: consent.person, by: Staff.amel)
      #expect(try await room.messages.sendNext(.sms))
      #expect(try await room.state(second).state == .unagreed)
      #expect(room.line.sms.withLockedValue { $0.isEmpty })
      // Others need no consent.
      let provider = try await room.queue(MessageRoom.mail(about: id))
      #expect(try await room.state(provider).state == .waiting)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `to the person goes by no way that is not safe, and says no word she is to be spared`(
    engine: Database.Engine
  ) async throws {
    try await MessageRoom.with(engine) { room, id in
      func correct(_ change: (inout Identity) -> Void) async throws {
        let person = try await room.cases.open(id, for: Staff.amel).person.person
        var identity = person.identity
        change(&identity)
        try await room.people.correct(person.id, to: identity, from: person.version, by: Staff.amel)
      }
      func way() async throws -> Message.Kind? {
        Messages.way(to: try await room.cases.open(id, for: Staff.amel).person)?.kind
      }
      try await correct { ($0[.email], $0[.safeWay]) = ("salma@example.tn", "Ring twice") }
      #expect(try await way() == .sms)
      let early = try await room.queue(MessageRoom.sms(about: id, key: "early"))
      try await correct { $0[.unsafeWay] = "sms" }
      #expect(try await way() == .email)
      #expect(try await room.messages.sendNext(.sms))
      #expect(try await room.state(early).state == .unagreed)
      let later = try await room.queue(MessageRoom.sms(about: id, key: "later"))
      #expect(try await room.state(later).state == .unagreed)
      try await correct { $0[.unsafeWay] = "both" }
      #expect(try await way() == nil)
      try await correct { ($0[.unsafeWay], $0[.wordsToAvoid]) = (nil, "rendez-vous, موعد") }
      #expect(try await way() == .sms)
      let telling = try await room.queue(MessageRoom.sms(about: id, key: "telling", "والموعد غدا"))
      #expect(try await room.state(telling).state == .unagreed)
      let quiet = try await room.queue(MessageRoom.sms(about: id, key: "quiet", "نلتقي غدا"))
      #expect(try await room.state(quiet).state == .waiting)
      try await correct { $0[.wordsToAvoid] = "غدا" }
      #expect(try await room.messages.sendNext(.sms))
      #expect(try await room.state(quiet).state == .unagreed)
      await #expect(throws: Refusal.self) { try await room.messages.tryAgain(quiet, by: Staff.amel) }
      #expect(room.line.sms.withLockedValue { $0.isEmpty })
      // Whoever calls instead reads how.
      try await room.serve { site in
        let page = try await site.get("/messages/\(quiet)", as: Staff.amel).text
        #expect(page.contains("Ring twice") && page.contains("or it is not safe for her"))
      }
      // Others are written to as before.
      let provider = try await room.queue(MessageRoom.mail(about: id, "غدا {link}"))
      #expect(try await room.state(provider).state == .waiting)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `goes at its time, and not when it is of no more use`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      let (soon, end) = (room.clock.now.addingTimeInterval(3_600), room.clock.now.addingTimeInterval(7_200))
      let message = try await room.queue(MessageRoom.sms(about: id, from: soon, until: end))
      let second = try await room.queue(MessageRoom.sms(about: id, key: "b", from: soon, until: end))
      #expect(try await !room.messages.sendNext(.sms))
      room.clock.advance(seconds: 3_600)
      #expect(try await room.messages.sendNext(.sms))
      #expect(try await room.state(message).state == .sent)
      room.clock.advance(seconds: 3_601)
      #expect(try await room.messages.sendNext(.sms))
      #expect(try await room.state(second).state == .late)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `can be taken back by its room while it waits`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      let message = try await room.queue(MessageRoom.sms(about: id))
      let sent = try await room.queue(MessageRoom.mail(about: id))
      #expect(try await room.messages.sendNext(.email))
      for _ in 0..<2 {
        try await room.database.write { db in
          try room.messages.withdraw(keys: ["reminder:1", "mail:1", "unknown"], by: Staff.amel, in: db)
        }
      }
      #expect(try await room.state(message).state == .withdrawn)
      #expect(try await room.state(sent).state == .sent)
      #expect(try await !room.messages.sendNext(.sms))
      let known = try await room.database.read { db in
        try room.messages.messages(ofKeys: ["mail:1", "x"], in: db)
      }
      #expect(known.mapValues(\.state) == ["mail:1": .sent])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is sealed, and its link is gone once it went`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      let message = try await room.queue(MessageRoom.mail(about: id))
      func raw() async throws -> (String, [UInt8]?) {
        try await room.database.read { db in
          try db.rows("SELECT words, link FROM message") { row in
            (String(decoding: try row[0] as [UInt8], as: UTF8.self), try row[1] as [UInt8]?)
          }[0]
        }
      }
      let before = try await raw()
      #expect(!before.0.contains("ong@example.org") && before.1 != nil)
      let opened = try await room.messages.open(message, for: Staff.amel)
      #expect(opened.text.text == "Répondez ici : {link}")
      #expect(try await room.messages.sendNext(.email))
      let mail = try #require(room.line.mail.withLockedValue { $0.first })
      let body = try #require(mail.range(of: "\r\n\r\n")).upperBound
      let data = try #require(Data(base64Encoded: mail[body...].filter { !$0.isWhitespace }))
      #expect(String(decoding: data, as: UTF8.self) == "Répondez ici : https://x/abc")
      let after = try await raw()
      #expect(after.1 == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is seen by those who see the case, and about nobody by the centre`(engine: Database.Engine)
    async throws
  {
    try await MessageRoom.with(engine) { room, id in
      let message = try await room.queue(MessageRoom.sms(about: id))
      let other = try await room.queue(MessageRoom.mail(about: nil, key: "n"))
      for actor in [Staff.emna, Staff.bilel] {
        await #expect(throws: Refusal.notFound) { try await room.messages.open(message, for: actor) }
        #expect(try await room.messages.list(.waiting, after: nil, for: actor).messages.isEmpty)
      }
      await #expect(throws: Refusal.notAllowed(.writeLetters)) {
        try await room.messages.settle(message, .called, by: Staff.dorra)
      }
      #expect(
        try await room.messages.list(.waiting, after: nil, for: Staff.dorra).messages.map(\.id) == [message])
      let centre = try await room.messages.list(.waiting, after: nil, for: Staff.fathi).messages
      #expect(centre.map(\.id) == [other, message])
      let opened = try await room.messages.open(other, for: Staff.fathi)
      #expect(opened.number == nil && opened.text.address == "ong@example.org")
      try await room.cases.assign(id, to: Staff.bilel.id, by: Staff.chokri)
      #expect(
        try await room.messages.list(.waiting, after: nil, for: Staff.bilel).messages.map(\.id) == [message])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `costs no reading of whole tables`(engine: Database.Engine) async throws {
    try await MessageRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let watched = MessageRoom(plans.watching(room.database), clock: room.clock, line: room.line)
      let message = try await watched.queue(MessageRoom.sms(about: id))
      for shelf in Message.Shelf.allCases {
        for actor in [Staff.amel, Staff.bilel, Staff.fathi] {
          _ = try await watched.messages.list(shelf, after: message, for: actor)
        }
      }
      _ = try await watched.messages.list(of: id, after: nil, for: Staff.amel)
      _ = try await watched.messages.failed(of: Staff.amel)
      try await watched.messages.sendNext(.sms)
      try await watched.messages.recover()
      _ = try await watched.messages.open(message, for: Staff.amel)
      #expect(plans.offences(small: ["installation_key"]).isEmpty)
    }
  }
}
