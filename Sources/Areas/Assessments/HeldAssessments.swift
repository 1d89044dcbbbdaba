import Basics
import Cases
import Foundation
import Storage

/// The assessments of a case that is held for a change: what was typed is joined here with what stands.
struct HeldAssessments {
  let file: RecordID<CaseFile>
  let subject: Subject
  let assessments: [Assessment]
  let instruments: [InstrumentID: KeptInstrument]
  let actor: Actor

  /// One that the actor may write; another is not found.
  func require(_ id: RecordID<Assessment>) throws -> (assessment: Assessment, kept: KeptInstrument) {
    guard let assessment = assessments.first(where: { $0.id == id }) else { throw Refusal.notFound }
    return (assessment, try instrument(assessment.instrument))
  }

  /// - Throws: `Refusal.notAllowed` without the duty of its section.
  func instrument(_ id: InstrumentID) throws(Refusal) -> KeptInstrument {
    guard let kept = instruments[id] else { throw .notFound }
    if let duty = kept.instrument.section.duty { try actor.must(duty) }
    return kept
  }

  /// Of the same instrument, in any of its versions.
  func others(of assessment: RecordID<Assessment>, _ code: String) -> [Assessment] {
    assessments.filter { $0.id != assessment && $0.instrument.code == code }
  }

  /// Whether all that is asked of answers holds.
  func check(
    _ fields: Fields, of id: RecordID<Assessment>, secondOf: RecordID<Assessment>?, _ kept: KeptInstrument,
    on today: Day
  ) throws {
    try AssessmentRules.mustBeSound(fields, kept.instrument, on: today)
    try AssessmentRules.mustBeUsable(kept, fields)
    guard let secondOf else {
      return try AssessmentRules.mustFit(fields, beside: others(of: id, kept.instrument.code))
    }
    guard let first = assessments.first(where: { $0.id == secondOf }) else { throw Refusal.notFound }
    try AssessmentRules.mustBeNear(first, fields)
  }

  private func since(_ version: Int, of assessment: Assessment, _ kept: KeptInstrument, in db: Connection)
    throws
    -> [JournalEntry]
  {
    try Journal.since(
      version: version, of: Assessment.reference(assessment.id, kept.instrument.section), key: subject.key,
      in: db)
  }

  /// The answers as they stood at a version.
  func fields(of assessment: Assessment, at version: Int, _ kept: KeptInstrument, in db: Connection) throws
    -> Fields
  {
    let since = try since(version, of: assessment, kept, in: db)
    return Fields.before(since.map(\.changes), assessment.fields).withoutReason
  }

  /// What `mine`, typed on top of `version`, makes of `theirs`.
  func merge(
    _ mine: Fields, into theirs: Fields, of assessment: Assessment, from version: Int, _ kept: KeptInstrument,
    in db: Connection
  ) throws -> Fields {
    let since = try since(version, of: assessment, kept, in: db)
    let base = Fields.before(since.map(\.changes), assessment.fields).withoutReason
    return try Journal.merge(mine, on: base, into: theirs, since: since)
  }

  /// Whether `stood` holds what was typed already.
  func holds(
    _ mine: Fields, in stood: Fields, of assessment: Assessment, from version: Int, _ kept: KeptInstrument,
    in db: Connection
  ) throws -> Bool {
    do {
      return try merge(mine, into: stood, of: assessment, from: version, kept, in: db) == stood
    } catch Refusal.changedMeanwhile {
      return false
    }
  }

  func tell(
    _ act: String, of id: RecordID<Assessment>, _ kept: KeptInstrument, version: Int? = nil,
    _ changes: [FieldChange] = [], because reason: String? = nil, at now: Date, in db: Connection
  ) throws {
    let why = reason.map { [FieldChange(field: "reason", before: nil, after: $0)] } ?? []
    try Journal.append(
      act, on: Assessment.reference(id, kept.instrument.section), of: subject, by: actor, at: now,
      version: version, changes: changes + why, in: db)
  }
}

extension Fields {
  /// Why a correction was made is told with it, and is no answer.
  fileprivate var withoutReason: Fields { Fields(values.filter { $0.key != "reason" }) }
}
