import Basics
import Cases
import Foundation
import Storage

/// The door of the area: what pages and commands may ask about households.
package struct Households: Sendable {
  let database: Database
  let cases: Cases
  let now: @Sendable () -> Date

  package init(database: Database, cases: Cases, now: @escaping @Sendable () -> Date = { Date() }) {
    self.database = database
    self.cases = cases
    self.now = now
  }

  /// The members of a case that was opened already, the removed ones too.
  package func members(of opened: OpenedCase, in db: Connection) throws -> [HouseholdMember] {
    try HouseholdStore.members(of: opened.file.id, key: opened.subject.key, in: db)
  }

  /// What the household of a case that was opened already tells in numbers.
  package func counts(of opened: OpenedCase, on today: Day, in db: Connection) throws -> HouseholdCounts {
    HouseholdCounts(try members(of: opened, in: db), on: today)
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try HouseholdStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Adds a member; the same id a second time is the same member. Who depends on the person and who goes to school is
  /// the social section's to say.
  /// - Throws: `Refusal.sentBefore` when it came with other words then.
  package func add(_ member: HouseholdMember, to file: RecordID<CaseFile>, by actor: Actor) async throws {
    if member.dependent != nil || member.school != nil { try actor.must(.writeSocialSection) }
    try await change(file, by: actor) { subject, members, now, db in
      if try HouseholdStore.exists(member.id, in: db) {
        // Of another case: nothing of it may be told here.
        guard let kept = members.first(where: { $0.id == member.id }) else {
          throw Refusal.sentBefore("name-latin")
        }
        // As it was recorded, whatever was corrected since.
        let since = try Journal.since(
          version: 1, of: HouseholdMember.reference(member.id), key: subject.key, in: db)
        guard Fields.before(since.map(\.changes), kept.fields) != member.fields else { return }
        throw Refusal.sentBefore("name-latin", kept: kept.latinName ?? kept.arabicName)
      }
      try HouseholdRules.mayAdd(to: members)
      try HouseholdRules.check(member, on: Day(of: now))
      try HouseholdStore.insert(member, of: file, key: subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "household.add", on: HouseholdMember.reference(member.id), of: subject, by: actor, at: now,
        version: member.version, changes: member.fields.asNew, in: db)
    }
  }

  /// Corrects a member. Typed on top of `version`: what was corrected meanwhile in another window is kept, and so are
  /// the social section's answers where the actor may not write them.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else.
  package func correct(
    _ id: RecordID<HouseholdMember>, to mine: Fields, from version: Int, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try await change(file, by: actor) { subject, members, now, db in
      guard let member = members.first(where: { $0.id == id }) else { throw Refusal.notFound }
      try HouseholdRules.mayCorrect(member)
      let since = try Journal.since(
        version: version, of: HouseholdMember.reference(id), key: subject.key, in: db)
      let base = Fields.before(since.map(\.changes), member.fields)
      let mayAnswer = actor.may(.writeSocialSection)
      let mine = mayAnswer ? mine : mine.keeping(HouseholdMember.socialAnswers, of: base)
      let merged = try Journal.merge(mine, on: base, into: member.fields, since: since)
      guard merged != member.fields, let corrected = member.corrected(merged) else { return }
      try HouseholdRules.check(corrected, before: member, mayAnswer: mayAnswer, on: Day(of: now))
      try HouseholdStore.update(corrected, key: subject.key, in: db)
      try Journal.append(
        "household.correct", on: HouseholdMember.reference(id), of: subject, by: actor, at: now,
        version: corrected.version, changes: member.fields.changes(to: merged), in: db)
    }
  }

  /// Marks a member as removed, with the reason; the same a second time changes nothing.
  package func remove(
    _ id: RecordID<HouseholdMember>, because reason: String, from file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { subject, members, now, db in
      guard let member = members.first(where: { $0.id == id }) else { throw Refusal.notFound }
      guard try HouseholdRules.removes(member, because: reason) else { return }
      try HouseholdStore.remove(id, because: reason, key: subject.key, in: db)
      try Journal.append(
        "household.remove", on: HouseholdMember.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["removed-because": reason]).asNew, in: db)
    }
  }

  /// A change of the household of an open case, which is held for it.
  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (Subject, [HouseholdMember], Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.editPersons)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      try body(subject, HouseholdStore.members(of: id, key: subject.key, in: db), now, db)
    }
  }
}

extension Fields {
  /// These, but for some names what `others` say.
  fileprivate func keeping(_ names: [String], of others: Fields) -> Fields {
    var fields = self
    for name in names { fields[name] = others[name] }
    return fields
  }
}
