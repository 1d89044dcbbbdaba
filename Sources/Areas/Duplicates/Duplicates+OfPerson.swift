import Basics
import Cases
import Foundation
import Linkage
import People
import Storage

/// What other pages ask about one person or one case.
extension Duplicates {
  /// Pairs and merges of a person's files.
  package struct OfPerson: Sendable {
    /// Still to be decided.
    package let pairs: [DuplicatePair]
    package let labels: [PersonID: PersonLabel]
    package let person: PersonID
    /// What was joined, with the pair that tells of it; undone merges too.
    package let merges: [(merge: PersonMerge, pair: RecordID<DuplicatePair>?)]
  }

  package func ofPerson(_ id: PersonID, for actor: Actor) async throws -> OfPerson {
    try await database.read { db in
      let pairs = try DuplicateStore.pairs(of: id, in: db).filter {
        [.open, .unsure, .proposed].contains($0.state)
      }
      let labels = try people.labels(of: pairs.flatMap { [$0.first, $0.second] }, for: actor, in: db)
      let merges = try people.merges(of: id, in: db).map { merge in
        (merge, try DuplicateStore.find(merge.kept, merge.other, in: db)?.id)
      }
      return OfPerson(pairs: pairs, labels: labels, person: id, merges: merges)
    }
  }

  /// Sets two files beside each other that somebody holds for one person, whatever the search thinks of them.
  /// - Returns: their pair, which may be decided already.
  @discardableResult
  package func suggest(_ one: PersonID, _ other: PersonID, by actor: Actor) async throws -> RecordID<
    DuplicatePair
  > {
    try actor.must(.compareFiles)
    let (judge, now, places) = (try judge(), now(), try await places())
    return try await database.write { db in
      guard one != other, try people.seen([one, other], by: actor, in: db).count == 2 else {
        throw Refusal.notFound
      }
      let (one, other) = (try people.person(one, in: db), try people.person(other, in: db))
      guard one.id != other.id else { throw Refusal.conflict(say("These two files are joined already.")) }
      if let known = try DuplicateStore.find(one.id, other.id, in: db) { return known.id }
      let verdicts = try judge.verdicts(
        LinkField.row(one.id, one.identity, places), [LinkField.row(other.id, other.identity, places)])
      guard let verdict = verdicts.first else { throw Refusal.notFound }
      var found = pair(one, other, verdict, at: now)
      found.suggestedBy = actor.id
      try DuplicateStore.insert(found, in: db)
      for person in [one, other] {
        try Journal.append(
          "duplicate.suggest", on: DuplicatePair.reference(found.id), of: people.subject(person.id, in: db),
          by: actor, at: now, version: found.version, in: db)
      }
      return found.id
    }
  }

  /// The same for the person of the case with a number.
  /// - Throws: `Refusal.invalid` for a number of no case that the actor may see.
  package func suggest(_ person: PersonID, caseNumbered number: String, by actor: Actor) async throws
    -> RecordID<DuplicatePair>
  {
    try actor.must(.compareFiles)
    guard let file = try await cases.find(number: number, for: actor) else {
      throw Refusal.invalid([
        FieldError("number", say("You see no case of this number. It is written like TUN-2026-0001."))
      ])
    }
    let (other, isSame) = try await database.read { db in
      let other = try cases.require(file, for: actor, in: db).file.person
      return (other, try people.files(of: other, in: db).contains(person))
    }
    guard !isSame else {
      throw Refusal.invalid([FieldError("number", say("This case is in the same file."))])
    }
    return try await suggest(person, other, by: actor)
  }

  /// Numbers of other cases of the same person that are open, where files were joined.
  func otherOpenCases(_ opened: OpenedCase, in db: Connection) throws -> [String] {
    let person = opened.person.person
    guard person.joined > 0 else { return [] }
    return try cases.all(of: people.files(of: person.id, in: db), in: db).filter {
      $0.stage != .closed && $0.id != opened.file.id
    }.map(\.number)
  }
}
