import Basics
import Foundation
import Storage

extension Cases {
  /// Records what a person needs now; the same id a second time is the same need.
  /// - Throws: `Refusal.sentBefore` when it came with other answers then.
  package func record(_ need: Need, in id: RecordID<CaseFile>, by actor: Actor) async throws {
    try actor.must(.recordNeeds)
    try await database.write { db in try record(need, in: id, by: actor, in: db) }
  }

  /// The same within the caller's transaction.
  package func record(_ need: Need, in id: RecordID<CaseFile>, by actor: Actor, in db: Connection) throws {
    try actor.must(.recordNeeds)
    try change(id, by: actor, byLeave: true, at: now(), in: db) { file, subject, now, db in
      if try CaseRecordStore.hasNeed(need.id, in: db) {
        let kept = try CaseRecordStore.needs(of: id, key: subject.key, in: db).first { $0.id == need.id }
        guard kept?.isSame(as: need) ?? true else { throw Refusal.sentBefore("details", kept: kept?.details) }
        return
      }
      try CaseRecordStore.insert(need, in: file, key: subject.key, by: actor, db)
      try Journal.append(
        "need.record", on: RecordReference("need", need.id), of: subject, by: actor, at: now,
        changes: Fields([
          "kind": need.kind.rawValue, "urgency": need.urgency.rawValue, "details": need.details ?? "",
        ])
        .asNew, in: db)
    }
  }

  /// Records that a need was met, when and how; the same a second time changes nothing.
  package func meet(
    _ need: RecordID<Need>, on day: Day, how: String, in id: RecordID<CaseFile>, by actor: Actor
  )
    async throws
  {
    try actor.must(.recordNeeds)
    try await database.write { db in try meet(need, on: day, how: how, in: id, by: actor, in: db) }
  }

  /// The same within the caller's transaction.
  package func meet(
    _ need: RecordID<Need>, on day: Day, how: String, in id: RecordID<CaseFile>, by actor: Actor,
    in db: Connection
  ) throws {
    try actor.must(.recordNeeds)
    try change(id, by: actor, byLeave: false, at: now(), in: db) { file, subject, now, db in
      let known = try CaseRecordStore.needs(of: id, key: subject.key, in: db).first { $0.id == need }
      guard let known else { throw Refusal.notFound }
      guard known.metOn != day || known.whatWasDone != how else { return }
      guard known.metOn == nil else { throw Refusal.conflict(say("This need was met already.")) }
      try CaseRecordStore.meet(need, on: day, how: how, key: subject.key, by: actor, db)
      try Journal.append(
        "need.meet", on: RecordReference("need", need), of: subject, by: actor, at: now,
        changes: Fields(["met-on": day.description, "how": how]).asNew, in: db)
    }
  }

  /// Writes a note into a section of the file; the same id a second time is the same note.
  /// - Throws: `Refusal.sentBefore` when it came with another text then.
  package func write(
    _ section: Note.Section, _ text: String, id: RecordID<Note>, in file: RecordID<CaseFile>, by actor: Actor
  )
    async throws
  {
    try actor.must(section.dutyToWrite)
    try await change(file, by: actor) { file, subject, now, db in
      if try CaseRecordStore.hasNote(id, in: db) {
        let noted = try CaseRecordStore.notes(of: file.id, for: actor, key: subject.key, in: db)
        guard let kept = noted.notes.first(where: { $0.id == id }),
          kept.text != text || kept.section != section
        else { return }
        throw Refusal.sentBefore("text", kept: kept.text)
      }
      let note = Note(id: id, section: section, text: text, at: now, by: actor.id)
      try CaseRecordStore.insert(note, in: file, key: subject.key, db)
      try Journal.append(
        "note.write", on: RecordReference("note", id), of: subject, by: actor, at: now,
        changes: [FieldChange(field: "section", before: nil, after: section.rawValue)], in: db)
    }
  }

