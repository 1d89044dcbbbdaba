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

@testable import Reviews

/// The area on an empty database, with a clock that the test moves and files in Tunis.
struct ReviewRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let cases: Cases
  let tasks: Tasks
  let reviews: Reviews

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Messages.migrations
    + Tasks.migrations + Reviews.migrations

  /// A second rater of the centre.
  static let ines = colleague("Ines")
  static let karim = colleague("Karim")

  private static func colleague(_ name: String) -> Actor {
    Actor(
      id: AccountID(), name: name, institution: "OTE", antenna: nil, scope: .nation,
      duties: Role.centre.duties)
  }

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { clock.now }
    people = People(database: database, now: now)
    cases = Cases(
      database: database, people: people, followers: [Reviews.follower(people, at: now)], now: now)
    let (accounts, antennas) = (
      Accounts(database: database, now: now), Antennas(database: database, now: now)
    )
    tasks = Tasks(
      cases: cases, accounts: accounts, antennas: antennas, messages: Messages(cases: cases, now: now),
      followers: [Reviews.taskFollower], now: now)
    reviews = Reviews(cases: cases, tasks: tasks, accounts: accounts, antennas: antennas, now: now)
  }

  /// - Parameter files: received in Tunis.
  static func with(
    _ engine: Database.Engine, files: Int = 6,
    _ body: (ReviewRoom, [RecordID<CaseFile>]) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = ReviewRoom(database)
      var received: [RecordID<CaseFile>] = []
      for number in 0..<files { received.append(try await room.receive("Zitouni \(number)")) }
      try await body(room, received)
    }
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve(
      [ReviewPages(reviews, papers: papers)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  @discardableResult
  func receive(_ family: String, at antenna: AntennaCode = "TUN") async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (family, "+21620123456")
    let actor = antenna == "TUN" ? Staff.amel : Staff.emna
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: antenna, contact: actor.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: actor)
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

  var criteria: ReviewRound.Criteria {
    ReviewRound.Criteria(antenna: "TUN", basis: .received, days: (today + -30)...today)
  }

  /// - Returns: the first file that was drawn.
  func draw(count: Int = 3, raters: Int = 2, seed: Int = 7) async throws -> (
    RecordID<ReviewRound>, ReviewEntry
  ) {
    let new = NewReviewRound(criteria, count: count, raters: raters)
    try await reviews.draw(new, seed: seed, by: Staff.fathi)
    let opened = try await reviews.open(new.id, for: Staff.fathi)
    return (new.id, opened.entries[0])
  }

  static let items = ReviewKnowledge.own.checklist(1)?.items.map(\.code) ?? []

  func draft(_ answer: ReviewReading.Answer = .yes, words: String = "Nothing is there", isDone: Bool = true)
    -> ReviewDraft
  {
    ReviewDraft(
      answers: Dictionary(uniqueKeysWithValues: Self.items.map { ($0, answer) }),
      words: answer == .no ? [Self.items[0]: words].merging(Self.items.map { ($0, words) }) { $1 } : [:],
      isDone: isDone)
  }

  func finding(_ words: String = "Write her number down") -> NewReviewFinding {
    NewReviewFinding(item: Self.items[0], to: .contact, words: words, due: today + 7)
  }
}
