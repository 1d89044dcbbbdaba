import Accounts
import Antennas
import Basics
import Cases
import Documents
import Foundation
import Households
import People
import Storage
import TestSupport
import Web

@testable import Eligibility

/// The area on an empty database, with a clock that the test moves and with sources that the test fills.
struct EligibilityRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let cases: Cases
  let households: Households
  let eligibility: Eligibility

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Households.migrations
    + Documents.migrations + Eligibility.migrations

  init(_ database: Database, sources: FactSources = FactSources()) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    households = Households(database: database, cases: cases, now: now)
    eligibility = Eligibility(cases: cases, sources: sources, now: now)
  }

  static func with(
    _ engine: Database.Engine, sources: FactSources = FactSources(),
    _ body: (EligibilityRoom) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      try await body(EligibilityRoom(database, sources: sources))
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = EligibilityPages(eligibility, antennas: Antennas(database: database))
    try await TestSite.serve([pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  /// - Parameter returned: days before today.
  func receive(
    from country: String? = "IT", returned: Int? = 20, born: Int? = 1990, birthDate: Day? = nil,
    at antenna: AntennaCode = "TUN", by actor: Actor = Staff.amel
  ) async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Ben Othman", "+21620123456")
    if let birthDate {
      identity[.birthDate] = birthDate.description
    } else {
      identity[.birthYear] = born.map(String.init)
    }
    var facts = ReturnFacts()
    facts[.country] = country
    facts[.kind] = "voluntary"
    facts[.returnedOn] = returned.map { (today + -$0).description }
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: antenna, contact: actor.id,
        channel: .walkIn, receivedAt: clock.now, returned: facts), by: actor)
  }

  /// Loads rules and puts them in force.
  @discardableResult
  func decide(_ file: String) async throws -> RecordID<KeptRuleSet> {
    let id = RecordID<KeptRuleSet>()
    try await eligibility.load(file, as: id, by: Staff.fathi)
    try await eligibility.decide(id, by: Staff.fathi)
    return id
  }

  func answers(for file: RecordID<CaseFile>, on day: Day? = nil) async throws -> [EligibilityAnswer] {
    try await eligibility.open(file, on: day ?? today, for: Staff.amel).answers
  }
}

/// Files of rules for tests; what they say is invented.
enum RuleFiles {
  /// - Parameter conditions: the entries under `conditions`, as YAML with two spaces before each.
  static func file(
    _ code: String = "business", version: String = "1", from: String = "2026-01-01", until: String? = nil,
    conditions: String = country + age, amount: String = ""
  ) -> String {
    """
    rules: \(code)
    version: "\(version)"
    aid: business
    track: business
    funder: Example
    title: {fr: Aide, ar: مساعدة, en: Aid}
    source: {fr: Exemple, ar: مثال, en: Example}
    from: \(from)
    \(until.map { "until: \($0)\n" } ?? "")conditions:
    \(conditions)\(amount)
    """
  }

  static let country = rule(
    "country", "{fact: return-country, one-of: [IT, FR]}", otherwise: "no")
  static let age = rule("age", "{fact: age, at-least: 18}", otherwise: "not-yet")

  static func rule(_ code: String, _ when: String, otherwise: String = "not-yet") -> String {
    """
      - code: \(code)
        says: {fr: Règle \(code), ar: قاعدة \(code), en: Rule \(code)}
        change: {fr: Faire \(code), ar: افعل \(code), en: Do \(code)}
        when: \(when)
        otherwise: \(otherwise)

    """
  }

  static let table = """
    amount:
      currency: TND
      table:
        - {vulnerability: high, household: {1: 3000, 3: "4500,500"}}
        - {vulnerability: low, household: {1: 1000}}
      ceilings: {kind: 4000, person: 10000}

    """
}
