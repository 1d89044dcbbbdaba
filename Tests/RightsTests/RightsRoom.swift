import Accounts
import Antennas
import Basics
import Cases
import Documents
import Foundation
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Rights

/// The area on an empty database, with a clock that the test moves.
struct RightsRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let antennas: Antennas
  let accounts: Accounts
  let cases: Cases
  let rights: Rights

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Documents.migrations
    + Rights.migrations

  /// Heads the antenna of Tunis, and may answer.
  static let head = with(Staff.chokri, [.answerRights])
  static let centre = with(Staff.fathi, [.answerRights, .decideErasure, .setRetention])
  /// Another of the centre.
  static let second = with(Staff.hela, [.openFiles, .answerRights, .decideErasure, .setRetention])
  static let stranger = with(Staff.ghazi, [.answerRights, .decideErasure])

  private static func with(_ actor: Actor, _ duties: Set<Duty>) -> Actor {
    Actor(
      id: actor.id, name: actor.name, institution: actor.institution, antenna: actor.antenna,
      scope: actor.scope,
      duties: actor.duties.union(duties))
  }

  init(
    _ database: Database, term: Int? = nil, shared: @escaping SharedSource = { _, _ in [] }
  ) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    antennas = Antennas(database: database, now: now)
    accounts = Accounts(database: database, now: now)
    cases = Cases(
      database: database, people: People(database: database, now: now), followers: [Documents.follower],
      now: now)
    rights = Rights(
      cases: cases, accounts: accounts, antennas: antennas,
      kept: [People.kept, Cases.kept, Documents.kept, Rights.kept], shared: shared, daysToAnswer: term,
      now: now)
  }

  static func with(
    _ engine: Database.Engine, term: Int? = nil, shared: @escaping SharedSource = { _, _ in [] },
    _ body: (RightsRoom) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      try await body(RightsRoom(database, term: term, shared: shared))
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = RightsPages(rights, papers: nil, words: { _ in nil })
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [RightsPages.section])
    try await TestSite.serve([casePages, pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  /// A person with one case of the antenna of `actor`.
  func receive(_ family: String = "Zitouni", by actor: Actor = Staff.amel, also person: PersonID? = nil)
    async throws -> (person: PersonID, file: RecordID<CaseFile>)
  {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (family, "+21620123456")
    let (id, file) = (person ?? PersonID(), RecordID<CaseFile>())
    try await cases.receive(
      Reception(
        id: file, person: id, identity: person == nil ? identity : nil, antenna: actor.antenna ?? "TUN",
        contact: actor.id, channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: actor)
    return (id, file)
  }

  func close(_ file: RecordID<CaseFile>, by actor: Actor = Staff.amel) async throws {
    try await cases.close(
      file,
      Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: Day(of: clock.now), reopenedOn: nil,
        reopenReason: nil), by: actor)
  }

  /// The same, closed.
  func closed(_ family: String = "Zitouni", by actor: Actor = Staff.amel) async throws -> PersonID {
    let (person, file) = try await receive(family, by: actor)
    try await close(file, by: actor)
    return person
  }

  func consent(_ purpose: Consent.Purpose, of person: PersonID) -> Consent {
    Consent(
      id: RecordID(), person: person, purpose: purpose, textVersion: Consent.currentTextVersion,
      language: .arabic, givenOn: Day(of: clock.now), way: .signed, withdrawnAt: nil)
  }

  func request(
    _ id: RecordID<RightsRequest> = RecordID(), of person: PersonID, _ kind: RightsRequest.Kind = .copy,
    words: String? = "All of it"
  ) -> RightsRequest {
    RightsRequest(
      id: id, person: person, antenna: "TUN", kind: kind, receivedOn: Day(of: clock.now), asker: .herself,
      proof: .card, words: words)
  }

  func rule(_ category: RetentionRule.Category = .withoutHelp, years: Int = 5, from: Day? = nil)
    -> RetentionRule
  {
    RetentionRule(
      id: RecordID(), category: category, years: years, source: "A decision of the office",
      from: from ?? Day(of: clock.now))
  }

  func acts(of person: PersonID) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.people.subject(person, in: db), limit: 200, in: db).map(\.act)
    }
  }
}
