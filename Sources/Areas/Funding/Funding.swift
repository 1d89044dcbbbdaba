import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Storage

/// The door of the area: what pages and other areas may ask about the money behind aids.
///
/// The acts on money run in the caller's transaction. One that refuses leaves that transaction to be given up: whoever
/// catches the refusal and goes on would keep half an act.
package struct Funding: Sendable {
  package let database: Database
  let cases: Cases
  let accounts: Accounts
  let antennas: Antennas
  let now: @Sendable () -> Date

  package init(
    cases: Cases, accounts: Accounts, antennas: Antennas, now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.accounts = accounts
    self.antennas = antennas
    self.now = now
  }

  /// Every kind of aid, the inactive too, in the order of the tracks.
  package func kinds(in db: Connection) throws -> [AidKind] { try AidKindStore.list(in: db) }

  /// The name of the funder who pays, for many reservations at once.
  package func funders(of ids: [RecordID<Reservation>], in db: Connection) throws -> [RecordID<Reservation>:
    String]
  {
    try ids.isEmpty ? [:] : ReservationStore.funders(of: ids, in: db)
  }

  /// The names of those who pay, as files of rules and of clauses write them.
  package func funderNames(in db: Connection) throws -> [String] {
    try AgreementStore.funders(in: db).map(\.name)
  }

  /// Whose money a budget line is, by name; nil where there is no such line.
  package func funder(of line: RecordID<BudgetLine>, in db: Connection) throws -> String? {
    guard let line = try AgreementStore.line(line, in: db),
      let agreement = try AgreementStore.agreement(line.agreement, in: db)
    else { return nil }
    return try AgreementStore.funder(agreement.funder, in: db)?.name
  }

  package func kind(_ code: AidKindCode, in db: Connection) throws -> AidKind? {
    try AidKindStore.find(code, in: db)?.kind
  }

  /// The rate of the day, or the latest earlier one that holds on it; nil where none was entered.
  package func rate(on day: Day, in db: Connection) throws -> ExchangeRate? {
    try RateStore.rate(on: day, in: db)
  }

  /// The running totals of a line; nil where there is none.
  package func totals(of line: RecordID<BudgetLine>, in db: Connection) throws -> LineTotals? {
    let balances = try LedgerStore.balances(of: [line.text], in: db)
    guard let free = balances[LedgerAccount(line, .free)] else { return nil }
    func balance(_ kind: LedgerAccount.Kind) -> Money {
      balances[LedgerAccount(line, kind)] ?? Money(0, free.currency)
    }
    return LineTotals(
      free: free, reserved: balance(.reserved), committed: balance(.committed),
      paid: Money(balance(.paid).minorUnits + balance(.returned).minorUnits, free.currency))
  }

  /// Recounts the whole ledger: for tests after every journey, and for whoever audits.
  package func trialBalance(in db: Connection) throws -> TrialBalance { try TrialBalanceStore.check(in: db) }

  /// Books a movement once.
  /// - Returns: false when it was booked before.
  /// - Throws: `Shortage` when an account would fall below its floor.
  func book(_ new: NewMovement, _ entries: LedgerRules.Entries, by actor: Actor, in db: Connection) throws
    -> Bool
  {
    let key = try InstallationKeys.key(for: .office, in: db)
    let because = try new.because.map { try key.seal($0, as: Movement.place(of: new.id)) }
    guard try LedgerStore.insert(new, because: because, by: actor, at: now(), in: db) else { return false }
    for (account, amount) in LedgerRules.ordered(entries) {
      try LedgerStore.post(amount, to: account, of: new.id, in: db)
    }
    return true
  }
}
