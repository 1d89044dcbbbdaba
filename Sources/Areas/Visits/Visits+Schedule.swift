import Basics
import Cases
import Foundation
import Plans
import Storage

extension Visits {
  /// What the schedule asks for beside the visits that are there; nil without a plan that was agreed or an activity
  /// that began.
  /// - Parameter known: the day on which the activity began, where somebody said so.
  package func schedule(_ visits: [Visit], from known: Day?, of file: CaseFile, in db: Connection) throws
    -> VisitSchedule?
  {
    guard let start = known ?? file.milestones.planAgreedOn else { return nil }
    let tracks = try plans.tracks(of: file.id, in: db)
    let months = try VisitTermStore.terms(in: db).months(of: tracks, on: start)
    return VisitSchedule(months: months, from: start, visits: visits, today: Day(of: now()))
  }

  /// The day on which the activity began, where somebody said so.
  package func start(of file: CaseFile, in db: Connection) throws -> Day? {
    try VisitTermStore.start(of: file.id, in: db)
  }

  /// Where the months of a schedule are counted from.
  package enum Start: Equatable, Sendable {
    /// As it is known.
    case known
    /// From the day the activity began; nil for the day the plan was agreed.
    case activity(Day?)
  }

  /// A visit that was planned because the schedule asked for it.
  package struct Planned: Sendable {
    package let id: RecordID<Visit>
    package let slot: VisitSchedule.Slot
  }

  /// Plans the visits that the schedule asks for and that are not there yet. Those of the schedule that nobody moved
  /// follow a new start; what was moved, made, missed or planned by hand stays as it is. The same a second time
  /// changes nothing.
  /// - Parameter newID: of a visit; of the demonstration it is the same each time.
  /// - Returns: the visits that are new.
  @discardableResult
  package func planSchedule(
    from start: Start = .known, in id: RecordID<CaseFile>, by actor: Actor,
    newID: @escaping @Sendable (VisitSchedule.Slot) -> RecordID<Visit> = { _ in RecordID() }
  ) async throws -> [Planned] {
    try await change(id, by: actor) { held, now, db in
      var told = try set(start, of: id, by: actor, at: now, in: db)
      let known = try self.start(of: held.file, in: db)
      guard let schedule = try schedule(held.visits, from: known, of: held.file, in: db) else {
        throw Refusal.conflict(say("The visits are counted from the day the plan is agreed. Agree it first."))
      }
      try VisitRules.mayAdd(schedule.missing.count, to: held.visits)
      let planned = schedule.missing.map { Planned(id: newID($0), slot: $0) }
      for new in planned {
        try VisitStore.insert(new.id, plannedOn: new.slot.day, month: new.slot.month, of: id, in: db)
        told["month-\(new.slot.month)"] = new.slot.day.description
      }
      for shift in schedule.shifted {
        try VisitStore.plan(shift.visit, on: shift.to.day, in: db)
        told["month-\(shift.to.month)"] = shift.to.day.description
      }
      if !told.values.isEmpty {
        try Journal.append(
          "visit.schedule", on: CaseFile.reference(id), of: held.subject, by: actor, at: now,
          changes: told.asNew, in: db)
      }
      return planned
    }
  }

  /// Keeps from when the months are counted.
  /// - Returns: what the journal tells of it.
  private func set(
    _ start: Start, of file: RecordID<CaseFile>, by actor: Actor, at now: Date, in db: Connection
  ) throws -> Fields {
    guard case .activity(let day) = start, try day != VisitTermStore.start(of: file, in: db) else {
      return Fields()
    }
    try VisitTermStore.setStart(day, of: file, by: actor, at: now, in: db)
    return Fields(["started-on": day?.description ?? "—"])
  }

  /// The numbers follow-up goes by.
  package func terms() async throws -> VisitTerms {
    try await database.read { db in try VisitTermStore.terms(in: db) }
  }

  /// Sets numbers from a day on; the same a second time changes nothing. What was planned stays.
  package func set(_ term: VisitTerms.Term, by actor: Actor) async throws {
    try actor.must(.manageFollowUp)
    try VisitRules.mustBeSound(term)
    let now = now()
    try await database.write { db in
      let before = try VisitTermStore.terms(in: db).numbers(term.name, on: term.from)
      guard before != term.numbers else { return }
      try VisitTermStore.set(term, in: db)
      let field = "\(term.name.rawValue) \(term.from)"
      func text(_ numbers: [Int]) -> Fields {
        Fields([field: numbers.map(String.init).joined(separator: " ")])
      }
      try Journal.append(
        "visit.set-term",
        on: RecordReference("visit_term", code: VisitTerms.Reference(rawValue: term.name.rawValue)),
        by: actor, at: now,
        changes: text(before).changes(to: text(term.numbers)), in: db)
    }
  }
}
