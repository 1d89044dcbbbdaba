import Antennas
import Basics
import Cases
import Foundation
import Linkage
import NIOConcurrencyHelpers
import Names
import People
import Storage

/// Before a second file is made: who is here already and may be the same?
extension Duplicates {
  /// Somebody in sight who may be the person being received.
  package struct Alike: Sendable {
    package let person: Person
    package let reasons: [MatchReason]
    package let verdict: LinkJudge.Verdict
    let hasOpenCase: Bool
  }

  /// Who may be the same, as one person may be told.
  package struct Warning: Sendable {
    package let alike: [Alike]
    /// Antennas that hold a file which is alike and out of sight: ask there.
    package let elsewhere: [AntennaCode]

    package var isEmpty: Bool { alike.isEmpty && elsewhere.isEmpty }
  }

  /// So many are shown at reception; so many are looked at.
  private static let shown = 5
  private static let looked = 40

  /// Who may be the same as the one who is received. A form that was received before is never warned of itself; that a
  /// file out of sight was said to exist is in the journal.
  package func warning(of reception: Reception, by actor: Actor) async throws -> Warning {
    guard let identity = reception.identity else { return Warning(alike: [], elsewhere: []) }
    let judge = try judge()
    let places = try await places()
    let warning = try await database.read { db in
      if try cases.isReceived(reception, in: db) { return Warning(alike: [], elsewhere: []) }
      let found = try resembling(identity, but: reception.person, for: actor, in: db)
      return try self.warning(identity, reception.person, found, judge, places, in: db)
    }
    if !warning.elsewhere.isEmpty { try await people.noteFoundElsewhere(warning.elsewhere, by: actor) }
    return warning
  }

  private func warning(
    _ identity: Identity, _ id: PersonID, _ found: [Resembling], _ judge: LinkJudge,
    _ places: [GovernorateCode: String], in db: Connection
  ) throws -> Warning {
    let alike = try alike(identity, id, found, judge, places)
    let elsewhere = Set(alike.filter { !$0.0.isVisible }.map(\.0.person.antenna))
    return Warning(
      alike: try alike.filter(\.0.isVisible).prefix(Self.shown).map { resembling, verdict in
        let isOpen = try cases.all(of: people.files(of: resembling.person.id, in: db), in: db).contains {
          $0.stage != .closed
        }
        return Alike(
          person: resembling.person, reasons: resembling.reasons, verdict: verdict, hasOpenCase: isOpen)
      },
      elsewhere: elsewhere.sorted { $0.rawValue < $1.rawValue })
  }

  /// Those worth asking about, the likeliest first.
  private func alike(
    _ identity: Identity, _ id: PersonID, _ found: [Resembling], _ judge: LinkJudge,
    _ places: [GovernorateCode: String]
  ) throws -> [(Resembling, LinkJudge.Verdict)] {
    let verdicts = try judge.verdicts(
      LinkField.row(id, identity, places),
      found.map { LinkField.row($0.person.id, $0.person.identity, places) })
    return zip(found, verdicts).filter { DuplicateRules.isWorthAsking($0.reasons, $1) }
      .sorted { $0.1.total > $1.1.total }
  }

  /// Somebody in sight who may be the same as a person of a list, by the rules of reception; the likeliest.
  package func perhaps(
    _ identity: Identity, _ territory: Territory, for actor: Actor, in db: Connection
  ) throws -> Recognition? {
    let found = try resembling(identity, but: nil, for: actor, in: db).filter(\.isVisible)
    return try alike(identity, PersonID(), found, judge(), Self.places(territory)).first.flatMap {
      resembling, _ in
      resembling.reasons.first.map { Recognition(what: $0.label, person: resembling.person.id) }
    }
  }

  private func resembling(
    _ identity: Identity, but id: PersonID?, for actor: Actor, in db: Connection
  ) throws -> [Resembling] {
    try people.resembling(
      identity, but: id, for: actor, most: Self.shown * 2, among: Self.looked,
      bornIn: identity.birthYear.map(DuplicateRules.years(worthAskingOf:)), in: db)
  }

  /// The same for a person of a list, who is received already: whoever looked at the row said why.
  package func keepApart(
    _ reception: Reception, _ territory: Territory, reason: String, by actor: Actor, in db: Connection
  ) throws {
    guard let identity = reception.identity else { return }
    let found = try resembling(identity, but: reception.person, for: actor, in: db)
    let warning = try warning(identity, reception.person, found, judge(), Self.places(territory), in: db)
    try keepApart(reception, warning, reason: reason, by: actor, in: db)
  }

  /// Keeps why a person is received although others are alike, within the transaction that receives her. Those in sight
  /// are told apart by it, but for one of the same number: that is for the queue.
  package func keepApart(
    _ reception: Reception, _ warning: Warning, reason: String, by actor: Actor, in db: Connection
  ) throws {
    let now = now()
    let subject = try people.subject(reception.person, in: db)
    let told =
      warning.alike.map { FieldChange(field: "alike", before: nil, after: $0.person.id.text) }
      + warning.elsewhere.map { FieldChange(field: "alike-at", before: nil, after: $0.rawValue) }
    try Journal.append(
      "person.create-apart", on: Person.reference(reception.person), of: subject, by: actor, at: now,
      changes: [FieldChange(field: "reason", before: nil, after: reason)] + told, in: db)
    for alike in warning.alike {
      let found = pair(try people.person(reception.person, in: db), alike.person, alike.verdict, at: now)
      try DuplicateStore.insert(found, in: db)
      guard let pair = try DuplicateStore.find(found.first, found.second, in: db) else { continue }
      if !DuplicateRules.sharesNumber(alike.verdict.findings) {
        try DuplicateStore.set(.different, of: pair.id, in: db)
      }
      try note(
        DuplicateAct(
          id: RecordID(), pair: pair.id, kind: .apart, at: now, by: actor.id, antenna: actor.antenna,
          reason: reason,
          joining: nil), on: pair, by: actor, in: db)
    }
  }

  /// The model that was learned, or what is believed of persons until then.
  func judge() throws -> LinkJudge {
    if let learned = learned.withLockedValue({ $0 }) { return learned.judge }
    let judge = try LinkJudge(LinkField.mapping, Names())
    // The search learns a better one as soon as it runs.
    learned.withLockedValue { if $0 == nil { $0 = Learned(judge: judge, population: 0, compared: .max / 2) } }
    return judge
  }

  /// Names of governorates: persons are compared by them.
  func places() async throws -> [GovernorateCode: String] {
    Self.places(try await antennas.territory())
  }

  private static func places(_ territory: Territory) -> [GovernorateCode: String] {
    Dictionary(
      territory.governorates.map { ($0.id, $0.name.text(in: .french)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What a comparison found.
  func pair(_ one: Person, _ other: Person, _ verdict: LinkJudge.Verdict, at now: Date) -> DuplicatePair {
    let (first, second) = one.id < other.id ? (one, other) : (other, one)
    return DuplicatePair(
      id: RecordID(), first: first.id, second: second.id,
      places: (
        .init(antenna: first.antenna, contact: first.contact),
        .init(antenna: second.antenna, contact: second.contact)
      ),
      state: .open, score: Int((verdict.total * 100).rounded()), told: ToldFindings(verdict.findings),
      version: 1,
      foundAt: now,
      merge: nil)
  }
}
