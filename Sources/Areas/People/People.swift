import Antennas
import Basics
import Foundation
import Storage

/// The door of the area: what pages, other areas and commands may ask about persons.
package struct People: Sendable {
  package let database: Database
  let now: @Sendable () -> Date
  let keptNames = KeptNames()
  /// Asked only where a person is not in the actor's sight.
  let leave: PersonLeave
  /// Areas that stand on what she agreed to.
  private(set) var withdrawals: [ConsentFollower] = []

  /// - Parameter leave: who else may read a person, and by what leave.
  package init(
    database: Database, leave: @escaping PersonLeave = { _, _, _ in nil },
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.database = database
    self.leave = leave
    self.now = now
  }

  /// The same door, which tells others of a consent that is withdrawn: they stand on this area, and so come after it.
  package func telling(_ withdrawals: [ConsentFollower]) -> People {
    var people = self
    people.withdrawals = withdrawals
    return people
  }

  /// Opens a person's file: it is read, and the journal tells that it was.
  /// - Parameter byLeave: whoever has leave to read her, though she is not in sight, reads her too.
  package func open(_ id: PersonID, for actor: Actor, byLeave: Bool = false) async throws -> OpenedPerson {
    try actor.must(.openFiles)
    let now = now()
    return try await database.write { db in
      var act = "person.open"
      let opened: OpenedPerson
      do {
        opened = try read(id, for: actor, in: db)
      } catch Refusal.notFound where byLeave {
        guard let leave = try leave(files(of: id, in: db), actor, db) else { throw Refusal.notFound }
        _ = actor.reading(by: leave)
        opened = try read(id, for: .program, in: db)
        act = "person.open-outside"
      }
      let subject = try subject(opened.person.id, in: db)
      try Journal.append(act, on: Person.reference(subject.id), of: subject, by: actor, at: now, in: db)
      return opened
    }
  }

  /// The person without an entry of her own: for areas that tell the journal themselves what was opened.
  package func read(_ id: PersonID, for actor: Actor, in db: Connection) throws -> OpenedPerson {
    let person = try PersonStore.require(id, visibleTo: actor, in: db)
    let files = person.joined == 0 ? [person.id] : try files(of: person.id, in: db)
    return OpenedPerson(person: person, consents: try consents(of: files, in: db))
  }

  /// Whose file it is, for an area that found the file in the actor's sight: who sees a case sees its person.
  package func read(_ subject: Subject, in db: Connection) throws -> OpenedPerson {
    try read(subject.id, for: .program, in: db)
  }

  /// What is compulsory and not filled: a name, and a way to reach the person.
  package static func missing(in identity: Identity) -> [FieldError] { PersonRules.missing(in: identity) }

  /// Makes a person within the caller's transaction; the same id a second time is the same person.
  /// - Parameter made: a key that was made for her before, and its wrapping; nil for a new one.
  package func create(
    _ identity: Identity, id: PersonID, antenna: AntennaCode, contact: AccountID?,
    under made: (key: SealingKey, wrapped: [UInt8])? = nil, by actor: Actor, in db: Connection
  ) throws {
    try actor.must(.receivePersons)
    let missing = PersonRules.missing(in: identity)
    guard missing.isEmpty else { throw Refusal.invalid(missing) }
    guard try !PersonStore.exists(id, in: db) else { return }
    let (key, wrapped) = try made ?? db.vault.newKey()
    let person = Person(id: id, antenna: antenna, contact: contact, version: 1, identity: identity)
    try PersonStore.insert(
      person, label: label(identity, antenna), wrapped: wrapped, key: key,
      tokens: tokens(of: identity, in: db), in: db)
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
      let subject = try subject(person.id, in: db)
      let since = try Journal.since(
        version: version, of: Person.reference(person.id), key: subject.key, in: db)
      let merged = try merged(identity, typedOn: id, since, with: person)
      guard merged != person.identity else { return }
      let missing = PersonRules.missing(in: merged)
      guard missing.isEmpty else { throw Refusal.invalid(missing) }
      let (before, own) = try settle(person, to: merged, in: db)
      let isCurrent = try PersonStore.update(
        person.id, from: person.version, to: own, shown: merged, label: label(own, person.antenna),
        key: subject.key, in: db)
      guard isCurrent else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      try putTokens(of: person.id, own, antenna: person.antenna, in: db)
      try Journal.append(
        "person.correct", on: Person.reference(person.id), of: subject, by: actor, at: now,
        version: person.version + 1, changes: before.fields.changes(to: own.fields), in: db)
    }
  }

  /// What was typed, on top of what others saved `since`. After files were joined or parted there is no common ground:
  /// whatever differs is shown.
  private func merged(
    _ typed: Identity, typedOn id: PersonID, _ since: [JournalEntry], with person: Person
  ) throws -> Identity {
    guard id == person.id, !since.contains(where: { Self.shapings.contains($0.act) }) else {
      let differing = person.identity.fields.changes(to: typed.fields).map {
        FieldConflict(field: $0.field, base: $0.before, mine: $0.after, theirs: $0.before)
      }
      guard differing.isEmpty else { throw Refusal.changedMeanwhile(differing, draft: typed.fields) }
      return typed
    }
    let base = Fields.before(since.map(\.changes), person.identity.fields)
    return Identity(try Journal.merge(typed.fields, on: base, into: person.identity.fields, since: since))
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

  /// Every file that still has its key, in batches by id: merged ones too, whose own key seals what was told then.
  package func subjects(after id: PersonID?, limit: Int, in db: Connection) throws -> [Subject] {
    try PersonStore.ids(after: id, limit: limit, in: db).map { try subject($0, in: db) }
  }

  package func count() async throws -> Int { try await database.read { db in try PersonStore.count(in: db) } }

  /// Wraps a batch of persons' keys by the newest master key.
  package func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    try PersonStore.rewrap(after: id, limit: limit, in: db)
  }

  func label(_ identity: Identity, _ antenna: AntennaCode) -> PersonLabel {
    PersonLabel(latin: identity.latinName, arabic: identity.arabicName, antenna: antenna)
  }
}

/// By what leave an actor may read a person who is not in her sight; nil by none. Asked within the transaction that reads.
package typealias PersonLeave =
  @Sendable (_ files: [PersonID], _ actor: Actor, _ db: Connection) throws -> ReadingLeave?

/// A person with what she agreed to.
package struct OpenedPerson: Sendable {
  package let person: Person
  package let consents: [Consent]
}
