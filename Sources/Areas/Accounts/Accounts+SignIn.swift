import Basics
import Crypto
import Foundation
import Storage
import Web

/// What signing in came to.
package enum SignedIn: Sendable {
  /// The token of a session.
  case yes(token: String)
  /// The password was right; the token of a half session that waits for the one-time code.
  case needsCode(token: String)
}

extension Accounts {
  /// First step: name and password. The same words and the same time whether the account exists or not.
  package func signIn(_ name: String, _ password: String, address: String) async throws -> SignedIn {
    let now = now()
    let name = name.lowercased()
    let subjects = [SignInSubject(.account, name), SignInSubject(.address, address)]
    // Counted before the slow comparison: a hundred tries at the same moment are a hundred tries.
    let found = try await database.write { db in
      for subject in subjects { try subject.countTry(at: now, in: db) }
      return try AccountStore.find(signInName: name, in: db)
    }
    let isRight = try await hasher.verify(password, found?.password)
    guard let account = found?.account, isRight, account.disabledAt == nil else {
      throw Refusal.invalid([FieldError("password", say("The name or the password is not right."))])
    }
    return account.hasSecondFactor
      ? .needsCode(token: try await start(account, isHalf: true, forgiving: subjects, at: now))
      : .yes(token: try await start(account, isHalf: false, clearing: subjects, at: now))
  }

  /// Second step: a code of the authenticator, or a recovery code. Each opens one door only.
  package func enterCode(_ code: String, halfToken: String?, address: String) async throws -> String {
    let now = now()
    let hash = SessionCookie.hash(halfToken ?? "")
    guard let half = try await database.read({ db in try SessionStore.find(hash, in: db) }), half.isHalf,
      half.isAlive(at: now)
    else { throw Refusal.signIn }
    let account = half.account
    let subjects = [SignInSubject(.code, account.id.text), SignInSubject(.address, address)]
    let isRight = try await database.write { db in
      for subject in subjects { try subject.countTry(at: now, in: db) }
      return try Self.use(code, of: account.id, at: now, in: db)
    }
    guard isRight else {
      throw Refusal.invalid([
        FieldError("code", say("This code is not right, or was used already. Wait for the next one."))
      ])
    }
    try await database.write { db in try SessionStore.delete(hash, in: db) }
    return try await start(
      account, isHalf: false, clearing: subjects + [SignInSubject(.account, account.signInName)], at: now)
  }

  /// Whoever sits at an open desk is not yet whose desk it is: what changes how one signs in asks for the password
  /// again. Wrong ones make one wait as at the door.
  func confirm(_ password: String, of actor: Actor) async throws -> Account {
    let now = now()
    let (account, hash) = try await database.write { db in
      let account = try AccountStore.require(actor.id, in: db)
      try SignInSubject(.account, account.signInName).countTry(at: now, in: db)
      return (account, try AccountStore.find(signInName: account.signInName, in: db)?.password)
    }
    guard try await hasher.verify(password, hash) else {
      throw Refusal.invalid([FieldError("password", say("This is not your present password."))])
    }
    try await database.write { db in
      try SignInSubject(.account, account.signInName).forgiveTry(in: db)
    }
    return account
  }

  private static func use(_ code: String, of id: AccountID, at now: Date, in db: Connection) throws -> Bool {
    if let secret = try AccountStore.secret(of: id, in: db),
      let step = OneTimeCode.matchingStep(code, secret.bytes, at: now, after: secret.lastStep)
    {
      return try AccountStore.use(step: step, of: id, in: db)
    }
    return try AccountStore.use(recoveryHash: recoveryHash(code), of: id, in: db)
  }

  static func recoveryHash(_ code: String) -> [UInt8] {
    SessionCookie.hash("recovery " + code.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// The session of a token: the hand that every request is met with.
  package func session(_ token: String, at now: Date) async throws -> Session? {
    if let session = kept.find(token, at: now) { return session }
    let hash = SessionCookie.hash(token)
    guard let stored = try await database.read({ db in try SessionStore.find(hash, in: db) }), !stored.isHalf,
      stored.isAlive(at: now)
    else { return nil }
    if now.timeIntervalSince(stored.seenAt) > 60 {
      try await database.write { db in try SessionStore.touch(hash, at: now, in: db) }
    }
    let session = Session(
      actor: stored.account.actor, language: stored.account.language,
      mustVisit: Self.detour(of: stored.account))
    kept.keep(session, token, at: now)
    return session
  }

  /// A first password is changed before anything else; whoever sees the nation signs in with two factors.
  private static func detour(of account: Account) -> String? {
    if account.mustChangePassword { return AccountPaths.password }
    return account.roles.contains(where: \.isNational) && !account.hasSecondFactor
      ? AccountPaths.secondFactor : nil
  }

  package func signOut(_ token: String) async throws {
    kept.forget(token: token)
    try await database.write { db in try SessionStore.delete(SessionCookie.hash(token), in: db) }
  }

  /// Ends every session of the account, this one too.
  package func signOutEverywhere(_ actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      try SessionStore.deleteAll(of: actor.id, in: db)
      try Journal.append(
        "account.sign-out-everywhere", on: Account.reference(actor.id), by: actor, at: now, in: db)
    }
    kept.forget(actor.id)
  }

  package func sessionCount(of actor: Actor) async throws -> Int {
    try await database.read { db in try SessionStore.count(of: actor.id, in: db) }
  }

  private func start(
    _ account: Account, isHalf: Bool, clearing cleared: [SignInSubject] = [],
    forgiving forgiven: [SignInSubject] = [], at now: Date
  ) async throws -> String {
    let token = SessionCookie.newToken()
    try await database.write { db in
      try SessionStore.insert(SessionCookie.hash(token), of: account.id, isHalf: isHalf, at: now, in: db)
      for subject in cleared { try SessionStore.clearFailures(of: subject.text, in: db) }
      for subject in forgiven { try subject.forgiveTry(in: db) }
      if !isHalf {
        try Journal.append(
          "account.sign-in", on: Account.reference(account.id), by: account.actor, at: now, in: db)
      }
    }
    return token
  }

}

/// For whom wrong tries are counted: an account, an address, a code.
private struct SignInSubject {
  let counted: SignInRules.Counted
  /// What was typed may be a password in the wrong field: only its hash is kept.
  let text: String

  init(_ counted: SignInRules.Counted, _ name: String) {
    self.counted = counted
    text = Data(SessionCookie.hash("\(counted.rawValue) \(name)").prefix(16)).base64EncodedString()
  }

  /// Counts a try as wrong until it turns out right.
  /// - Throws: `Refusal.tooMany` while the wait lasts; such a try is not counted.
  func countTry(at now: Date, in db: Connection) throws {
    let failures = try SessionStore.heldFailures(of: text, in: db)
    try SignInRules.mayTry(failures, of: counted, at: now)
    try SessionStore.setFailures(of: text, SignInRules.next(failures, at: now), in: db)
  }

  func forgiveTry(in db: Connection) throws {
    guard let failures = try SessionStore.failures(of: text, in: db) else { return }
    try SessionStore.setFailures(of: text, SignInRules.forgiven(failures), in: db)
  }
}
