import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing
import Web

@testable import Funding

/// The area on an empty database, with an agreement in euros and one line, and a clock that the test moves.
struct FundingRoom: Sendable {
  let database: Database
  let clock: TestClock
  let cases: Cases
  let funding: Funding
  let funder = Funder(name: "Bailleur A (exemple)")

  static let migrations =
    Antennas.migrations + Accounts.migrations + People.migrations + Cases.migrations + Funding.migrations

  init(_ database: Database, clock: TestClock = TestClock()) {
    self.database = database
    self.clock = clock
    let now: @Sendable () -> Date = { [clock] in clock.now }
    cases = Cases(database: database, people: People(database: database, now: now), now: now)
    funding = Funding(
      cases: cases, accounts: Accounts(database: database, now: now),
      antennas: Antennas(database: database, now: now), now: now)
  }

  /// After every journey the books are sound.
  static func with(_ engine: Database.Engine, _ body: (FundingRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: migrations) { database in
      let room = FundingRoom(database)
      try await room.funding.add(room.funder, by: Staff.fathi)
      try await body(room)
      let balance = try await database.read { db in try room.funding.trialBalance(in: db) }
      #expect(balance.isSound, "\(balance)")
    }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve([FundingPages(funding)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  var today: Day { Day(of: clock.now) }

  func agreement(
    _ amount: Money = Money(100_000_00, .eur), days: Int = 300, purpose: Agreement.Purpose = .transfers,
    basis: Agreement.Basis = .promised, earmark: Earmark = Earmark()
  ) async throws -> Agreement {
    let agreement = Agreement(
      funder: funder.id, title: "Convention 2026", amount: amount, from: today + -30, until: today + days,
      payUntil: today + days + 60, purpose: purpose, basis: basis, earmark: earmark)
    try await funding.add(agreement, by: Staff.fathi)
    return agreement
  }

  @discardableResult
  func line(
    of agreement: Agreement, _ amount: Money? = nil, earmark: Earmark = Earmark(), name: String = "Aides"
  ) async throws -> BudgetLine {
    let line = BudgetLine(
      agreement: agreement.id, name: name, amount: amount ?? agreement.amount, earmark: earmark)
    try await funding.add(line, by: Staff.fathi)
    return line
  }

  /// 3,3845 dinars for a euro, from a month ago for a year.
  @discardableResult
  func rate(_ millionths: Int64 = 3_384_500, from days: Int = -30, for length: Int = 365) async throws
    -> ExchangeRate
  {
    let rate = ExchangeRate(
      from: today + days, until: today + days + length, millionths: millionths, source: "Banque (exemple)")
    try await funding.enter(rate, by: Staff.fathi)
    return rate
  }

  @discardableResult
  func reserve(
    _ amount: Money, on line: BudgetLine, id: RecordID<Reservation> = RecordID(),
    kind: AidKindCode = .housing, country: CountryCode? = nil, returned: ReturnFacts.Kind? = nil,
    antenna: AntennaCode? = "TUN", by actor: Actor = Staff.amel
  ) async throws -> RecordID<Reservation> {
    let new = NewReservation(
      id: id, line: line.id, amount: amount, kind: kind, file: nil, country: country,
      returned: returned, antenna: antenna)
    try await database.write { [funding] db in try funding.reserve(new, in: db, by: actor) }
    return id
  }

  func commit(_ id: RecordID<Reservation>, _ amount: Money, expected: Day? = nil) async throws {
    try await database.write { [funding] db in
      try funding.commit(id, amount, expected: expected, in: db, by: Staff.amel)
    }
  }

  func release(_ id: RecordID<Reservation>) async throws {
    try await database.write { [funding] db in try funding.release(id, in: db, by: Staff.amel) }
  }

  @discardableResult
  func pay(
    _ id: RecordID<Reservation>, _ amount: Money, as payment: RecordID<FundPayment> = RecordID(),
    on day: Day? = nil
  ) async throws -> RecordID<FundPayment> {
    let on = day ?? today
    try await database.write { [funding] db in
      try funding.pay(id, payment, amount, on: on, in: db, by: Staff.fathi)
    }
    return payment
  }

  func giveBack(
    _ payment: RecordID<FundPayment>, _ amount: Money, id: RecordID<FundReturn> = RecordID()
  ) async throws {
    try await database.write { [funding] db in
      try funding.giveBack(payment, amount, id: id, because: "Trop perçu", in: db, by: Staff.fathi)
    }
  }

  func reverse(_ payment: RecordID<FundPayment>) async throws {
    try await database.write { [funding] db in
      try funding.reverse(payment, because: "Rejet de la banque", in: db, by: Staff.fathi)
    }
  }

  func state(_ id: RecordID<Reservation>) async throws -> ReservationState? {
    try await database.read { [funding] db in try funding.state(of: id, in: db) }
  }

  func fitting(_ need: MoneyNeed) async throws -> [LineLeft] {
    try await database.read { [funding] db in try funding.fitting(need, in: db) }
  }

  func need(
    _ amount: Money, _ kind: AidKindCode = .housing, country: CountryCode? = nil,
    returned: ReturnFacts.Kind? = nil, antenna: AntennaCode = "TUN",
    on day: Day? = nil
  ) -> MoneyNeed {
    MoneyNeed(
      amount: amount, kind: kind, country: country, returned: returned, antenna: antenna,
      day: day ?? today)
  }

  /// Balances of a line by account, in minor units; accounts without any are left out.
  func books(_ line: BudgetLine) async throws -> [LedgerAccount.Kind: Int64] {
    try await database.read { db in
      let balances = try LedgerStore.balances(of: [line.id.text], in: db)
      return Dictionary(uniqueKeysWithValues: balances.map { ($0.key.kind, $0.value.minorUnits) })
        .filter { $0.value != 0 }
    }
  }

  /// What a refusal says; nil where there was none.
  func refusal(_ body: () async throws -> Void) async -> String? {
    do {
      try await body()
      return nil
    } catch Refusal.conflict(let phrase) {
      return Reader(.english)(phrase)
    } catch Refusal.invalid(let errors) {
      return errors.map { Reader(.english)($0.message) }.joined(separator: "\n")
    } catch {
      return "\(error)"
    }
  }
}

func eur(_ cents: Int64) -> Money { Money(cents, .eur) }
func tnd(_ millimes: Int64) -> Money { Money(millimes, .tnd) }
