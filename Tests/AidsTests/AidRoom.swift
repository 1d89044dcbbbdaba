import Accounts
import Antennas
import Basics
import Cases
import Committees
import Documents
import Eligibility
import Foundation
import Funding
import Households
import Messages
import Papers
import People
import Storage
import TestSupport
import Testing
import Visits
import Web

@testable import Aids

/// The area on an empty database, with money in dinars, a clock that the test moves and a case in Tunis.
struct AidRoom: Sendable {
  let database: Database
  let clock: TestClock
  let people: People
  let cases: Cases
  let documents: Documents
  let funding: Funding
  let eligibility: Eligibility
  let aids: Aids

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Documents.migrations
    + Visits.migrations + Households.migrations + Messages.migrations + Committees.migrations
    + Funding.migrations
    + Eligibility.migrations + Aids.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { clock.now }
    let (accounts, antennas) = (
      Accounts(database: database, now: now), Antennas(database: database, now: now)
    )
    people = People(database: database, now: now)
    cases = Cases(database: database, people: people, followers: [Aids.follower], now: now)
    documents = Documents(cases: cases, now: now)
    funding = Funding(cases: cases, accounts: accounts, antennas: antennas, now: now)
    let committees = Committees(
      cases: cases, accounts: accounts, antennas: antennas, messages: Messages(cases: cases, now: now),
      now: now)
    var sources = FactSources()
    sources.aids = { files, day, db in
      Dictionary(grouping: try Aids.granted(to: files, by: day, in: db), by: \.file).mapValues { aids in
        aids.map {
          EarlierAid(
            id: $0.id.text, kind: $0.kind, track: $0.track, funder: nil, amount: $0.amount.minorUnits)
        }
      }
    }
    eligibility = Eligibility(cases: cases, sources: sources, now: now)
    aids = Aids(
      cases: cases, documents: documents, funding: funding, committees: committees, eligibility: eligibility,
      accounts: accounts, antennas: antennas, now: now)
  }

  /// What a story needs besides: the case, the budget line that pays, a document of the case.
  struct Ground: Sendable {
    let file: RecordID<CaseFile>
    let money: RecordID<BudgetLine>
    let paper: RecordID<Document>
  }

  /// - Parameter amount: of the budget line, in millimes.
  static func with(
    _ engine: Database.Engine, _ amount: Int64 = 100_000_000, _ body: (AidRoom, Ground) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = AidRoom(database)
      try await body(room, room.ground(amount))
    }
  }

  func ground(_ amount: Int64) async throws -> Ground {
    let funder = Funder(name: "Bailleur A (exemple)")
    try await funding.add(funder, by: Staff.fathi)
    let agreement = Agreement(
      funder: funder.id, title: "Convention", amount: Money(amount, .tnd), from: today + -30,
      until: today + 400)
    try await funding.add(agreement, by: Staff.fathi)
    let line = BudgetLine(agreement: agreement.id, name: "Aides", amount: Money(amount, .tnd))
    try await funding.add(line, by: Staff.fathi)
    let file = try await receive()
    return Ground(file: file, money: line.id, paper: try await document(in: file))
  }

  func serve(papers: Papers? = nil, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve(
      [AidPages(aids, papers: papers)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func receive() async throws -> RecordID<CaseFile> {
    var identity = Identity()
    (identity[.givenLatin], identity[.familyLatin], identity[.phones]) = ("Salma", "Zitouni", "+21620123456")
    return try await cases.receive(
      Reception(
        id: RecordID(), person: PersonID(), identity: identity, antenna: "TUN", contact: Staff.amel.id,
        channel: .walkIn, receivedAt: clock.now, returned: ReturnFacts()), by: Staff.amel)
  }

  func document(in file: RecordID<CaseFile>, _ text: String = "An invoice") async throws -> RecordID<Document>
  {
    let id = RecordID<Document>()
    try await documents.add(
      NewDocument(id: id, kind: .expense, title: "Facture", fileName: "f.txt"),
      DocumentContent(Array(text.utf8)),
      to: file, by: Staff.amel)
    return id
  }

  static func tnd(_ millimes: Int64) -> Money { Money(millimes, .tnd) }

  /// A request of so many millimes, with a tenth of it as her own part.
  func request(_ asked: Int64 = 3_000_000, kind: AidKindCode = .housing, track: AidKind.Track = .social)
    -> Aid.Request
  {
    Aid.Request(
      kind: kind, track: track, purpose: "A roof for the family", cost: Self.tnd(asked + asked / 10),
      asked: Self.tnd(asked), own: Self.tnd(asked / 10), other: Self.tnd(0))
  }

  @discardableResult
  func prepared(_ ground: Ground, _ asked: Int64 = 3_000_000) async throws -> RecordID<Aid> {
    let id = RecordID<Aid>()
    try await aids.prepare(request(asked), as: id, in: ground.file, by: Staff.amel)
    return id
  }

  func granted(_ ground: Ground, _ asked: Int64 = 3_000_000, _ amount: Int64? = nil) async throws -> RecordID<
    Aid
  > {
    let id = try await prepared(ground, asked)
    try await aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
    let decision = Aid.Decision(
      outcome: .granted, amount: Self.tnd(amount ?? asked), on: today, body: "Comité de Tunis", words: nil)
    try await aids.decide(decision, on: id, from: nil, by: Staff.chokri)
    return id
  }

  /// With its contract, in equal parts a month apart.
  func contracted(
    _ ground: Ground, _ asked: Int64 = 3_000_000, parts: Int = 2, way: AidInstalment.Way = .supplier,
    conditions: Set<AidInstalment.Condition> = []
  ) async throws -> Aid {
    let id = try await granted(ground, asked)
    let first = NewInstalment(
      way: way, amount: Self.tnd(0), dueOn: today + 10, conditions: conditions, words: "Rent")
    try await aids.split(first, into: parts, monthsApart: 1, of: id, by: Staff.amel)
    try await aids.sign(
      AidContract(signedOn: today, signedBy: "Amel", followMonths: 12, clauses: 1), of: id, by: Staff.amel)
    return try await read(id)
  }

  /// Records a visit of today in a case, as the room of visits keeps it.
  func visit(_ file: RecordID<CaseFile>) async throws {
    let id = RecordID<Visit>()
    let seen: [UInt8] = [1]
    try await database.write { db in
      try db.run(
        """
        INSERT INTO visit (id, case_file, planned_on, state, made_on, activity, seen)
        VALUES (\(id), \(file), \(today), 'done', \(today), 'going-on', \(seen))
        """)
    }
  }

  static let rib = "10006035183598478831"

  func order(_ part: AidInstalment, _ new: NewOrder? = nil, by actor: Actor = Staff.amel) async throws
    -> RecordID<AidOrder>
  {
    let order = try new ?? NewOrder(payee: "Menuiserie Salem", rib: RIB(typed: Self.rib))
    try await aids.order(order, for: part.id, of: part.aid, by: actor)
    return order.id
  }

  @discardableResult
  func paid(_ part: AidInstalment) async throws -> RecordID<AidOrder> {
    let order = try await order(part)
    try await aids.approve(order, by: Staff.chokri)
    try await aids.pay(order, on: today, reference: "VIR 1", by: Staff.fathi)
    return order
  }

  @discardableResult
  func proven(_ part: AidInstalment, _ amount: Money? = nil, with paper: RecordID<Document>) async throws
    -> RecordID<AidProof>
  {
    let proof = NewProof(
      way: .expense, amount: amount ?? part.amount, on: today, words: "Menuiserie Salem", document: paper)
    try await aids.prove(proof, part.id, of: part.aid, by: Staff.amel)
    try await aids.check(proof.id, .accepted, because: nil, by: Staff.chokri)
    return proof.id
  }

  func read(_ id: RecordID<Aid>, for actor: Actor = Staff.amel) async throws -> Aid {
    try await aids.open(id, for: actor).aid
  }

  func money(of id: RecordID<Aid>) async throws -> ReservationState? {
    try await database.read { db in try aids.money(of: id, in: db) }
  }
}
