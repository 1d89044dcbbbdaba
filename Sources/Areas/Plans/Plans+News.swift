import Basics
import Cases
import Foundation
import Storage

extension Plans {
  /// What another area has to tell of an action.
  package enum News: Equatable, Sendable {
    /// Somebody was asked to do it.
    case begun
    case done
    /// It cannot go on, and why.
    case blocked(String)
    /// It is to be done in another way.
    case back
  }

  /// Takes news of an action into the plan, within the caller's transaction that holds the case; what was given up or done
  /// meanwhile stays as it is.
  package func hear(
    _ news: News, of id: RecordID<Plan.Action>, in file: CaseFile, _ subject: Subject, by actor: Actor,
    at now: Date,
    in db: Connection
  ) throws {
    let plan = try PlanStore.plan(of: file.id, key: subject.key, in: db)
    guard let action = plan.actions.first(where: { $0.id == id }), action.state.isOpen else { return }
    let state: Plan.Action.State =
      switch news {
      case .begun, .blocked: .doing
      case .done: .done
      case .back: .toDo
      }
    var blocked: String?
    if case .blocked(let why) = news { blocked = why }
    guard action.state != state || action.blocked != blocked else { return }
    if action.state != state {
      try PlanStore.set(state, of: action, on: Day(of: now), reason: nil, key: subject.key, in: db)
    }
    try PlanStore.block(id, because: blocked, key: subject.key, in: db)
    var changes = [FieldChange(field: "state", before: action.state.rawValue, after: state.rawValue)]
    if let blocked { changes.append(FieldChange(field: "why-blocked", before: nil, after: blocked)) }
    try Journal.append(
      blocked == nil ? "action.\(state.rawValue)" : "action.blocked", on: Plan.Action.reference(id),
      of: subject, by: actor,
      at: now, changes: changes, in: db)
    let changed = try PlanStore.plan(of: file.id, key: subject.key, in: db)
    // Read again: an earlier act of the same transaction may have told the case something already.
    let current = try cases.require(file.id, for: .program, in: db).file
    guard current.stage != .closed else { return }
    try cases.record(current, in: db) { PlanRules.tell(&$0, of: changed) }
  }
}
