import Basics
import Foundation
import Names
import Storage

extension People {
  /// Persons by name in either script or in chat spelling, phone, CIN, passport, e-mail or birth date, in any order and
  /// with slips; the best first, each with the reasons.
  ///
  /// Blind tokens lead to some dozens of persons; those are opened and compared exactly. What the searcher may not see
  /// is only said to exist, and that it was said is in the journal.
  package func search(_ text: String, by actor: Actor) async throws -> PersonSearch {
    try actor.must(.openFiles)
    let query = PersonQuery(text)
    guard !query.isEmpty else { return PersonSearch(matches: [], elsewhere: []) }
    let names = try Names()
    let found = try await database.read { db in
      var finder = PersonFinder(names: names, actor: actor, kept: keptNames, db: db)
      let found = try finder.find(query)
      let best = found.filter(\.candidate.isVisible).prefix(20)
      let hidden = Dictionary(
        found.lazy.filter { !$0.candidate.isVisible }.map { ($0.candidate.label.antenna, $0.candidate.file) },
        uniquingKeysWith: { best, _ in best })
      let labels = try PersonStore.labels(of: best.map(\.candidate.file), kept: keptNames, in: db)
      return PersonSearch(
        matches: best.map { $0.match(labels) }, elsewhere: hidden.keys.sorted { $0.rawValue < $1.rawValue },
        hidden: hidden)
    }
    if !found.elsewhere.isEmpty { try await noteFoundElsewhere(found.elsewhere, by: actor) }
    return found
  }

  /// Tells the journal that somebody was told of files at other antennas.
  package func noteFoundElsewhere(_ antennas: [AntennaCode], by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      for antenna in antennas {
        try Journal.append(
          "person.found-elsewhere", on: RecordReference("antenna", code: antenna), by: actor, at: now, in: db)
      }
    }
  }

  /// The blind tokens under which a person of this identity is found.
  func tokens(of identity: Identity, in db: Connection) throws -> PersonTokens {
    let key = try InstallationKeys.key(for: .search, in: db)
    let names = try Names()
    return PersonTokens(
      Set(PersonKeys.keys(of: identity, names).map(key.blindToken)), version: PersonKeys.version(names))
  }

  /// Puts a person under the tokens of what her identity has become.
  func putTokens(of id: PersonID, _ identity: Identity, antenna: AntennaCode, in db: Connection) throws {
    try PersonTokenStore.replace(with: tokens(of: identity, in: db), of: id, antenna: antenna, in: db)
  }

  /// Makes the tokens anew of persons whose tokens were made with other knowledge of names, batch by batch while others
  /// work; when all are done it is noted, and the next start need not look.
  package func renewTokens() async throws {
    let version = PersonKeys.version(try Names())
    let mark = "names of person_token"
    guard try await database.read({ db in try InstallationKeys.mark(mark, in: db) }) != version else {
      return
    }
    var last = ""
    while let next = try await renewTokens(after: last, version) { last = next }
    try await database.write { db in try InstallationKeys.mark(mark, version, in: db) }
  }

  /// - Returns: the last person of the batch; nil when none was left.
  private func renewTokens(after id: String, _ version: String) async throws -> String? {
    let outdated = try await database.read { db in
      try PersonTokenStore.outdated(version, after: id, limit: 100, in: db)
    }
    guard let last = outdated.last else { return nil }
    try await database.write { db in
      for id in outdated {
        let person = try PersonStore.own(id, in: db)
        try putTokens(of: id, person.identity, antenna: person.antenna, in: db)
      }
    }
    return last.text
  }
}
