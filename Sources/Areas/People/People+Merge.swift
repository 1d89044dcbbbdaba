import Basics
import Foundation
import Storage

/// Joining two files and parting them again, for the area that decides it: it asks who may, and of whom.
extension People {
  /// Acts after which there is no common ground for what was typed before.
  static let shapings: Set<String> = ["person.join", "person.part"]

  /// The person who stands for `id` first, then every file that she stands for.
  package func files(of id: PersonID, in db: Connection) throws -> [PersonID] {
    try PersonMergeStore.files(of: id, in: db)
  }

  /// The subjects of these files: what was told of her is sealed under the key of each.
  package func subjects(of id: PersonID, in db: Connection) throws -> [Subject] {
    try files(of: id, in: db).compactMap { file in
      do { return try subject(file, in: db) } catch Refusal.notFound { return nil } catch Refusal.gone {
        return nil
      }
    }
  }

  /// The merges that a person's files took part in, undone ones too, newest first.
  package func merges(of id: PersonID, in db: Connection) throws -> [PersonMerge] {
    try PersonMergeStore.all(of: files(of: id, in: db), in: db)
  }

  package func merge(_ id: RecordID<PersonMerge>, in db: Connection) throws -> PersonMerge {
    guard let merge = try PersonMergeStore.find(id, in: db) else { throw Refusal.notFound }
    return merge
  }

  /// Lets `kept` stand for both from now on; the same id a second time is the same merge.
  /// - Throws: `Refusal.conflict` when one of them stands no longer for herself.
  package func join(
    _ kept: PersonID, _ other: PersonID, _ choices: PersonMerge.Choices, id: RecordID<PersonMerge>,
    by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try PersonMergeStore.hold([kept, other], in: db)
    guard try PersonMergeStore.find(id, in: db) == nil else { return }
    guard kept != other, try PersonMergeStore.whole(of: kept, in: db) == kept,
      try PersonMergeStore.whole(of: other, in: db) == other
    else {
      throw Refusal.conflict(say("One of these files was joined with another meanwhile. Open them again."))
    }
    let before = try PersonMergeStore.inForce(of: kept, in: db) + PersonMergeStore.inForce(of: other, in: db)
    let merge = PersonMerge(
      id: id, kept: kept, other: other, position: (before.map(\.position).max() ?? 0) + 1, choices: choices,
      settled: [], mergedAt: now, mergedBy: actor.id, undoneAt: nil, undoneBy: nil)
    let subject = try subject(kept, in: db)
    try PersonMergeStore.insert(
      merge, before: PersonStore.own(kept, in: db).identity, key: subject.key, in: db)
    try PersonMergeStore.set(kept, for: files(of: other, in: db), in: db)
    try reshape(merge, "person.join", by: actor, at: now, in: db)
  }

  /// What was changed in the file that stands for both, field by field, and is of one of them: to be said of whom.
  package func corrections(since merge: PersonMerge, in db: Connection) throws -> [FieldChange] {
    let key = try subject(merge.kept, in: db).key
    let before = try PersonMergeStore.identityBefore(merge, key: key, in: db)
    return before.fields.changes(to: try PersonStore.own(merge.kept, in: db).identity.fields)
  }

  /// Consents that were recorded while the two were one: to be said of whom.
  package func consents(since merge: PersonMerge, in db: Connection) throws -> [Consent] {
    try ConsentStore.recorded(after: merge.mergedAt, of: merge.kept, in: db)
  }

  /// Lets both stand for themselves again, each as she was; what came since goes to whom it is of.
  /// - Parameters:
  ///   - fields: corrections that are of the other one; the rest stays.
  ///   - consents: consents that are of the other one.
  /// - Throws: `Refusal.conflict` when it is not the last merge of this person.
  package func part(
    _ id: RecordID<PersonMerge>, fields: Set<Identity.Field>, consents: Set<RecordID<Consent>>,
    by actor: Actor,
    at now: Date, in db: Connection
  ) throws {
    let merge = try merge(id, in: db)
    try PersonMergeStore.hold([merge.kept, merge.other], in: db)
    guard try mayPart(merge, in: db) else {
      throw Refusal.conflict(say("These files were joined with another one since. Part that one first."))
    }
    let corrections = try corrections(since: merge, in: db)
    let given = try self.consents(since: merge, in: db).filter { consents.contains($0.id) }
    guard try PersonMergeStore.undo(id, by: actor, at: now, in: db) else { return }
    let parts = try filesBelow(merge.other, in: db)
    try PersonMergeStore.set(nil, for: [merge.other], in: db)
    try PersonMergeStore.set(merge.other, for: parts, in: db)
    try give(
      corrections.filter { Identity.Field(rawValue: $0.field).map(fields.contains) ?? false }, merge, in: db)
    try keepSettled(merge, without: fields, in: db)
    for consent in given { try ConsentStore.move(consent.id, to: merge.other, in: db) }
    try reshape(merge, "person.part", by: actor, at: now, in: db)
  }

