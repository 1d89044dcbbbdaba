import Basics
import Crypto
import Foundation
import NIOConcurrencyHelpers
import Storage
import Web

/// The door of the area: who works here, what they may do, who is signed in.
package struct Accounts: Sendable {
  let database: Database
  let now: @Sendable () -> Date
  let hasher = PasswordHasher()
  let kept = KeptSessions()
  private let names = NIOLockedValueBox<[AccountID: String]>([:])

  package init(database: Database, now: @escaping @Sendable () -> Date = { Date() }) {
    self.database = database
    self.now = now
  }

  /// Makes an account. The password is checked, hashed and forgotten.
  /// - Throws: `Refusal.invalid` for a weak password or a sign-in name that is taken.
  package func create(_ account: NewAccount, by actor: Actor) async throws {
    try actor.must(.manageAccounts)
    try PasswordRules.check(account.password, signInName: account.signInName)
    try DutyRules.check(account.facts)
    let hash = try await hasher.hash(account.password)
    let now = now()
    try await database.write { db in
      guard try AccountStore.insert(account, hash: hash, wrapped: try db.vault.newKey().wrapped, in: db)
      else {
        // Asked last: whoever sent the same form at the same moment was first.
        guard let kept = try AccountStore.find(account.id, in: db) else {
          throw Refusal.invalid([FieldError("sign-in-name", say("This sign-in name is taken."))])
        }
        guard kept.signInName == account.signInName, kept.version > 1 || kept.facts == account.facts else {
          throw Refusal.sentBefore("sign-in-name")
        }
        return
      }
      try Journal.append(
        "account.create", on: Account.reference(account.id), by: actor, at: now, version: 1,
        changes: account.facts.fields.asNew, in: db)
    }
  }

  /// Changes what an account is and may do. Typed on top of `version`: what others changed meanwhile is kept.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else.
  package func change(_ id: AccountID, to facts: AccountFacts, from version: Int, by actor: Actor)
    async throws
  {
    try actor.must(.manageAccounts)
    try DutyRules.check(facts)
    let now = now()
    try await database.write { db in
      let old = try AccountStore.require(id, in: db)
      let merged = AccountFacts(
        try Journal.merge(
          facts.fields, from: version, of: Account.reference(id), into: old.facts.fields, key: nil, in: db))
      // Two who each took something may together leave what no rule allows.
      try DutyRules.check(merged)
      guard merged != old.facts else { return }
      guard try AccountStore.update(id, from: old.version, to: merged, in: db) else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      try Journal.append(
        "account.change", on: Account.reference(id), by: actor, at: now, version: old.version + 1,
        changes: old.facts.fields.changes(to: merged.fields), in: db)
    }
    forget(id)
  }

  /// Closes an account, at once and everywhere, or opens it again.
  package func setDisabled(_ id: AccountID, _ isDisabled: Bool, by actor: Actor) async throws {
    try actor.must(.manageAccounts)
    guard id != actor.id else { throw Refusal.conflict(say("You cannot close your own account.")) }
    let now = now()
    try await database.write { db in
      _ = try AccountStore.require(id, in: db)
      try AccountStore.setDisabled(id, at: isDisabled ? now : nil, in: db)
      try SessionStore.deleteAll(of: id, in: db)
      try Journal.append(
        isDisabled ? "account.disable" : "account.enable", on: Account.reference(id), by: actor, at: now,
        in: db)
    }
    forget(id)
  }

  package func find(_ id: AccountID, by actor: Actor) async throws -> Account {
    guard id == actor.id || actor.may(.manageAccounts) else { throw Refusal.notAllowed(.manageAccounts) }
    return try await database.read { db in try AccountStore.require(id, in: db) }
  }

  /// Who signs in under this name; nil when nobody does, or no longer. For commands at the console.
  package func actor(signInName: String) async throws -> Actor? {
    let found = try await database.read { db in
      try AccountStore.find(signInName: signInName.lowercased(), in: db)
    }
    return found.flatMap { $0.account.disabledAt == nil ? $0.account.actor : nil }
  }

  /// A page of accounts by sign-in name.
  package func list(after name: String, for actor: Actor) async throws -> [Account] {
    try actor.must(.manageAccounts)
    return try await database.read { db in
      try AccountStore.page(after: name, limit: Self.pageSize + 1, in: db)
    }
  }

  static let pageSize = 50

  /// Who works at an antenna: those who can be somebody's contact person.
  package func colleagues(of antenna: AntennaCode) async throws -> [Account] {
    try await colleagues(of: [antenna])
  }

  /// The same of several antennas, one after the other; at most 2,000.
  package func colleagues(of antennas: [AntennaCode]) async throws -> [Account] {
    try await database.read { db in
      try AccountStore.colleagues(of: antennas, in: db).filter { $0.actor.may(.receivePersons) }
    }
  }

  /// All who work at an antenna, or at the centre where there is none; at most 2,000.
  package func people(at antenna: AntennaCode?) async throws -> [Account] {
    try await database.read { db in
      try antenna.map { try AccountStore.colleagues(of: [$0], in: db) } ?? AccountStore.office(in: db)
    }
  }

  /// All who work at an antenna, within the caller's transaction; at most 2,000.
  package func staff(of antenna: AntennaCode, in db: Connection) throws -> [AccountID] {
    try AccountStore.colleagues(of: [antenna], in: db).map(\.id)
  }

  /// Those whose accounts are open and who have a duty, by name: of one antenna and the centre, or of all; at most 2,000
  /// accounts are looked at.
  package func holders(of duty: Duty, at antenna: AntennaCode? = nil) async throws -> [Account] {
    try await database.read { db in
      try AccountStore.active(at: antenna, in: db).filter { $0.facts.has(duty) }
    }
  }

  /// Names of staff for a page, of `ids` at least; kept in memory, since there are few and they rarely change.
  package func names(of ids: [AccountID]) async throws -> [AccountID: String] {
    let kept = names.withLockedValue { $0 }
    let missing = Set(ids.lazy.filter { kept[$0] == nil })
    if missing.isEmpty { return kept }
    let read = try await database.read { db in try AccountStore.names(of: Array(missing), in: db) }
    return names.withLockedValue { names in
      names.merge(read) { $1 }
      return names
    }
  }

  /// The same within the caller's transaction: for what another area shows on the page of a case.
  package func names(of ids: [AccountID], in db: Connection) throws -> [AccountID: String] {
    let kept = names.withLockedValue { $0 }
    let missing = Set(ids.lazy.filter { kept[$0] == nil })
    if missing.isEmpty { return kept }
    let read = try AccountStore.names(of: Array(missing), in: db)
    return kept.merging(read) { $1 }
  }

  /// What staff are, for a person who may know that somebody of the service acted, and not who: institution, roles,
  /// antenna. Those who are unknown are missing.
  package func posts(of ids: [AccountID], in db: Connection) throws -> [AccountID: Post] {
    let found = try AccountStore.find(Array(Set(ids)), in: db).map { account in
      let roles = Role.allCases.filter(account.roles.contains)
      return (account.id, Post(institution: account.institution, antenna: account.antenna, roles: roles))
    }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// An account that is open; nil where it is closed or unknown. For what the program does in somebody's name.
  package func active(_ id: AccountID, in db: Connection) throws -> Account? {
    try AccountStore.find(id, in: db).flatMap { $0.disabledAt == nil ? $0 : nil }
  }

  /// Wraps a batch of accounts' keys by the newest master key.
  package func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    try AccountStore.rewrap(after: id, limit: limit, in: db)
  }

  func forget(_ id: AccountID) {
    names.withLockedValue { $0[id] = nil }
    kept.forget(id)
  }
}

/// What a member of staff is, without her name.
package struct Post: Equatable, Sendable {
  package let institution: InstitutionCode
  /// Nil at the centre.
  package let antenna: AntennaCode?
  package let roles: [Role]

  /// Of a service outside: the institution in the account says nothing of it.
  package var isOutside: Bool { roles.contains(where: \.isOutside) }
}
