import Basics
import Names
import Storage

/// Goes from what was typed, or from an identity, to the persons it may mean: tokens lead to some dozens, which are
/// opened and compared exactly.
struct PersonFinder {
  let names: Names
  let actor: Actor
  let kept: KeptNames
  let db: Connection

  /// So many may be looked at exactly; so few found make one look further.
  static let most = 100
  private static let few = 10

  /// A person who fits, and how well.
  struct Found {
    let candidate: PersonCandidate
    let score: Double
    let reasons: [MatchReason]

    var isNear: Bool { reasons.contains(.nameIsNear) }

    /// - Parameter labels: by file; one file may bear another name than the one that was found.
    func match(_ labels: [PersonID: PersonLabel]) -> PersonSearch.Match {
      PersonSearch.Match(
        id: candidate.file, label: labels[candidate.file] ?? candidate.label, birthYear: candidate.birthYear,
        reasons: reasons)
    }
  }

  var proved: [Int64: [MatchReason]] = [:]
  var numbers: [Int64] = []
  private var opened: Set<Int64> = []

  init(names: Names, actor: Actor, kept: KeptNames, db: Connection) {
    self.names = names
    self.actor = actor
    self.kept = kept
    self.db = db
  }

  /// Who fits what was typed, the best first.
  mutating func find(_ query: PersonQuery) throws -> [Found] {
    let key = try InstallationKeys.key(for: .search, in: db)
    try prove(query.proofs, key)
    let name = TypedName(query.name, names)
    let words = names.keys(of: query.name).words
    try look(words, key)
    var found = try newlyFound(name, query)
    guard found.count < Self.few, proved.isEmpty, let last = words.last else { return Self.best(found) }
    try lookForBeginnings(of: last, after: words.dropLast(), names.beginning(of: query.name), key)
    found += try newlyFound(name, query)
    // Who only nearly fits would be left out beside them.
    guard found.allSatisfy(\.isNear) else { return Self.best(found) }
    try lookForSlips(in: words, key)
    found += try newlyFound(name, query)
    return Self.best(found)
  }

  /// Persons of the same number.
  mutating func prove(_ proofs: [MatchReason: Set<String>], _ key: SealingKey) throws {
    for (reason, keys) in proofs {
      for person in try keys.flatMap({
        try PersonTokenStore.persons(under: key.blindToken($0), for: actor, in: db)
      }) {
        proved[person, default: []].append(reason)
        numbers.append(person)
      }
    }
  }

  /// Persons who bear two of the words, or the only one.
  private mutating func look(_ words: [[String]], _ key: SealingKey) throws {
    let keys = words.count == 1 ? words[0].map(PersonKeys.word) : PersonKeys.pairs(words)
    for name in keys where numbers.count < Self.most {
      numbers += try PersonTokenStore.persons(under: key.blindToken(name), for: actor, in: db)
    }
  }

  /// Persons whose names begin so.
  private mutating func lookForBeginnings(
    of last: [String], after others: ArraySlice<[String]>, _ unfinished: String?, _ key: SealingKey
  ) throws {
    let most = numbers.count + Self.most
    // What was typed to its third letter says more than its consonants.
    let begun =
      ([unfinished].compactMap { $0 }.map(PersonKeys.letters)
      + last.filter { $0.count > 1 }.map(PersonKeys.beginning))
      .map(key.blindToken)
    guard !others.isEmpty else {
      for token in begun where numbers.count < most {
        numbers += try PersonTokenStore.persons(under: token, for: actor, in: db)
      }
      return
    }
    for other in others.joined().map({ key.blindToken(PersonKeys.word($0)) }) where numbers.count < most {
      if unfinished == nil { numbers += try PersonTokenStore.persons(under: other, for: actor, in: db) }
      for token in begun where numbers.count < most {
        numbers += try PersonTokenStore.persons(underBoth: other, token, limit: 40, in: db)
      }
    }
  }

  /// Persons whose names a slip of a consonant would make of what was typed; of two words, one has it.
  private mutating func lookForSlips(in words: [[String]], _ key: SealingKey) throws {
    var keys = Set<String>()
    if words.count == 1 {
      // Of two consonants every slip makes another name.
      keys.formUnion(words[0].filter { $0.count > 2 }.flatMap(names.keys(near:)).map(PersonKeys.word))
    }
    for first in words.indices {
      for second in words.indices where second != first {
        let near = words[first].prefix(2).flatMap(names.keys(near:))
        keys.formUnion(PersonKeys.pairs(near, Array(words[second].prefix(2))))
      }
    }
    let tokens = keys.sorted().prefix(2_000).map(key.blindToken)
    numbers += try PersonTokenStore.persons(underAny: tokens, limit: Self.most, in: db)
  }

