import Antennas
import Basics
import Cases
import Foundation
import Linkage
import NIOConcurrencyHelpers
import Names
import People
import Storage

/// The door of the area: which files may be of one person, what was decided of them, joining and parting.
package struct Duplicates: Sendable {
  let database: Database
  let cases: Cases
  let antennas: Antennas
  let now: @Sendable () -> Date
  /// How other areas seal anew what they keep in a case that goes to another person.
  let resealing: [CaseResealing]
  /// What was learned of this database; nil until the search has learned it.
  let learned = NIOLockedValueBox<Learned?>(nil)

  /// A model, how many persons there were when it was learned, and how many were compared since.
  struct Learned: Sendable {
    let judge: LinkJudge
    let population: Int
    var compared = 0
  }

  var people: People { cases.people }

  package init(
    cases: Cases, antennas: Antennas, resealing: [CaseResealing] = [],
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.antennas = antennas
    self.resealing = resealing
    self.now = now
  }

  /// A page of the pairs in one state of which the actor may see a file.
  package func list(
    _ state: DuplicatePair.State, after: DuplicateCursor?, for actor: Actor
  ) async throws -> DuplicatePage {
    try actor.must(.compareFiles)
    return try await database.read { db in
      var pairs = try DuplicateStore.page(state, after: after, for: actor, in: db)
      let hasMore = pairs.count > DuplicateStore.pageSize
      if hasMore { pairs.removeLast() }
      let next = hasMore ? pairs.last.map(DuplicateCursor.init(after:)) : nil
      let labels = try people.labels(of: pairs.flatMap { [$0.first, $0.second] }, for: actor, in: db)
      // The lists go by where a file was when it was compared; who may see it is asked now.
      let seen = pairs.filter { labels[$0.first] != nil || labels[$0.second] != nil }
      return DuplicatePage(pairs: seen, labels: labels, next: next)
    }
  }

  /// Opens a pair for comparing; the journal of each file that is shown tells that it was opened.
  package func open(_ id: RecordID<DuplicatePair>, for actor: Actor) async throws -> OpenedPair {
    try actor.must(.compareFiles)
    let now = now()
    return try await database.write { db in
      let (pair, sight) = try require(id, for: actor, in: db)
      let opened = try read(pair, sight, for: actor, in: db)
      for person in [opened.first, opened.second].compactMap({ $0 }) {
        let subject = try people.subject(person.id, in: db)
        try Journal.append(
          "person.open", on: Person.reference(person.id), of: subject, by: actor, at: now, in: db)
      }
      return opened
    }
  }

  private func read(
    _ pair: DuplicatePair, _ sight: DuplicateRules.Sight, for actor: Actor, in db: Connection
  ) throws -> OpenedPair {
    let acts = try acts(of: pair, in: db)
    let merge = try pair.merge.map { try people.merge($0, in: db) }
    return OpenedPair(
      pair: pair, first: sight == .second ? nil : try shown(pair.first, merge, in: db),
      second: sight == .first ? nil : try shown(pair.second, merge, in: db),
      isFirstOlder: try isFirstOlder(pair, in: db), acts: acts,
      others: sight == .both ? try others(beside: pair, for: actor, in: db) : [],
      openCases: sight == .both
        ? try [pair.first, pair.second].filter { try hasOpenCase($0, in: db) }.count : 0,
      mayConfirm: acts.first { $0.kind == .propose }.map {
        DuplicateRules.mayConfirm(pair, proposedBy: $0, by: actor)
      } ?? false,
      mayPart: try merge.map { try $0.isInForce && people.mayPart($0, in: db) } ?? false)
  }

  /// As she is; of files that are joined, as each was by itself.
  private func shown(_ id: PersonID, _ merge: PersonMerge?, in db: Connection) throws -> Person {
    merge?.isInForce == true ? try people.own(id, in: db) : try people.person(id, in: db)
  }

  private func hasOpenCase(_ id: PersonID, in db: Connection) throws -> Bool {
    try cases.all(of: people.files(of: id, in: db), in: db).contains { $0.stage != .closed }
  }

  /// Who was received first stands for both where nobody chooses.
  private func isFirstOlder(_ pair: DuplicatePair, in db: Connection) throws -> Bool {
    let dates = try [pair.first, pair.second].map { id in
      try cases.all(of: [id], in: db).last?.receivedAt ?? .distantFuture
    }
    return dates[0] <= dates[1]
  }

  /// Others who may be the same as one of the two, in sight, to be set beside them.
  private func others(
    beside pair: DuplicatePair, for actor: Actor, in db: Connection
  ) throws -> [(pair: DuplicatePair, person: Person)] {
    let pairs = try [pair.first, pair.second].flatMap { try DuplicateStore.pairs(of: $0, in: db) }.filter {
      $0.id != pair.id && [.open, .unsure, .proposed].contains($0.state)
    }
    let seen = try people.seen(pairs.flatMap { [$0.first, $0.second] }, by: actor, in: db)
    var shown: Set<PersonID> = [pair.first, pair.second]
    return try pairs.filter { seen.isSuperset(of: [$0.first, $0.second]) }.compactMap { other in
      let id = [pair.first, pair.second].contains(other.first) ? other.second : other.first
      return shown.insert(id).inserted ? (other, try people.person(id, in: db)) : nil
    }.prefix(2).map { $0 }
  }

  /// A pair of which the actor sees a file, and which. Not seen is not found.
  func require(_ id: RecordID<DuplicatePair>, for actor: Actor, in db: Connection) throws -> (
    pair: DuplicatePair, sight: DuplicateRules.Sight
  ) {
    guard let pair = try DuplicateStore.find(id, in: db) else { throw Refusal.notFound }
    return (
      pair, try DuplicateRules.sight(pair, seen: people.seen([pair.first, pair.second], by: actor, in: db))
    )
  }

  func acts(of pair: DuplicatePair, in db: Connection) throws -> [DuplicateAct] {
    try DuplicateStore.acts(of: pair.id, keys: keys(of: pair, in: db), in: db)
  }

  /// Nil where one of them was erased.
  private func keys(of pair: DuplicatePair, in db: Connection) throws -> (SealingKey, SealingKey)? {
    do {
      return (try people.subject(pair.first, in: db).key, try people.subject(pair.second, in: db).key)
    } catch Refusal.notFound {
      return nil
    } catch Refusal.gone {
      return nil
    }
  }

  /// Writes down what somebody did, and tells the journal of both.
  func note(_ act: DuplicateAct, on pair: DuplicatePair, by actor: Actor, in db: Connection) throws {
    let subjects = (try people.subject(pair.first, in: db), try people.subject(pair.second, in: db))
    try DuplicateStore.insert(act, keys: (subjects.0.key, subjects.1.key), in: db)
    for subject in [subjects.0, subjects.1] {
      // Without the reason: it may tell of the other, and would outlive her under this key.
      try Journal.append(
        "duplicate.\(act.kind.rawValue)", on: DuplicatePair.reference(pair.id), of: subject, by: actor,
        at: act.at,
        version: pair.version + 1, in: db)
    }
  }
}

/// A page of the queue.
package struct DuplicatePage: Sendable {
  package let pairs: [DuplicatePair]
  /// Names of those in sight; of the others only the antenna may be said.
  package let labels: [PersonID: PersonLabel]
  package let next: DuplicateCursor?
}

/// A pair as one person may look at it.
package struct OpenedPair: Sendable {
  package let pair: DuplicatePair
  /// Nil where she is out of sight.
  package let first: Person?
  package let second: Person?
  package let isFirstOlder: Bool
  package let acts: [DuplicateAct]
  /// Others who may be the same.
  package let others: [(pair: DuplicatePair, person: Person)]
  /// How many of the two have a case that is open.
  package let openCases: Int
  package let mayConfirm: Bool
  package let mayPart: Bool
}
