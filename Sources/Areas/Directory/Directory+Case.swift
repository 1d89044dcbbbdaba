import Basics
import Cases
import Documents
import Foundation
import People
import Storage

/// What other areas know of the person of a case that was opened, on a day. Each tells what the reader (`opened.reader`)
/// may know, and leaves out what nobody knows: that is asked. Where none is given, nothing of it is known.
package struct SituationSources: Sendable {
  package typealias Facts =
    @Sendable (_ opened: OpenedCase, _ day: Day, _ db: Connection) throws -> [Service.Situation: Bool]
  package typealias Papers =
    @Sendable (_ opened: OpenedCase, _ day: Day, _ db: Connection) throws -> [Document.Kind: Bool]

  /// What is so, and what is not.
  package var facts: Facts?
  /// Kinds of which she has a valid paper, and those that are known to be missing.
  package var papers: Papers?

  package init(facts: Facts? = nil, papers: Papers? = nil) {
    self.facts = facts
    self.papers = papers
  }
}

/// What is there for the person of a case, where she lives.
extension Directory {
  package struct CaseOffers: Sendable {
    package let opened: OpenedCase
    package let person: Situation
    package let offers: [Offer]
  }

  /// All that the file of a case that was opened already tells of its person, as far as the reader may know it.
  package func situation(of opened: OpenedCase, in db: Connection) throws -> Situation {
    let today = Day(of: now())
    var person = Situation(opened.person.person.identity, opened.file.returned, on: today)
    person.facts = try sources.facts?(opened, today, db) ?? [:]
    person.papers = try sources.papers?(opened, today, db) ?? [:]
    return person
  }

  /// Opens a case and ranks what may help.
  package func offers(of id: RecordID<CaseFile>, need: Service.Need?, for actor: Actor) async throws
    -> CaseOffers
  {
    let (opened, found) = try await cases.open(id, for: actor) { opened, db in
      let person = try situation(of: opened, in: db)
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
