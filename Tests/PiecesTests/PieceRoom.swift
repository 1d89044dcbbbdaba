import Accounts
import Antennas
import Basics
import Cases
import Documents
import Foundation
import Papers
import People
import Storage
import TestSupport
import Web

@testable import Pieces

/// The area on an empty database, with a case received.
struct PieceRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let documents: Documents
  let pieces: Pieces

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Documents.migrations
    + Pieces.migrations

  init(_ database: Database, clock: TestClock = TestClock(), knowledge: PieceKnowledge = .own) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(
      database: database, people: People(database: database, now: now),
      followers: [Documents.follower, Pieces.follower],
      now: now)
    documents = Documents(cases: cases, now: now)
    pieces = Pieces(cases: cases, documents: documents, knowledge: knowledge, now: now)
  }

  static func with(
    _ engine: Database.Engine, _ body: (PieceRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = PieceRoom(database)
      try await body(room, room.receive())
    }
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let (antennas, accounts) = (Antennas(database: database), Accounts(database: database))
    let pages = PiecePages(pieces, accounts: accounts, papers: papers)
    let casePages = CasePages(cases, antennas: antennas, accounts: accounts, sections: [pages.section])
    try await TestSite.serve([casePages, pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive() async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Ben Othman", "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  func fields(_ state: Piece.State, _ more: [String: String] = [:]) -> Fields {
    Fields(["state": state.rawValue, "since": today.description].merging(more) { $1 })
  }

  func set(
    _ code: String, _ state: Piece.State, _ more: [String: String] = [:], in id: RecordID<CaseFile>
  ) async throws {
    try await pieces.set(
      code, to: fields(state, more), from: 0, as: RecordID(), in: id, by: Staff.amel)
  }

  @discardableResult
  func upload(
    _ kind: Document.Kind, until: Day? = nil, to id: RecordID<CaseFile>, by actor: Actor = Staff.amel
  ) async throws -> RecordID<Document> {
    let new = NewDocument(id: RecordID(), kind: kind, validUntil: until, fileName: "scan.txt")
    try await documents.add(new, DocumentContent(Array("Her paper".utf8)), to: id, by: actor)
    return new.id
  }

  func line(
    _ code: String, in id: RecordID<CaseFile>, for actor: Actor = Staff.amel
  ) async throws -> PieceLine? {
    try await pieces.open(id, for: actor).1.first { $0.entry.code == code }
  }

  func acts(_ id: RecordID<CaseFile>) async throws -> [String] {
    try await database.read { db in
      try Journal.history(of: cases.require(id, for: Staff.amel, in: db).subject, limit: 200, in: db)
        .map(\.act).filter { $0.hasPrefix("piece.") }.reversed()
    }
  }
}
