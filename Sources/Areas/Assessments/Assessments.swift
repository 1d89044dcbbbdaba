import Basics
import Cases
import Foundation
import Storage

/// The door of the area: the assessments of a case. `Assessments+Instruments.swift` is that of the instruments.
package struct Assessments: Sendable {
  let cases: Cases
  let now: @Sendable () -> Date
  let cache = InstrumentCache()

  package init(cases: Cases, now: @escaping @Sendable () -> Date = { Date() }) {
    self.cases = cases
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try AssessmentStore.reseal(file, from: old, to: new, in: db) }
  }

  /// The newest score of a case by an instrument, of any of its versions; nil where none is concluded with a score.
  /// What was corrected counts as it stands now; what was set aside, and a second reading, do not count.
  package static func latest(of file: RecordID<CaseFile>, instrument code: String, in db: Connection) throws
    -> AssessmentScore?
  {
    try AssessmentStore.latest(of: file, code, in: db)
  }

  /// The band of the newest score by a day, for many files at once; those without one are left out.
  package static func bands(
    _ code: String, of files: ClosedRange<RecordID<CaseFile>>, by day: Day, in db: Connection
  ) throws -> [RecordID<CaseFile>: String] {
    try AssessmentStore.bands(code, of: files, by: day, in: db)
  }

  /// What the bands of an instrument are called; of several versions the newest counts.
  package func bandNames(_ code: String, in db: Connection) throws -> [String: [Language: String]] {
    let bands = try InstrumentStore.all(cache, in: db).map(\.instrument).filter { $0.code == code }.flatMap(
      \.bands)
    return Dictionary(bands.map { ($0.code, $0.name) }, uniquingKeysWith: { $1 })
  }

  /// The assessments of a case that the actor may read; that it was opened stands in the journal.
  package func open(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> OpenedAssessments {
    let (opened, read) = try await cases.open(id, for: actor) { opened, db in try found(opened, in: db) }
    return OpenedAssessments(opened: opened, assessments: read.assessments, instruments: read.instruments)
  }

  private func found(_ opened: OpenedCase, in db: Connection) throws -> (
    assessments: [Assessment], instruments: [InstrumentID: KeptInstrument]
  ) {
    let all = try InstrumentStore.all(cache, in: db)
    let mine = all.filter { $0.instrument.section.duty.map(opened.reader.may) ?? true }
    let instruments = Dictionary(uniqueKeysWithValues: mine.map { ($0.instrument.id, $0) })
    let kept = try AssessmentStore.assessments(of: opened.file.id, key: opened.subject.key, in: db)
    return (kept.filter { instruments[$0.instrument] != nil }, instruments)
  }

  /// One assessment, as it stands or as it was concluded with `edition`.
  /// - Throws: `Refusal.notFound` for one of another case, `Refusal.notAllowed` without the duty of its section.
  package func open(
    _ assessment: RecordID<Assessment>, edition number: Int? = nil, in id: RecordID<CaseFile>,
    for actor: Actor
  ) async throws -> OpenedAssessment {
    try await cases.open(id, for: actor) { opened, db in
      let key = opened.subject.key
      let all = try AssessmentStore.assessments(of: id, key: key, in: db)
      guard let stands = all.first(where: { $0.id == assessment }),
        let kept = try InstrumentStore.find(stands.instrument, cache, in: db)
      else { throw Refusal.notFound }
      if let duty = kept.instrument.section.duty { try opened.reader.must(duty) }
      let edition = stands.editions.first { $0.number == number && $0.number < stands.editions.count }
      let fields = try edition.flatMap {
        try AssessmentStore.fields(of: $0.id, stands.instrument, key: key, in: db)
      }
      return OpenedAssessment(
        opened: opened, kept: kept, assessment: fields.map(stands.holding) ?? stands, edition: edition,
        second: all.first { $0.secondOf == assessment && $0.withdrawn == nil },
        earlier: AssessmentRules.earlier(than: stands, in: all),
        isBlind: AssessmentRules.isBlind(assessment, all, for: opened.reader.id))
    }.1
  }

  /// Begins an assessment; the same id a second time is the same.
  /// - Parameter first: what it is given for comparison with; nil where it stands for itself.
  /// - Throws: `Refusal.sentBefore` when it came with other answers then.
  package func begin(
    _ id: RecordID<Assessment>, _ instrument: InstrumentID, secondOf first: RecordID<Assessment>? = nil,
    _ fields: Fields, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let kept = try held.instrument(instrument)
      if let made = held.assessments.first(where: { $0.id == id }) {
        guard made.instrument == instrument, try held.fields(of: made, at: 1, kept, in: db) == fields else {
          throw Refusal.sentBefore("on")
        }
        return
      }
      try AssessmentRules.mayBegin(beside: held.assessments)
      if let first {
        let other = try held.require(first).assessment
        let seconds = held.assessments.filter { $0.secondOf == first }
        try AssessmentRules.mayCompare(with: other, instrument: instrument, seconds: seconds, by: actor.id)
      }
      try held.check(fields, of: id, secondOf: first, kept, on: Day(of: now))
      try InstrumentStore.ensure(kept, at: now, in: db)
      let made = Assessment(
        id: id, instrument: instrument, secondOf: first, version: 1, fields: fields, editions: [],
        begunBy: actor.id, withdrawn: nil)
      let quarter = AssessmentRules.quarter(of: fields, secondOf: first != nil)
      // Of another case: nothing of it may be told here, and nothing was kept.
      guard
        try AssessmentStore.insert(
          made, of: file, quarter: quarter, key: held.subject.key, at: now, in: db)
      else { throw Refusal.sentBefore("on") }
      try held.tell(
        "assessment.begin", of: id, kept, version: 1, Fields().changes(to: fields), at: now, in: db)
    }
  }

  /// Changes a draft. Typed on top of `version`: what was changed meanwhile in other fields is kept.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else; so below.
  package func change(
    _ id: RecordID<Assessment>, to fields: Fields, from version: Int, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let (assessment, kept) = try held.require(id)
      let merged = try held.merge(
        fields, into: assessment.fields, of: assessment, from: version, kept, in: db)
      guard merged != assessment.fields else { return }
      try AssessmentRules.mustBeDraft(assessment)
      try AssessmentRules.mayWrite(assessment, actor.id)
      try update(assessment, to: merged, kept, "assessment.change", held, now, db)
    }
  }

  private func update(
    _ assessment: Assessment, to fields: Fields, _ kept: KeptInstrument, _ act: String,
    because reason: String? = nil, _ held: HeldAssessments, _ now: Date, _ db: Connection
  ) throws {
    let (id, second) = (assessment.id, assessment.secondOf)
    try held.check(fields, of: id, secondOf: second, kept, on: Day(of: now))
    let quarter = AssessmentRules.quarter(of: fields, secondOf: second != nil)
    try AssessmentStore.update(assessment, to: fields, quarter: quarter, key: held.subject.key, in: db)
    try held.tell(
      act, of: id, kept, version: assessment.version + 1, assessment.fields.changes(to: fields),
      because: reason,
      at: now, in: db)
  }

  /// Concludes a draft as it was read: from then on it is kept. The same edition a second time is the same.
  package func conclude(
    _ id: RecordID<Assessment>, as edition: RecordID<Assessment.Edition>, from version: Int,
    in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let (assessment, kept) = try held.require(id)
      if assessment.editions.contains(where: { $0.id == edition }) { return }
      guard try !AssessmentStore.exists(edition, in: db) else { throw Refusal.notFound }
      try AssessmentRules.mustBeDraft(assessment)
      try AssessmentRules.mayWrite(assessment, actor.id)
      guard assessment.version == version else {
        throw Refusal.conflict(say("This was changed meanwhile: read it again before you conclude it."))
      }
      try AssessmentRules.mayConclude(assessment.fields)
      try keep(edition, assessment.fields, of: assessment, kept, because: nil, held, now, db)
      try held.tell("assessment.conclude", of: id, kept, at: now, in: db)
      try compare(assessment, kept, held, in: db)
    }
  }

  private func keep(
    _ edition: RecordID<Assessment.Edition>, _ fields: Fields, of assessment: Assessment,
    _ kept: KeptInstrument,
    because reason: String?, _ held: HeldAssessments, _ now: Date, _ db: Connection
  ) throws {
    let new = Assessment.Edition(
      id: edition, number: assessment.editions.count + 1, reason: reason, concludedAt: now,
      concludedBy: held.actor.id)
    let scoring = AssessmentScoring.scoring(kept.instrument, fields.answers)
    try AssessmentStore.insert(new, fields, scoring, of: assessment, in: held.file, key: held.subject.key, db)
  }

  /// What two assessors answered is counted when the second concludes: as each found it alone.
  private func compare(
    _ second: Assessment, _ kept: KeptInstrument, _ held: HeldAssessments, in db: Connection
  ) throws {
    guard let first = second.secondOf, let edition = try held.require(first).assessment.editions.first,
      let fields = try AssessmentStore.fields(
        of: edition.id, second.instrument, key: held.subject.key, in: db)
    else { return }
    let (one, other) = (fields.answers, second.answers)
    // Words are never twice the same.
    let pairs = kept.instrument.items.filter { $0.kind != .text }.map { item in
      let pair = Agreement.pair(item, one[item.code], other[item.code])
      return (item: item.code, first: pair.first, second: pair.second)
    }
    try AgreementStore.count(pairs, of: second.instrument, in: db)
  }

  /// Corrects what is concluded, for a reason: a new edition, beside those before. The same edition a second time is
  /// the same.
  /// - Throws: `Refusal.sentBefore` when it came with other answers then.
  package func correct(
    _ id: RecordID<Assessment>, to fields: Fields, because reason: String,
    as edition: RecordID<Assessment.Edition>, from version: Int, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let (assessment, kept) = try held.require(id)
      if try AssessmentStore.exists(edition, in: db) {
        let made = assessment.editions.first { $0.id == edition }
        let before = try made.flatMap {
          try AssessmentStore.fields(of: $0.id, assessment.instrument, key: held.subject.key, in: db)
        }
        guard let made, let before, made.reason == reason,
          try held.holds(fields, in: before, of: assessment, from: version, kept, in: db)
        else { throw Refusal.sentBefore("reason", kept: made?.reason) }
        return
      }
      try AssessmentRules.mustBeConcluded(assessment)
      let merged = try held.merge(
        fields, into: assessment.fields, of: assessment, from: version, kept, in: db)
      guard merged != assessment.fields else {
        throw Refusal.invalid([FieldError("reason", say("No answer was changed: there is nothing to keep."))])
      }
      try AssessmentRules.mayConclude(merged)
      try update(assessment, to: merged, kept, "assessment.correct", because: reason, held, now, db)
      try keep(edition, merged, of: assessment, kept, because: reason, held, now, db)
    }
  }

  /// Sets an assessment aside, for a reason: it counts no more, and stays to be read.
  package func withdraw(
    _ id: RecordID<Assessment>, because reason: String, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let (assessment, kept) = try held.require(id)
      if assessment.withdrawn?.reason == reason { return }
      try AssessmentRules.mustStand(assessment)
      try AssessmentStore.withdraw(id, because: reason, by: actor, key: held.subject.key, at: now, in: db)
      try held.tell("assessment.withdraw", of: id, kept, because: reason, at: now, in: db)
    }
  }

  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (HeldAssessments, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.recordAssessments)
    let now = now()
    try await cases.database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      let instruments = try InstrumentStore.all(cache, in: db)
      let held = HeldAssessments(
        file: id, subject: subject,
        assessments: try AssessmentStore.assessments(of: id, key: subject.key, in: db),
        instruments: Dictionary(uniqueKeysWithValues: instruments.map { ($0.instrument.id, $0) }),
        actor: actor)
      try body(held, now, db)
    }
  }
}

