import Basics
import Foundation
import People
import Storage

/// What is decided of a pair. Whoever decides on what is no more so is told what stands; the same act sent twice is done
/// once.
extension Duplicates {
  /// An act as it comes from a form.
  package struct Decision: Sendable {
    package let id: RecordID<DuplicateAct>
    /// The pair as it was looked at.
    package let version: Int
    package let reason: String?

    package init(id: RecordID<DuplicateAct>, version: Int, reason: String?) {
      self.id = id
      self.version = version
      self.reason = reason
    }
  }

  /// Two persons: not proposed again unless much more speaks for one.
  package func tellApart(_ id: RecordID<DuplicatePair>, _ decision: Decision, by actor: Actor) async throws {
    try await decide(id, decision, by: actor) { pair, sight, now, db in
      try DuplicateRules.mayTellApart(pair, sight, by: actor)
      try DuplicateStore.set(.different, of: id, in: db)
      return act(.different, decision, on: pair, by: actor, at: now)
    }
  }

  /// Nobody can tell: the head of the antenna decides.
  package func doubt(_ id: RecordID<DuplicatePair>, _ decision: Decision, by actor: Actor) async throws {
    try await decide(id, decision, by: actor) { pair, _, now, db in
      try DuplicateRules.mustBeUndecided(pair, by: actor)
      try DuplicateStore.set(.unsure, of: id, in: db)
      return act(.unsure, decision, on: pair, by: actor, at: now)
    }
  }

  /// One person: files of one antenna are joined at once, those of two wait for a second person.
  /// - Returns: whether they are joined.
  @discardableResult
  package func same(
    _ id: RecordID<DuplicatePair>, _ joining: Joining?, _ decision: Decision, by actor: Actor
  ) async throws -> Bool {
    try await decide(id, decision, by: actor) { pair, sight, now, db in
      try DuplicateRules.mustBeUndecided(pair, by: actor)
      if DuplicateRules.needsSecond(pair) {
        try DuplicateStore.set(.proposed, of: id, in: db)
        // Who sees one file only cannot choose among the values of both.
        return act(.propose, decision, on: pair, by: actor, at: now, joining: sight == .both ? joining : nil)
      }
      guard sight == .both else { throw Refusal.notFound }
      try join(pair, joining, by: actor, at: now, in: db)
      return act(.join, decision, on: pair, by: actor, at: now, joining: joining)
    }
    return try await database.read { db in try DuplicateStore.find(id, in: db)?.state == .joined }
  }

  /// The second person agrees: the files are joined.
  package func confirm(_ id: RecordID<DuplicatePair>, _ decision: Decision, by actor: Actor) async throws {
    try await decide(id, decision, by: actor) { pair, _, now, db in
      let proposal = try acts(of: pair, in: db).first { $0.kind == .propose }
      try DuplicateRules.mustConfirm(pair, proposedBy: proposal, by: actor)
      try join(pair, proposal?.joining, by: actor, at: now, in: db)
      return act(.join, decision, on: pair, by: actor, at: now, joining: proposal?.joining)
    }
  }

  private func join(
    _ pair: DuplicatePair, _ joining: Joining?, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    let joining = joining ?? Joining(kept: .first)
    let isFirst = joining.kept != .second
    let (kept, other) = isFirst ? (pair.first, pair.second) : (pair.second, pair.first)
    let merge = RecordID<PersonMerge>()
    let choices = joining.choices(
      try people.person(kept, in: db).identity, try people.person(other, in: db).identity)
    try DuplicateStore.setMoot(pairsOf: people.files(of: other, in: db), but: pair.id, in: db)
    try people.join(kept, other, choices, id: merge, by: actor, at: now, in: db)
    try DuplicateStore.set(.joined, of: pair.id, merge: merge, in: db)
  }

  private func act(
    _ kind: DuplicateAct.Kind, _ decision: Decision, on pair: DuplicatePair, by actor: Actor, at now: Date,
    joining: Joining? = nil
  ) -> DuplicateAct {
    DuplicateAct(
      id: decision.id, pair: pair.id, kind: kind, at: now, by: actor.id, antenna: actor.antenna,
      reason: decision.reason, joining: joining)
  }

  /// One decision at a time: the second one waits, and finds what the first one did.
  func decide(
    _ id: RecordID<DuplicatePair>, _ decision: Decision, by actor: Actor,
    _ body: @escaping @Sendable (DuplicatePair, DuplicateRules.Sight, Date, Connection) throws -> DuplicateAct
  ) async throws {
    try actor.must(.compareFiles)
    let now = now()
    try await database.write { db in
      try DuplicateStore.hold(id, in: db)
      let (pair, sight) = try require(id, for: actor, in: db)
      guard try !DuplicateStore.hasAct(decision.id, in: db) else { return }
      guard pair.version == decision.version else {
        throw Refusal.conflict(say("Somebody decided meanwhile. This is what stands now."))
      }
      try note(body(pair, sight, now, db), on: pair, by: actor, in: db)
    }
  }
}
