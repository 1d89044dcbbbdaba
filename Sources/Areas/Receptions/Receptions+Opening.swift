import Basics
import Cases
import Foundation
import People
import Storage

extension Receptions {
  /// Opens the file: person, case, consents and needs are made, and the draft is over, all in one transaction. A second
  /// time it is the same file.
  /// - Parameters:
  ///   - usualMonths: as for every reception: whoever comes later is asked why.
  ///   - also: what else is kept in the same transaction.
  /// - Throws: `Refusal.invalid` for what is compulsory and missing.
  package func openFile(
    of id: RecordID<ReceptionDraft>, usualMonths: Int? = nil, by actor: Actor,
    also: @escaping @Sendable (Connection) throws -> Void = { _ in }
  ) async throws -> RecordID<CaseFile> {
    try actor.must(.receivePersons)
    let (now, limit) = (now(), limit)
    return try await database.write { db in
      try ReceptionStore.hold(id, in: db)
      let (draft, key) = try ReceptionStore.require(id, visibleTo: actor, after: limit, in: db)
      if draft.state == .opened { return draft.file }
      try ReceptionRules.mustBeBegun(draft)
      try ReceptionRules.mustBeOf(actor, draft)
      guard let key, let wrapped = try ReceptionStore.wrappedKey(of: id, in: db) else {
        throw Refusal.notFound
      }
      let reception = try ReceptionStepForm.reception(draft, by: actor, at: now, usualMonths: usualMonths)
      guard let identity = reception.identity else { throw Refusal.notFound }
      try cases.people.create(
        identity, id: draft.person, antenna: draft.antenna, contact: actor.id, under: (key, wrapped),
        by: actor, in: db)
      try cases.receive(reception, by: actor, in: db)
      try tell(draft, reception, by: actor, at: now, in: db)
      try also(db)
      try ReceptionStore.setOpened(id, in: db)
      try Journal.append(
        "reception.finish", on: ReceptionDraft.reference(id), of: Subject(id: draft.person, key: key),
        by: actor, at: now, version: draft.version + 1, in: db)
      return draft.file
    }
  }

  /// What belongs to other rooms goes there.
  private func tell(
    _ draft: ReceptionDraft, _ reception: Reception, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    for consent in ReceptionStepForm.consents(draft, on: Day(of: now)) {
      try cases.people.record(consent, by: actor, in: db)
    }
    for need in ReceptionStepForm.needs(in: draft.fields, on: Day(of: now)) {
      try cases.record(need, in: reception.id, by: actor, in: db)
      guard let day = need.metOn, let how = need.whatWasDone else { continue }
      try cases.meet(need.id, on: day, how: how, in: reception.id, by: actor, in: db)
    }
  }
}
