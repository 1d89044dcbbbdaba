import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Transfers

/// The area on an empty database, with those who can be contact persons and a clock that the test moves.
struct TransferRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let antennas: Antennas
  let accounts: Accounts
  let cases: Cases
  let transfers: Transfers

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Transfers.migrations

  init(_ database: Database) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    antennas = Antennas(database: database, now: now)
    accounts = Accounts(database: database, now: now)
    cases = Cases(
      database: database, people: People(database: database, now: now), followers: [Transfers.follower],
      now: now)
    transfers = Transfers(cases: cases, accounts: accounts, antennas: antennas, now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (TransferRoom, RecordID<CaseFile>) async throws -> Void)
    async throws
  {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = TransferRoom(database)
      for actor in [Staff.amel, Staff.chokri, Staff.emna, Staff.ghazi] { try await room.hire(actor) }
      try await body(room, room.receive())
    }
  }

  private func hire(_ actor: Actor) async throws {
    try await accounts.create(
      NewAccount(
        id: actor.id, signInName: actor.name, name: actor.name, institution: actor.institution,
        antenna: actor.antenna, roles: [.counsellor], language: .english,
        password: "a long sentence for tests", mustChangePassword: false), by: .program)
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = TransferPages(transfers)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
    try await TestSite.serve([casePages, pages], site: { [clock] in $0.now = { clock.now } }, body)
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

  func file(_ id: RecordID<CaseFile>) async throws -> CaseFile {
    try await database.read { db in try cases.require(id, for: Staff.fathi, in: db).file }
  }

  func all(_ id: RecordID<CaseFile>) async throws -> [Transfer] {
    try await cases.open(id, for: Staff.fathi) { opened, db in try transfers.transfers(of: opened, in: db) }.1
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      let (_, subject) = try cases.require(id, for: Staff.fathi, in: db)
      return try Journal.history(of: subject, limit: 200, in: db).map(\.act).filter {
        $0.hasPrefix("transfer.") || $0 == "case.give"
      }.sorted()
    }
  }

  static func words(to antenna: AntennaCode = "SFA", _ summary: String = "She has a plan and a workshop")
    -> Transfer.Offer
  {
    Transfer.Offer(to: antenna, summary: summary, reason: "She has moved")
  }

  @discardableResult
  func offer(
    _ file: RecordID<CaseFile>, id: RecordID<Transfer> = RecordID(), _ offer: Transfer.Offer = words(),
    by actor: Actor = Staff.amel
  ) async throws -> RecordID<Transfer> {
    try await transfers.offer(id, offer, of: file, by: actor)
    return id
  }

  func close(_ id: RecordID<CaseFile>, by actor: Actor) async throws {
    try await cases.close(
      id,
      Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: Day(of: clock.now), reopenedOn: nil,
        reopenReason: nil), by: actor)
  }
}
