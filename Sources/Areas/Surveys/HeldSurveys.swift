import Basics
import Cases
import Foundation
import Storage

/// The surveys of a case that is held for a change: what was typed is joined here with what stands.
struct HeldSurveys {
  let subject: Subject
  /// With all answers, those on health too.
  let surveys: [Survey]

  func require(_ id: RecordID<Survey>) throws(Refusal) -> Survey {
    guard let survey = surveys.first(where: { $0.id == id }) else { throw .notFound }
    return survey
  }

  /// The answers as they stood at `versions`.
  func answers(of survey: Survey, at versions: Survey.Versions, in db: Connection) throws -> Fields {
    try history(of: survey, since: versions, in: db).answers
  }

  private func history(
    of survey: Survey, since versions: Survey.Versions, in db: Connection
  ) throws -> (answers: Fields, entries: [JournalEntry]) {
    let told = try Journal.since(
      version: versions.told, of: Survey.reference(survey.id), key: subject.key, in: db)
    let health = try Journal.since(
      version: versions.health, of: Survey.healthReference(survey.id), key: subject.key, in: db)
    let answers = Fields.before(told.map(\.changes), survey.answers.withoutHealth).withoutReason
      .joined(with: Fields.before(health.map(\.changes), survey.answers.healthAlone))
    return (answers, told + health)
  }

  /// What `mine`, typed on top of `versions`, makes of `theirs`. Who may not write on health changes nothing of it.
  func merge(
    _ mine: Fields, into theirs: Fields, of survey: Survey, from versions: Survey.Versions, by actor: Actor,
    in db: Connection
  ) throws -> Fields {
    let (base, since) = try history(of: survey, since: versions, in: db)
    var mine = mine
    if !actor.may(.writeHealthSection) { mine[Fields.health] = base[Fields.health] }
    return try Journal.merge(mine, on: base, into: theirs, since: since)
  }

  /// Whether `kept` holds what was typed already.
  func holds(
    _ mine: Fields, in kept: Fields, of survey: Survey, from versions: Survey.Versions, by actor: Actor,
    in db: Connection
  ) throws -> Bool {
    do {
      return try merge(mine, into: kept, of: survey, from: versions, by: actor, in: db) == kept
    } catch Refusal.changedMeanwhile {
      return false
    }
  }

  /// Tells the journal what changed: of health apart, so that only those may read it who may read health.
  func tell(
    _ act: String, of id: RecordID<Survey>, _ before: Fields, _ after: Fields, _ versions: Survey.Versions,
    because reason: String? = nil, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    let told = before.withoutHealth.changes(to: after.withoutHealth)
    let why = reason.map { [FieldChange(field: "reason", before: nil, after: $0)] } ?? []
    if !told.isEmpty || !why.isEmpty {
      try Journal.append(
        act, on: Survey.reference(id), of: subject, by: actor, at: now,
        version: told.isEmpty ? nil : versions.told, changes: told + why, in: db)
    }
    let health = before.healthAlone.changes(to: after.healthAlone)
    guard !health.isEmpty else { return }
    try Journal.append(
      "survey.health", on: Survey.healthReference(id), of: subject, by: actor, at: now,
      version: versions.health, changes: health, in: db)
  }
}

extension Survey.Versions {
  /// One more for each part that changed.
  func after(_ before: Fields, _ after: Fields) -> Survey.Versions {
    Survey.Versions(
      told: told + (before.withoutHealth == after.withoutHealth ? 0 : 1),
      health: health + (before.healthAlone == after.healthAlone ? 0 : 1))
  }
}

extension Fields {
  /// Why a correction was made is told with it, and is no answer.
  fileprivate var withoutReason: Fields { Fields(values.filter { $0.key != "reason" }) }
}