/// The assessments of a case, with the instruments that the reader may read.
package struct OpenedAssessments: Sendable {
  package let opened: OpenedCase
  /// Those given last first.
  package let assessments: [Assessment]
  package let instruments: [InstrumentID: KeptInstrument]

  /// Whether the reader is about to give it a second time, and does not see what was answered.
  func isBlind(_ id: RecordID<Assessment>) -> Bool {
    AssessmentRules.isBlind(id, assessments, for: opened.reader.id)
  }
}

/// An assessment that was opened, with its case and its instrument.
package struct OpenedAssessment: Sendable {
  package let opened: OpenedCase
  package let kept: KeptInstrument
  package let assessment: Assessment
  /// The edition that is read; nil for what stands now.
  package let edition: Assessment.Edition?
  /// What another assessor gave for comparison.
  package let second: Assessment?
  /// The last one before it that counts.
  package let earlier: Assessment?
  /// Its answers are not shown to the reader, who is about to give them herself.
  package let isBlind: Bool

  var scoring: Scoring { AssessmentScoring.scoring(kept.instrument, assessment.answers) }
}

extension Assessment {
  func holding(_ fields: Fields) -> Assessment {
    Assessment(
      id: id, instrument: instrument, secondOf: secondOf, version: version, fields: fields,
      editions: editions,
      begunBy: begunBy, withdrawn: withdrawn)
  }
}
