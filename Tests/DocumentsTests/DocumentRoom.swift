import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Web

@testable import Documents

/// The area on an empty database, with a case received and a clock that the test moves.
struct DocumentRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let documents: Documents

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Documents.migrations

  init(_ database: Database, clock: TestClock = TestClock(), scanner: VirusScanner? = nil) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { clock.now }
    cases = Cases(
      database: database, people: People(database: database, now: now), followers: [Documents.follower],
      now: now)
    documents = Documents(cases: cases, scanner: scanner, now: now)
  }

  static func with(
    _ engine: Database.Engine, scanner: VirusScanner? = nil,
    _ body: (DocumentRoom, RecordID<CaseFile>) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = DocumentRoom(database, scanner: scanner)
      try await body(room, room.receive())
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = DocumentPages(documents, antennas: Antennas(database: database))
    let casePages = CasePages(
      cases, antennas: Antennas(database: database), accounts: Accounts(database: database),
      sections: [pages.section])
    try await TestSite.serve([casePages, pages], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive(
    by actor: Actor = Staff.amel, _ family: String = "Ben Othman", at antenna: AntennaCode = "TUN"
  ) async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = (family, "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: antenna, contact: actor.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: actor)
  }

  @discardableResult
  func add(
    _ bytes: [UInt8] = Sample.pdf(), _ kind: Document.Kind = .passport, until: Day? = nil,
    id: RecordID<Document> = RecordID(), named name: String = "scan.pdf", to file: RecordID<CaseFile>,
    by actor: Actor = Staff.amel
  ) async throws -> RecordID<Document> {
    let new = NewDocument(id: id, kind: kind, title: "Her paper", validUntil: until, fileName: name)
    try await documents.add(new, DocumentContent(bytes), to: file, by: actor)
    return id
  }

  /// All of a document, as it is handed out.
  func bytes(_ id: RecordID<Document>, of file: RecordID<CaseFile>, for actor: Actor = Staff.amel)
    async throws
    -> [UInt8]
  {
    let opened = try await documents.open(id, in: file, for: actor)
    var bytes: [UInt8] = []
    for number in 0..<DocumentRules.chunkCount(of: opened.document.size) {
      bytes += try await documents.chunk(number, of: opened)
    }
    return bytes
  }

  func list(_ file: RecordID<CaseFile>, for actor: Actor = Staff.amel) async throws -> [Document] {
    try await documents.documents(of: file, after: nil, for: actor).page.documents
  }

  /// What the journal tells of documents, oldest first.
  func acts(_ file: RecordID<CaseFile>) async throws -> [String] {
    try await cases.open(file, for: Staff.chokri).history.map(\.act).filter { $0.hasPrefix("document.") }
      .reversed()
  }

  func close(_ file: RecordID<CaseFile>) async throws {
    let closure = Closure(
      id: RecordID(), outcome: .standing, reason: "Stands", closedOn: today, reopenedOn: nil,
      reopenReason: nil)
    try await cases.close(file, closure, by: Staff.amel)
  }

  func count(_ table: String) async throws -> Int {
    try await database.read { db in try db.value(SQL(stringLiteral: "SELECT count(*) FROM \(table)")) ?? -1 }
  }
}

/// Files of the kinds that people send.
enum Sample {
  /// Of `size` bytes at least; `mark` tells one from another.
  static func pdf(_ size: Int = 200, _ mark: String = "a") -> [UInt8] {
    let head = Array("%PDF-1.4\n%\(mark)\n".utf8)
    var dice = Dice(seed: UInt64(size))
    // Whatever stands in it, no two pieces of it are alike.
    return head + (head.count..<max(size, head.count)).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
  }
}
