import Basics
import Foundation

/// What two people typed into one record, brought together by what the journal tells of it.
extension Journal {
  /// What was typed on top of `version` of a record, with what others saved of it since.
  /// - Parameter current: the record as it stands.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else, with who saved it and when.
  package static func merge(
    _ mine: Fields, from version: Int, of record: RecordReference, into current: Fields, key: SealingKey?,
    in db: Connection
  ) throws -> Fields {
    let since = try since(version: version, of: record, key: key, in: db)
    let base = Fields.before(since.map(\.changes), current)
    do throws(Refusal) {
      return try Fields.merge(base: base, mine: mine, theirs: current)
    } catch {
      throw error.told(of: since)
    }
  }
}

extension Refusal {
  /// The same with who saved each field last, as far as `entries` (oldest first) tell.
  package func told(of entries: [JournalEntry]) -> Refusal {
    guard case .changedMeanwhile(let conflicts, let draft) = self else { return self }
    return .changedMeanwhile(
      conflicts.map { conflict in
        var conflict = conflict
        let last = entries.last { $0.changes.contains { $0.field == conflict.field } }
        conflict.saved = last.map { FieldConflict.Saving(by: $0.actor, at: $0.at) }
        return conflict
      }, draft: draft)
  }
}
