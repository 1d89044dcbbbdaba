import Basics
import Cases
import Documents
import Foundation
import People
import Storage

/// Destroying a person's data: asked by one, decided by another.
extension Rights {
  /// Asks that a person's data be destroyed; the same id a second time is the same.
  /// - Throws: `Refusal.conflict` where something stands against it, or it was asked already.
  package func ask(
    _ id: RecordID<Erasure>, of person: PersonID, on ground: Erasure.Ground, because reason: String,
    by actor: Actor
  ) async throws {
    try actor.must(.answerRights)
    let now = now()
    try await database.write { db in
      let (found, subject, files) = try hold(person, for: actor, in: db)
      if let kept = try RightsErasureStore.find(id, in: db) {
        guard files.contains(kept.person), kept.ground == ground,
          try RightsErasureStore.words(of: id, key: subject.key, in: db).reason == reason
        else { throw Refusal.sentBefore("why-erase") }
        return
      }
      if let obstacle = try obstacles(files, on: Day(of: now), in: db).first {
        throw Refusal.conflict(obstacle)
      }
      guard try !RightsErasureStore.of(files, in: db).contains(where: { $0.state == .asked }) else {
        throw Refusal.conflict(say("It was asked already, and waits for the decision of a second person."))
      }
      let erasure = Erasure(
        id: id, person: found.id, antenna: found.antenna, ground: ground, state: .asked, askedAt: now,
        askedBy: actor.id, decidedAt: nil, decidedBy: nil, sequence: nil, extent: nil)
      try RightsErasureStore.insert(erasure, reason: reason, key: subject.key, in: db)
      try Journal.append(
        "rights.ask-erasure", on: Erasure.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["ground": ground.rawValue, "reason": reason]).asNew, in: db)
    }
  }

  /// Declines to destroy; the same a second time changes nothing.
  package func decline(_ id: RecordID<Erasure>, because words: String, by actor: Actor) async throws {
    try actor.must(.decideErasure)
    let now = now()
    try await database.write { db in
      let erasure = try RightsErasureStore.require(id, visibleTo: actor, in: db)
      let (_, subject, _) = try hold(erasure.person, for: .program, in: db)
      let held = try RightsErasureStore.require(id, visibleTo: actor, in: db)
      if held.state != .asked {
        let kept = try RightsErasureStore.words(of: id, key: subject.key, in: db).answer
        guard held.state == .declined, kept == words, held.decidedBy == actor.id else { throw Self.decided }
        return
      }
      try mustDecide(held, actor)
      try RightsErasureStore.decline(id, because: words, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "rights.decline-erasure", on: Erasure.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["answer": words]).asNew, in: db)
    }
  }

  /// Destroys a person's data: her keys, what is sealed under them, her documents, and what a search finds her by. Her
  /// cases stay for the counts, without anything that names her. A second time changes nothing.
  package func erase(_ id: RecordID<Erasure>, by actor: Actor) async throws {
    try actor.must(.decideErasure)
    let now = now()
    try await database.write { db in
      let asked = try RightsErasureStore.require(id, visibleTo: actor, in: db)
      let files = try people.files(of: asked.person, in: db)
      try people.hold(files, in: db)
      // Read once more: what another did meanwhile stands there now.
      let erasure = try RightsErasureStore.require(id, visibleTo: actor, in: db)
      if erasure.state != .asked {
        guard erasure.state == .erased, erasure.decidedBy == actor.id else { throw Self.decided }
        return
      }
      try mustDecide(erasure, actor)
      let day = Day(of: now)
      if let obstacle = try obstacles(files, on: day, in: db).first { throw Refusal.conflict(obstacle) }
      try carryOut(erasure, files, by: actor, at: now, in: db)
    }
  }

  private func carryOut(
    _ erasure: Erasure, _ files: [PersonID], by actor: Actor, at now: Date, in db: Connection
  ) throws {
    let day = Day(of: now)
    let sequence = try RightsErasureStore.nextSequence(in: db)
    let number = RightsRules.number(sequence)
    let cases = try cases.all(of: files, in: db).count
    let (documents, bytes) = try Documents.extent(of: files, in: db)
    for subject in try people.subjects(of: erasure.person, in: db) {
      try Journal.append(
        "person.erase", on: Person.reference(subject.id), of: subject, by: actor, at: now,
        changes: Fields(["record": number]).asNew, in: db)
    }
    let records = try empty(files, on: day, in: db)
    let tokens = try people.erase(files, on: day, record: number, in: db)
    try RightsErasureStore.carryOut(
      erasure.id, sequence: sequence,
      Erasure.Extent(cases: cases, documents: documents, bytes: bytes, records: records, tokens: tokens),
      by: actor, at: now, in: db)
    // About nobody any more: the record of the destruction can be read as long as the journal stands.
    try Journal.append(
      "rights.erase", on: Erasure.reference(erasure.id), by: actor, at: now,
      changes: Fields([
        "record": number, "ground": erasure.ground.rawValue, "cases": String(cases),
        "documents": String(documents),
      ]).asNew, in: db)
  }

  /// Takes away what every area keeps sealed about these files.
  /// - Returns: how many rows held something of it.
  private func empty(_ files: [PersonID], on day: Day, in db: Connection) throws -> Int {
    for area in kept { try area.erase(files, day, db) }
    var records = 0
    for table in kept.flatMap(\.tables) where table.columns.contains(where: { $0.fate != .stays }) {
      for file in files {
        records += try KeptStore.count(of: table, about: file, in: db)
        try KeptStore.empty(table, of: file, in: db)
      }
    }
    return records
  }

  private func mustDecide(_ erasure: Erasure, _ actor: Actor) throws(Refusal) {
    guard RightsRules.mayDecide(erasure, actor) else {
      throw .conflict(say("Whoever asked for the destruction does not decide it: a second person does."))
    }
  }

  private static var decided: Refusal { .conflict(say("This was decided already.")) }

  /// A page of what was asked and decided, the newest first.
  package func erasures(after cursor: RightsCursor?, for actor: Actor) async throws -> (
    erasures: [Erasure], names: [PersonID: PersonLabel], next: RightsCursor?
  ) {
    try actor.must(.answerRights)
    return try await database.read { db in
      var found = try RightsErasureStore.page(for: actor, after: cursor, in: db)
      let hasMore = found.count > RightsStore.pageSize
      if hasMore { found.removeLast() }
      let names = try people.labels(of: found.map(\.person), for: actor, in: db)
      let next = found.last.map { RightsCursor(String($0.askedAt.milliseconds), $0.id.text) }
      return (found, names, hasMore ? next : nil)
    }
  }

  /// One of them, with its words as long as there are any.
  package func erasure(_ id: RecordID<Erasure>, for actor: Actor) async throws -> OpenedErasure {
    try actor.must(.answerRights)
    return try await database.read { db in
      let erasure = try RightsErasureStore.require(id, visibleTo: actor, in: db)
      let subjects = try people.subjects(of: erasure.person, in: db)
      let key = subjects.first { $0.id == erasure.person }?.key
      let words = try key.map { try RightsErasureStore.words(of: id, key: $0, in: db) }
      return OpenedErasure(
        erasure: erasure, reason: words?.reason, answer: words?.answer,
        label: try people.labels(of: [erasure.person], for: actor, in: db)[erasure.person],
        obstacles: erasure.state == .asked
          ? try obstacles(subjects.map(\.id), on: Day(of: now()), in: db) : [],
        mayDecide: RightsRules.mayDecide(erasure, actor))
    }
  }
}

/// An erasure as one person may read it.
package struct OpenedErasure: Sendable {
  package let erasure: Erasure
  package let reason: String?
  package let answer: String?
  /// Nil once she is erased, or out of sight.
  package let label: PersonLabel?
  package let obstacles: [Phrase]
  package let mayDecide: Bool
}
