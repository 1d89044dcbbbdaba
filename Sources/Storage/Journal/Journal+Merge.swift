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
    return try merge(mine, on: Fields.before(since.map(\.changes), current), into: current, since: since)
  }

  /// The same where the caller knows what both began with.
  /// - Parameter since: what the journal tells of the record, oldest first.
  package static func merge(
    _ mine: Fields, on base: Fields, into current: Fields, since: [JournalEntry]
  ) throws(Refusal) -> Fields {
    do throws(Refusal) {
      return try Fields.merge(base: base, mine: mine, theirs: current)
    } catch .changedMeanwhile(let conflicts, let draft) {
      throw .changedMeanwhile(
        conflicts.map { conflict in
          var conflict = conflict
          let last = since.last { $0.changes.contains { $0.field == conflict.field } }
          conflict.saved = last.map { FieldConflict.Saving(by: $0.actor, at: $0.at) }
          return conflict
        }, draft: draft)
    }
  }
}