  /// Those whom the tokens led to since the last time, as far as they fit.
  private mutating func newlyFound(_ name: TypedName, _ query: PersonQuery) throws -> [Found] {
    let new = Set(numbers).subtracting(opened)
    opened.formUnion(new)
    return try PersonTokenStore.candidates(Array(new), for: actor, kept: kept, in: db)
      .compactMap { fit($0, name, birthYear: query.birthYear) }
  }

  /// - Parameter years: who was led to by a name alone and was born in another year is left out.
  func candidates(bornIn years: Set<Int>? = nil) throws -> [PersonCandidate] {
    try PersonTokenStore.candidates(Array(Set(numbers)), for: actor, kept: kept, in: db) {
      number, birthYear in
      guard let years, let birthYear else { return true }
      return years.contains(birthYear) || proved[number] != nil
    }
  }

  func fit(_ candidate: PersonCandidate, _ name: TypedName, birthYear: Int?) -> Found? {
    var reasons = proved[candidate.number] ?? []
    let label = candidate.label
    let match = NameMatch.best(name, label.latin, label.arabic, names)
    // A number that was typed with another name is somebody of the same family, or the same person: it is shown.
    guard match != nil || !reasons.isEmpty else { return nil }
    if let match { reasons.append(match.reason) }
    if let birthYear, let born = candidate.birthYear, !reasons.contains(.sameBirthDate) {
      reasons.append(born == birthYear ? .sameBirthYear : .birthYearDiffers)
    }
    let score = (match?.score ?? 0) + reasons.reduce(0) { $0 + $1.weight }
    return Found(candidate: candidate, score: score, reasons: reasons)
  }

  /// Best first, each person once under whichever of her files fits best; who only nearly fits is left out where others
  /// fit.
  static func best(_ found: [Found]) -> [Found] {
    var files: Set<PersonID> = []
    let sorted = found.sorted { ($1.score, $0.candidate.id) < ($0.score, $1.candidate.id) }
      .filter { files.insert($0.candidate.file).inserted }
    let fitting = sorted.filter { !$0.isNear }
    return fitting.isEmpty ? sorted : fitting
  }
}

extension PersonFinder {
  /// Who is here already, and by what: a number, or the whole name and a phone.
  mutating func recognise(_ identity: Identity) throws -> Recognition? {
    let key = try InstallationKeys.key(for: .search, in: db)
    for proof in PersonKeys.proofs(of: identity) where proof.reason.isIdentity {
      numbers = try PersonTokenStore.persons(underAny: [key.blindToken(proof.key)], limit: 1, in: db)
      if let known = try candidates().first {
        return Recognition(what: proof.reason.label, person: known.file)
      }
    }
    for (name, words) in identity.names.map({ ($0, names.keys(of: $0).words) }) {
      let keys = words.count == 1 ? words[0].map(PersonKeys.word) : PersonKeys.pairs(words)
      for phone in identity.phones.map({ key.blindToken(PersonKeys.phone($0)) }) {
        numbers = try keys.prefix(4).flatMap {
          try PersonTokenStore.persons(underBoth: phone, key.blindToken($0), limit: 5, in: db)
        }
        let read = names.read(name)
        let same = try candidates().first { candidate in
          [candidate.label.latin, candidate.label.arabic].compactMap { $0 }.contains {
            names.compare(read, names.read($0)).isSame
          }
        }
        if let same { return Recognition(what: say("same name and phone"), person: same.file) }
      }
    }
    return nil
  }

  /// What recognises a person of the same file again.
  func notes(of identity: Identity) throws -> [(what: Phrase, token: Int64)] {
    let key = try InstallationKeys.key(for: .search, in: db)
    let proofs = PersonKeys.proofs(of: identity).filter(\.reason.isIdentity).map {
      (what: $0.reason.label, token: key.blindToken($0.key))
    }
    let wholes = identity.names.map { name in
      names.keys(of: name).words.compactMap(\.last).sorted().joined(separator: " ")
    }
    let calls = wholes.flatMap { whole in
      identity.phones.map { phone in
        (what: say("same name and phone"), token: key.blindToken("\(PersonKeys.phone(phone)) \(whole)"))
      }
    }
    return proofs + calls
  }
}

extension MatchReason {
  /// A number that one person alone bears. Phones and e-mails are shared in families.
  var isIdentity: Bool { self == .sameCIN || self == .samePassport }
}

extension Identity {
  /// The whole name in each script in which it is known.
  var names: [String] { [latinName, arabicName].compactMap { $0 } }
}