  /// Whether it is in force and the last of this person.
  package func mayPart(_ merge: PersonMerge, in db: Connection) throws -> Bool {
    let whole = try PersonMergeStore.whole(of: merge.kept, in: db)
    guard whole == merge.kept else { return false }
    return try PersonMergeStore.inForce(of: merge.kept, in: db).last?.id == merge.id
  }

  /// Takes corrections out of the kept file, where what was before stands again, and puts them into the other one.
  private func give(_ corrections: [FieldChange], _ merge: PersonMerge, in db: Connection) throws {
    guard !corrections.isEmpty else { return }
    let (kept, other) = (try PersonStore.own(merge.kept, in: db), try PersonStore.own(merge.other, in: db))
    var (back, given) = (kept.identity, other.identity)
    for change in corrections {
      back.fields[change.field] = change.before
      given.fields[change.field] = change.after
    }
    try write(back, of: kept, in: db)
    try write(given, of: other, in: db)
    try settle(corrections.map(\.field), in: PersonMergeStore.inForce(of: merge.other, in: db).last, in: db)
  }

  private func write(_ own: Identity, of person: Person, in db: Connection) throws {
    let key = try subject(person.id, in: db).key
    _ = try PersonStore.update(
      person.id, from: person.version, to: own, shown: own, label: label(own, person.antenna), key: key,
      in: db)
    try putTokens(of: person.id, own, antenna: person.antenna, in: db)
  }

  /// Corrections that stay stand above what an earlier merge had chosen.
  private func keepSettled(_ merge: PersonMerge, without fields: Set<Identity.Field>, in db: Connection)
    throws
  {
    let staying = merge.settled.subtracting(fields).map(\.rawValue)
    try settle(staying, in: PersonMergeStore.inForce(of: merge.kept, in: db).last, in: db)
  }

  private func settle(_ fields: [String], in merge: PersonMerge?, in db: Connection) throws {
    let fields = Set(fields.compactMap { Identity.Field(rawValue: $0) })
    guard let merge, !fields.isSubset(of: merge.settled) else { return }
    try PersonMergeStore.setSettled(merge.settled.union(fields), of: merge.id, in: db)
  }

  /// A correction of a person whose file stands for several is written into her own row.
  /// - Returns: her own identity before and after.
  func settle(_ person: Person, to merged: Identity, in db: Connection) throws -> (
    before: Identity, after: Identity
  ) {
    guard person.joined > 0 else { return (person.identity, merged) }
    let before = try PersonStore.own(person.id, in: db).identity
    let changes = person.identity.fields.changes(to: merged.fields)
    var own = before
    for change in changes { own.fields[change.field] = change.after }
    try settle(changes.map(\.field), in: PersonMergeStore.inForce(of: person.id, in: db).last, in: db)
    return (before, own)
  }

  /// The files that a merge joined: the other one, and those it stood for before.
  package func filesBehind(_ merge: PersonMerge, in db: Connection) throws -> [PersonID] {
    try [merge.other] + filesBelow(merge.other, in: db)
  }

  /// The files that stand behind `id` by merges of its own.
  private func filesBelow(_ id: PersonID, in db: Connection) throws -> [PersonID] {
    var found: [PersonID] = []
    var waiting = [id]
    while let next = waiting.popLast() {
      let parts = try PersonMergeStore.all(of: [next], in: db).filter { $0.isInForce && $0.kept == next }
      found += parts.map(\.other)
      waiting += parts.map(\.other)
    }
    return found
  }

  /// After files were joined or parted: counts, figures and the journal of each follow.
  private func reshape(
    _ merge: PersonMerge, _ act: String, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try PersonMergeStore.count([merge.kept, merge.other], in: db)
    for id in [merge.kept, merge.other] {
      let own = try PersonStore.own(id, in: db)
      let shown = own.joined == 0 ? own : try PersonMergeStore.composed(own, in: db)
      try PersonStore.setFacts(of: id, to: shown.identity, in: db)
      // Ids and names of fields only: what one of them is called is never sealed under the key of the other.
      try Journal.append(
        act, on: Person.reference(id), of: try subject(id, in: db), by: actor, at: now, version: own.version,
        changes: [FieldChange(field: "merge", before: nil, after: merge.id.text)], in: db)
    }
  }
}
