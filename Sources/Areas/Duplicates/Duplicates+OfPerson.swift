import Basics
import Cases
import Foundation
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

  /// Numbers of other cases of the same person that are open, where files were joined.
  func otherOpenCases(_ opened: OpenedCase, in db: Connection) throws -> [String] {
    let person = opened.person.person
    guard person.joined > 0 else { return [] }
    return try cases.all(of: people.files(of: person.id, in: db), in: db).filter {
      $0.stage != .closed && $0.id != opened.file.id
    }.map(\.number)
  }
}
