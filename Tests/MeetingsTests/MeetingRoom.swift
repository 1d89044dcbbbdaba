import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Messages
import Papers
import People
import Storage
import Tasks
import TestSupport
import Web

@testable import Meetings

/// The area on an empty database, with a clock that the test moves, staff and a case in Tunis.
struct MeetingRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let accounts: Accounts
  let cases: Cases
  let tasks: Tasks
  let meetings: Meetings

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Messages.migrations
    + Tasks.migrations + Meetings.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { clock.now }
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, now: now)
    accounts = Accounts(database: database, now: now)
    let antennas = Antennas(database: database, now: now)
    tasks = Tasks(
      cases: cases, accounts: accounts, antennas: antennas, messages: Messages(cases: cases, now: now),
      followers: [Meetings.taskFollower], now: now)
    meetings = Meetings(cases: cases, tasks: tasks, accounts: accounts, antennas: antennas, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (MeetingRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = MeetingRoom(database)
      try await room.hire(Staff.amel, .counsellor)
      try await room.hire(Staff.chokri, .antennaHead)
      try await room.hire(Staff.fathi, .centre)
      try await body(room, room.receive())
    }
  }

  func serve(
    _ language: Language = .english, papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void
  ) async throws {
    try await TestSite.serve(
      [MeetingPages(meetings, papers: papers)], language: language,
      site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

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

  /// Runs `body` while a transaction that gives the case to Sfax is not at its end yet.
  func whileMoving(_ file: RecordID<CaseFile>, _ body: @escaping @Sendable () async throws -> Void)
    async throws
  {
    try await database.during(
      { [cases, now = clock.now] db in
        try cases.give(file, to: "SFA", contact: Staff.emna.id, by: .program, at: now, in: db)
      }, body)
  }

  var head: MeetingHead { MeetingHead(day: today, present: [Staff.amel.id], guests: "The delegate") }

  func begin(by actor: Actor = Staff.chokri) async throws -> RecordID<Meeting> {
    let id = RecordID<Meeting>()
    try await meetings.begin(id, head, by: actor)
    return id
  }

  func item(
    _ words: String = "The room is too small", about file: RecordID<CaseFile>? = nil,
    decision: String? = "Ask for another room"
  ) -> NewMeetingItem {
    NewMeetingItem(
      about: file, words: words,
      decision: decision.map {
        NewMeetingItem.Decision(words: $0, to: .person(Staff.amel.id), due: today + 7)
      })
  }

  func waiting(for actor: Actor = Staff.amel) async throws -> [OfficeTask] {
    try await tasks.open(for: actor).tasks
  }
}
