import Basics
import Cases
import Foundation
import Households
import People
import Storage

/// The door of the area: the social surveys of a case, Promotion sociale's.
package struct Surveys: Sendable {
  let cases: Cases
  let households: Households
  let now: @Sendable () -> Date

  package init(cases: Cases, households: Households, now: @escaping @Sendable () -> Date = { Date() }) {
    self.cases = cases
    self.households = households
    self.now = now
  }

  /// What the surveys of a case are read with.
  package struct Found: Sendable {
    /// The newest interview first.
    package let surveys: [Survey]
    /// What the household tells, as it stands now.
    package let household: HouseholdCounts
  }

  /// The surveys of a case; that it was opened stands in the journal. Answers on health are left out for whoever may
  /// not read them.
  /// - Throws: `Refusal.notAllowed` without the duty to read the social section.
  package func open(_ id: RecordID<CaseFile>, for actor: Actor) async throws -> (OpenedCase, Found) {
    try actor.must(.readSocialSection)
    return try await cases.open(id, for: actor) { opened, db in
      let surveys = try SurveyStore.surveys(of: id, key: opened.subject.key, in: db)
      let counts = try households.counts(of: opened, on: Day(of: now()), in: db)
      return Found(surveys: surveys.map { $0.read(by: opened.reader) }, household: counts)
    }
  }

  /// Cases received lately in which no survey is concluded yet.
  package func unwritten(for actor: Actor) async throws -> (lines: [CaseLine], names: [PersonID: PersonLabel])
  {
    try actor.must(.writeSocialSection)
    return try await cases.unwritten(for: actor) { lines, db in try SurveyStore.surveyed(lines, in: db) }
  }

  /// One survey, as it stands or as it was concluded with `edition`.
  /// - Throws: `Refusal.notFound` for a survey of another case; so below.
  package func open(
    _ survey: RecordID<Survey>, edition number: Int? = nil, in id: RecordID<CaseFile>, for actor: Actor
  ) async throws -> OpenedSurvey {
    try actor.must(.readSocialSection)
    let today = Day(of: now())
    return try await cases.open(id, for: actor) { opened, db in
      let key = opened.subject.key
      let surveys = try SurveyStore.surveys(of: id, key: key, in: db)
      guard var kept = surveys.first(where: { $0.id == survey }) else { throw Refusal.notFound }
      let edition = kept.editions.first { $0.number == number && $0.number < kept.editions.count }
      if let edition, let answers = try SurveyStore.answers(of: edition.id, key: key, in: db) {
        kept = kept.holding(answers)
      }
      return OpenedSurvey(
        opened: opened, survey: kept.read(by: opened.reader), edition: edition,
        earlier: SurveyRules.earlier(than: kept, in: surveys)?.read(by: opened.reader),
        household: try households.counts(of: opened, on: today, in: db))
    }.1
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try SurveyStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Begins a survey; the same id a second time is the same survey.
  /// - Throws: `Refusal.sentBefore` when it came with other answers then.
  package func begin(
    _ id: RecordID<Survey>, _ answers: Fields, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    let mine = actor.may(.writeHealthSection) ? answers : answers.withoutHealth
    try await change(file, by: actor) { held, now, db in
      if try SurveyStore.exists(id, in: db) {
        // Of another case: nothing of it may be told here, and nothing was kept.
        guard let kept = held.surveys.first(where: { $0.id == id }),
          try held.answers(of: kept, at: .first, in: db) == mine
        else { throw Refusal.sentBefore("on") }
        return
      }
      try SurveyRules.mayBegin(beside: held.surveys)
      try SurveyRules.mustBeSound(mine, on: Day(of: now))
      try SurveyStore.insert(id, mine, of: file, key: held.subject.key, by: actor, at: now, in: db)
      try held.tell("survey.begin", of: id, Fields(), mine, .first, by: actor, at: now, in: db)
    }
  }

  /// Changes a draft. Typed on top of `versions`: what was changed meanwhile in other fields is kept.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else; so below.
  package func change(
    _ id: RecordID<Survey>, to answers: Fields, from versions: Survey.Versions, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let kept = try held.require(id)
      let merged = try held.merge(answers, into: kept.answers, of: kept, from: versions, by: actor, in: db)
      guard merged != kept.answers else { return }
      try SurveyRules.mustBeDraft(kept)
      try SurveyRules.mustBeSound(merged, on: Day(of: now))
      let next = kept.versions.after(kept.answers, merged)
      try SurveyStore.update(id, to: merged, next, key: held.subject.key, in: db)
      try held.tell("survey.change", of: id, kept.answers, merged, next, by: actor, at: now, in: db)
    }
  }

  /// Concludes a draft as it was read: from then on it is kept. The same edition a second time is the same.
  package func conclude(
    _ id: RecordID<Survey>, as edition: RecordID<Survey.Edition>, from versions: Survey.Versions,
    in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let kept = try held.require(id)
      if kept.editions.contains(where: { $0.id == edition }) { return }
      guard try !SurveyStore.exists(edition, in: db) else { throw Refusal.notFound }
      try SurveyRules.mustBeDraft(kept)
      guard kept.versions.told == versions.told else {
        throw Refusal.conflict(
          say("This survey was changed meanwhile: read it again before you conclude it."))
      }
      try SurveyRules.mayConclude(kept.answers)
      let first = Survey.Edition(
        id: edition, number: 1, reason: nil, concludedAt: now, concludedBy: actor.id)
      try SurveyStore.insert(first, kept.answers, of: id, in: file, key: held.subject.key, db)
      try Journal.append(
        "survey.conclude", on: Survey.reference(id), of: held.subject, by: actor, at: now, in: db)
    }
  }

  /// Corrects a concluded survey, for a reason: a new edition, beside those before. The same edition a second time
  /// is the same.
  /// - Throws: `Refusal.sentBefore` when it came with other answers then.
  package func correct(
    _ id: RecordID<Survey>, to answers: Fields, because reason: String, as edition: RecordID<Survey.Edition>,
    from versions: Survey.Versions, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let (kept, key) = (try held.require(id), held.subject.key)
      if try SurveyStore.exists(edition, in: db) {
        let made = kept.editions.first { $0.id == edition }
        let before = try made.flatMap { try SurveyStore.answers(of: $0.id, key: key, in: db) }
        guard let made, let before, made.reason == reason,
          try held.holds(answers, in: before, of: kept, from: versions, by: actor, in: db)
        else { throw Refusal.sentBefore("reason", kept: made?.reason) }
        return
      }
      try SurveyRules.mustBeConcluded(kept)
      let merged = try held.merge(answers, into: kept.answers, of: kept, from: versions, by: actor, in: db)
      guard merged != kept.answers else {
        throw Refusal.invalid([FieldError("reason", say("No answer was changed: there is nothing to keep."))])
      }
      try SurveyRules.mustBeSound(merged, on: Day(of: now))
      try SurveyRules.mayConclude(merged)
      let new = Survey.Edition(
        id: edition, number: kept.editions.count + 1, reason: reason, concludedAt: now,
        concludedBy: actor.id)
      let next = kept.versions.after(kept.answers, merged)
      try SurveyStore.update(id, to: merged, next, key: key, in: db)
      try SurveyStore.insert(new, merged, of: id, in: file, key: key, db)
      try held.tell(
        "survey.correct", of: id, kept.answers, merged, next, because: reason, by: actor, at: now, in: db)
    }
  }

  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (HeldSurveys, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.writeSocialSection)
    let now = now()
    try await cases.database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      let surveys = try SurveyStore.surveys(of: id, key: subject.key, in: db)
      try body(HeldSurveys(subject: subject, surveys: surveys), now, db)
    }
  }
}

/// A survey that was opened, with its case.
package struct OpenedSurvey: Sendable {
  package let opened: OpenedCase
  package let survey: Survey
  /// The edition that is read; nil for what stands now.
  package let edition: Survey.Edition?
  /// The last one that was concluded of an interview before.
  package let earlier: Survey?
  package let household: HouseholdCounts
}

extension Survey {
  func holding(_ answers: Fields) -> Survey {
    Survey(id: id, versions: versions, answers: answers, editions: editions, begunBy: begunBy)
  }

  fileprivate func read(by reader: Actor) -> Survey {
    reader.may(.readHealthSection) ? self : holding(answers.withoutHealth)
  }
}