  /// Older notes of a file: it is opened for them, and the journal tells so.
  func notes(of id: RecordID<CaseFile>, after cursor: NoteCursor?, for actor: Actor) async throws -> (
    file: CaseFile, noted: NotePage
  ) {
    let (opened, noted) = try await open(id, for: actor) { opened, db in
      try CaseRecordStore.notes(of: id, for: actor, after: cursor, key: opened.subject.key, in: db)
    }
    return (opened.file, noted)
  }

  /// Ends the accompaniment, with its outcome and reason; the same id a second time is the same closure.
  package func close(_ id: RecordID<CaseFile>, _ closure: Closure, by actor: Actor) async throws {
    try actor.must(.closeCases)
    let now = now()
    try await database.write { db in
      let (file, subject) = try hold(id, for: actor, in: db)
      if try CaseRecordStore.hasClosure(closure.id, in: db) {
        let kept = try CaseRecordStore.closures(of: id, key: subject.key, in: db).first {
          $0.id == closure.id
        }
        guard kept?.outcome == closure.outcome, kept?.reason == closure.reason else {
          throw Refusal.conflict(say("This case is closed already."))
        }
        return
      }
      try save(file, try CaseRules.closed(file, on: closure.closedOn), in: db)
      try CaseRecordStore.insert(closure, in: file, key: subject.key, by: actor, db)
      for follow in followers { try follow(id, file.place(), false, db) }
      try Journal.append(
        "case.close", on: CaseFile.reference(id), of: subject, by: actor, at: now, version: file.version + 1,
        changes: Fields(["outcome": closure.outcome.rawValue, "reason": closure.reason]).asNew, in: db)
      for end in closers { try end(file, subject, closure.closedOn, actor, now, db) }
    }
  }

  /// How a case was closed, the newest first, for an area that holds it.
  package func closures(of id: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> [Closure] {
    try CaseRecordStore.closures(of: id, key: key, in: db)
  }

  /// Opens a closed case again, for a reason; the same a second time changes nothing.
  package func reopen(_ id: RecordID<CaseFile>, reason: String, by actor: Actor) async throws {
    try actor.must(.reopenCases)
    let now = now()
    try await database.write { db in
      let (file, subject) = try hold(id, for: actor, in: db)
      let closures = try CaseRecordStore.closures(of: id, key: subject.key, in: db)
      guard file.milestones.closedOn != nil || closures.first?.reopenReason != reason else { return }
      let milestones = try CaseRules.reopened(file)
      guard let closure = closures.first(where: { $0.reopenedOn == nil }) else { throw Refusal.notFound }
      try save(file, milestones, in: db)
      try CaseRecordStore.reopen(
        closure, on: Day(of: now), reason: reason, key: subject.key, by: actor, in: db)
      for follow in followers { try follow(id, file.place(), true, db) }
      try Journal.append(
        "case.reopen", on: CaseFile.reference(id), of: subject, by: actor, at: now, version: file.version + 1,
        changes: Fields(["reason": reason]).asNew, in: db)
    }
  }

  /// A change inside an open case that the actor may see.
  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor, byLeave: Bool = false,
    _ body: @escaping @Sendable (CaseFile, Subject, Date, Connection) throws -> Void
  ) async throws {
    let now = now()
    try await database.write { db in
      try change(id, by: actor, byLeave: byLeave, at: now, in: db, body)
    }
  }

  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor, byLeave: Bool, at now: Date, in db: Connection,
    _ body: (CaseFile, Subject, Date, Connection) throws -> Void
  ) throws {
    let (file, subject) = try hold(id, for: actor, byLeave: byLeave, in: db)
    try CaseRules.mustBeOpen(file)
    try body(file, subject, now, db)
  }
}

extension JournalEntry {
  /// A note is not even known to exist to those who may not read its section.
  func isKnown(to actor: Actor) -> Bool {
    guard act == "note.write" else { return true }
    let section = changes.first { $0.field == "section" }?.after.flatMap { Note.Section(rawValue: $0) }
    guard let section else { return false }
    return section.dutyToRead.map(actor.may) ?? true
  }
}
