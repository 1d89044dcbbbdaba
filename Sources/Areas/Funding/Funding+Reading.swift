import Accounts
import Basics
import Cases
import Foundation
import Storage

/// What those see who may read what money there is: the centre the whole nation, an antenna the lines that may pay for it.
extension Funding {
  /// A page of agreements, those that end first, first. At most 50.
  func list(_ list: AgreementList, after cursor: AgreementCursor?, for actor: Actor) async throws
    -> AgreementsFound
  {
    let sight = try FundingRules.sight(of: actor)
    let today = Day(of: now())
    return try await database.read { db in
      let (agreements, next) = try OverviewStore.agreements(
        list, after: cursor, on: today, seenBy: sight, in: db)
      return AgreementsFound(agreements: try shown(agreements, to: sight, in: db), next: next)
    }
  }

  func open(_ id: RecordID<Agreement>, for actor: Actor) async throws -> AgreementOpened {
    let sight = try FundingRules.sight(of: actor)
    return try await database.read { db in
      let agreement = try OverviewStore.require(id, seenBy: sight, in: db)
      guard let shown = try shown([agreement], to: sight, in: db).first else { throw Refusal.notFound }
      return AgreementOpened(
        shown: shown, instalments: try InstalmentStore.instalments(of: id, in: db),
        receipts: try InstalmentStore.receipts(of: id, in: db))
    }
  }

  /// A line with a page of its ledger, newest first. At most 50 movements.
  func open(_ id: RecordID<BudgetLine>, before: RecordID<Movement>?, for actor: Actor) async throws
    -> LineOpened
  {
    let sight = try FundingRules.sight(of: actor)
    let opened = try await database.read { db -> LineOpened in
      guard let line = try AgreementStore.line(id, in: db) else { throw Refusal.notFound }
      let agreement = try OverviewStore.require(line.agreement, seenBy: sight, in: db)
      guard let whole = try shown([agreement], to: sight, in: db).first,
        let own = whole.lines.first(where: { $0.line.id == id })
      else { throw Refusal.notFound }
      let (movements, next) = try LedgerStore.movements(of: id, before: before, in: db)
      return LineOpened(
        agreement: whole, line: own, movements: movements, next: next,
        files: try files(behind: movements.compactMap(\.reservation), for: actor, in: db), staff: [:])
    }
    let staff = try await accounts.names(of: opened.movements.map(\.by))
    return LineOpened(
      agreement: opened.agreement, line: opened.line, movements: opened.movements, next: opened.next,
      files: opened.files, staff: staff)
  }

  /// One movement, for whoever sees its agreement.
  func movement(_ id: RecordID<Movement>, for actor: Actor) async throws -> Movement {
    let sight = try FundingRules.sight(of: actor)
    return try await database.read { db in
      guard let movement = try LedgerStore.find(id, in: db) else { throw Refusal.notFound }
      _ = try OverviewStore.require(movement.agreement, seenBy: sight, in: db)
      return movement
    }
  }

  /// The same need as `fitting`, of which a reader sees her lines only.
  func fitting(_ need: MoneyNeed, for actor: Actor) async throws -> [LineLeft] {
    let sight = try FundingRules.sight(of: actor)
    return try await database.read { db in
      try fitting(need, in: db).filter { FundingRules.isSeen($0.line, of: $0.agreement, by: sight) }
    }
  }

  func kinds() async throws -> [AidKind] { try await database.read { db in try AidKindStore.list(in: db) } }

  func kind(_ code: AidKindCode) async throws -> (kind: AidKind, version: Int) {
    try await database.read { db in
      guard let kept = try AidKindStore.find(code, in: db) else { throw Refusal.notFound }
      return kept
    }
  }

  func funders() async throws -> [Funder] {
    try await database.read { db in try AgreementStore.funders(in: db) }
  }

  func rates(for actor: Actor) async throws -> [(rate: ExchangeRate, isWithdrawn: Bool)] {
    try actor.must(.readFunds)
    return try await database.read { db in try RateStore.list(in: db) }
  }

  func shown(_ agreements: [Agreement], to sight: OverviewStore.Sight, in db: Connection) throws
    -> [AgreementShown]
  {
    let lines = try AgreementStore.lines(of: agreements.map(\.id), in: db)
    let funders = try AgreementStore.funders(of: agreements, in: db)
    let balances = try LedgerStore.balances(of: agreements.map(\.id.text) + lines.map(\.id.text), in: db)
    let byAgreement = Dictionary(grouping: lines, by: \.agreement)
    return agreements.compactMap { agreement in
      guard let funder = funders[agreement.funder] else { return nil }
      func balance(_ account: LedgerAccount) -> Money { balances[account] ?? Money(0, agreement.currency) }
      let cash = balance(LedgerAccount(agreement.id, .cash))
      let seen = byAgreement[agreement.id, default: []].filter {
        FundingRules.isSeen($0, of: agreement, by: sight)
      }
      return AgreementShown(
        agreement: agreement, funder: funder,
        received: Money(-balance(LedgerAccount(agreement.id, .received)).minorUnits, agreement.currency),
        open: balance(LedgerAccount(agreement.id, .open)),
        lines: seen.map { line in
          let paid = balance(LedgerAccount(line.id, .paid)).minorUnits
          let totals = LineTotals(
            free: balance(LedgerAccount(line.id, .free)),
            reserved: balance(LedgerAccount(line.id, .reserved)),
            committed: balance(LedgerAccount(line.id, .committed)),
            paid: Money(
              paid + balance(LedgerAccount(line.id, .returned)).minorUnits, agreement.currency))
          return LineShown(
            line: line, totals: totals,
            left: FundingRules.left(totals.free, cash: cash, agreement.basis))
        })
    }
  }

  /// The files of reservations, for those who may open them; of an erased person none.
  func files(behind reservations: [RecordID<Reservation>], for actor: Actor, in db: Connection) throws
    -> [RecordID<Reservation>: CaseFile]
  {
    guard actor.may(.openFiles) else { return [:] }
    var found: [RecordID<Reservation>: CaseFile] = [:]
    for id in Set(reservations) {
      guard let file = try ReservationStore.find(id, in: db)?.reservation.file else { continue }
      found[id] = try cases.findUnerased(file, for: actor, in: db)?.file
    }
    return found
  }
}
