import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: the employment section of the file, ANETI's.
package struct Skills: Sendable {
  let cases: Cases
  let database: Database
  let now: @Sendable () -> Date

  package init(database: Database, cases: Cases, now: @escaping @Sendable () -> Date = { Date() }) {
    self.database = database
    self.cases = cases
    self.now = now
  }

  /// What is known of the person of a case, the oldest first; that it was read stands in the journal.
  /// - Throws: `Refusal.notAllowed` without the duty to read the employment section.
  package func open(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> (OpenedCase, [Skill]) {
    try actor.must(.readEmploymentSection)
    return try await cases.open(id, for: actor) { opened, db in
      try SkillStore.skills(of: opened.subject, in: db)
    }
  }

  /// Cases received lately whose person has no profile yet.
  package func unwritten(for actor: Actor) async throws -> (lines: [CaseLine], names: [PersonID: PersonLabel])
  {
    try actor.must(.writeEmploymentSection)
    return try await cases.unwritten(for: actor) { lines, db in try SkillStore.profiled(lines, in: db) }
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try SkillStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Writes the profile or the business idea. Typed on top of `version` (0: there was none): what was changed meanwhile
  /// in other fields is kept; the same a second time changes nothing.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else; so below.
  package func save(
    _ kind: Skill.Kind, _ fields: Fields, from version: Int, as id: RecordID<Skill>,
    in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      if let current = held.skills.last(where: { $0.kind == kind }) {
        let act = kind == .idea ? "skill.change-idea" : "skill.change-profile"
        return try Self.merge(fields, into: current, from: version, act, held, by: actor, at: now, db)
      }
      // The id of another record: this form was never offered for it.
      guard try !SkillStore.exists(id, in: db) else { throw Refusal.notFound }
      let act = kind == .idea ? "skill.idea" : "skill.profile"
      try Self.add(Skill(id: id, kind: kind, fields: fields), act, held, by: actor, at: now, db)
    }
  }

  /// Adds an experience or a certificate; the same id a second time is the same entry.
  /// - Throws: `Refusal.sentBefore` when it came with other words then.
  package func add(_ new: Skill, in file: RecordID<CaseFile>, by actor: Actor) async throws {
    try await change(file, by: actor) { held, now, db in
      if try SkillStore.exists(new.id, in: db) {
        // Of another person: nothing of it may be told here, and nothing was kept.
        if let kept = held.skills.first(where: { $0.id == new.id }) {
          guard kept.fields != new.fields, kept.version == 1, kept.withdrawn == nil else { return }
        }
        throw Refusal.sentBefore(new.kind == .experience ? "trade" : "title")
      }
      let act = new.kind == .experience ? "skill.experience" : "skill.certificate"
      try Self.add(new, act, held, by: actor, at: now, db)
    }
  }

  /// Corrects an experience or a certificate, or moves the recognition of one: `fields` are those that the form asks.
  package func correct(
    _ id: RecordID<Skill>, to fields: Fields, from version: Int, act: Correction = .words,
    in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let current = try held.require(id)
      try SkillRules.mustCount(current)
      guard act == .words || current.kind == .certificate else { throw Refusal.notFound }
      try Self.merge(fields, into: current, from: version, act.rawValue, held, by: actor, at: now, db)
    }
  }

  package enum Correction: String, Sendable {
    case words = "skill.correct"
    case recognition = "skill.recognition"
  }

  /// Withdraws an experience or a certificate; a second time with the same reason changes nothing.
  package func withdraw(
    _ id: RecordID<Skill>, because reason: String, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let current = try held.require(id)
      guard current.withdrawn != reason else { return }
      try SkillRules.mustCount(current)
      let withdrawn = Skill(
        id: id, kind: current.kind, version: current.version + 1, fields: current.fields, withdrawn: reason)
      try SkillStore.update(withdrawn, key: held.subject.key, in: db)
      try Journal.append(
        "skill.withdraw", on: Skill.reference(id), of: held.subject, by: actor, at: now,
        version: withdrawn.version, changes: Fields(["reason": reason]).asNew, in: db)
    }
  }

  private static func add(
    _ new: Skill, _ act: String, _ held: Held, by actor: Actor, at now: Date, _ db: Connection
  ) throws {
    try SkillRules.mustBeSound(new.kind, new.fields)
    try SkillRules.mayAdd(new, beside: held.skills)
    try SkillStore.insert(new, of: held.file.id, key: held.subject.key, by: actor, at: now, in: db)
    try Journal.append(
      act, on: Skill.reference(new.id), of: held.subject, by: actor, at: now, version: 1,
      changes: new.fields.asNew, in: db)
  }

  private static func merge(
    _ mine: Fields, into current: Skill, from version: Int, _ act: String, _ held: Held, by actor: Actor,
    at now: Date, _ db: Connection
  ) throws {
    let merged = try Journal.merge(
      mine, from: version, of: Skill.reference(current.id), into: current.fields, key: held.subject.key,
      in: db)
    guard merged != current.fields else { return }
    try SkillRules.mustBeSound(current.kind, merged)
    let changed = Skill(id: current.id, kind: current.kind, version: current.version + 1, fields: merged)
    try SkillStore.update(changed, key: held.subject.key, in: db)
    try Journal.append(
      act, on: Skill.reference(current.id), of: held.subject, by: actor, at: now, version: changed.version,
      changes: current.fields.changes(to: merged), in: db)
  }

  /// A case that is held for a change, with what is known of its person.
  private struct Held {
    let file: CaseFile
    let subject: Subject
    let skills: [Skill]

    /// An experience or a certificate.
    func require(_ id: RecordID<Skill>) throws(Refusal) -> Skill {
      guard let skill = skills.first(where: { $0.id == id }), !skill.kind.isSingle else { throw .notFound }
      return skill
    }
  }

  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (Held, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.writeEmploymentSection)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      let skills = try SkillStore.skills(of: subject, in: db)
      try body(Held(file: file, subject: subject, skills: skills), now, db)
    }
  }
}
