import Basics
import Foundation
import Linkage
import NIOConcurrencyHelpers
import Names
import People
import Storage

/// The search over everybody, person by person, while others work; new and corrected persons come first in line.
///
/// Candidates by blind tokens, opened, compared; pairs that are more likely one person than two are written down. Memory
/// does not grow with the number of persons.
extension Duplicates {
  /// Persons in a sample, and how many of them are set beside all who may be the same.
  private static let sampled = 2_000
  private static let parted = 250
  /// Candidates that are compared with one person, and that are looked at for her.
  private static let compared = 25
  private static let looked = 100
  /// Persons in one step.
  private static let step = 10

  /// Compares the next persons who are new or were corrected.
  /// - Returns: how many; 0 when all are compared.
  @discardableResult
  package func searchNext() async throws -> Int {
    try await learnIfNeeded()
    let (judge, now, places) = (try judge(), now(), try await places())
    let found = try await database.read { db in
      try people.toCompare(limit: Self.step, in: db).map { person in
        (person: person, pairs: try search(person, judge, places, at: now, in: db))
      }
    }
    guard !found.isEmpty else { return 0 }
    try await database.write { db in
      for (person, pairs) in found {
        // As she is now: she may have gone to another antenna meanwhile.
        try keep(pairs, of: people.person(person.id, in: db), in: db)
        try people.noteCompared(person.id, version: person.version, in: db)
      }
    }
    learned.withLockedValue { $0?.compared += found.count }
    return found.count
  }

  /// Compares everybody who is waiting.
  package func searchAll() async throws { while try await searchNext() > 0 {} }

  private func search(
    _ person: Person, _ judge: LinkJudge, _ places: [GovernorateCode: String], at now: Date, in db: Connection
  ) throws -> [DuplicatePair] {
    let found = try candidates(of: person, in: db)
    let verdicts = try judge.verdicts(
      LinkField.row(person.id, person.identity, places),
      found.map { LinkField.row($0.id, $0.identity, places) })
    return zip(found, verdicts).filter { DuplicateRules.isProposed($1) }.map { pair(person, $0, $1, at: now) }
  }

  private func candidates(of person: Person, in db: Connection) throws -> [Person] {
    try people.resembling(
      person.identity, but: person.id, for: .program, most: Self.compared, among: Self.looked, in: db
    ).map(\.person)
  }

  /// Writes down what was found of one person, and forgets what is no more so.
  private func keep(_ found: [DuplicatePair], of person: Person, in db: Connection) throws {
    let known = try DuplicateStore.pairs(of: person.id, in: db)
    for pair in found {
      if let before = known.first(where: { ($0.first, $0.second) == (pair.first, pair.second) }) {
        try renew(before, like: pair, in: db)
      } else if try !wasToldApart(pair, in: db) {
        try DuplicateStore.insert(pair, in: db)
      }
    }
    let still = Set(found.flatMap { [$0.first, $0.second] })
    for pair in known where !still.isSuperset(of: [pair.first, pair.second]) {
      try DuplicateStore.forget(pair.id, in: db)
    }
    try DuplicateStore.place(person.id, antenna: person.antenna, contact: person.contact, in: db)
  }

  /// What was decided stays, unless much more speaks for one person now.
  private func renew(_ pair: DuplicatePair, like found: DuplicatePair, in db: Connection) throws {
    guard pair.state != .joined else { return }
    try DuplicateStore.update(pair.id, like: found, in: db)
    guard pair.state == .different, let decided = try DuplicateStore.decidedScore(of: pair.id, in: db),
      DuplicateRules.isMaterial(found.score, decidedAt: decided)
    else { return }
    try DuplicateStore.set(.open, of: pair.id, in: db)
    try note(
      DuplicateAct(
        id: RecordID(), pair: pair.id, kind: .again, at: found.foundAt, by: Actor.program.id, antenna: nil,
        reason: nil, joining: nil), on: pair, by: .program, in: db)
  }

  /// What was decided of a file holds for the one that stands for it since.
  private func wasToldApart(_ found: DuplicatePair, in db: Connection) throws -> Bool {
    let (firsts, seconds) = (
      try people.files(of: found.first, in: db), try people.files(of: found.second, in: db)
    )
    guard firsts.count + seconds.count > 2 else { return false }
    for first in firsts {
      for second in seconds {
        guard let pair = try DuplicateStore.find(first, second, in: db), pair.state == .different,
          let decided = try DuplicateStore.decidedScore(of: pair.id, in: db)
        else { continue }
        if !DuplicateRules.isMaterial(found.score, decidedAt: decided) { return true }
      }
    }
    return false
  }

  /// Learns the model from the database itself: at the start, and again when as many were compared as there were.
  private func learnIfNeeded() async throws {
    let isDue = learned.withLockedValue { $0.map { $0.compared >= max(Self.fewest, $0.population) } ?? true }
    guard isDue, try await database.read({ db in try !people.toCompare(limit: 1, in: db).isEmpty }) else {
      return
    }
    try await learn()
  }

  /// Of fewer persons nothing is learned, and before so many more were compared nothing anew.
  private static let fewest = 200

  /// Learns from persons taken by chance, and from some of them beside all who may be the same.
  package func learn() async throws {
    let places = try await places()
    let population = try await people.count()
    // Few persons teach nothing.
    let size = population < Self.fewest ? 0 : Self.sampled
    let sample = try await database.read { db in try people.sample(of: size, in: db) }
    var candidates: [(record: [String], others: [[String]])] = []
    for person in sample.prefix(Self.parted) {
      let others = try await database.read { db in try self.candidates(of: person, in: db) }
      candidates.append(
        (
          LinkField.row(person.id, person.identity, places),
          others.map { LinkField.row($0.id, $0.identity, places) }
        ))
    }
    let judge = try LinkJudge(
      LinkField.mapping, Names(), records: sample.map { LinkField.row($0.id, $0.identity, places) },
      candidates: candidates, population: population)
    learned.withLockedValue { $0 = Learned(judge: judge, population: population) }
  }
}
