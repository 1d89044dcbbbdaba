import Basics
import Cases
import Foundation
import Storage

/// What members do with an item: read it, keep out of it, score it, vote on it, decide it.
extension Committees {
  /// Opens what the committee reads of an item; the journal tells that it was opened.
  /// - Throws: `Refusal.conflict` for a member who keeps out of it.
  func open(_ item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>, for actor: Actor) async throws
    -> OpenedItem
  {
    try CommitteeRules.mustTakePart(actor)
    let now = now()
    return try await database.write { db in
      let opened = try read(id, for: actor, in: db)
      let entry = try opened.entry(item)
      guard opened.mayRead(entry.item) else {
        throw Refusal.conflict(say("You keep out of this item: you neither read it nor vote on it."))
      }
      let subject = try subject(of: entry.item, in: db)
      let key = subject?.key
      try Journal.append(
        "committee.read", on: CommitteeItem.reference(item), of: subject, by: actor, at: now, in: db)
      let decisions = try CommitteeDecisionStore.decisions(of: [entry.item], key: { _ in key }, in: db)
      return OpenedItem(
        opened: opened, entry: entry,
        summary: try CommitteeItemStore.summary(of: item, key: key, in: db),
        appeal: try CommitteeItemStore.readAppeal(of: item, key: key, in: db),
        earlier: decisions.filter { $0.session != id }, decision: decisions.first { $0.session == id },
        file: opened.showsIdentity && actor.may(.openFiles)
          ? try cases.findUnerased(entry.item.file, for: actor, in: db)?.file : nil)
    }
  }

  /// A member keeps out of an item; a second time changes nothing. What she scored or voted before does not count.
  package func declare(
    _ kind: ConflictKind, on item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>,
    by actor: Actor
  ) async throws {
    try await sit(id, item, by: actor) { opened, entry, now, db in
      guard opened.decisions[item] == nil else { throw Refusal.conflict(say("This item is decided.")) }
      guard try CommitteeVoteStore.declare(kind, by: actor.id, on: item, in: id, at: now, db) else { return }
      try Journal.append(
        "committee.conflict", on: CommitteeItem.reference(item), of: subject(of: entry.item, in: db),
        by: actor, at: now, changes: Fields(["kind": kind.rawValue]).asNew, in: db)
    }
  }

  /// Scores an item, once: nobody changes hers after she saw the others'. The same points a second time change nothing.
  /// - Throws: `Refusal.conflict` for other points, and for one who keeps out of it; `Refusal.invalid` for points that
  ///   the grid does not allow.
  package func score(
    _ points: ScorePoints, on item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>,
    by actor: Actor
  ) async throws {
    try await sit(id, item, by: actor) { opened, entry, now, db in
      try Self.mustBeFree(opened, entry)
      if let kept = opened.scores[item]?[actor.id] {
        guard kept.points == points else {
          throw Refusal.conflict(say("You have scored this: a score does not change any more."))
        }
        return
      }
      guard opened.decisions[item] == nil else { throw Refusal.conflict(say("This item is decided.")) }
      guard let grid = opened.grid else {
        throw Refusal.conflict(say("The grid of this session is not loaded."))
      }
      let score = try CommitteeRules.score(points, by: grid.criteria(for: entry.item.track))
      try CommitteeVoteStore.score(score, by: actor.id, on: item, in: id, at: now, db)
      try Journal.append(
        "committee.score", on: CommitteeItem.reference(item), of: subject(of: entry.item, in: db),
        by: actor, at: now, changes: Fields(["points": points.text]).asNew, in: db)
    }
  }

  /// Votes on an item, or votes otherwise while it is not decided.
  /// - Throws: `Refusal.conflict` for one who is not there, keeps out of it or has not scored it.
  package func vote(
    _ outcome: Decision.Outcome, on item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>,
    by actor: Actor
  ) async throws {
    try await sit(id, item, by: actor) { opened, entry, now, db in
      try CommitteeRules.mustHaveBegun(opened.session, today: Day(of: now))
      try Self.mustBeFree(opened, entry)
      let kept = opened.votes[item]?[actor.id]
      if kept == outcome { return }
      guard opened.decisions[item] == nil else { throw Refusal.conflict(say("This item is decided.")) }
      guard opened.seat?.isPresent == true else {
        throw Refusal.conflict(say("Whoever leads the session has not recorded that you are there."))
      }
      guard opened.scores[item]?[actor.id] != nil else {
        throw Refusal.conflict(say("Score this file first."))
      }
      try CommitteeVoteStore.vote(outcome, by: actor.id, on: item, in: id, at: now, db)
      try Journal.append(
        "committee.vote", on: CommitteeItem.reference(item), of: subject(of: entry.item, in: db),
        by: actor, at: now,
        changes: [FieldChange(field: "vote", before: kept?.rawValue, after: outcome.rawValue)], in: db)
    }
  }

