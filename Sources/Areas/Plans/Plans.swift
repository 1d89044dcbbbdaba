import Basics
import Cases
import Foundation
import Storage

/// The door of the area: what pages and commands may ask about plans.
package struct Plans: Sendable {
  let database: Database
  let cases: Cases
  let now: @Sendable () -> Date

  package init(database: Database, cases: Cases, now: @escaping @Sendable () -> Date = { Date() }) {
    self.database = database
    self.cases = cases
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
    try await change(id, by: actor) { file, subject, now, db in
      let plan = try PlanStore.plan(of: id, key: subject.key, in: db)
      if try PlanStore.hasGoal(goal.id, in: db) {
        guard let kept = plan.goals.first(where: { $0.id == goal.id }), !kept.isSame(as: goal) else { return }
        throw Refusal.sentBefore("goal", kept: kept.text)
      }
      try PlanStore.insert(goal, in: id, position: plan.goals.count, key: subject.key, db)
      try Journal.append(
        "goal.add", on: RecordReference("plan_goal", goal.id), of: subject, by: actor, at: now,
        changes: Fields(["track": goal.track.rawValue, "text": goal.text]).asNew, in: db)
    }
  }

  /// Writes an action under a goal of the same case.
  package func add(
    _ action: Plan.Action, under goal: RecordID<Plan.Goal>, of id: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(id, by: actor) { file, subject, now, db in
      let plan = try PlanStore.plan(of: id, key: subject.key, in: db)
      if try PlanStore.hasAction(action.id, in: db) {
        let kept = plan.actions.first { $0.id == action.id }
        guard let kept, !kept.isSame(as: action) else { return }
        throw Refusal.sentBefore("action", kept: kept.text)
      }
      guard plan.goals.contains(where: { $0.id == goal }) else { throw Refusal.notFound }
      try PlanStore.insert(action, under: goal, position: plan.actions.count, key: subject.key, db)
      try Journal.append(
        "action.add", on: RecordReference("plan_action", action.id), of: subject, by: actor, at: now,
        changes: Fields(["text": action.text, "who": action.who, "by": action.by?.description ?? ""]).asNew,
        in: db)
    }
  }

  /// Records that an action began, was done or was abandoned; the same a second time changes nothing.
  /// - Parameter reason: why it was abandoned; nil otherwise.
  package func set(
    _ state: Plan.Action.State, of action: RecordID<Plan.Action>, in id: RecordID<CaseFile>, on day: Day,
    reason: String? = nil, by actor: Actor
  ) async throws {
    try await change(id, by: actor) { file, subject, now, db in
      let plan = try PlanStore.plan(of: id, key: subject.key, in: db)
      guard let action = plan.actions.first(where: { $0.id == action }) else { throw Refusal.notFound }
      guard action.state != state || action.reason != reason else { return }
      try PlanRules.changed(action, to: state)
      try PlanStore.set(state, of: action, on: day, reason: reason, key: subject.key, in: db)
      try Journal.append(
        "action.\(state.rawValue)", on: RecordReference("plan_action", action.id), of: subject, by: actor,
        at: now,
        changes: [FieldChange(field: "state", before: action.state.rawValue, after: state.rawValue)], in: db)
    }
  }

  /// Records that the person and the counsellor agreed the plan; the same agreement a second time changes nothing.
  package func agree(_ agreement: Plan.Agreement, on id: RecordID<CaseFile>, by actor: Actor) async throws {
    try await change(id, by: actor) { file, subject, now, db in
      let plan = try PlanStore.plan(of: id, key: subject.key, in: db)
      guard plan.agreement != agreement else { return }
      try PlanRules.mayAgree(plan, on: agreement.on, receivedOn: file.milestones.receivedOn)
      try PlanStore.insert(agreement, of: id, key: subject.key, by: actor, at: now, db)
      try Journal.append(
        "plan.agree", on: CaseFile.reference(id), of: subject, by: actor, at: now,
        changes: Fields(["agreed-on": agreement.on.description, "signed-by": agreement.signedBy]).asNew,
        in: db)
    }
  }

  /// A change of the plan of an open case; the case hears of it in the same transaction.
  private func change(
    _ id: RecordID<CaseFile>, by actor: Actor,
    _ body: @escaping @Sendable (CaseFile, Subject, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.agreePlans)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      try CaseRules.mustBeOpen(file)
      try body(file, subject, now, db)
      let plan = try PlanStore.plan(of: id, key: subject.key, in: db)
      try cases.record(file, in: db) { PlanRules.tell(&$0, of: plan) }
    }
  }
}
