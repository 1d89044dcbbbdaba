import Basics
import Cases
import Foundation
import Storage

extension Visits {
  /// Records what was seen; the same report a second time changes nothing.
  package func report(
    _ id: RecordID<Visit>, _ report: Visit.Report, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let visit = try held.require(id)
      guard visit.report != report else { return }
      try VisitRules.mustBePlanned(visit)
      try VisitStore.report(id, report, key: held.subject.key, in: db)
      try VisitStore.sign(id, by: actor, at: now, antenna: held.file.antenna, in: db)
      try Journal.append(
        "visit.report", on: Visit.reference(id), of: held.subject, by: actor, at: now, version: 2,
        changes: report.fields.asNew, in: db)
    }
  }

  /// Corrects a report, by the one who wrote it and for some days. Typed on top of `version`: what was corrected
  /// meanwhile in another window is kept.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else.
  package func correct(
    _ id: RecordID<Visit>, to report: Visit.Report, from version: Int, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let visit = try held.require(id)
      let days = try VisitTermStore.terms(in: db).daysToCorrect(on: Day(of: now))
      try VisitRules.mayCorrect(visit, by: actor, days: days, at: now)
      guard let current = visit.report, let author = visit.author else { return }
      let merged = try Journal.merge(
        report.fields, from: version, of: Visit.reference(id), into: current.fields, key: held.subject.key,
        in: db)
      guard merged != current.fields, let corrected = Visit.Report(merged) else { return }
      try VisitStore.report(id, corrected, key: held.subject.key, in: db)
      try Journal.append(
        "visit.correct", on: Visit.reference(id), of: held.subject, by: actor, at: now,
        version: author.version + 1, changes: current.fields.changes(to: merged), in: db)
    }
  }

  /// Whether this report is the actor's own and young enough to be corrected.
  package func mayCorrect(_ visit: Visit, by actor: Actor) async throws -> Bool {
    guard visit.author?.by == actor.id, actor.may(.recordVisits) else { return false }
    let now = now()
    let days = try await terms().daysToCorrect(on: Day(of: now))
    do {
      try VisitRules.mayCorrect(visit, by: actor, days: days, at: now)
      return true
    } catch { return false }
  }
}
