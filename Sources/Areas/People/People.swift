import Antennas
import Basics
import Foundation
import Storage

/// The door of the area: what pages, other areas and commands may ask about persons.
package struct People: Sendable {
  package let database: Database
  let now: @Sendable () -> Date
  private let keptNames = KeptNames()

  package init(database: Database, now: @escaping @Sendable () -> Date = { Date() }) {
    self.database = database
    self.now = now
  }

  /// Persons by name in either script, phone, e-mail, CIN or passport; every word must be found.
  ///
  /// What the searcher may not see is only said to exist, and that it was said is in the journal.
  package func search(_ query: String, by actor: Actor) async throws -> PersonSearch {
    try actor.must(.openFiles)
    let words = NameKeys.alternatives(for: query)
    let found = try await database.read { db in
      let key = try InstallationKeys.key(for: .search, in: db)
      let found = try PersonStore.search(words.map { $0.map(key.blindToken) }, for: actor, limit: 50, in: db)
      let labels = try labels(of: found.seen.map(\.id), in: db)
      let matches = found.seen.compactMap { hit in
        labels[hit.id].map { PersonSearch.Match(id: hit.id, label: $0, birthYear: hit.birthYear) }
      }
      return PersonSearch(
        matches: matches, elsewhere: found.elsewhere.sorted { $0.rawValue < $1.rawValue })
    }
    if !found.elsewhere.isEmpty { try await noteFoundElsewhere(found.elsewhere, by: actor) }
    return found
  }

  private func noteFoundElsewhere(_ antennas: [AntennaCode], by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      for antenna in antennas {
        try Journal.append(
          "person.found-elsewhere", on: RecordReference("antenna", code: antenna), by: actor, at: now, in: db)
      }
    }
  }

  /// Opens a person's file: it is read, and the journal tells that it was.
  package func open(_ id: PersonID, for actor: Actor) async throws -> OpenedPerson {
    try actor.must(.openFiles)
    let now = now()
    return try await database.write { db in
      let opened = try read(id, for: actor, in: db)
      let subject = try subject(id, in: db)
      try Journal.append("person.open", on: Person.reference(id), of: subject, by: actor, at: now, in: db)
      return opened
    }
  }

  /// The person without an entry of her own: for areas that tell the journal themselves what was opened.
  package func read(_ id: PersonID, for actor: Actor, in db: Connection) throws -> OpenedPerson {
    let person = try PersonStore.require(id, visibleTo: actor, in: db)
    return OpenedPerson(person: person, consents: try ConsentStore.all(of: id, in: db))
  }

  /// Whose file it is, for an area that found the file in the actor's sight: who sees a case sees its person.
  package func read(_ subject: Subject, in db: Connection) throws -> OpenedPerson {
    try read(subject.id, for: .program, in: db)
  }

  /// What is compulsory and not filled: a name, and a way to reach the person.
  package static func missing(in identity: Identity) -> [FieldError] { PersonRules.missing(in: identity) }

  /// Makes a person within the caller's transaction; the same id a second time is the same person.
  package func create(
    _ identity: Identity, id: PersonID, antenna: AntennaCode, contact: AccountID?, by actor: Actor,
    in db: Connection
  ) throws {
    try actor.must(.receivePersons)
    let missing = PersonRules.missing(in: identity)
    guard missing.isEmpty else { throw Refusal.invalid(missing) }
    guard try !PersonStore.exists(id, in: db) else { return }
    let (key, wrapped) = try db.vault.newKey()
    let person = Person(id: id, antenna: antenna, contact: contact, version: 1, identity: identity)
    try PersonStore.insert(person, label: label(identity, antenna), wrapped: wrapped, key: key, in: db)
    try PersonStore.addTokens(of: id, try tokens(of: identity, in: db), in: db)
    try Journal.append(
      "person.create", on: Person.reference(id), of: Subject(id: id, key: key), by: actor, at: now(),
      version: 1,
      changes: Fields().changes(to: identity.fields), in: db)
  }

  /// Corrects the identity. Typed on top of `version`: what others changed meanwhile is kept.
  /// - Throws: `Refusal.changedMeanwhile` when the same field was changed to something else.
  package func correct(_ id: PersonID, to identity: Identity, from version: Int, by actor: Actor) async throws
  {
    try actor.must(.editPersons)
    let now = now()
    try await database.write { db in
      let person = try PersonStore.require(id, visibleTo: actor, in: db)
      let subject = try subject(id, in: db)
      let changes = try Journal.since(version: version, of: Person.reference(id), key: subject.key, in: db)
        .map(\.changes)
      let base = Fields.before(changes, person.identity.fields)
      let merged = Identity(
        try Fields.merge(base: base, mine: identity.fields, theirs: person.identity.fields))
      guard merged != person.identity else { return }
      let missing = PersonRules.missing(in: merged)
      guard missing.isEmpty else { throw Refusal.invalid(missing) }
      let isCurrent = try PersonStore.update(
        id, from: person.version, to: merged, label: label(merged, person.antenna), key: subject.key, in: db)
      guard isCurrent else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      try PersonStore.replaceTokens(of: id, with: try tokens(of: merged, in: db), in: db)
      try Journal.append(
        "person.correct", on: Person.reference(id), of: subject, by: actor, at: now,
        version: person.version + 1,
        changes: person.identity.fields.changes(to: merged.fields), in: db)
    }
  }

  /// Moves a person to the antenna and contact person of her case, within the caller's transaction.
  package func place(_ id: PersonID, antenna: AntennaCode, contact: AccountID?, in db: Connection) throws {
    try PersonStore.place(id, antenna: antenna, contact: contact, in: db)
  }

  /// Names for a list; a person who was erased is missing from the answer.
  package func labels(of ids: [PersonID], in db: Connection) throws -> [PersonID: PersonLabel] {
    try PersonStore.labels(of: ids, kept: keptNames, in: db)
  }

  /// The person and her key, to seal what is kept about her elsewhere and to tell the journal.
  package func subject(_ id: PersonID, in db: Connection) throws -> Subject {
    Subject(id: id, key: try PersonStore.key(of: id, in: db))
  }

  package func count() async throws -> Int { try await database.read { db in try PersonStore.count(in: db) } }

  /// Whether a person of the same number, or of the same name and phone, is here or was noted before.
  /// - Returns: by what she was recognised; nil when she is new, and then her tokens are noted in `seen`.
  package func recognise(_ identity: Identity, noting seen: inout Set<Int64>, in db: Connection) throws
    -> String?
  {
    let key = try InstallationKeys.key(for: .search, in: db)
    let proofs = NameKeys.proofs(of: identity)
    for proof in proofs {
      let tokens = proof.keys.map(key.blindToken)
      let noted = key.blindToken(proof.keys.sorted().joined(separator: "\n"))
      if seen.contains(noted) { return "\(proof.what), in this file" }
      if try PersonStore.hasAll(tokens, in: db) { return proof.what }
    }
    for proof in proofs { seen.insert(key.blindToken(proof.keys.sorted().joined(separator: "\n"))) }
    return nil
  }

  /// Wraps a batch of persons' keys by the newest master key.
  package func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    try PersonStore.rewrap(after: id, limit: limit, in: db)
  }

  private func label(_ identity: Identity, _ antenna: AntennaCode) -> PersonLabel {
    PersonLabel(latin: identity.latinName, arabic: identity.arabicName, antenna: antenna)
  }

  private func tokens(of identity: Identity, in db: Connection) throws -> [Int64] {
    let key = try InstallationKeys.key(for: .search, in: db)
    return NameKeys.keys(of: identity).map(key.blindToken)
  }
}

/// A person with what she agreed to.
package struct OpenedPerson: Sendable {
  package let person: Person
  package let consents: [Consent]
}
