import Basics
import Names
import Storage

/// What tells that a person is here already, or may be.
package struct Recognition: Sendable, Equatable {
  package let what: Phrase
  package let person: PersonID

  package init(what: Phrase, person: PersonID) {
    self.what = what
    self.person = person
  }
}

/// For those who receive many at once: who of them is here already?
extension People {
  /// What proves, each by itself, that two rows of one list are of one person: blind tokens, with what they stand for.
  package func proofs(of identity: Identity, in db: Connection) throws -> [(what: Phrase, token: Int64)] {
    try finder(for: .program, in: db).notes(of: identity)
  }

  /// Who is here already by a number, or by the whole name and a phone; in sight or not: of nobody shall there be two
  /// files.
  package func recognise(_ identity: Identity, in db: Connection) throws -> Recognition? {
    var finder = try finder(for: .program, in: db)
    return try finder.recognise(identity)
  }

  private func finder(for actor: Actor, in db: Connection) throws -> PersonFinder {
    PersonFinder(names: try Names(), actor: actor, kept: keptNames, db: db)
  }

  /// Names of those whom the actor may see; the others are missing from the answer.
  package func labels(of ids: [PersonID], for actor: Actor, in db: Connection) throws -> [PersonID:
    PersonLabel]
  {
    try PersonStore.labels(of: PersonStore.seen(ids, for: actor, in: db), kept: keptNames, in: db)
  }
}
