import Basics
import Cases
import Documents
import Foundation
import Storage

/// The door of the area: what pages and commands may ask about plans.
package struct Plans: Sendable {
  let database: Database
  let cases: Cases
  /// Among which the signed papers are.
  let documents: Documents
  let now: @Sendable () -> Date

  /// - Parameter documents: the house's own; without one, nothing is checked for viruses, and nothing is added here.
  package init(
    database: Database, cases: Cases, documents: Documents? = nil,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.database = database
    self.cases = cases
    self.documents = documents ?? Documents(cases: cases, now: now)
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try PlanStore.reseal(file, from: old, to: new, in: db) }
  }

  /// The plan of a case that was opened already.
  package func plan(of opened: OpenedCase, in db: Connection) throws -> Plan {
    try PlanStore.plan(of: opened.file.id, key: opened.subject.key, in: db)
  }

  /// The tracks on which the plan of a case has goals, for an area that found the case in the actor's sight.
  package func tracks(of file: RecordID<CaseFile>, in db: Connection) throws -> Set<Plan.Track> {
    try PlanStore.tracks(of: file, in: db)
  }

  /// Writes a goal into the plan; the same id a second time is the same goal.
  /// - Throws: `Refusal.sentBefore` when it came with other words then; so for an action.
  package func add(_ goal: Plan.Goal, to id: RecordID<CaseFile>, by actor: Actor) async throws {
    try await change(id, by: actor) { held, now, db in
      if try PlanStore.hasGoal(goal.id, in: db) {
        let kept = held.plan.goals.first { $0.id == goal.id }
        guard let kept, !kept.isSame(as: goal) else { return }
        throw Refusal.sentBefore("goal", kept: kept.text)
      }
      try PlanRules.mayAdd(goals: 1, to: held.plan)
      try PlanStore.insert(goal, in: id, position: held.plan.goals.count, key: held.key, db)
      try Journal.append(
        "goal.add", on: Plan.Goal.reference(goal.id), of: held.subject, by: actor, at: now,
        changes: goal.fields.asNew, in: db)
    }
  }

  /// Writes an action under a goal of the same case.
  package func add(
    _ action: Plan.Action, under goal: RecordID<Plan.Goal>, of id: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(id, by: actor) { held, now, db in
      if try PlanStore.hasAction(action.id, in: db) {
        let kept = held.plan.actions.first { $0.id == action.id }
        guard let kept, !kept.isSame(as: action) else { return }
        throw Refusal.sentBefore("action", kept: kept.text)
      }
      try PlanRules.mustStand(held.require(goal))
      try PlanRules.mayAdd(actions: 1, to: held.plan)
      try PlanStore.insert(action, under: goal, position: held.plan.actions.count, key: held.key, db)
      try Journal.append(
        "action.add", on: Plan.Action.reference(action.id), of: held.subject, by: actor, at: now,
        changes: action.fields.asNew, in: db)
    }
  }

  /// Records that an action began, was done or was abandoned; the same a second time changes nothing.
  /// - Parameter reason: why it was abandoned; nil otherwise.
  package func set(
    _ state: Plan.Action.State, of action: RecordID<Plan.Action>, in id: RecordID<CaseFile>, on day: Day,
    reason: String? = nil, by actor: Actor
  ) async throws {
    try await change(id, by: actor) { held, now, db in
      let action = try held.require(action).action
      guard action.state != state || action.reason != reason else { return }
      try PlanRules.changed(action, to: state)
      try held.set(state, of: action, on: day, reason: reason, by: actor, at: now, in: db)
    }
  }

  /// A case that is held for a change, with its plan.
  struct Held {
    let file: CaseFile
    let subject: Subject
    let plan: Plan

    var key: SealingKey { subject.key }

    func require(_ goal: RecordID<Plan.Goal>) throws(Refusal) -> Plan.Goal {
      guard let goal = plan.goals.first(where: { $0.id == goal }) else { throw .notFound }
      return goal
    }

    func require(_ action: RecordID<Plan.Action>) throws(Refusal) -> (goal: Plan.Goal, action: Plan.Action) {
      for goal in plan.goals {
        if let found = goal.actions.first(where: { $0.id == action }) { return (goal, found) }
      }
      throw .notFound
    }

    func set(
      _ state: Plan.Action.State, of action: Plan.Action, on day: Day, reason: String?, by actor: Actor,
      at now: Date, in db: Connection
    ) throws {
      try PlanStore.set(state, of: action, on: day, reason: reason, key: key, in: db)
      var changes = [FieldChange(field: "state", before: action.state.rawValue, after: state.rawValue)]
      if let reason { changes.append(FieldChange(field: "why-abandoned", before: nil, after: reason)) }
      try Journal.append(
        "action.\(state.rawValue)", on: Plan.Action.reference(action.id), of: subject, by: actor, at: now,
        changes: changes, in: db)
    }
  }

  /// A change of the plan of an open case; the case hears of it in the same transaction. A plan that was completed and
  /// now has something open is taken up again.
  func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (Held, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.agreePlans)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      let plan = try PlanStore.plan(of: id, key: subject.key, in: db)
      if let last = plan.versions.last, plan.agreedMark == nil {
        // Agreed before copies were kept, and nobody changed it since: this is what was agreed.
        try PlanVersionStore.keep(plan.content, as: last.id, key: subject.key, in: db)
      }
      try body(Held(file: file, subject: subject, plan: plan), now, db)
      let changed = try PlanStore.plan(of: id, key: subject.key, in: db)
      if plan.completedOn != nil, !PlanRules.isFinished(changed) {
        try PlanVersionStore.takeUp(id, in: db)
        try Journal.append(
          "plan.take-up", on: CaseFile.reference(id), of: subject, by: actor, at: now, in: db)
      }
      try cases.record(file, in: db) { PlanRules.tell(&$0, of: changed) }
    }
  }
}
