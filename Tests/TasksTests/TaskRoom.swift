import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Messages
import People
import Storage
import TestSupport
import Web

@testable import Tasks

/// The area on an empty database, with those who get tasks and a clock that the test moves.
struct TaskRoom: Sendable {
  let database: Database
  let clock: TestClock
  let accounts: Accounts
  let cases: Cases
  let tasks: Tasks
  let messages: Messages

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Messages.migrations
    + Tasks.migrations

  init(_ database: Database, clock: TestClock = TestClock(), dailyLines: [DailyLine] = []) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    accounts = Accounts(database: database, now: now)
    let people = People(database: database, now: now)
    cases = Cases(
      database: database, people: people, followers: [Tasks.follower(accounts, people, at: now)], now: now)
    messages = Messages(cases: cases, now: now)
    tasks = Tasks(
      cases: cases, accounts: accounts, antennas: Antennas(database: database, now: now), messages: messages,
      dailyLines: dailyLines, publicURL: "https://example.org", now: now)
  }

  static func with(_ engine: Database.Engine, _ body: (TaskRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = TaskRoom(database)
      for actor in [Staff.amel, Staff.bilel, Staff.emna] { try await room.hire(actor, .counsellor) }
      try await room.hire(Staff.chokri, .antennaHead)
      try await body(room)
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve([TaskPages(tasks)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  func list(_ list: TaskList, for actor: Actor) async throws -> [String?] {
    try await tasks.list(list, for: actor).tasks.map(\.words)
  }

  private func hire(_ actor: Actor, _ role: Role) async throws {
    try await accounts.create(
      NewAccount(
        id: actor.id, signInName: actor.name, name: actor.name, institution: actor.institution,
        antenna: actor.antenna, roles: [role], language: .english, password: "a long sentence for tests",
        mustChangePassword: false), by: .program)
  }

  func receive(_ family: String = "Zitouni") async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (family, "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  /// The centre gives a case to Sfax.
  func move(_ file: RecordID<CaseFile>) async throws {
    let now = clock.now
    try await database.write { db in
      try cases.give(file, to: "SFA", contact: Staff.emna.id, by: Staff.fathi, at: now, in: db)
    }
  }

  var today: Day { Day(of: clock.now) }

  func task(
    to receiver: OfficeTask.Receiver, _ words: String = "Call the bank", in days: Int = 7,
    about file: RecordID<CaseFile>? = nil, key: String? = nil
  ) -> NewTask {
    NewTask(to: receiver, words: words, due: Day(number: today.number + days), about: file, key: key)
  }

  func words(for actor: Actor) async throws -> [String?] {
    try await tasks.open(for: actor).tasks.map(\.words)
  }
}
