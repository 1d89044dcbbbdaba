import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// The end of a session: its minutes, which the chair closes and a member confirms, and the word to the persons.
extension Committees {
  /// The chair closes the session: everything on the agenda is decided, and nothing changes any more. A second time
  /// changes nothing.
  package func close(_ id: RecordID<CommitteeSession>, by actor: Actor) async throws {
    try actor.must(.sitInCommittees)
    let now = now()
    try await database.write { db in
      try CommitteeSessionStore.hold(id, in: db)
      let opened = try read(id, for: actor, in: db)
      if opened.session.closing?.by == actor.id { return }
      try CommitteeRules.mustBeOpen(opened.session)
      guard opened.isChair, opened.seat?.isPresent == true else {
        throw Refusal.conflict(say("The chair closes the session, and is there."))
      }
      let waiting = opened.entries.filter { opened.decisions[$0.item.id] == nil }.map { String($0.number) }
      guard waiting.isEmpty, !opened.entries.isEmpty else {
        throw Refusal.conflict(
          waiting.isEmpty
            ? say("Nothing is on the agenda: cancel the session instead.")
            : say("Not decided yet: \(waiting.joined(separator: ", ")). Decide them, or take them off."))
      }
      let hash = try CommitteeMinutes(opened, try openedDecisions(opened, in: db)).hash()
      try CommitteeSessionStore.close(id, hash: hash, by: actor, at: now, in: db)
      try Journal.append(
        "committee.close", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: Fields(["sha256": hash]).asNew, in: db)
    }
  }

  /// A member who voted confirms the minutes: they are signed, and each person gets word that an answer is there. A
  /// second time changes nothing.
  package func confirm(_ id: RecordID<CommitteeSession>, by actor: Actor) async throws {
    try actor.must(.sitInCommittees)
    let now = now()
    try await database.write { db in
      try CommitteeSessionStore.hold(id, in: db)
      let opened = try read(id, for: actor, in: db)
      if opened.session.confirmation?.by == actor.id { return }
      guard opened.session.state == .closed, let hash = opened.session.hash else {
        throw Refusal.conflict(say("The chair closes the session first, and a member confirms once."))
      }
      guard opened.isVoter, opened.seat?.isPresent == true, opened.session.closing?.by != actor.id else {
        throw Refusal.conflict(say("A member with a vote who was there confirms, and not the chair."))
      }
      try CommitteeSessionStore.confirm(id, by: actor, at: now, in: db)
      try Journal.append(
        "committee.confirm", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: Fields(["sha256": hash]).asNew, in: db)
      for decision in opened.decisions.values.sorted(by: { $0.id < $1.id }) { try tell(decision, in: db) }
    }
  }

  /// What this session decided, opened: of those who were not erased.
  func openedDecisions(_ opened: OpenedSession, in db: Connection) throws -> [RecordID<CommitteeItem>:
    Decision]
  {
    let found = try CommitteeDecisionStore.decisions(
      of: opened.entries.map(\.item), key: { try subject(of: $0, in: db)?.key }, in: db)
    let own = found.filter { $0.session == opened.session.id }.map { ($0.item, $0) }
    return Dictionary(own) { first, _ in first }
  }

  /// What the committee reads of each item, without those from which the reader keeps out.
  func pack(of id: RecordID<CommitteeSession>, for actor: Actor) async throws -> (
    opened: OpenedSession, summaries: [RecordID<CommitteeItem>: String]
  ) {
    try CommitteeRules.mustTakePart(actor)
    return try await database.read { db in
      let opened = try read(id, for: actor, in: db)
      var summaries: [RecordID<CommitteeItem>: String] = [:]
      for item in opened.entries.map(\.item) where opened.mayRead(item) {
        let key = try subject(of: item, in: db)?.key
        summaries[item.id] = try CommitteeItemStore.summary(of: item.id, key: key, in: db)
      }
      return (opened, summaries)
    }
  }

  /// Tells the journal of each item that it was read.
  func notePack(_ opened: OpenedSession, _ items: Set<RecordID<CommitteeItem>>) async throws {
    let now = now()
    try await database.write { db in
      for item in opened.entries.map(\.item) where items.contains(item.id) {
        try Journal.append(
          "committee.read", on: CommitteeItem.reference(item.id), of: subject(of: item, in: db),
          by: opened.reader, at: now, in: db)
      }
    }
  }

  /// What the minutes on paper say; they are made once the session is closed.
  func minutes(of id: RecordID<CommitteeSession>, for actor: Actor) async throws -> (
    opened: OpenedSession, decisions: [RecordID<CommitteeItem>: Decision]
  ) {
    try CommitteeRules.mustTakePart(actor)
    return try await database.read { db in
      let opened = try read(id, for: actor, in: db)
      guard opened.session.hash != nil else { throw Refusal.notFound }
      return (opened, try openedDecisions(opened, in: db))
    }
  }

  /// Tells the journal which file was made of the minutes.
  func noteMinutes(
    of id: RecordID<CommitteeSession>, _ language: Language, _ pdf: [UInt8], by actor: Actor
  ) async throws {
    let now = now()
    try await database.write { db in
      try Journal.append(
        "committee.print", on: CommitteeSession.reference(id), by: actor, at: now,
        changes: Fields(["language": language.rawValue, "sha256": CommitteeMinutes.hash(pdf)]).asNew, in: db)
    }
  }

  /// A word that an answer is there, and nothing of what: others may read it.
  private func tell(_ decision: Decision, in db: Connection) throws {
    guard let (file, subject) = try cases.findUnerased(decision.file, for: .program, in: db),
      let way = Messages.way(to: try cases.people.read(subject, in: db))
    else { return }
    let reader = Reader(way.language)
    let new = NewMessage(
      key: "committee:\(decision.id)", way.kind, to: .person,
      MessageText(
        address: way.address, subject: way.kind == .email ? reader("An answer for you") : "",
        text: reader("Hello, an answer to your request is ready. Call your antenna or come to it.")),
      what: say("Word that a committee has decided"), language: way.language, about: file.id)
    do {
      try messages.queue(new, in: db)
    } catch Refusal.invalid {
      // An address that no gateway takes keeps no minutes from being signed.
    }
  }
}
