import Basics
import Cases
import Foundation
import Storage

extension Plans {
  /// Writes a budget line under an action; the same id a second time is the same line.
  /// - Throws: `Refusal.sentBefore` when it came with other answers then.
  package func add(
    _ line: Plan.BudgetLine, under action: RecordID<Plan.Action>, of id: RecordID<CaseFile>, by actor: Actor
  ) async throws {
    try await change(id, by: actor) { held, now, db in
      let (goal, found) = try held.require(action)
      if let file = try PlanBudgetStore.caseFile(of: line.id, in: db) {
        let kept = held.plan.budget.first { $0.id == line.id }
        guard file == id, kept?.isSame(as: line) ?? true else { throw Refusal.sentBefore("amount") }
        return
      }
      try PlanRules.mustStand(found, under: goal)
      try PlanRules.mayAdd(lines: 1, to: held.plan)
      try PlanBudgetStore.insert(
        line, under: action, of: id, position: held.plan.budget.count, key: held.key, in: db)
      try Journal.append(
        "budget.add", on: Plan.BudgetLine.reference(line.id), of: held.subject, by: actor, at: now,
        changes: line.fields.asNew, in: db)
    }
  }

  /// Corrects a budget line. Typed on top of `version`: what others corrected meanwhile is kept.
  package func correct(
    _ id: RecordID<Plan.BudgetLine>, to mine: Fields, from version: Int, in file: RecordID<CaseFile>,
    by actor: Actor
  ) async throws {
    try await change(file, by: actor) { held, now, db in
      guard let line = held.plan.budget.first(where: { $0.id == id }) else { throw Refusal.notFound }
      let merged = try held.merge(
        mine, from: version, Plan.BudgetLine.reference(id), line.fields, in: db)
      guard merged != line.fields,
        let corrected = Plan.BudgetLine(id: id, merged, version: line.version + 1)
      else { return }
      try PlanBudgetStore.update(corrected, key: held.key, in: db)
      try Journal.append(
        "budget.correct", on: Plan.BudgetLine.reference(id), of: held.subject, by: actor, at: now,
        version: corrected.version, changes: line.fields.changes(to: merged), in: db)
    }
  }

  /// Strikes a budget line out; the same a second time changes nothing.
  package func strike(_ id: RecordID<Plan.BudgetLine>, in file: RecordID<CaseFile>, by actor: Actor)
    async throws
  {
    try await change(file, by: actor) { held, now, db in
      guard try PlanBudgetStore.caseFile(of: id, in: db) == file else { throw Refusal.notFound }
      guard let line = held.plan.budget.first(where: { $0.id == id }) else { return }
      try PlanBudgetStore.strike(id, in: db)
      try Journal.append(
        "budget.strike", on: Plan.BudgetLine.reference(id), of: held.subject, by: actor, at: now,
        changes: line.fields.changes(to: Fields()), in: db)
    }
  }
}
