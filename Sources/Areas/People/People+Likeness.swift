import Basics
import Names
import Storage

/// A person who may be the same as another, with what is needed to judge it; her identity is not yet for anyone's eyes.
package struct Resembling: Sendable {
  /// Who stands for her, with what all her files know.
  package let person: Person
  package let isVisible: Bool
  /// What led to her, the strongest first.
  package let reasons: [MatchReason]
}

/// For those who compare persons with each other: who may be the same as this one?
extension People {
  /// Who may be the same: of the same number, phone or e-mail, of the same birth and a word of the name, or of two words
  /// of the name in either script; in sight or not, the likeliest first. `id` is her own where she is here already.
  /// - Parameters:
  ///   - most: so many are returned.
  ///   - among: so many are looked at; of a name that many bear not all are.
  ///   - years: who shares only a name and was born in another year is left out; nil for no matter when.
  package func resembling(
    _ identity: Identity, but id: PersonID?, for actor: Actor, most: Int, among: Int,
    bornIn years: Set<Int>? = nil,
    in db: Connection
  ) throws -> [Resembling] {
    var finder = PersonFinder(names: try Names(), actor: actor, kept: keptNames, db: db)
    let found = try finder.alike(identity, among: among, bornIn: years).filter { $0.candidate.file != id }
    return try found.prefix(most).map { found in
      Resembling(
        person: try PersonStore.require(found.candidate.file, visibleTo: .program, in: db),
        isVisible: found.candidate.isVisible, reasons: found.reasons)
    }
  }

  /// Persons who are new or were corrected since they were compared with all others, in the order of their ids.
  package func toCompare(limit: Int, in db: Connection) throws -> [Person] {
    try PersonStore.toCompare(limit: limit, in: db).map { id in
      try PersonStore.require(id, visibleTo: .program, in: db)
    }
  }

  /// Notes that a person was compared as she is in `version`; one that is another by now is compared again.
  package func noteCompared(_ id: PersonID, version: Int, in db: Connection) throws {
    try PersonStore.noteCompared(id, version: version, in: db)
  }

  /// Persons taken by chance: those who come after numbers drawn by chance, the same each time.
  package func sample(of count: Int, in db: Connection) throws -> [Person] {
    var dice = Dice(seed: 3)
    var ids: Set<PersonID> = []
    for _ in 0..<count {
      let place = Int64.random(in: 0..<1 << 60, using: &dice)
      if let id = try PersonStore.first(afterNumber: place, in: db) { ids.insert(id) }
    }
    return try ids.sorted().map {
      try PersonStore.require($0, visibleTo: .program, in: db)
    }
  }

  /// Whether the actor sees her.
  package func seen(_ ids: [PersonID], by actor: Actor, in db: Connection) throws -> Set<PersonID> {
    Set(try PersonStore.seen(ids, for: actor, in: db))
  }

  /// A person for comparing, whoever looks: what is shown of her is the caller's matter.
  package func person(_ id: PersonID, in db: Connection) throws -> Person {
    try PersonStore.require(id, visibleTo: .program, in: db)
  }

  /// The person without what other files know of her.
  package func own(_ id: PersonID, in db: Connection) throws -> Person { try PersonStore.own(id, in: db) }
}

extension PersonFinder {
  /// Who may be the same as this one, the likeliest first.
  /// - Parameter among: so many are looked at exactly.
  mutating func alike(_ identity: Identity, among most: Int, bornIn years: Set<Int>?) throws -> [Found] {
    let key = try InstallationKeys.key(for: .search, in: db)
    let shared = PersonKeys.proofs(of: identity).filter { $0.reason != .sameBirthDate }
      .map { (reason: $0.reason, token: key.blindToken($0.key)) }
    for (token, person) in try PersonTokenStore.holders(ofAny: shared.map(\.token), limit: most, in: db) {
      proved[person, default: []] += shared.filter { $0.token == token }.map(\.reason)
      numbers.append(person)
    }
    let words = identity.names.map { names.keys(of: $0).words }
    let single = Array(Set(words.joined().joined().map { key.blindToken(PersonKeys.word($0)) }))
    let born = Self.births(of: identity).map { key.blindToken("born:\($0)") }
    if !born.isEmpty, !single.isEmpty {
      numbers += try PersonTokenStore.persons(underAny: born, andAny: single, limit: most, in: db)
    }
    // One word alone is borne by too many, unless it is the whole name.
    let pairs = words.flatMap { $0.count == 1 ? $0[0].map(PersonKeys.word) : PersonKeys.pairs($0) }
    let tokens = Array(Set(pairs.map(key.blindToken)))
    if !tokens.isEmpty, numbers.count < most {
      numbers += try PersonTokenStore.persons(underAny: tokens, limit: most - numbers.count, in: db)
    }
    guard !numbers.isEmpty else { return [] }
    let read = identity.names.map { TypedName($0, names) }
    return Self.best(try candidates(bornIn: years).compactMap { alike($0, read, identity) })
  }

  /// The better of her names in either script; without a name, what was proved.
  private func alike(_ candidate: PersonCandidate, _ read: [TypedName], _ identity: Identity) -> Found? {
    let fits = read.compactMap { fit(candidate, $0, birthYear: identity.birthYear) }
    return fits.max { $0.score < $1.score }
  }

  /// The date of birth, and the one with day and month in each other's place.
  private static func births(of identity: Identity) -> [Day] {
    guard let born = identity.birthDate else { return [] }
    let (year, month, day) = born.parts
    return [born, Day(year: year, month: day, day: month)].compactMap { $0 }
  }
}
