import Basics
import Cases
import Foundation
import Storage

extension Plans {
  /// Corrects a goal. Typed on top of `version`: what others corrected meanwhile is kept.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else; so below.
  package func correct(
    _ id: RecordID<Plan.Goal>, to mine: Fields, from version: Int, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let goal = try held.require(id)
      try PlanRules.mustStand(goal)
      let merged = try held.merge(
        mine, from: version, Plan.Goal.reference(id), goal.fields, in: db)
      guard merged != goal.fields, let track = merged["track"].flatMap({ Plan.Track(rawValue: $0) }),
        let text = merged["goal"]
      else { return }
      let corrected = Plan.Goal(
        id: id, track: track, text: text, actions: goal.actions, version: goal.version + 1)
      try PlanStore.update(corrected, key: held.key, in: db)
      try Journal.append(
        "goal.correct", on: Plan.Goal.reference(id), of: held.subject, by: actor, at: now,
        version: corrected.version, changes: goal.fields.changes(to: merged), in: db)
    }
  }

  /// Gives a goal up for a reason, with the actions under it that are still open; the same a second time changes nothing.
  package func giveUp(
    _ id: RecordID<Plan.Goal>, reason: String, in file: RecordID<CaseFile>, on day: Day, by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let goal = try held.require(id)
      guard goal.reason != reason else { return }
      try PlanRules.mustStand(goal)
      try PlanStore.giveUp(id, reason: reason, key: held.key, in: db)
      try Journal.append(
        "goal.abandoned", on: Plan.Goal.reference(id), of: held.subject, by: actor, at: now,
        changes: Fields(["why-abandoned": reason]).asNew, in: db)
      for action in goal.actions where action.state.isOpen {
        try held.set(.abandoned, of: action, on: day, reason: reason, by: actor, at: now, in: db)
      }
    }
  }

  /// Corrects what an action says, whatever became of it since.
  package func correct(
    _ id: RecordID<Plan.Action>, to mine: Fields, from version: Int, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      let (goal, action) = try held.require(id)
      try PlanRules.mustStand(action, under: goal)
      let merged = try held.merge(
        mine, from: version, Plan.Action.reference(id), action.fields, in: db)
      guard merged != action.fields, let text = merged["action"], let who = merged["who"] else { return }
      let corrected = Plan.Action(
        id: id, text: text, who: who, by: merged["by"].flatMap { Day($0) }, state: action.state,
        startedOn: action.startedOn, reason: action.reason, version: action.version + 1,
        blocked: action.blocked)
      try PlanStore.update(corrected, key: held.key, in: db)
      try Journal.append(
        "action.correct", on: Plan.Action.reference(id), of: held.subject, by: actor, at: now,
        version: corrected.version, changes: action.fields.changes(to: merged), in: db)
    }
  }
}

extension Plans.Held {
  /// What was typed on top of `version`, together with what others saved since.
  func merge(
    _ mine: Fields, from version: Int, _ record: RecordReference, _ current: Fields, in db: Connection
  ) throws -> Fields {
    try Journal.merge(mine, from: version, of: record, into: current, key: key, in: db)
  }
}
