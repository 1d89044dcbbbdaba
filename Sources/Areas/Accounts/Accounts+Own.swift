import Basics
import Foundation
import Storage
import Web

extension Accounts {
  /// Changes one's own password; all other sessions end.
  package func changePassword(of actor: Actor, from old: String, to new: String) async throws {
    let account = try await confirm(old, of: actor)
    try PasswordRules.check(new, signInName: account.signInName)
    guard new != old else {
      throw Refusal.invalid([FieldError("new-password", say("Choose another than the present one."))])
    }
    try await setPassword(of: actor.id, new, mustChange: false, act: "account.change-password", by: actor)
  }

  /// Gives another a first password, which she changes when she signs in.
  package func resetPassword(of id: AccountID, to password: String, by actor: Actor) async throws {
    try actor.must(.manageAccounts)
    let account = try await find(id, by: actor)
    try PasswordRules.check(password, signInName: account.signInName)
    try await setPassword(of: id, password, mustChange: true, act: "account.reset-password", by: actor)
  }

  private func setPassword(
    of id: AccountID, _ password: String, mustChange: Bool, act: String, by actor: Actor
  )
    async throws
  {
    let hash = try await hasher.hash(password)
    let now = now()
    try await database.write { db in
      try AccountStore.setPassword(of: id, hash, mustChange: mustChange, in: db)
      try SessionStore.deleteAll(of: id, in: db)
      try Journal.append(act, on: Account.reference(id), by: actor, at: now, in: db)
    }
    forget(id)
  }

  package func setLanguage(of actor: Actor, _ language: Language) async throws {
    let now = now()
    try await database.write { db in
      try AccountStore.setLanguage(of: actor.id, language, in: db)
      try Journal.append(
        "account.set-language", on: Account.reference(actor.id), by: actor, at: now,
        changes: [FieldChange(field: "language", before: nil, after: language.rawValue)], in: db)
    }
    forget(actor.id)
  }

  /// Turns the second factor on once a code of it was entered rightly, by whoever knows the password.
  /// - Returns: ten recovery codes, shown this once.
  package func enrol(_ actor: Actor, secret: [UInt8], code: String, password: String) async throws -> [String]
  {
    let now = now()
    _ = try await confirm(password, of: actor)
    guard let step = OneTimeCode.matchingStep(code, secret, at: now, after: 0) else {
      throw Refusal.invalid([
        FieldError("code", say("This code does not fit. Check the time of your phone and try the next one."))
      ])
    }
    let codes = (0..<10).map { _ in Self.newRecoveryCode() }
    try await database.write { db in
      try AccountStore.setSecret(of: actor.id, secret, in: db)
      _ = try AccountStore.use(step: step, of: actor.id, in: db)
      try AccountStore.replaceRecoveryCodes(of: actor.id, with: codes.map(Self.recoveryHash), in: db)
      try Journal.append(
        "account.enrol-second-factor", on: Account.reference(actor.id), by: actor, at: now, in: db)
    }
    forget(actor.id)
    return codes
  }

  /// Gives an account a second factor at once: for the demonstration, whose secrets are shown.
  package func setSecret(of id: AccountID, base32 secret: String, by actor: Actor) async throws {
    try actor.must(.manageAccounts)
    try await database.write { db in
      try AccountStore.setSecret(of: id, OneTimeCode.base32Decoded(secret), in: db)
    }
    forget(id)
  }

  /// Two groups of five letters and digits: 50 bits.
  private static func newRecoveryCode() -> String {
    let letters = RecordID<Account>().text.suffix(10)
    return "\(letters.prefix(5))-\(letters.suffix(5))"
  }
}
