import Basics
import Cases
import Foundation
import Plans
import Storage

/// The door of the area: what pages and commands may ask about visits.
package struct Visits: Sendable {
  let database: Database
  let cases: Cases
  let plans: Plans
  let now: @Sendable () -> Date

  package init(
    database: Database, cases: Cases, plans: Plans, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.database = database
    self.cases = cases
    self.plans = plans
    self.now = now
  }

  /// The visits of a case that was opened already, by their planned day.
  package func visits(of opened: OpenedCase, in db: Connection) throws -> [Visit] {
    try VisitStore.visits(of: opened.file.id, key: opened.subject.key, in: db)
  }

  /// One visit, for an act that depends on how it stands.
  func find(_ id: RecordID<Visit>, in file: RecordID<CaseFile>, for actor: Actor) async throws -> Visit {
    try await database.read { db in
      let subject = try cases.require(file, for: actor, in: db).subject
      let visits = try VisitStore.visits(of: file, key: subject.key, in: db)
      guard let visit = visits.first(where: { $0.id == id }) else { throw Refusal.notFound }
      return visit
    }
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try VisitStore.reseal(file, from: old, to: new, in: db) }
  }

  /// When a case is closed, nobody is visited any more.
  package static let closer: CaseCloser = { file, subject, day, actor, now, db in
    let days = try VisitStore.callOff(file.id, on: day, in: db)
    guard !days.isEmpty else { return }
    let planned = days.map(\.description).joined(separator: ", ")
    try Journal.append(
      "visit.call-off", on: CaseFile.reference(file.id), of: subject, by: actor, at: now,
      changes: [FieldChange(field: "planned-on", before: planned, after: nil)], in: db)
  }

  /// Plans a visit; the same id a second time is the same visit.
  /// - Throws: `Refusal.sentBefore` when it came with another day then.
  package func plan(_ id: RecordID<Visit>, on day: Day, in file: RecordID<CaseFile>, by actor: Actor)
    async throws
  {
    try await change(file, by: actor) { held, now, db in
      try Self.plan(id, on: day, in: held, by: actor, at: now, db)
    }
  }

  private static func plan(
    _ id: RecordID<Visit>, on day: Day, in held: Held, by actor: Actor, at now: Date, _ db: Connection
  ) throws {
    if try VisitStore.exists(id, in: db) {
      let kept = held.visits.first { $0.id == id }
      guard kept.map({ $0.firstPlannedOn == day }) ?? true else { throw Refusal.sentBefore("planned-on") }
      return
    }
    try VisitRules.mayAdd(1, to: held.visits)
    try VisitStore.insert(id, plannedOn: day, of: held.file.id, in: db)
    try Journal.append(
      "visit.plan", on: Visit.reference(id), of: held.subject, by: actor, at: now,
      changes: Fields(["planned-on": day.description]).asNew, in: db)
  }

  /// Puts a planned visit on another day; the same id a second time is the same move.
  /// - Throws: `Refusal.sentBefore` when it came with another day or reason then.
  package func move(
    _ id: RecordID<Visit>, to day: Day, because why: Visit.Hindrance, as move: RecordID<Visit.Move>,
    in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let visit = try held.require(id)
      if let kept = visit.moves.first(where: { $0.id == move }) {
        guard kept.to == day, kept.why == why else { throw Refusal.sentBefore("moved-to") }
        return
      }
      try VisitRules.moved(visit, to: day)
      let new = Visit.Move(id: move, from: visit.plannedOn, to: day, why: why, by: actor.id)
      try VisitStore.move(id, new, of: file, key: held.subject.key, at: now, in: db)
      try Journal.append(
        "visit.move", on: Visit.reference(id), of: held.subject, by: actor, at: now,
        changes: Fields(["planned-on": visit.plannedOn.description])
          .changes(to: Fields(["planned-on": day.description])) + why.fields.asNew, in: db)
    }
  }

  /// Records that a planned visit did not take place and why, and plans another where a day for it is given; the same
  /// a second time changes nothing.
  package func miss(
    _ id: RecordID<Visit>, because why: Visit.Hindrance, again: (id: RecordID<Visit>, day: Day)? = nil,
    in file: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let visit = try held.require(id)
      if visit.state == .missed, visit.missed == why {
        return try Self.mustBeSame(again, as: held.visits)
      }
      try VisitRules.mustBePlanned(visit)
      try VisitStore.miss(id, why, key: held.subject.key, in: db)
      try Journal.append(
        "visit.miss", on: Visit.reference(id), of: held.subject, by: actor, at: now,
        changes: why.fields.asNew, in: db)
      if let again { try Self.plan(again.id, on: again.day, in: held, by: actor, at: now, db) }
    }
  }

  /// What was recorded a second time, with the visit that was to follow.
  private static func mustBeSame(_ again: (id: RecordID<Visit>, day: Day)?, as visits: [Visit]) throws {
    guard let again else { return }
    guard let kept = visits.first(where: { $0.id == again.id }) else {
      throw Refusal.conflict(say("What came of this visit is recorded already."))
    }
    guard kept.firstPlannedOn == again.day else { throw Refusal.sentBefore("again-on") }
  }

  /// A case that is held for a change, with its visits.
  struct Held {
    let file: CaseFile
    let subject: Subject
    let visits: [Visit]

    func require(_ id: RecordID<Visit>) throws(Refusal) -> Visit {
      guard let visit = visits.first(where: { $0.id == id }) else { throw .notFound }
      return visit
    }
  }

  /// A change of the visits of an open case; the case hears of it in the same transaction.
  @discardableResult
  func change<Value: Sendable>(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (Held, Date, Connection) throws -> Value
  ) async throws -> Value {
    try actor.must(.recordVisits)
    let now = now()
    return try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      let visits = try VisitStore.visits(of: id, key: subject.key, in: db)
      let value = try body(Held(file: file, subject: subject, visits: visits), now, db)
      let changed = try VisitStore.visits(of: id, key: subject.key, in: db)
      try cases.record(file, in: db) { VisitRules.tell(&$0, of: changed) }
      return value
    }
  }
}

extension Visit.Hindrance {
  /// For the journal.
  var fields: Fields { Fields(["why": kind.rawValue, "told": told ?? ""]) }
}
