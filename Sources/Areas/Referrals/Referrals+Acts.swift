import Basics
import Cases
import Directory
import Foundation
import Messages
import Plans
import Storage

/// What is done with a referral: each act once, with its journal entry, and the plan hears of it.
extension Referrals {
  /// A referral that is held for a change.
  struct Held {
    let referral: Referral
    let file: CaseFile
    let subject: Subject
  }

  /// What the service said, noted by staff who heard it on the phone or on paper. The same a second time changes nothing.
  package func note(_ answer: ReferralAnswer, on id: RecordID<Referral>, by actor: Actor) async throws {
    try await change(id, by: actor, duty: .agreePlans) { held, now, db in
      try self.answer(answer, held, by: actor, at: now, in: db)
    }
  }

  /// The same from the service itself, or as staff heard it.
  func answer(_ answer: ReferralAnswer, _ held: Held, by actor: Actor, at now: Date, in db: Connection) throws
  {
    let referral = held.referral
    if try isDone(answer, held, in: db) { return }
    try ReferralRules.mustSay(answer, today: Day(of: now))
    var before = referral.progress
    if actor.id == Actor.program.id { before.wasReceived = true }
    let next = try before.after(answer.act)
    let seat = RecordID<Service.Seat>(referral.id.text) ?? RecordID()
    if case .accept = answer {
      try directory.takePlace(seat, in: referral.service, by: actor, at: now, in: db)
    }
    try ReferralStore.note(answer, of: referral.id, key: held.subject.key, at: now, in: db)
    if case .ask(let words) = answer {
      try ReferralStore.say(
        words, on: referral.id, of: referral.file, fromReceiver: true, key: held.subject.key, at: now, in: db)
    }
    try pass(held, to: next, "referral.\(answer.act.rawValue)", answer.fields, by: actor, at: now, in: db)
    switch answer {
    case .accept(let on, _): try tellPerson(.accepted(on), held, at: now, in: db)
    case .decline: try tellPerson(.news, held, at: now, in: db)
    case .report, .acknowledge: try directory.releasePlace(seat, by: actor, at: now, in: db)
    case .ask, .takeOn: break
    }
  }

  /// Whether the same was said before: a form sent twice, a button pressed again.
  private func isDone(_ answer: ReferralAnswer, _ held: Held, in db: Connection) throws -> Bool {
    let (referral, progress) = (held.referral, held.referral.progress)
    let words = try ReferralStore.words(of: referral.id, key: held.subject.key, in: db)
    switch answer {
    case .accept(let on, let contact): return referral.acceptedOn == on && words.contact == contact
    case .decline(let why, let told): return referral.decline == why && words.declined == told
    case .report(let outcome, let told): return referral.outcome == outcome && words.outcome == told
    case .takeOn: return progress.isTakenOn && referral.stage == .takenOn
    case .acknowledge: return progress.isAcknowledged
    case .ask(let question):
      let last = try ReferralStore.talk(referral.id, key: held.subject.key, in: db).last
      return last?.isFromReceiver == true && last?.words == question
    }
  }

  /// Answers the question of a service; it hears by its channel.
  package func reply(_ words: String, on id: RecordID<Referral>, by actor: Actor) async throws {
    try await change(id, by: actor, duty: .agreePlans) { held, now, db in
      let last = try ReferralStore.talk(id, key: held.subject.key, in: db).last
      if let last, !last.isFromReceiver, last.words == words { return }
      let next = try held.referral.progress.after(.reply)
      try ReferralStore.say(
        words, on: id, of: held.referral.file, fromReceiver: false, key: held.subject.key, at: now, in: db)
      try pass(held, to: next, "referral.reply", Fields(["words": words]), by: actor, at: now, in: db)
      try write(.reply(next.replies), to: held.referral, at: now, by: actor, in: db)
    }
  }

  /// Ends a referral by a person's act, for a reason: no clock does it.
  package func lapse(_ id: RecordID<Referral>, because why: String, by actor: Actor) async throws {
    try await change(id, by: actor, duty: actor.may(.agreePlans) ? .agreePlans : .assignCases) {
      held, now, db in
      if held.referral.progress.isLapsed { return }
      let next = try held.referral.progress.after(.lapse)
      try ReferralStore.lapse(id, because: why, key: held.subject.key, at: now, in: db)
      try pass(held, to: next, "referral.lapse", Fields(["why": why]), by: actor, at: now, in: db)
      if held.referral.progress.wasReceived {
        try write(.ended, to: held.referral, at: now, by: actor, in: db)
      }
      try end(held, .back, because: why, by: actor, at: now, in: db)
    }
  }