  /// Records what the committee decided on an item, as its votes stand; those who follow decisions are told in the same
  /// transaction. The same words a second time change nothing.
  /// - Throws: `Refusal.conflict` without a quorum of members who are there and free of conflict, without two who voted
  ///   for it, without more than half of the votes cast, or once it is decided.
  package func decide(
    _ words: Decision.Words, as new: RecordID<Decision>, on item: RecordID<CommitteeItem>,
    in id: RecordID<CommitteeSession>, by actor: Actor
  ) async throws {
    try await run(id, by: actor) { opened, now, db in
      try Self.mustRun(opened)
      let entry = try opened.entry(item)
      try CommitteeRules.mustHaveBegun(opened.session, today: Day(of: now))
      guard let file = try cases.findUnerased(entry.item.file, for: .program, in: db)?.file else {
        throw Refusal.conflict(say("The data of this person are erased: take the item off the agenda."))
      }
      // The case before the item, as whoever withdraws it does.
      let key = try cases.hold(file.id, for: .program, in: db).subject.key
      try CommitteeItemStore.hold(item, in: db)
      let words = try CommitteeRules.checked(words, asked: entry.item.amount)
      if opened.decisions[item] != nil {
        let kept = try CommitteeDecisionStore.decisions(of: [entry.item], key: { _ in key }, in: db).last
        guard kept?.session == id, kept?.decidedBy == actor.id, kept?.words == words else {
          throw Refusal.conflict(say("This item is decided."))
        }
        return
      }
      guard try CommitteeItemStore.require(item, in: db).state == .listed else {
        throw Refusal.conflict(say("This item was taken back."))
      }
      guard !opened.keepsOut(actor.id, of: entry.item) else {
        throw Refusal.conflict(say("You keep out of this item: somebody else records the decision."))
      }
      let counted = opened.counted(entry.item)
      let agreed = try CommitteeRules.agreed(
        on: words.outcome, votes: opened.votes[item] ?? [:], counted: counted, quorum: opened.session.quorum)
      let decision = Decision(
        id: new, item: item, file: entry.item.file, origin: entry.item.origin, session: id,
        day: opened.session.day, words: words,
        isOnAppeal: try CommitteeItemStore.appeal(of: item, in: db) != nil, decidedAt: now,
        decidedBy: actor.id, counted: counted.count, agreed: agreed)
      try CommitteeDecisionStore.insert(decision, key: key, in: db)
      try CommitteeItemStore.set(words.outcome.isFinal ? .decided : .waiting, of: item, in: db)
      for follow in followers { try follow(decision, db, actor) }
      try Journal.append(
        "committee.decide", on: CommitteeItem.reference(item), of: subject(of: entry.item, in: db),
        by: actor, at: now,
        changes: Fields([
          "outcome": words.outcome.rawValue, "amount": words.amount?.typed ?? "",
          "currency": words.amount?.currency.rawValue ?? "", "reason": words.reason?.rawValue ?? "",
          "votes": "\(agreed)/\(counted.count)",
        ]).asNew, in: db)
    }
  }

  private func sit(
    _ id: RecordID<CommitteeSession>, _ item: RecordID<CommitteeItem>, by actor: Actor,
    _ body: @escaping @Sendable (OpenedSession, AgendaEntry, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.sitInCommittees)
    try await run(id, by: actor) { opened, now, db in
      guard opened.isVoter else {
        throw Refusal.conflict(say("You sit here without a vote."))
      }
      try body(opened, opened.entry(item), now, db)
    }
  }

  private static func mustBeFree(_ opened: OpenedSession, _ entry: AgendaEntry) throws {
    guard !opened.keepsOut(opened.reader.id, of: entry.item) else {
      throw Refusal.conflict(
        entry.item.preparedBy == opened.reader.id
          ? say("You prepared this file: you neither score it nor vote on it.")
          : say("You keep out of this item: you neither read it nor vote on it."))
    }
  }
}

/// What the committee reads of an item.
struct OpenedItem: Sendable {
  let opened: OpenedSession
  let entry: AgendaEntry
  /// Nil when it was erased with the person.
  let summary: String?
  let appeal: Appeal?
  /// What other sessions decided before.
  let earlier: [Decision]
  let decision: Decision?
  /// Where the reader may know whose it is, and sees the case.
  let file: CaseFile?

  var item: CommitteeItem { entry.item }
}

extension Committees {
  /// By what an item is scored here.
  func criteria(
    for item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>, by actor: Actor
  ) async throws -> [CommitteeGrid.Criterion] {
    try await database.read { db in
      let opened = try read(id, for: actor, in: db)
      let entry = try opened.entry(item)
      guard let grid = opened.grid else {
        throw Refusal.conflict(say("The grid of this session is not loaded."))
      }
      return grid.criteria(for: entry.item.track)
    }
  }

  /// What was asked.
  func asked(for item: RecordID<CommitteeItem>, in id: RecordID<CommitteeSession>, by actor: Actor)
    async throws -> Money
  {
    try await database.read { db in try read(id, for: actor, in: db).entry(item).item.amount }
  }
}
