import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Questions

/// The area on an empty database, with a clock that the test moves; the centre answers within three days.
struct QuestionRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let cases: Cases
  let questions: Questions

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Questions.migrations

  init(_ database: Database, days: Int? = 3) {
    self.database = database
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    questions = Questions(
      cases: cases, accounts: Accounts(database: database, now: now),
      antennas: Antennas(database: database, now: now), daysToAnswer: days, now: now)
  }

  static func with(_ engine: Database.Engine, days: Int? = 3, _ body: (QuestionRoom) async throws -> Void)
    async throws
  {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      try await body(QuestionRoom(database, days: days))
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve([QuestionPages(questions)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  func receive(_ family: String = "Zitouni") async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (family, "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  static let answer = Question.Answer(outcome: .granted, words: "Yes, this once")
}
