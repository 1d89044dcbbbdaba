import Antennas
import Basics
import Cases
import Duplicates
import Foundation
import People
import Storage

/// What a person decides in a preview.
extension Imports {
  /// Puts what was typed in the place of what the file said; the row is looked at anew.
  /// - Throws: `Refusal.invalid` when it is still wrong: nothing has changed.
  package func correct(_ number: Int, of id: RecordID<ImportFile>, to typed: Typed, by actor: Actor)
    async throws
  {
    try await change(number, of: id, "import.correct", by: actor) { _, rules, store, db in
      _ = try rules.checked(typed)
      return try found(typed, number, rules, store, in: db)
    }
  }

  /// Leaves a row out: it will not be brought in.
  package func leave(_ number: Int, of id: RecordID<ImportFile>, by actor: Actor) async throws {
    try await change(number, of: id, "import.leave", by: actor) { row, _, _, _ in
      row.with(.left, [FieldError("", say("left out"))])
    }
  }

  /// Takes a row in again, or one that resembles someone as another person: someone has looked, and says why.
  /// - Throws: `Refusal.invalid` without a reason where there is someone.
  package func take(
    _ number: Int, of id: RecordID<ImportFile>, because reason: String? = nil, by actor: Actor
  ) async throws {
    try await change(number, of: id, "import.take", by: actor) { row, rules, store, db in
      guard row.result == .perhaps else { return try found(row.typed, number, rules, store, in: db) }
      guard let reason else { throw Refusal.invalid([RowForm.reasonMissing]) }
      var typed = row.typed
      typed[RowForm.reason] = reason
      return try found(typed, number, rules, store, looksForPerhaps: false, in: db)
    }
  }

  private func change(
    _ number: Int, of id: RecordID<ImportFile>, _ act: String, by actor: Actor,
    _ body: @escaping @Sendable (ImportRow, ImportRules, ImportRowStore, Connection) throws -> ImportRow
  ) async throws {
    try actor.must(.importPersons)
    let now = now()
    let territory = try await antennas.territory()
    try await database.write { db in
      let file = try waiting(id, for: actor, in: db)
      let rules = ImportRules(
        mapping: try ImportMapping(yaml: file.mapping), actor: actor, today: Day(of: now),
        territory: territory)
      let store = try ImportRowStore(file, in: db)
      let row = try store.require(number, in: db)
      try store.forgetProofs(of: number, in: db)
      let changed = try body(row, rules, store, db)
      try store.update(changed, in: db)
      try ImportStore.set(.preview, of: id, in: db)
      try Journal.append(
        act, on: ImportFile.reference(id), by: actor, at: now,
        changes: Fields(["row": String(number)]).asNew, in: db)
    }
  }

  /// The file, held for a change, while it waits.
  private func waiting(_ id: RecordID<ImportFile>, for actor: Actor, in db: Connection) throws -> ImportFile {
    try ImportStore.hold(id, in: db)
    let file = try ImportStore.require(id, visibleTo: actor, in: db)
    switch file.state {
    case .preview: return file
    case .reading: throw Refusal.conflict(say("The file is still being read."))
    case .done: throw Refusal.conflict(say("The file has been brought in already."))
    case .discarded: throw Refusal.conflict(say("The file was discarded."))
    }
  }

  /// Receives everyone whose row is fine, in one transaction; the others are reported. A second time nothing happens.
  ///
  /// What the rows say is gone afterwards: the persons have files of their own, and the report names nobody.
  package func bringIn(_ id: RecordID<ImportFile>, by actor: Actor) async throws {
    try actor.must(.importPersons)
    try actor.must(.receivePersons)
    let now = now()
    let territory = try await antennas.territory()
    try await database.write { db in
      try ImportStore.hold(id, in: db)
      if try ImportStore.require(id, visibleTo: actor, in: db).state == .done { return }
      let file = try waiting(id, for: actor, in: db)
      try holdTheDoor(at: now, in: db)
      let mapping = try ImportMapping(yaml: file.mapping)
      let rules = ImportRules(mapping: mapping, actor: actor, today: Day(of: now), territory: territory)
      try take(file, rules, at: now, in: db)
      try ImportStore.set(.done, of: id, in: db)
      let counts = try ImportStore.require(id, visibleTo: actor, in: db).counts
      try Journal.append(
        "import.persons", on: ImportFile.reference(id), by: actor, at: now,
        changes: Fields(
          Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, String($0.value)) })
        ).asNew, in: db)
    }
  }

  /// Row by row, in the memory of some hundred.
  private func take(_ file: ImportFile, _ rules: ImportRules, at now: Date, in db: Connection) throws {
    let store = try ImportRowStore(file, in: db)
    var last = -1
    while case let rows = try store.rows(after: last, limit: 500, in: db), let end = rows.last {
      for row in rows {
        let (result, reasons, caseFile) = try take(row, rules, at: now, in: db)
        try store.finish(row.number, result, reasons, caseFile, in: db)
      }
      last = end.number
    }
  }

  /// What was left out, or waits for somebody to look, stays out. Everything else is looked at once more: others may
  /// have received the same persons meanwhile.
  private func take(_ row: ImportRow, _ rules: ImportRules, at now: Date, in db: Connection) throws -> (
    ImportRow.Result, [FieldError], RecordID<CaseFile>?
  ) {
    guard row.result != .left, row.result != .perhaps else { return (row.result, row.reasons, nil) }
    let check = ImportCheck(rules: rules, people: cases.people, duplicates: nil) { _, _ in nil }
    let (finding, checked) = try check.find(row.typed, row: row.number, in: db)
    let found = ImportRow(row.number, finding, row.typed)
    guard case .new = finding, let checked else { return (found.result, found.reasons, nil) }
    let reception = try receive(checked, through: rules.mapping.channel, by: rules.actor, at: now, in: db)
    let reason = row.typed[RowForm.reason]
    if !reason.isEmpty {
      try duplicates.keepApart(reception, rules.territory, reason: reason, by: rules.actor, in: db)
    }
    return (.new, [], reception.id)
  }

  /// Throws a file that waits away, with everything it said.
  package func discard(_ id: RecordID<ImportFile>, by actor: Actor) async throws {
    try actor.must(.importPersons)
    let now = now()
    try await database.write { db in
      try ImportStore.hold(id, in: db)
      let state = try ImportStore.require(id, visibleTo: actor, in: db).state
      guard state != .discarded else { return }
      guard state != .done else { throw Refusal.conflict(say("The file has been brought in already.")) }
      try ImportStore.deleteRows(of: id, in: db)
      try ImportStore.set(.discarded, of: id, in: db)
      try Journal.append("import.discard", on: ImportFile.reference(id), by: actor, at: now, in: db)
    }
  }

  /// Wraps a batch of files' keys by the newest master key.
  package func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    try ImportStore.rewrap(after: id, limit: limit, in: db)
  }
}

extension ImportRow {
  fileprivate func with(_ result: Result, _ reasons: [FieldError]) -> ImportRow {
    ImportRow(
      number: number, result: result, reasons: reasons, sameAs: nil, reference: reference, typed: typed,
      caseFile: nil)
  }
}
