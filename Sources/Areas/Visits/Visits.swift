import Basics
import Cases
import Foundation
import Storage

/// The door of the area: what pages and commands may ask about visits.
package struct Visits: Sendable {
  let database: Database
  let cases: Cases
  let now: @Sendable () -> Date

  package init(database: Database, cases: Cases, now: @escaping @Sendable () -> Date = { Date() }) {
    self.database = database
    self.cases = cases
    self.now = now
  }

  /// The visits of a case that was opened already, by their planned day.
  package func visits(of opened: OpenedCase, in db: Connection) throws -> [Visit] {
    try VisitStore.visits(of: opened.file.id, key: opened.subject.key, in: db)
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try VisitStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Plans a visit; the same id a second time is the same visit.
  /// - Throws: `Refusal.sentBefore` when it came with another day then.
  package func plan(_ id: RecordID<Visit>, on day: Day, in file: RecordID<CaseFile>, by actor: Actor)
    async throws
  {
    try await change(file, by: actor) { subject, now, db in
      if try VisitStore.exists(id, in: db) {
        let kept = try VisitStore.visits(of: file, key: subject.key, in: db).first { $0.id == id }
        guard kept.map({ $0.plannedOn == day }) ?? true else { throw Refusal.sentBefore("planned-on") }
        return
      }
      try VisitStore.insert(id, plannedOn: day, of: file, in: db)
      try Journal.append(
        "visit.plan", on: RecordReference("visit", id), of: subject, by: actor, at: now,
        changes: Fields(["planned-on": day.description]).asNew, in: db)
    }
  }

  /// Records what was seen; the same report a second time changes nothing.
  package func report(
    _ id: RecordID<Visit>, _ report: Visit.Report, in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { subject, now, db in
      let visit = try Self.require(id, of: file, subject, db)
      guard visit.report != report else { return }
      try VisitRules.mustBePlanned(visit)
      try VisitStore.report(id, report, key: subject.key, by: actor, in: db)
      try Journal.append(
        "visit.report", on: RecordReference("visit", id), of: subject, by: actor, at: now,
        changes: Fields([
          "made-on": report.on.description, "activity": report.activity.rawValue, "seen": report.seen,
        ]).asNew,
        in: db)
    }
  }

  /// Records that a planned visit did not take place.
  package func miss(_ id: RecordID<Visit>, in file: RecordID<CaseFile>, by actor: Actor) async throws {
    try await change(file, by: actor) { subject, now, db in
      let visit = try Self.require(id, of: file, subject, db)
      guard visit.state != .missed else { return }
      try VisitRules.mustBePlanned(visit)
      try VisitStore.miss(id, in: db)
      try Journal.append(
        "visit.miss", on: RecordReference("visit", id), of: subject, by: actor, at: now, in: db)
    }
  }

  private static func require(
    _ id: RecordID<Visit>, of file: RecordID<CaseFile>, _ subject: Subject, _ db: Connection
  ) throws -> Visit {
    let visits = try VisitStore.visits(of: file, key: subject.key, in: db)
    guard let visit = visits.first(where: { $0.id == id }) else { throw Refusal.notFound }
    return visit
  }

  /// A change of the visits of an open case; the case hears of it in the same transaction.
  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (Subject, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.recordVisits)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      try body(subject, now, db)
      let visits = try VisitStore.visits(of: id, key: subject.key, in: db)
      try cases.record(file, in: db) { VisitRules.tell(&$0, of: visits) }
    }
  }
}
