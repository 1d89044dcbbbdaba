import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Openings

/// The area on an empty database, with a clock that the test moves and a case in Tunis.
struct OpeningRoom: Sendable {
  let database: Database
  let clock: TestClock
  let antennas: Antennas
  let accounts: Accounts
  let people: People
  let cases: Cases
  let openings: Openings

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Openings.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { clock.now }
    antennas = Antennas(database: database, now: now)
    accounts = Accounts(database: database, now: now)
    people = People(database: database, leave: Openings.personLeave(database, at: now), now: now)
    cases = Cases(
      database: database, people: people, followers: [Openings.follower], leave: Openings.caseLeave(at: now),
      now: now)
    openings = Openings(cases: cases, accounts: accounts, antennas: antennas, now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (OpeningRoom, RecordID<CaseFile>) async throws -> Void)
    async throws
  {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = OpeningRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [OpeningPages.section])
    let pages = OpeningPages(openings, words: casePages.words(ofAct:), isKnown: casePages.isKnown(_:to:))
    let personPages = PersonPages(
      people, antennas: antennas, reception: CasePaths.reception(sealedQuery:), elsewhere: pages.elsewhere,
      sections: [casePages.personSection])
    try await TestSite.serve(
      [casePages, personPages, pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  func receive(by actor: Actor = Staff.amel, _ family: String = "Zitouni") async throws -> RecordID<CaseFile>
  {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (family, "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: actor.antenna ?? "TUN",
        contact: actor.id, channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: actor)
  }

  func person(of id: RecordID<CaseFile>) async throws -> PersonID {
    try await database.read { db in try cases.require(id, for: .program, in: db).file.person }
  }

  func ticket(to id: RecordID<CaseFile>, for actor: Actor = Staff.emna) async throws -> String {
    try await openings.ticket(to: person(of: id), for: actor)
  }

  static let reason = Opening.Reason(why: .present, words: "She stands at our door without her papers")

  @discardableResult
  func open(
    _ file: RecordID<CaseFile>, id: RecordID<Opening> = RecordID(), _ reason: Opening.Reason = reason,
    by actor: Actor = Staff.emna
  ) async throws -> RecordID<Opening> {
    _ = try await openings.open(ticket(to: file, for: actor), reason, as: id, by: actor)
    return id
  }

  func sees(_ file: RecordID<CaseFile>, _ actor: Actor) async throws -> Bool {
    do {
      _ = try await cases.open(file, for: actor)
      return true
    } catch Refusal.notFound {
      return false
    }
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      let (_, subject) = try cases.require(id, for: .program, in: db)
      return try Journal.history(of: subject, limit: 200, in: db).map(\.act).reversed()
    }
  }

  func need(_ file: RecordID<CaseFile>, by actor: Actor) async throws {
    let need = Need(
      id: RecordID(), kind: .housing, urgency: .today, details: "A roof", recordedOn: Day(of: clock.now),
      metOn: nil, whatWasDone: nil)
    try await cases.record(need, in: file, by: actor)
  }
}
