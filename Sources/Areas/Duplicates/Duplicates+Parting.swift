import Basics
import Cases
import Foundation
import People
import Storage

/// Parting files that were joined: both stand again as they were, and what came since goes where a person says.
extension Duplicates {
  /// What came since two files were joined.
  package struct Since: Sendable {
    package let merge: PersonMerge
    package let pair: DuplicatePair
    package let labels: [PersonID: PersonLabel]
    /// Corrections of the identity: to be said of whom.
    package let corrections: [FieldChange]
    /// Cases that were opened: to be said of whom.
    package let cases: [CaseLine]
    /// Consents that were recorded: to be said of whom.
    package let consents: [Consent]
    /// Notes in cases of either; they stay in their case unless another is named.
    package let notes: [(case: CaseLine, note: Note)]
    /// Every case of either as it is now, with whose it is.
    package let allCases: [CaseLine]
    /// The files behind the other one.
    package let othersFiles: Set<PersonID>
    package let mayPart: Bool

    /// Whose a case is when nothing is said.
    package func isOther(_ line: CaseLine) -> Bool { othersFiles.contains(line.person) }
  }

  /// Where what came since belongs.
  package struct Attribution: Sendable, Equatable {
    package var fields: [Identity.Field: PersonMerge.Choice] = [:]
    package var cases: [RecordID<CaseFile>: PersonMerge.Choice] = [:]
    package var consents: [RecordID<Consent>: PersonMerge.Choice] = [:]
    /// Notes that go into another case.
    package var notes: [RecordID<Note>: RecordID<CaseFile>] = [:]

    package init() {}
  }

  /// What the page of parting shows.
  package func since(_ id: RecordID<PersonMerge>, for actor: Actor) async throws -> Since {
    try actor.must(.settleFiles)
    let now = now()
    return try await database.write { db in
      let since = try since(id, for: actor, in: db)
      for person in [since.merge.kept, since.merge.other] {
        let subject = try people.subject(person, in: db)
        try Journal.append(
          "person.open", on: Person.reference(person), of: subject, by: actor, at: now, in: db)
      }
      return since
    }
  }

  private func since(_ id: RecordID<PersonMerge>, for actor: Actor, in db: Connection) throws -> Since {
    guard let found = try DuplicateStore.of(merge: id, in: db) else { throw Refusal.notFound }
    let pair = try require(found.id, for: actor, in: db).pair
    let merge = try people.merge(id, in: db)
    let files = merge.isInForce ? try people.files(of: merge.kept, in: db) : [merge.kept, merge.other]
    let others = merge.isInForce ? try people.filesBehind(merge, in: db) : [merge.other]
    let notes = try cases.notes(after: merge.mergedAt, of: files, in: db).filter { line, note in
      note.section.dutyToRead.map(actor.may) ?? true
    }
    return Since(
      merge: merge, pair: pair, labels: try ownLabels([merge.kept, merge.other], in: db),
      corrections: merge.isInForce ? try people.corrections(since: merge, in: db) : [],
      cases: try cases.received(after: merge.mergedAt, of: merge.kept, in: db),
      consents: try people.consents(since: merge, in: db), notes: notes,
      allCases: try cases.all(of: files, in: db),
      othersFiles: Set(others), mayPart: try merge.isInForce && people.mayPart(merge, in: db))
  }

  /// The names as each file has them by itself.
  private func ownLabels(_ ids: [PersonID], in db: Connection) throws -> [PersonID: PersonLabel] {
    Dictionary(
      try ids.map { ($0, try people.own($0, in: db).label) }, uniquingKeysWith: { first, _ in first })
  }

  /// Parts them: in one transaction both are as they were, and what came since is where it belongs.
  /// - Throws: `Refusal.invalid` while something that came since is not said of whom.
  package func part(
    _ id: RecordID<PersonMerge>, _ attribution: Attribution, _ decision: Decision, by actor: Actor
  ) async throws {
    try actor.must(.settleFiles)
    guard let pair = try await database.read({ db in try DuplicateStore.of(merge: id, in: db) }) else {
      throw Refusal.notFound
    }
    try await decide(pair.id, decision, by: actor) { pair, _, now, db in
      let since = try since(id, for: actor, in: db)
      guard since.mayPart else {
        throw Refusal.conflict(say("These files were joined with another one since. Part that one first."))
      }
      try PartingRules.mustBeWhole(attribution, since)
      try give(since, attribution, by: actor, at: now, in: db)
      let files = try people.filesBehind(since.merge, in: db)
      try people.part(
        id, fields: attribution.otherFields, consents: attribution.otherConsents, by: actor, at: now, in: db)
      try DuplicateStore.setAlive(pairsOf: files, in: db)
      // It remembers by which merge they were joined: whoever parts them at the same moment is told that it is done.
      try DuplicateStore.set(.different, of: pair.id, merge: id, in: db)
      return DuplicateAct(
        id: decision.id, pair: pair.id, kind: .part, at: now, by: actor.id, antenna: actor.antenna,
        reason: decision.reason, joining: nil)
    }
  }

  private func give(
    _ since: Since, _ attribution: Attribution, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    for line in since.cases where attribution.cases[line.id] == .other {
      try cases.move(line.id, to: since.merge.other, others: resealing, by: actor, at: now, in: db)
    }
    for (line, note) in since.notes {
      if let target = attribution.notes[note.id], since.allCases.contains(where: { $0.id == target }) {
        try cases.move(note.id, from: line.id, to: target, by: actor, at: now, in: db)
      }
    }
  }
}

extension Duplicates.Attribution {
  var otherFields: Set<Identity.Field> { Set(fields.filter { $0.value == .other }.keys) }
  var otherConsents: Set<RecordID<Consent>> { Set(consents.filter { $0.value == .other }.keys) }
}

/// Decisions only: no database, no clock, no request.
enum PartingRules {
  /// Everything that came since is somebody's, and a person says whose.
  static func mustBeWhole(_ attribution: Duplicates.Attribution, _ since: Duplicates.Since) throws(Refusal) {
    var errors: [FieldError] = []
    let message = say("Say of whom this is.")
    for change in since.corrections {
      let field = Identity.Field(rawValue: change.field)
      if field.flatMap({ attribution.fields[$0] }) == nil {
        errors.append(FieldError("field-\(change.field)", message))
      }
    }
    for line in since.cases where attribution.cases[line.id] == nil {
      errors.append(FieldError("case-\(line.id)", message))
    }
    for consent in since.consents where attribution.consents[consent.id] == nil {
      errors.append(FieldError("consent-\(consent.id)", message))
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }
}
