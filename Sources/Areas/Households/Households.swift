import Basics
import Cases
import Foundation
import People
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

  /// Whether it is recorded that the person of a case that was opened already lives alone.
  package func isAlone(_ opened: OpenedCase, in db: Connection) throws -> Bool {
    try HouseholdStore.isAlone(opened.file.id, in: db)
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
      if HouseholdRules.mayLiveWithPerson(member) {
        try mark(alone: false, file, subject, by: actor, at: now, in: db)
      }
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
      if HouseholdRules.mayLiveWithPerson(corrected, before: member) {
        try mark(alone: false, file, subject, by: actor, at: now, in: db)
      }
    }
  }

  /// Records that the person lives alone, or that this is not known; the same a second time changes nothing.
  /// - Throws: `Refusal.invalid` beside `alone` where a member is known to live with her.
  package func set(alone: Bool, in file: RecordID<CaseFile>, by actor: Actor) async throws {
    try await change(file, by: actor) { subject, members, now, db in
      if alone { try HouseholdRules.mayBeAlone(members) }
      try mark(alone: alone, file, subject, by: actor, at: now, in: db)
    }
  }

  private func mark(
    alone: Bool, _ file: RecordID<CaseFile>, _ subject: Subject, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    let isNew =
      try alone
      ? HouseholdStore.insertAlone(file, by: actor, at: now, in: db)
      : HouseholdStore.deleteAlone(file, in: db)
    guard isNew else { return }
    try Journal.append(
      alone ? "household.alone" : "household.not-alone", on: CaseFile.reference(file), of: subject, by: actor,
      at: now, in: db)
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

  /// What a member brings to the form by which she is received as a person of her own, sealed as it may stand in a URL.
  func reception(of id: RecordID<HouseholdMember>, in file: RecordID<CaseFile>, for actor: Actor) async throws
    -> String
  {
    try actor.must(.receivePersons)
    let (opened, known) = try await cases.open(file, for: actor) { opened, db in
      try members(of: opened, in: db)
    }
    guard let member = known.first(where: { $0.id == id }), member.ownCase == nil else {
      throw Refusal.notFound
    }
    let fields = member.asReceived(phones: opened.person.person.identity[.phones])
    return try await cases.people.sealed(filling: fields)
  }

  /// Tells the household that a member was received as a person of her own, within the transaction that receives her;
  /// told of it a second time, or out of sight, it stays as it is.
  package func received(
    _ id: RecordID<HouseholdMember>, as own: RecordID<CaseFile>, by actor: Actor, in db: Connection
  ) throws {
    guard let file = try HouseholdStore.caseFile(of: id, in: db), file != own,
      let (_, subject) = try cases.find(file, for: actor, in: db),
      let member = try HouseholdStore.members(of: file, key: subject.key, in: db).first(where: { $0.id == id }
      ),
      member.ownCase == nil
    else { return }
    // Somebody else may receive her at the same moment: one of the two is her case.
    guard try HouseholdStore.setOwnCase(own, of: id, in: db) else { return }
    try Journal.append(
      "household.receive", on: HouseholdMember.reference(id), of: subject, by: actor, at: now(),
      changes: [FieldChange(field: "own-case", before: nil, after: own.text)], in: db)
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
