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

@testable import Complaints

/// The area on an empty database, with a clock that the test moves and a case in Tunis.
struct ComplaintRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let cases: Cases
  let complaints: Complaints

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Complaints.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { clock.now }
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, now: now)
    complaints = Complaints(
      database: database, cases: cases, accounts: Accounts(database: database),
      antennas: Antennas(database: database), now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (ComplaintRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = ComplaintRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve(
      [ComplaintPages(complaints, papers: papers)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive() async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  func draft(
    _ words: String = "She waited for three weeks", about: AccountID? = nil, decidedBy: AccountID? = nil
  ) -> ComplaintDraft {
    ComplaintDraft(
      id: RecordID(), kind: .delay, channel: .spoken, language: .arabic, receivedOn: today, about: about,
      decidedBy: decidedBy, words: words)
  }

  @discardableResult
  func record(
    _ draft: ComplaintDraft, about file: RecordID<CaseFile>? = nil, by actor: Actor = Staff.amel
  ) async throws -> RecordID<Complaint> {
    try await complaints.record(draft, about: file, at: "TUN", by: actor)
    return draft.id
  }

  static let answer = Complaint.Answer(
    outcome: .partly, reason: "The term was missed", words: "نعتذر عن التأخير")

  func sees(_ id: RecordID<Complaint>, _ actor: Actor) async throws -> Bool {
    do {
      _ = try await complaints.open(id, for: actor)
      return true
    } catch Refusal.notFound {
      return false
    }
  }

  func listed(_ list: ComplaintList, _ actor: Actor) async throws -> [RecordID<Complaint>] {
    try await complaints.list(list, after: nil, for: actor).lines.map(\.id)
  }
}