  /// Takes note of the last word of a service: what it means for the action of the plan.
  package func settle(_ id: RecordID<Referral>, _ effect: Referral.Effect, by actor: Actor) async throws {
    try await change(id, by: actor, duty: .agreePlans) { held, now, db in
      if held.referral.progress.isSettled, held.referral.effect == effect { return }
      let next = try held.referral.progress.after(.settle)
      try ReferralStore.settle(id, effect, at: now, in: db)
      try pass(
        held, to: next, "referral.settle", Fields(["effect": effect.rawValue]), by: actor, at: now, in: db)
      let words = try ReferralStore.words(of: id, key: held.subject.key, in: db)
      try end(held, effect, because: words.declined ?? words.outcome ?? "", by: actor, at: now, in: db)
      if held.referral.stage == .reported { try tellPerson(.news, held, at: now, in: db) }
    }
  }

  /// What the end means for the plan; the links are of no more use.
  private func end(
    _ held: Held, _ effect: Referral.Effect, because why: String, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    try ReferralLinkStore.revokeAll(of: held.referral.id, in: db)
    let seat = RecordID<Service.Seat>(held.referral.id.text) ?? RecordID()
    try directory.releasePlace(seat, by: actor, at: now, in: db)
    guard let action = held.referral.action else { return }
    let news: Plans.News? =
      switch effect {
      case .done: .done
      case .blocked: .blocked(why)
      case .back: .back
      case .nothing: nil
      }
    if let news { try plans.hear(news, of: action, in: held.file, held.subject, by: actor, at: now, in: db) }
  }

  /// Records that the person takes back that she agreed: the service is told and has to say that it heard.
  package func revoke(_ id: RecordID<Referral>, by actor: Actor) async throws {
    try await change(id, by: actor, duty: .recordConsent) { held, now, db in
      if held.referral.progress.isRevoked { return }
      try revoke(held, by: actor, at: now, in: db)
    }
  }

  func revoke(_ held: Held, by actor: Actor, at now: Date, in db: Connection) throws {
    let next = try held.referral.progress.after(.revoke)
    try ReferralStore.revoke(held.referral.id, isAcknowledged: next.isAcknowledged, at: now, in: db)
    try pass(held, to: next, "referral.revoke", Fields(), by: actor, at: now, in: db)
    if next.stage == .ended {
      try ReferralLinkStore.revokeAll(of: held.referral.id, in: db)
    } else {
      try tell(.revoked, to: held.referral, at: now, by: actor, in: db)
    }
    if let action = held.referral.action, held.referral.stage.isOpen {
      try plans.hear(.back, of: action, in: held.file, held.subject, by: actor, at: now, in: db)
    }
  }

  /// The next stage, with its first clock, told to the journal.
  private func pass(
    _ held: Held, to next: Referral.Progress, _ act: String, _ changes: Fields, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let current = try ReferralStore.require(held.referral.id, visibleTo: .program, in: db)
    let provider = try directory.provider(current.provider, in: db)
    let terms = try ReferralListStore.terms(provider.kind, in: db)
    let clockOn = ReferralRules.nextClock(
      next.stage, since: Day(of: now), rung: next.stage == .revoked ? 1 : 0, answerBy: current.answerBy,
      acceptedOn: current.acceptedOn, terms)
    try ReferralStore.set(current, next, clockOn: clockOn, at: now, in: db)
    // That a consent is gone was told to the service a moment ago: this was its reminder.
    if next.stage == .revoked { try ReferralStore.ring(current.id, clock: 1, next: clockOn, in: db) }
    try Journal.append(
      act, on: Referral.reference(current.id), of: held.subject, by: actor, at: now, changes: changes.asNew,
      in: db)
    for follow in followers { try follow(.goesOn(current.id), db) }
  }

  /// A change of a referral in the actor's sight; whoever comes second waits at the case, and sees what the first one did.
  func change(
    _ id: RecordID<Referral>, by actor: Actor, duty: Duty,
    _ body: @escaping @Sendable (Held, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(duty)
    let now = now()
    try await database.write { db in
      let file = try ReferralStore.require(id, visibleTo: actor, in: db).file
      let (held, subject) = try cases.hold(file, for: actor, in: db)
      let referral = try ReferralStore.require(id, visibleTo: actor, in: db)
      try body(Held(referral: referral, file: held, subject: subject), now, db)
    }
  }
}
