import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Letters

/// The area on an empty database, with the case of a person who has an address.
struct LetterRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let cases: Cases
  let letters: Letters

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Letters.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, now: now)
    letters = Letters(
      database: database, cases: cases, accounts: Accounts(database: database),
      antennas: Antennas(database: database), now: now)
  }

  static func with(
    _ engine: Database.Engine, address: String = "12 rue des Oliviers",
    _ body: (LetterRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = LetterRoom(database)
      try await body(room, room.receive(address: address))
    }
  }

  func serve(
    papers: Papers? = nil, language: Language = .english, _ body: @Sendable (TestSite) async throws -> Void
  ) async throws {
    let pages = LetterPages(letters, papers: papers)
    let casePages = CasePages(
      cases, antennas: Antennas(database: database), accounts: Accounts(database: database),
      sections: [pages.section])
    try await TestSite.serve(
      [casePages, pages], language: language, site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive(address: String = "12 rue des Oliviers") async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.givenLatin], identity[.familyLatin]) = ("Salma", "Ben Othman")
    (identity[.givenArabic], identity[.familyArabic]) = ("سلمى", "بن عثمان")
    (identity[.phones], identity[.address]) = ("+21620123456", address)
    (identity[.languages], identity[.safeWay]) = ("arabe, français", "Call after six, say it is the school")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  func close(_ id: RecordID<CaseFile>) async throws {
    let closure = Closure(
      id: RecordID(), outcome: .standing, reason: "Stands", closedOn: today, reopenedOn: nil,
      reopenReason: nil)
    try await cases.close(id, closure, by: Staff.amel)
  }

  @discardableResult
  func agreeToSMS(_ id: RecordID<CaseFile>) async throws -> Consent {
    let consent = Consent(
      id: RecordID(), person: try await cases.open(id, for: Staff.amel).person.person.id, purpose: .sms,
      textVersion: Consent.currentTextVersion, language: .arabic, givenOn: today, way: .signed,
      withdrawnAt: nil)
    try await people.record(consent, by: Staff.amel)
    return consent
  }

  static func missing(
    _ paper: String = "un extrait de naissance", in language: Language = .french,
    recipient: String = "address"
  ) -> LetterDraft {
    LetterDraft(
      id: RecordID(), model: "missing-paper", language: language,
      typed: ["paper": paper, "day": "2026-04-01", "recipient": recipient])
  }

  static func reminder(in language: Language = .french) -> LetterDraft {
    LetterDraft(
      id: RecordID(), model: "appointment-sms", language: language,
      typed: ["day": "2026-04-01", "hour": "09:30"])
  }

  func write(_ draft: LetterDraft, in id: RecordID<CaseFile>) async throws -> RecordID<Letter> {
    try await letters.write(draft, in: id, by: Staff.amel)
    return draft.id
  }

  func all(_ id: RecordID<CaseFile>) async throws -> [Letter] {
    try await letters.letters(of: id, after: nil, for: Staff.amel).letters
  }

  func letter(_ letter: RecordID<Letter>, in id: RecordID<CaseFile>) async throws -> Letter {
    try await letters.find(letter, in: id, for: Staff.amel).letter
  }

  /// The acts of the journal about letters, the newest first.
  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("letter.") }
    }
  }
}
