import Basics
import Foundation
import Storage

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
    let inForce = try ConsentStore.all(of: consent.person, in: db).filter {
      $0.isInForce && $0.purpose == consent.purpose
    }
    // Asked last, so that a form sent twice at once does not meet itself as another's.
    if try ConsentStore.exists(consent.id, in: db) {
      let kept = try ConsentStore.all(of: consent.person, in: db).first { $0.id == consent.id }
      guard kept?.isSame(as: consent) ?? true else { throw Refusal.sentBefore("purpose") }
      return
    }
    guard inForce.isEmpty else { throw Refusal.conflict(say("This consent is in force already.")) }
    let now = now()
    try ConsentStore.insert(consent, by: actor, at: now, in: db)
    try Journal.append(
      "consent.give", on: RecordReference("consent", consent.id), of: try subject(consent.person, in: db),
      by: actor,
      at: now,
      changes: [FieldChange(field: consent.purpose.rawValue, before: nil, after: consent.way.rawValue)],
      in: db)
  }

  /// Records that the person withdrew a consent; from now on it is no ground for anything.
  package func withdraw(_ id: RecordID<Consent>, of person: PersonID, by actor: Actor) async throws {
    try actor.must(.recordConsent)
    let now = now()
    try await database.write { db in
      let opened = try read(person, for: actor, in: db)
      guard let consent = opened.consents.first(where: { $0.id == id }) else { throw Refusal.notFound }
      guard try ConsentStore.withdraw(id, of: person, by: actor, at: now, in: db) else { return }
      try Journal.append(
        "consent.withdraw", on: RecordReference("consent", id), of: try subject(person, in: db), by: actor,
        at: now,
        changes: [FieldChange(field: consent.purpose.rawValue, before: consent.way.rawValue, after: nil)],
        in: db)
    }
  }
}
