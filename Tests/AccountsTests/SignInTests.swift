import Basics
import Foundation
import Storage
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct `Signing in` {
  @Test(arguments: TestDatabase.engines)
  func `the right password opens a session; an unknown name and a wrong password sound the same`(
    engine: Database.Engine
  ) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create()
      let token = try await room.signIn("AMEL")
      let session = try #require(try await room.session(token))
      #expect(session.actor.id == id && session.actor.scope == .antenna && session.mustVisit == nil)
      #expect(try await room.refusal() == AccountRoom.wrong)
      #expect(try await room.refusal("nobody", from: "192.0.2.8") == AccountRoom.wrong)
      #expect(try await room.refusal("' OR 1=1 --", from: "192.0.2.9") == AccountRoom.wrong)
      try await room.accounts.setDisabled(id, true, by: .program)
      #expect(try await room.refusal("amel", AccountRoom.password, from: "192.0.2.10") == AccountRoom.wrong)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `after three wrong ones the account waits, ever longer, whether it exists or not`(
    engine: Database.Engine
  )
    async throws
  {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      for name in ["amel", "nobody"] {
        var address = 0
        func refusal(_ password: String = "wrong password") async throws -> Refusal? {
          address += 1
          return try await room.refusal(name, password, from: "\(name) \(address)")
        }
        for _ in 0..<3 { #expect(try await refusal() == AccountRoom.wrong) }
        for wait in [2, 4, 8] {
          #expect(try await refusal(AccountRoom.password) == .tooMany(retryAfter: wait))
          room.clock.advance(seconds: Double(wait))
          #expect(try await refusal() == AccountRoom.wrong)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `wrong ones at the same moment are counted like others`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      let refusals = try await withThrowingTaskGroup(of: Refusal?.self) { group in
        for index in 0..<12 {
          group.addTask { try await room.refusal("amel", "wrong", from: "192.0.2.\(index)") }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(refusals.count { $0 == AccountRoom.wrong } == 3)
      #expect(refusals.count { $0 == .tooMany(retryAfter: 2) } == 9)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `success ends the wait`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      for _ in 0..<3 { _ = try await room.refusal() }
      room.clock.advance(seconds: 2)
      _ = try await room.signIn()
      for _ in 0..<3 { #expect(try await room.refusal() == AccountRoom.wrong) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an address that tries many names waits; others do not`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      for index in 0..<20 {
        let refusal = try await room.refusal("name \(index)")
        #expect(refusal == AccountRoom.wrong)
      }
      #expect(try await room.refusal("amel", AccountRoom.password) == .tooMany(retryAfter: 2))
      _ = try await room.signIn(from: "198.51.100.1")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `neither names nor addresses that failed stand in the database`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      _ = try await room.refusal("my password by mistake")
      let stored = try await room.database.read { db in
        try db.rows("SELECT subject FROM sign_in_failure") { row in try row[0] as String }
      }
      #expect(stored.count == 2)
      #expect(stored.allSatisfy { !$0.contains("mistake") && !$0.contains("192.0.2.7") })
    }
  }
}

@Suite struct `Sessions` {
  @Test(arguments: TestDatabase.engines)
  func `only the hash of a token is stored`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      let tokens = [try await room.signIn(), try await room.signIn()]
      #expect(Set(tokens).count == 2)
      #expect(tokens.allSatisfy { $0.utf8.count == 64 })
      let stored = try await room.database.read { db in
        try db.rows("SELECT token_hash FROM session") { row in try row[0] as [UInt8] }
      }
      #expect(Set(stored) == Set(tokens.map(SessionCookie.hash)))
      for token in tokens {
        let bytes = stride(from: 0, to: 64, by: 2).compactMap {
          UInt8(token.dropFirst($0).prefix(2), radix: 16)
        }
        #expect(stored.allSatisfy { $0 != bytes && $0 != Array(token.utf8) })
      }
      #expect(try await room.session(String(repeating: "0", count: 64)) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `end after an hour without a request`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      let token = try await room.signIn()
      for _ in 0..<3 {
        room.clock.advance(seconds: 3_599)
        #expect(try await room.session(token) != nil)
      }
      room.clock.advance(seconds: 3_600)
      #expect(try await room.session(token) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `end after twelve hours, however busy`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      let token = try await room.signIn()
      for _ in 0..<23 {
        room.clock.advance(seconds: 1_800)
        #expect(try await room.session(token) != nil)
      }
      room.clock.advance(seconds: 1_800)
      #expect(try await room.session(token) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `end at once: this one by signing out, all of them by signing out everywhere`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      try await room.create("other")
      let tokens = [try await room.signIn(), try await room.signIn(), try await room.signIn()]
      let other = try await room.signIn("other")
      let actor = try #require(try await room.session(tokens[0])?.actor)
      #expect(try await room.accounts.sessionCount(of: actor) == 3)
      try await room.accounts.signOut(tokens[0])
      #expect(try await room.session(tokens[0]) == nil)
      #expect(try await room.session(tokens[1]) != nil)
      try await room.accounts.signOutEverywhere(actor)
      for token in tokens { #expect(try await room.session(token) == nil) }
      #expect(try await room.session(other) != nil)
      #expect(try await room.acts().contains("account.sign-out-everywhere"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `ended by another program, are not seen for more than five seconds`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      try await room.create()
      let token = try await room.signIn()
      let actor = try #require(try await room.session(token)?.actor)
      try await AccountRoom(room.database).accounts.signOutEverywhere(actor)
      room.clock.advance(seconds: 5)
      #expect(try await room.session(token) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of a disabled account end at once`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create()
      let token = try await room.signIn()
      #expect(try await room.session(token) != nil)
      try await room.accounts.setDisabled(id, true, by: .program)
      #expect(try await room.session(token) == nil)
      try await room.accounts.setDisabled(id, false, by: .program)
      #expect(try await room.session(token) == nil)
      let again = try await room.signIn()
      #expect(try await room.session(again) != nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `show what an account may do now`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create()
      let token = try await room.signIn()
      #expect(try await room.session(token)?.actor.may(.assignCases) == false)
      try await room.accounts.change(
        id, to: AccountFacts(name: "Amel", antenna: "SFA", roles: [.antennaHead]), from: 1, by: .program)
      let actor = try #require(try await room.session(token)?.actor)
      #expect(actor.may(.assignCases) && actor.antenna == "SFA")
    }
  }
}

@Suite struct `The second factor` {
  static let secret = Array("12345678901234567890".utf8)

  static func enrol(_ room: AccountRoom, _ id: AccountID) async throws -> [String] {
    let actor = try await room.accounts.find(id, by: .program).actor
    let code = OneTimeCode.code(secret, step: OneTimeCode.step(at: room.clock.now))
    return try await room.accounts.enrol(
      actor, secret: secret, code: code, password: AccountRoom.password)
  }

  static func code(_ room: AccountRoom) -> String {
    OneTimeCode.code(secret, step: OneTimeCode.step(at: room.clock.now))
  }

  @Test(arguments: TestDatabase.engines)
  func `who sees the nation sets it up before anything else`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create("fathi", roles: [.centre])
      let token = try await room.signIn("fathi")
      #expect(try await room.session(token)?.mustVisit == "/account/second-factor")
      await #expect(throws: Refusal.self) {
        let actor = try await room.accounts.find(id, by: .program).actor
        _ = try await room.accounts.enrol(
          actor, secret: Self.secret, code: "000000", password: AccountRoom.password)
      }
      // Nor does whoever finds the desk open, without the password; wrong ones make one wait.
      let notYours = Refusal.invalid([FieldError("password", say("This is not your present password."))])
      for _ in 0..<3 {
        await #expect(throws: notYours) {
          let actor = try await room.accounts.find(id, by: .program).actor
          _ = try await room.accounts.enrol(
            actor, secret: Self.secret, code: Self.code(room), password: "wrong password")
        }
      }
      await #expect(throws: Refusal.tooMany(retryAfter: 2)) { try await Self.enrol(room, id) }
      room.clock.advance(seconds: 3)
      let codes = try await Self.enrol(room, id)
      #expect(Set(codes).count == 10)
      #expect(codes.allSatisfy { $0.count == 11 })
      #expect(try await room.session(token)?.mustVisit == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a first password is changed before anything else, the second factor too`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      try await room.create("fathi", roles: [.centre], mustChange: true)
      let token = try await room.signIn("fathi")
      #expect(try await room.session(token)?.mustVisit == "/account/password")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the password alone opens nothing; each code opens one door`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create("fathi", roles: [.centre])
      _ = try await Self.enrol(room, id)
      room.clock.advance(seconds: 30)
      let half = try await room.signIn("fathi")
      #expect(try await room.session(half) == nil)
      let code = Self.code(room)
      let token = try await room.accounts.enterCode(code, halfToken: half, address: AccountRoom.address)
      #expect(try await room.session(token)?.actor.id == id)
      #expect(token != half)
      // The half session is spent, and so is the code.
      await #expect(throws: Refusal.signIn) {
        try await room.accounts.enterCode(code, halfToken: half, address: AccountRoom.address)
      }
      let second = try await room.signIn("fathi")
      let isUsed = Refusal.invalid([
        FieldError("code", say("This code is not right, or was used already. Wait for the next one."))
      ])
      await #expect(throws: isUsed) {
        try await room.accounts.enterCode(code, halfToken: second, address: AccountRoom.address)
      }
      room.clock.advance(seconds: 30)
      _ = try await room.accounts.enterCode(Self.code(room), halfToken: second, address: AccountRoom.address)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the same code sent many times at once opens one door`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create("fathi", roles: [.centre])
      let recovery = try await Self.enrol(room, id)
      room.clock.advance(seconds: 30)
      let halves = [
        try await room.signIn("fathi"), try await room.signIn("fathi"), try await room.signIn("fathi"),
      ]
      for code in [Self.code(room), recovery[0]] {
        let opened = await withTaskGroup(of: Bool.self) { group in
          for (index, half) in halves.enumerated() {
            group.addTask {
              (try? await room.accounts.enterCode(code, halfToken: half, address: "\(index)")) != nil
            }
          }
          return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(opened == 1)
        room.clock.advance(seconds: 60)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a recovery code opens one door, however it is written`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create("fathi", roles: [.centre])
      let codes = try await Self.enrol(room, id)
      func enter(_ code: String) async throws -> String {
        let half = try await room.signIn("fathi")
        return try await room.accounts.enterCode(code, halfToken: half, address: AccountRoom.address)
      }
      _ = try await enter(codes[0])
      await #expect(throws: Refusal.self) { try await enter(codes[0]) }
      _ = try await enter(" \(codes[1].uppercased().replacing("-", with: " "))")
      let stored = try await room.database.read { db in
        try db.rows("SELECT hash FROM recovery_code") { row in try row[0] as [UInt8] }
      }
      #expect(stored.count == 8)
      // Setting it up again makes the old ones worthless.
      room.clock.advance(seconds: 30)
      _ = try await Self.enrol(room, id)
      await #expect(throws: Refusal.self) { try await enter(codes[2]) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `waits after wrong codes, and the step to enter one lasts five minutes`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create("fathi", roles: [.centre])
      _ = try await Self.enrol(room, id)
      room.clock.advance(seconds: 30)
      let half = try await room.signIn("fathi")
      func enter(_ code: String) async throws -> String {
        try await room.accounts.enterCode(code, halfToken: half, address: AccountRoom.address)
      }
      for _ in 0..<3 { await #expect(throws: Refusal.self) { try await enter("000000") } }
      await #expect(throws: Refusal.tooMany(retryAfter: 2)) { try await enter(Self.code(room)) }
      room.clock.advance(seconds: 300)
      await #expect(throws: Refusal.signIn) { try await enter(Self.code(room)) }
      await #expect(throws: Refusal.signIn) {
        try await room.accounts.enterCode("000000", halfToken: nil, address: AccountRoom.address)
      }
    }
  }
}
