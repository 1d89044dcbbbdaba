import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// Everything that is kept about a person, for herself.
extension Rights {
  /// Begins a copy: the journal tells that it was made, in which form and language.
  package func beginCopy(
    of id: PersonID, as form: PersonCopy.Form, in language: Language, for actor: Actor
  ) async throws -> PersonCopy {
    try actor.must(.answerRights)
    let now = now()
    let territory = try await antennas.territory()
    return try await database.write { db in
      let person = try people.read(id, for: actor, in: db).person
      let subjects = try people.subjects(of: person.id, in: db)
      guard let subject = subjects.first else { throw Refusal.notFound }
      try Journal.append(
        "rights.copy", on: Person.reference(person.id), of: subject, by: actor, at: now,
        changes: Fields(["form": form.rawValue, "language": language.rawValue]).asNew, in: db)
      return PersonCopy(
        person: person, subjects: subjects, madeAt: now, territory: territory,
        numbers: try cases.all(of: subjects.map(\.id), in: db).map(\.number))
    }
  }

  /// What one table holds of her; empty where it holds nothing.
  package func part(_ table: KeptTable, of copy: PersonCopy) async throws -> CopyPart {
    try await database.read { db in try part(table, of: copy, in: db) }
  }

  private func part(_ table: KeptTable, of copy: PersonCopy, in db: Connection) throws -> CopyPart {
    let rows = try copy.subjects.flatMap { try KeptStore.rows(of: table, about: $0, in: db) }
    let staff = rows.flatMap(\.values).filter { $0.kind == .account }.compactMap { AccountID($0.raw) }
    return CopyPart(table: table, rows: rows, posts: try accounts.posts(of: staff, in: db))
  }

  /// The tables that stand in a copy, in their order.
  package var copied: [KeptTable] { kept.flatMap(\.tables).filter(\.isGiven) }

  /// A page of what was done about her and by whom, the newest first.
  /// - Parameter acts: only these; all where it is nil.
  package func history(
    of subjects: [Subject], only acts: [String]? = nil, after cursor: JournalCursor?, in db: Connection
  ) throws -> SeenPage {
    let page = try Journal.page(about: subjects, only: acts, after: cursor, in: db)
    let posts = try accounts.posts(of: page.entries.map(\.actor), in: db)
    return SeenPage(entries: page.entries, posts: posts, next: page.next)
  }

  package func history(of copy: PersonCopy, after cursor: JournalCursor?) async throws -> SeenPage {
    try await database.read { db in try history(of: copy.subjects, after: cursor, in: db) }
  }

  /// Who read of her, the newest first, and with the first page what went out; that this was looked at is in the
  /// journal too.
  package func seen(_ id: PersonID, after cursor: JournalCursor?, for actor: Actor) async throws -> (
    person: Person, page: SeenPage, shared: SharedOut
  ) {
    try actor.must(.answerRights)
    let now = now()
    return try await database.write { db in
      let opened = try people.read(id, for: actor, in: db)
      let person = opened.person
      let subjects = try people.subjects(of: person.id, in: db)
      guard let subject = subjects.first else { throw Refusal.notFound }
      let page = try history(of: subjects, only: RightsRules.readingActs, after: cursor, in: db)
      guard cursor == nil else { return (person, page, SharedOut()) }
      try Journal.append(
        "rights.seen", on: Person.reference(person.id), of: subject, by: actor, at: now, in: db)
      return (person, page, try shared(opened, subjects, in: db))
    }
  }
}

/// A copy that is being made.
package struct PersonCopy: Sendable {
  package enum Form: String, Sendable { case pdf, json }

  package let person: Person
  let subjects: [Subject]
  package let madeAt: Date
  let territory: Territory
  /// Of her cases, the newest first.
  let numbers: [String]
}

/// What one table holds of a person.
package struct CopyPart: Sendable {
  package let table: KeptTable
  package let rows: [CopiedRow]
  let posts: [AccountID: Post]
}

/// A page of what was done about a person.
package struct SeenPage: Sendable {
  package let entries: [JournalEntry]
  package let posts: [AccountID: Post]
  package let next: JournalCursor?
}
