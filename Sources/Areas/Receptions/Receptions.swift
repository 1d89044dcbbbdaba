import Basics
import Cases
import Foundation
import People
import Storage

/// The door of the area: receptions begun, step by step, until their file is opened.
package struct Receptions: Sendable {
  let cases: Cases
  let database: Database
  /// Days after the last step for which a draft is kept.
  let keepDays: Int
  let now: @Sendable () -> Date

  package init(
    cases: Cases, keepDays: Int = ReceptionDraft.daysKept, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.cases = cases
    database = cases.database
    self.keepDays = keepDays
    self.now = now
  }

  var limit: Date { ReceptionRules.limit(keepDays: keepDays, at: now()) }

  /// Begins a reception with its first step; the same id and the same answers a second time is the same reception.
  /// - Parameter person: the person to be.
  package func begin(
    _ id: RecordID<ReceptionDraft>, person: PersonID = PersonID(), with fields: Fields, by actor: Actor
  ) async throws {
    try actor.must(.receivePersons)
    guard let antenna = actor.antenna else {
      throw Refusal.conflict(say("A reception is begun at an antenna, and your account belongs to none."))
    }
    let (now, limit) = (now(), limit)
    try await database.write { db in
      let (key, wrapped) = try db.vault.newKey()
      let draft = ReceptionDraft(
        id: id, person: person, antenna: antenna, author: actor.id, state: .begun, version: 1,
        done: [.who], begunAt: now, savedAt: now, fields: fields)
      guard try ReceptionStore.insert(draft, wrapped: wrapped, key: key, in: db) else {
        let kept = try? ReceptionStore.require(id, visibleTo: actor, after: limit, in: db).draft
        let isSame = kept.map { $0.fields.only(ReceptionDraft.Step.who.names) == fields } ?? false
        guard isSame else {
          throw Refusal.conflict(
            say("This form was sent before, and the reception is begun. Take it up again to change it."))
        }
        return
      }
      try Journal.append(
        "reception.begin", on: ReceptionDraft.reference(id), of: Subject(id: draft.person, key: key),
        by: actor, at: now, version: 1, changes: fields.asNew, in: db)
    }
  }

  /// Saves one step, typed on top of `version`: steps that others saved meanwhile are kept; the same a second time
  /// changes nothing.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else.
  package func save(
    _ step: ReceptionDraft.Step, _ fields: Fields, from version: Int, of id: RecordID<ReceptionDraft>,
    by actor: Actor
  ) async throws {
    try await change(id, by: actor) { draft, key, now, db in
      let since = try Journal.since(
        version: version, of: ReceptionDraft.reference(id), key: key, in: db)
      let base = Fields.before(since.map(\.changes), draft.fields)
      let mine = ReceptionRules.replaced(step, by: fields, in: base)
      let merged = try Journal.merge(mine, on: base, into: draft.fields, since: since)
      guard merged != draft.fields || !draft.done.contains(step) else { return }
      let saved = draft.with(fields: merged, done: step, at: now)
      try ReceptionStore.update(saved, key: key, in: db)
      try Journal.append(
        "reception.save", on: ReceptionDraft.reference(id), of: Subject(id: draft.person, key: key),
        by: actor, at: now, version: saved.version, changes: draft.fields.changes(to: merged), in: db)
    }
  }

  /// A reception to go on with, or to look at before taking it over. What somebody else wrote is read with an entry in
  /// the journal; one's own without.
  package func open(_ id: RecordID<ReceptionDraft>, for actor: Actor) async throws -> ReceptionDraft {
    try actor.must(.receivePersons)
    let (now, limit) = (now(), limit)
    let draft = try await database.read { db in
      try ReceptionStore.require(id, visibleTo: actor, after: limit, in: db).draft
    }
    guard draft.author != actor.id, draft.state == .begun else { return draft }
    return try await database.write { db in
      let (draft, key) = try ReceptionStore.require(id, visibleTo: actor, after: limit, in: db)
      let subject = key.map { Subject(id: draft.person, key: $0) }
      try Journal.append(
        "reception.open", on: ReceptionDraft.reference(id), of: subject, by: actor, at: now, in: db)
      return draft
    }
  }

  /// The key of what is typed on a device: the same in every visit of one account, told to nobody else, and kept nowhere.
  func deviceMark(of actor: Actor) async throws -> String {
    try await database.read { db in
      try InstallationKeys.key(for: .links, in: db).linkToken(actor.id, of: "device")
    }
  }

  /// Receptions begun by the actor, and for the head of an antenna those of her staff.
  package func begun(for actor: Actor) async throws -> [ReceptionDraft] {
    try actor.must(.receivePersons)
    let limit = limit
    return try await database.read { db in
      try ReceptionStore.begun(for: actor, ofAntenna: actor.may(.assignCases), after: limit, in: db)
    }
  }

  /// Makes a reception that a colleague began one's own; a second time changes nothing.
  package func takeOver(_ id: RecordID<ReceptionDraft>, by actor: Actor) async throws {
    try actor.must(.receivePersons)
    try actor.must(.assignCases)
    let (now, limit) = (now(), limit)
    try await database.write { db in
      try ReceptionStore.hold(id, in: db)
      let (draft, key) = try ReceptionStore.require(id, visibleTo: actor, after: limit, in: db)
      try ReceptionRules.mustBeBegun(draft)
      guard let key, ReceptionRules.mayTakeOver(draft, actor) else { return }
      let taken = draft.with(author: actor.id, at: now)
      try ReceptionStore.update(taken, key: key, in: db)
      try Journal.append(
        "reception.take-over", on: ReceptionDraft.reference(id), of: Subject(id: draft.person, key: key),
        by: actor, at: now, version: taken.version,
        changes: [FieldChange(field: "author", before: draft.author.text, after: actor.id.text)], in: db)
    }
  }

  /// Gives a reception up: its key is destroyed, and with it all that was told. The same a second time changes nothing.
  package func discard(
    _ id: RecordID<ReceptionDraft>, because why: ReceptionDraft.Discarding, by actor: Actor
  ) async throws {
    try actor.must(.receivePersons)
    let (now, limit) = (now(), limit)
    try await database.write { db in
      try ReceptionStore.hold(id, in: db)
      if try ReceptionStore.discarding(id, by: actor, in: db) == why { return }
      let (draft, _) = try ReceptionStore.require(id, visibleTo: actor, after: limit, in: db)
      try ReceptionRules.mustBeBegun(draft)
      try ReceptionRules.mustBeOf(actor, draft)
      try ReceptionStore.destroy(id, as: .discarded, why: why, in: db)
      // About nobody any more: the reason is a code and stays readable.
      try Journal.append(
        "reception.discard", on: ReceptionDraft.reference(id), by: actor, at: now,
        changes: [FieldChange(field: "reason", before: nil, after: why.rawValue)], in: db)
    }
  }

  /// Destroys drafts that were left for too long, key and words.
  /// - Returns: how many.
  @discardableResult
  package func expire() async throws -> Int {
    let (now, limit) = (now(), limit)
    return try await database.write { db in
      let old = try ReceptionStore.old(before: limit, in: db)
      for draft in old {
        try ReceptionStore.destroy(draft.id, as: .expired, why: nil, in: db)
        try Journal.append(
          "reception.expire", on: ReceptionDraft.reference(draft.id), by: .program, at: now, in: db)
      }
      return old.count
    }
  }

  /// What was told when the person of a case was received; nil where she was received by the short form.
  package func told(in file: RecordID<CaseFile>, for actor: Actor) async throws -> (
    file: CaseFile, told: Fields?
  ) {
    let (opened, fields) = try await cases.open(file, for: actor) { opened, db in try told(of: opened, in: db)
    }
    return (opened.file, fields)
  }

  /// What was told at the reception, of a case that was opened already, as far as its reader may see it.
  package func told(of opened: OpenedCase, in db: Connection) throws -> Fields? {
    guard let told = try ReceptionStore.told(of: opened.file.id, key: opened.subject.key, in: db)
    else { return nil }
    let maySeeSigns = opened.reader.may(.readSocialSection) || told.author == opened.reader.id
    return maySeeSigns ? told.fields : told.fields.withoutSigns
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try ReceptionStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Wraps a batch of drafts' keys by the newest master key.
  package func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    try ReceptionStore.rewrap(after: id, limit: limit, in: db)
  }

  /// A change of a begun reception by its author.
  func change(
    _ id: RecordID<ReceptionDraft>, by actor: Actor,
    _ body: @escaping @Sendable (ReceptionDraft, SealingKey, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.receivePersons)
    let (now, limit) = (now(), limit)
    try await database.write { db in
      try ReceptionStore.hold(id, in: db)
      let (draft, key) = try ReceptionStore.require(id, visibleTo: actor, after: limit, in: db)
      try ReceptionRules.mustBeBegun(draft)
      try ReceptionRules.mustBeOf(actor, draft)
      guard let key else { throw Refusal.notFound }
      try body(draft, key, now, db)
    }
  }
}

extension ReceptionDraft {
  fileprivate func with(fields: Fields? = nil, done step: Step? = nil, author: AccountID? = nil, at now: Date)
    -> ReceptionDraft
  {
    let steps = step.map { new in Step.allCases.filter { $0 == new || done.contains($0) } } ?? done
    return ReceptionDraft(
      id: id, person: person, antenna: antenna, author: author ?? self.author, state: state,
      version: version + 1, done: steps, begunAt: begunAt, savedAt: now, fields: fields ?? self.fields)
  }
}

extension Fields {
  fileprivate var withoutSigns: Fields { Fields(values.filter { !$0.key.hasPrefix("sign-") }) }
}
