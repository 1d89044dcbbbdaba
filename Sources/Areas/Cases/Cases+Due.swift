import Basics
import Foundation
import Storage

extension Cases {
  /// After another number of days to the plan was set: gives the cases that still lack one their new due day, in small
  /// steps. Where nothing was set anew it costs one look.
  package func renewDueDays() async throws {
    let (mark, days) = ("days to the plan", String(daysToPlan))
    let known = try await database.read { db in try InstallationKeys.mark(mark, in: db) }
    guard known ?? String(CaseFile.daysToPlan) != days else { return }
    var last: CaseStore.Undecided?
    repeat {
      let after = last
      last = try await database.write { db in
        let found = try CaseStore.undecided(after: after, in: db)
        for file in found {
          let due = CaseRules.due(for: file.milestones, daysToPlan: daysToPlan)
          if due != file.due { try CaseStore.set(due, of: file, in: db) }
        }
        return found.last
      }
    } while last != nil
    try await database.write { db in try InstallationKeys.mark(mark, days, in: db) }
  }
}
