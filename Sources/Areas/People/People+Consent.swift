import Basics
import Foundation
import Storage

/// What another area does when a consent is withdrawn, in the same transaction.
package typealias ConsentFollower =
  @Sendable (_ consent: Consent, _ subject: Subject, _ actor: Actor, _ now: Date, _ db: Connection) throws ->
  Void

extension People {
  /// Records a consent; the same id a second time is the same consent.
  /// - Throws: `Refusal.conflict` when one for that purpose is in force already, `sentBefore` when the id came with
  ///   other answers then.
  package func record(_ consent: Consent, by actor: Actor) async throws {
    try actor.must(.recordConsent)
    try await database.write { db in
      _ = try PersonStore.require(consent.person, visibleTo: actor, in: db)
      try record(consent, by: actor, in: db)
    }
  }

  /// The same within the caller's transaction.
  package func record(_ consent: Consent, by actor: Actor, in db: Connection) throws {
    try actor.must(.recordConsent)
    // Who stands for her, when her file was joined with another: what one agreed to, both did.
    let files = try files(of: consent.person, in: db)
    let inForce = try consents(of: files, in: db).filter { $0.isInForce && $0.purpose == consent.purpose }
    // Asked last, so that a form sent twice at once does not meet itself as another's.
    if try ConsentStore.exists(consent.id, in: db) {
      let kept = try ConsentStore.all(of: consent.person, in: db).first { $0.id == consent.id }
      guard kept?.isSame(as: consent) ?? true else { throw Refusal.sentBefore("purpose") }
      return
    }
    guard inForce.isEmpty else { throw Refusal.conflict(say("This consent is in force already.")) }
    let now = now()
    try ConsentStore.insert(consent, of: files[0], by: actor, at: now, in: db)
    try Journal.append(
      "consent.give", on: RecordReference("consent", consent.id), of: try subject(files[0], in: db),
      by: actor,
      at: now,
      changes: [FieldChange(field: consent.purpose.rawValue, before: nil, after: consent.way.rawValue)],
      in: db)
  }

  /// What the files of one person say of her consents, newest first.
  func consents(of files: [PersonID], in db: Connection) throws -> [Consent] {
    let consents = try files.flatMap { try ConsentStore.all(of: $0, in: db) }
    return files.count == 1
      ? consents : consents.sorted { ($1.givenOn, $0.id) < ($0.givenOn, $1.id) }
  }

  /// Records that the person withdrew a consent; from now on it is no ground for anything. Where she gave it in each of
  /// several files that were joined, it is withdrawn in all.
  /// - Returns: for what it was given.
  @discardableResult
  package func withdraw(_ id: RecordID<Consent>, of person: PersonID, by actor: Actor) async throws
    -> Consent.Purpose
  {
    try actor.must(.recordConsent)
    let now = now()
    return try await database.write { db in
      let opened = try read(person, for: actor, in: db)
      guard let consent = opened.consents.first(where: { $0.id == id }) else { throw Refusal.notFound }
      for given in opened.consents
      where given.purpose == consent.purpose && (given.id == id || given.isInForce) {
        guard try ConsentStore.withdraw(given.id, of: given.person, by: actor, at: now, in: db) else {
          continue
        }
        try Journal.append(
          "consent.withdraw", on: RecordReference("consent", given.id), of: try subject(given.person, in: db),
          by: actor, at: now,
          changes: [FieldChange(field: given.purpose.rawValue, before: given.way.rawValue, after: nil)],
          in: db)
        for follow in withdrawals { try follow(given, try subject(given.person, in: db), actor, now, db) }
      }
      return consent.purpose
    }
  }
}
