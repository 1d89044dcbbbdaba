import Basics
import Cases
import Foundation
import People
import Storage

/// What is there for the person of a case, where she lives.
extension Directory {
  package struct CaseOffers: Sendable {
    package let opened: OpenedCase
    package let person: Situation
    package let offers: [Offer]
  }

  /// Opens a case and ranks what may help.
  package func offers(of id: RecordID<CaseFile>, need: Service.Need?, for actor: Actor) async throws
    -> CaseOffers
  {
    let today = Day(of: now())
    let (opened, found) = try await cases.open(id, for: actor) { opened, db in
      let person = Situation(opened.person.person.identity, opened.file.returned, on: today)
      return (person, try offers(for: person, need: need, in: db))
    }
    return CaseOffers(opened: opened, person: found.0, offers: found.1)
  }

  /// Some services for the sheet that a person takes home; the journal tells that it was made.
  func sheet(
    _ ids: [RecordID<Service>], of id: RecordID<CaseFile>, in language: Language, for actor: Actor
  ) async throws -> [OpenedService] {
    let now = now()
    let (_, found) = try await cases.open(id, for: actor) { opened, db in
      let found = try ids.prefix(20).compactMap { id in
        try ServiceStore.find(id, in: db) == nil ? nil : openedService(id, in: db)
      }
      guard !found.isEmpty else { return found }
      try Journal.append(
        "directory.sheet", on: CaseFile.reference(id), of: opened.subject, by: actor, at: now,
        changes: Fields(["language": language.rawValue]).asNew, in: db)
      return found
    }
    return found
  }
}
