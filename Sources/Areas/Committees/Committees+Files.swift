import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// What stands of committees in a case: its items, what became of them, appeals.
extension Committees {
  /// Those of a case; the journal tells that it was opened.
  func items(of id: RecordID<CaseFile>, for actor: Actor) async throws -> CaseItems {
    let (opened, items) = try await cases.open(id, for: actor) { opened, db in
      let items = try CommitteeItemStore.items(of: id, in: db)
      let key = opened.subject.key
      let decisions = try CommitteeDecisionStore.decisions(of: items, key: { _ in key }, in: db)
      return try items.map { item in
        try CaseItem(
          item: item, summary: CommitteeItemStore.summary(of: item.id, key: key, in: db),
          decisions: decisions.filter { $0.item == item.id },
          appeal: CommitteeItemStore.readAppeal(of: item.id, key: key, in: db),
          place: CommitteeItemStore.place(of: item.id, in: db))
      }
    }
    return CaseItems(opened: opened, items: items)
  }

  /// The same as `submit` in a transaction of its own.
  package func submit(_ item: NewItem, by actor: Actor) async throws {
    try await database.write { db in try submit(item, in: db, by: actor) }
  }

  package func withdraw(_ id: RecordID<CommitteeItem>, because reason: String, by actor: Actor) async throws {
    try await database.write { db in try withdraw(id, because: reason, in: db, by: actor) }
  }

  /// Records that the person appeals: the item waits for another session, whose members exclude those who decided. The
  /// same id a second time is the same appeal.
  /// - Parameter day: on which she said so.
  /// - Throws: `Refusal.conflict` for what cannot be appealed against, or after the days that were set.
  package func appeal(
    _ id: RecordID<CommitteeItem>, as new: RecordID<Appeal>, _ words: String, on day: Day, by actor: Actor
  ) async throws {
    try actor.must(.prepareAids)
    let now = now()
    try await database.write { db in
      guard let item = try CommitteeItemStore.find(id, in: db) else { throw Refusal.notFound }
      let (file, subject) = try cases.hold(item.file, for: actor, in: db)
      try CommitteeItemStore.hold(id, in: db)
      if let kept = try CommitteeItemStore.readAppeal(of: id, key: subject.key, in: db) {
        guard kept.id == new, kept.words == words else {
          throw Refusal.conflict(say("An appeal was recorded already: there is one."))
        }
        return
      }
      guard let decision = try decision(of: id, in: db),
        CommitteeRules.mayAppeal(
          decision, isSigned: try CommitteeItemStore.isSigned(decision.session, in: db), isAppealed: false)
      else {
        throw Refusal.conflict(
          say("An appeal is against a refusal or conditions, once the minutes are signed."))
      }
      guard file.stage != .closed else {
        throw Refusal.conflict(say("This case is closed. Open it again before you change it."))
      }
      let last = CommitteeRules.lastDay(toAppealAgainst: decision, days: daysToAppeal)
      if let last, day > last {
        throw Refusal.invalid([FieldError("received-on", say("Appeals were received until \(last)."))])
      }
      guard day >= decision.day else {
        throw Refusal.invalid([
          FieldError("received-on", say("The committee decided on \(decision.day): an appeal comes after."))
        ])
      }
      let appeal = Appeal(
        id: new, item: id, against: decision.id, receivedOn: day, recordedAt: now, recordedBy: actor.id,
        words: words)
      try CommitteeItemStore.insert(appeal, key: subject.key, in: db)
      try CommitteeItemStore.set(.waiting, of: id, in: db)
      try Journal.append(
        "committee.appeal", on: CommitteeItem.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["received": day.description]).asNew, in: db)
    }
  }

  /// What the notice to the person says: once the minutes are signed.
  /// - Returns: the language she reads, where it is one of ours.
  func notice(of id: RecordID<CommitteeItem>, _ decision: RecordID<Decision>, for actor: Actor) async throws
    -> (item: CommitteeItem, decision: Decision, file: CaseFile, language: Language, isAppealed: Bool)
  {
    try actor.must(.openFiles)
    return try await database.read { db in
      guard let item = try CommitteeItemStore.find(id, in: db) else { throw Refusal.notFound }
      let (file, subject) = try cases.require(item.file, for: actor, in: db)
      let key = subject.key
      let found = try CommitteeDecisionStore.decisions(of: [item], key: { _ in key }, in: db)
      guard let decision = found.first(where: { $0.id == decision }),
        try CommitteeItemStore.isSigned(decision.session, in: db)
      else { throw Refusal.notFound }
      let identity = try cases.people.read(subject, in: db).person.identity
      return (
        item, decision, file, Messages.language(of: identity[.languages]),
        try CommitteeItemStore.appeal(of: id, in: db) != nil
      )
    }
  }

  func noteNotice(of item: RecordID<CommitteeItem>, in file: RecordID<CaseFile>, by actor: Actor) async throws
  {
    let now = now()
    try await database.write { db in
      let subject = try cases.require(file, for: actor, in: db).subject
      try Journal.append(
        "committee.notice", on: CommitteeItem.reference(item), of: subject, by: actor, at: now, in: db)
    }
  }

  /// Sessions to come in which the actor sits, with what she has still to score.
  func coming(for actor: Actor) async throws -> [(session: CommitteeSession, toScore: Int)] {
    guard actor.may(.sitInCommittees) else { return [] }
    let today = Day(of: now())
    return try await database.read { db in
      let sessions = try CommitteeSessionStore.coming(for: actor.id, from: today, in: db)
      let counts = try CommitteeSessionStore.toScore(by: actor.id, in: sessions.map(\.id), db)
      return sessions.map { ($0, counts[$0.id] ?? 0) }
    }
  }
}

/// What stands of committees in one case.
struct CaseItems: Sendable {
  let opened: OpenedCase
  let items: [CaseItem]
}

struct CaseItem: Sendable {
  let item: CommitteeItem
  let summary: String?
  /// The oldest first.
  let decisions: [Decision]
  let appeal: Appeal?
  /// On whose agenda it stands or stood last.
  let place: SessionPlace?
}

/// A session as a case knows it.
struct SessionPlace: Sendable {
  let id: RecordID<CommitteeSession>
  let day: Day
  let isSigned: Bool
}
