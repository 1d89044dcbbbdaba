import Basics
import Foundation
import Storage
import TestSupport
import Testing
import Web

@testable import Accounts

@Suite struct `Keeping accounts` {
  static func account(
    _ name: String, roles: Set<Role> = [.counsellor], password: String = AccountRoom.password,
    id: AccountID = AccountID()
  ) -> NewAccount {
    NewAccount(
      id: id, signInName: name, name: name, institution: "OTE", antenna: "TUN", roles: roles,
      password: password)
  }

  @Test(arguments: TestDatabase.engines)
  func `an account is made once; its name is taken, its password good, its roles some`(
    engine: Database.Engine
  )
    async throws
  {
    try await AccountRoom.with(engine) { room in
      let account = Self.account("amel")
      for _ in 0..<2 { try await room.accounts.create(account, by: .program) }
      #expect(try await room.accounts.list(after: "", for: .program).map(\.signInName) == ["amel"])
      func refused(_ account: NewAccount) async throws -> [String] {
        do { try await room.accounts.create(account, by: .program) } catch Refusal.invalid(let errors) {
          return errors.map(\.field)
        }
        return []
      }
      #expect(try await refused(Self.account("AMEL")) == ["sign-in-name"])
      #expect(try await refused(Self.account("bilel", password: "motdepasse123")) == ["new-password"])
      #expect(try await refused(Self.account("bilel", roles: [])) == ["roles"])
      await #expect(throws: Refusal.notAllowed(.manageAccounts)) {
        try await room.accounts.create(Self.account("bilel"), by: Staff.chokri)
      }
      #expect(try await room.acts() == ["account.create"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a duty beyond the roles is given, told in the journal and taken back`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create()
      func give(_ duties: Set<Duty>, from version: Int) async throws {
        let facts = AccountFacts(name: "Amel", antenna: "TUN", roles: [.counsellor], duties: duties)
        try await room.accounts.change(id, to: facts, from: version, by: .program)
      }
      try await give([.readSocialSection], from: 1)
      let given = try await room.accounts.find(id, by: .program)
      #expect(given.actor.duties == Role.counsellor.duties.union([.readSocialSection]))
      await #expect(throws: Refusal.self) { try await give([.writeHealthSection], from: 2) }
      await #expect(throws: Refusal.self) { try await give([.manageAccounts], from: 2) }
      try await give([], from: 2)
      #expect(try await room.accounts.find(id, by: .program).actor.duties == Role.counsellor.duties)
      #expect(try await room.acts() == ["account.change", "account.change", "account.create"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two who change an account at once do not overwrite each other`(engine: Database.Engine) async throws {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create()
      func change(_ roles: Set<Role>, by actor: Actor = .program) async throws {
        let facts = AccountFacts(name: "Amel B.", antenna: "TUN", roles: roles, seesAssignedOnly: true)
        try await room.accounts.change(id, to: facts, from: 1, by: actor)
      }
      _ = try await room.accounts.names(of: [id])
      await #expect(throws: Refusal.notAllowed(.manageAccounts)) {
        try await change([.antennaHead], by: Staff.chokri)
      }
      try await change([.antennaHead])
      // The same form again changes nothing; another role meets the one that was given meanwhile.
      try await change([.antennaHead])
      let conflict = FieldConflict(
        field: "roles", base: "counsellor", mine: "social-counsellor", theirs: "antenna-head",
        saved: FieldConflict.Saving(by: Actor.program.id, at: room.clock.now))
      await #expect {
        try await change([.socialCounsellor])
      } throws: { error in
        guard case .changedMeanwhile(let conflicts, _) = error as? Refusal else { return false }
        return conflicts == [conflict]
      }
      await #expect(throws: Refusal.self) { try await change([]) }
      let account = try await room.accounts.find(id, by: .program)
      #expect(account.roles == [.antennaHead] && account.seesAssignedOnly && account.version == 2)
      #expect(try await room.accounts.names(of: [id]) == [id: "Amel B."])
      // Whoever changed another field, on the page as it was at first, changes that one only.
      let other = AccountFacts(name: "Amel", institution: "PS", antenna: "TUN", roles: [.counsellor])
      try await room.accounts.change(id, to: other, from: 1, by: .program)
      let merged = try await room.accounts.find(id, by: .program)
      #expect(merged.institution == "PS" && merged.name == "Amel B." && merged.roles == [.antennaHead])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `everything done to an account is in the journal, and no secret is`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create(roles: [.centre], mustChange: true)
      let actor = try await room.accounts.find(id, by: .program).actor
      let new = "amandes et figues"
      try await room.accounts.changePassword(of: actor, from: AccountRoom.password, to: new)
      let secret = OneTimeCode.newSecret()
      let code = OneTimeCode.code(secret, step: OneTimeCode.step(at: room.clock.now))
      let recovery = try await room.accounts.enrol(
        actor, secret: secret, code: code, password: new)
      try await room.accounts.setLanguage(of: actor, .arabic)
      try await room.accounts.change(
        id, to: AccountFacts(name: "Amel", antenna: nil, roles: [.auditor]), from: 4, by: .program)
      try await room.accounts.resetPassword(of: id, to: "raisins et dattes", by: .program)
      try await room.accounts.setDisabled(id, true, by: .program)
      try await room.accounts.setDisabled(id, false, by: .program)
      try await room.accounts.signOutEverywhere(actor)
      let acts = try await room.acts()
      #expect(
        acts == [
          "account.change", "account.change-password", "account.create", "account.disable", "account.enable",
          "account.enrol-second-factor", "account.reset-password", "account.set-language",
          "account.sign-out-everywhere",
        ])
      let told = try await room.database.read { db in
        try db.rows("SELECT changes FROM journal_entry") { row in try row[0] as [UInt8] }.flatMap { $0 }
      }
      let stored = try await room.database.read { db in
        try db.rows("SELECT secret, password FROM account") { row in
          (try row[0] as [UInt8]) + Array((try row[1] as String).utf8)
        }.flatMap { $0 }
      }
      #expect(told.firstRange(of: Array("auditor".utf8)) != nil)
      let secrets =
        [AccountRoom.password, new, "raisins et dattes", code, OneTimeCode.base32(secret)] + recovery
      for text in secrets {
        #expect(told.firstRange(of: Array(text.utf8)) == nil)
        #expect(stored.firstRange(of: Array(text.utf8)) == nil)
      }
      #expect(told.firstRange(of: secret) == nil && stored.firstRange(of: secret) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `changing the password needs the present one and ends every session`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      try await room.create(mustChange: true)
      let tokens = [try await room.signIn(), try await room.signIn()]
      let actor = try #require(try await room.session(tokens[0])?.actor)
      func change(_ old: String, _ new: String) async throws -> [String] {
        do { try await room.accounts.changePassword(of: actor, from: old, to: new) } catch Refusal.invalid(
          let errors)
        { return errors.map(\.field) }
        return []
      }
      #expect(try await change("wrong password", "amandes et figues") == ["password"])
      #expect(try await change(AccountRoom.password, AccountRoom.password) == ["new-password"])
      #expect(try await change(AccountRoom.password, "short") == ["new-password"])
      #expect(try await change(AccountRoom.password, "amandes et figues") == [])
      for token in tokens { #expect(try await room.session(token) == nil) }
      #expect(try await room.refusal("amel", AccountRoom.password) == AccountRoom.wrong)
      let again = try await room.signIn("amel", "amandes et figues")
      #expect(try await room.session(again)?.mustVisit == nil)
      // A first password given anew is changed at the next sign-in.
      await #expect(throws: Refusal.notAllowed(.manageAccounts)) {
        try await room.accounts.resetPassword(of: actor.id, to: "raisins et dattes", by: Staff.chokri)
      }
      try await room.accounts.resetPassword(of: actor.id, to: "raisins et dattes", by: .program)
      #expect(try await room.session(again) == nil)
      let reset = try await room.signIn("amel", "raisins et dattes")
      #expect(try await room.session(reset)?.mustVisit == "/account/password")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nobody closes her own account, and only her own is shown without the duty`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      let id = try await room.create("hela", roles: [.administrator])
      let other = try await room.create()
      let (hela, amel) = (
        try await room.accounts.find(id, by: .program).actor,
        try await room.accounts.find(other, by: .program).actor
      )
      await #expect(throws: Refusal.self) { try await room.accounts.setDisabled(id, true, by: hela) }
      await #expect(throws: Refusal.notAllowed(.manageAccounts)) {
        try await room.accounts.setDisabled(id, true, by: amel)
      }
      await #expect(throws: Refusal.notAllowed(.manageAccounts)) {
        try await room.accounts.find(id, by: amel)
      }
      await #expect(throws: Refusal.notAllowed(.manageAccounts)) {
        try await room.accounts.list(after: "", for: amel)
      }
      #expect(try await room.accounts.find(other, by: amel).signInName == "amel")
      await #expect(throws: Refusal.notFound) { try await room.accounts.find(AccountID(), by: hela) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `contact persons are the open accounts of the antenna that may receive`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      let amel = try await room.create("amel")
      try await room.create("hela", roles: [.administrator])
      let gone = try await room.create("gone")
      try await room.accounts.setDisabled(gone, true, by: .program)
      #expect(try await room.accounts.colleagues(of: "TUN").map(\.id) == [amel])
      #expect(try await room.accounts.colleagues(of: "SFA").isEmpty)
      #expect(try await room.accounts.actor(signInName: "AMEL")?.id == amel)
      #expect(try await room.accounts.actor(signInName: "gone") == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `no sign-in, session or list of accounts reads or sorts a whole table`(engine: Database.Engine)
    async throws
  {
    try await AccountRoom.with(engine) { room in
      let plans = QueryPlans()
      let watched = AccountRoom(plans.watching(room.database), clock: room.clock)
      let id = try await watched.create("fathi", roles: [.centre])
      _ = try await watched.refusal("fathi")
      _ = try await `The second factor`.enrol(watched, id)
      room.clock.advance(seconds: 90)
      let half = try await watched.signIn("fathi")
      let token = try await watched.accounts.enterCode(
        `The second factor`.code(watched), halfToken: half, address: AccountRoom.address)
      room.clock.advance(seconds: 90)
      let actor = try #require(try await watched.session(token)?.actor)
      _ = try await watched.accounts.list(after: "a", for: .program)
      _ = try await watched.accounts.colleagues(of: "TUN")
      _ = try await watched.accounts.names(of: [AccountID(), id])
      try await watched.accounts.signOut(token)
      try await watched.accounts.signOutEverywhere(actor)
      #expect(plans.steps.count > 30)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
