import Basics
import Foundation
import Storage

/// Views of the list that somebody keeps, by what stands in their address.
extension Cases {
  static let mostViews = 20

  package func views(of actor: Actor) async throws -> [String] {
    try await database.read { db in try CaseListStore.views(of: actor.id, in: db) }
  }

  /// Keeps a view; the same a second time changes nothing.
  /// - Throws: `Refusal.conflict` when so many are kept that no more would be found again.
  package func keep(view: String, by actor: Actor) async throws {
    try actor.must(.openFiles)
    let now = now()
    try await database.write { db in
      let kept = try CaseListStore.views(of: actor.id, in: db)
      guard !kept.contains(view) else { return }
      guard kept.count < Self.mostViews else {
        throw Refusal.conflict(say("Twenty views are kept already. Let one of them go first."))
      }
      try CaseListStore.keep(view: view, of: actor.id, at: now, in: db)
      try Journal.append(
        "case.keep-view", on: RecordReference("account", actor.id), by: actor, at: now,
        changes: Fields(["view": view]).asNew, in: db)
    }
  }

  /// Keeps a view no longer; the same a second time changes nothing.
  package func drop(view: String, by actor: Actor) async throws {
    try actor.must(.openFiles)
    let now = now()
    try await database.write { db in
      guard try CaseListStore.views(of: actor.id, in: db).contains(view) else { return }
      try CaseListStore.drop(view: view, of: actor.id, in: db)
      try Journal.append(
        "case.drop-view", on: RecordReference("account", actor.id), by: actor, at: now,
        changes: Fields(["view": view]).changes(to: Fields()), in: db)
    }
  }
}
