import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Messages
import NIOConcurrencyHelpers
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Committees

/// The area on an empty database, with those who sit in committees and a clock that the test moves.
struct CommitteeRoom: Sendable {
  let database: Database
  let clock: TestClock
  let accounts: Accounts
  let people: People
  let cases: Cases
  let messages: Messages
  let committees: Committees
  /// What followers were told.
  let told = NIOLockedValueBox<[Decision]>([])

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Messages.migrations
    + Committees.migrations

  init(
    _ database: Database, clock: TestClock = TestClock(), daysToAppeal: Int? = nil,
    money: MoneyBehind? = nil, grids: CommitteeGrids = .own
  ) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { clock.now }
    accounts = Accounts(database: database, now: now)
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, followers: [Committees.follower], now: now)
    messages = Messages(cases: cases, now: now)
    committees = Committees(
      cases: cases, accounts: accounts, antennas: Antennas(database: database, now: now), messages: messages,
      grids: grids, daysToAppeal: daysToAppeal, money: money, now: now
    ).telling([{ [told] decision, _, _ in told.withLockedValue { $0.append(decision) } }])
  }

  static func with(
    _ engine: Database.Engine, daysToAppeal: Int? = nil, money: MoneyBehind? = nil,
    _ body: (CommitteeRoom) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = CommitteeRoom(database, daysToAppeal: daysToAppeal, money: money)
      for actor in [Staff.amel, Staff.bilel, Staff.emna] { try await room.hire(actor, .counsellor) }
      for actor in [Staff.chokri, Staff.ghazi] { try await room.hire(actor, .antennaHead) }
      try await room.hire(Staff.fathi, .centre)
      try await body(room)
    }
  }

  private func hire(_ actor: Actor, _ role: Role) async throws {
    try await accounts.create(
      NewAccount(
        id: actor.id, signInName: actor.name, name: actor.name, institution: actor.institution,
        antenna: actor.antenna, roles: [role], language: .english, password: "a long sentence for tests",
        mustChangePassword: false), by: .program)
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve(
      [CommitteePages(committees, papers: papers)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive(_ family: String = "Zitouni", by actor: Actor = Staff.amel) async throws -> RecordID<CaseFile>
  {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (family, "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: actor.antenna ?? "TUN",
        contact: actor.id, channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: actor)
  }

  func item(
    _ file: RecordID<CaseFile>, _ amount: Int64 = 4_000_000, track: CommitteeItem.Track = .social,
    by actor: Actor = Staff.amel
  ) -> NewItem {
    NewItem(
      id: RecordID(), file: file, origin: "aid:7", track: track, title: say("Social aid: housing"),
      amount: Money(amount, .tnd), preparedBy: actor.id, summary: "Asecretneed")
  }

  /// A request of Amel's before the committees.
  func submit(
    _ amount: Int64 = 4_000_000, track: CommitteeItem.Track = .social, by actor: Actor = Staff.amel
  ) async throws -> RecordID<CommitteeItem> {
    let item = item(try await receive(by: actor), amount, track: track, by: actor)
    try await committees.submit(item, by: actor)
    return item.id
  }

  /// A session of today with Chokri in the chair, Bilel, Emna and Ghazi, all there.
  func convene(
    _ items: [RecordID<CommitteeItem>], quorum: Int = 3, hidesIdentity: Bool = false, money: Money? = nil,
    members: [Actor] = [Staff.bilel, Staff.emna, Staff.ghazi], chair: Actor = Staff.chokri
  ) async throws -> RecordID<CommitteeSession> {
    let id = RecordID<CommitteeSession>()
    try await committees.convene(
      id,
      SessionDraft(
        antenna: nil, day: today, place: "Tunis", quorum: quorum, hidesIdentity: hidesIdentity, money: money),
      by: Staff.fathi)
    try await committees.seat(chair.id, as: .chair, in: id, by: Staff.fathi)
    for member in members { try await committees.seat(member.id, as: .member, in: id, by: Staff.fathi) }
    if !items.isEmpty { try await committees.list(items, in: id, by: Staff.fathi) }
    try await committees.setPresent(([chair] + members).map(\.id), in: id, by: chair)
    return id
  }

  static let points = ScorePoints(["need": 7, "household": 5, "means": 6, "effect": 8])

  /// Each scores, and votes.
  func vote(
    _ outcome: Decision.Outcome, on item: RecordID<CommitteeItem>, in session: RecordID<CommitteeSession>,
    by actors: [Actor]
  ) async throws {
    for actor in actors {
      try await committees.score(Self.points, on: item, in: session, by: actor)
      try await committees.vote(outcome, on: item, in: session, by: actor)
    }
  }

  static let refusal = Decision.Words(.refused, reason: .criteria, text: "لم تستوف الشروط")

  func open(_ id: RecordID<CommitteeSession>, for actor: Actor = Staff.fathi) async throws -> OpenedSession {
    try await committees.open(id, for: actor)
  }

  var heard: [Decision] { told.withLockedValue { $0 } }

  func decision(of item: RecordID<CommitteeItem>) async throws -> Decision? {
    try await database.read { db in try committees.decision(of: item, in: db) }
  }

  func state(of item: RecordID<CommitteeItem>) async throws -> CommitteeItem.State {
    try await database.read { db in try CommitteeItemStore.require(item, in: db).state }
  }
}
