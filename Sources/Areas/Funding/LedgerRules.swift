import Basics

/// What each act books: pure, and balanced by the way it is made. Amounts are in the currency of the agreement, but for
/// what persons got in the currency of their aid.
///
/// The accounts `free`, `reserved`, `committed`, `paid` and `returned` of the lines with `open` are what the funder
/// promised; `cash` and `used` are what arrived.
enum LedgerRules {
  typealias Entries = [LedgerAccount: Int64]

  /// The amount of an agreement becomes larger or smaller.
  static func promise(_ agreement: RecordID<Agreement>, _ change: Int64) -> Entries {
    [LedgerAccount(agreement, .promised): -change, LedgerAccount(agreement, .open): change]
  }

  /// A line gets more of the agreement or gives back to it.
  static func allocate(_ line: BudgetLine, _ change: Int64) -> Entries {
    [LedgerAccount(line.agreement, .open): -change, LedgerAccount(line.id, .free): change]
  }

  static func receive(_ agreement: RecordID<Agreement>, _ amount: Int64) -> Entries {
    [LedgerAccount(agreement, .received): -amount, LedgerAccount(agreement, .cash): amount]
  }

  static func reserve(_ line: BudgetLine, _ cost: Int64) -> Entries {
    moved(line, cost, from: .free, to: .reserved).merging(used(line, cost)) { $0 + $1 }
  }

  /// What was set aside beyond what the contract binds is free again.
  static func commit(_ line: BudgetLine, held: Int64, bound: Int64) -> Entries {
    moved(line, bound, from: .reserved, to: .committed)
      .merging(moved(line, held - bound, from: .reserved, to: .free)) { $0 + $1 }
      .merging(used(line, bound - held)) { $0 + $1 }
  }

  static func release(_ line: BudgetLine, _ cost: Int64, from kind: LedgerAccount.Kind) -> Entries {
    moved(line, cost, from: kind, to: .free).merging(used(line, -cost)) { $0 + $1 }
  }

  /// - Parameter given: what the person gets, where it has another currency than the line.
  static func pay(_ line: BudgetLine, _ cost: Int64, given: Int64?) -> Entries {
    moved(line, cost, from: .committed, to: .paid).merging(self.given(line, given)) { $0 + $1 }
  }

  static func giveBack(_ line: BudgetLine, _ cost: Int64, given: Int64?) -> Entries {
    moved(line, cost, from: .returned, to: .free).merging(used(line, -cost)) { $0 + $1 }
      .merging(self.given(line, given.map { -$0 })) { $0 + $1 }
  }

  static func spend(_ line: BudgetLine, _ cost: Int64) -> Entries {
    moved(line, cost, from: .free, to: .paid).merging(used(line, cost)) { $0 + $1 }
  }

  /// Every entry the other way round.
  static func reversed(_ entries: [Movement.Entry]) -> Entries {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.account, -$0.amount.minorUnits) })
  }

  /// The same for a payment whose aid is over: what was bound for it is bound no more.
  static func reversedAndReleased(_ entries: [Movement.Entry], _ line: BudgetLine) -> Entries {
    var entries = reversed(entries)
    let cost = entries.removeValue(forKey: LedgerAccount(line.id, .committed)) ?? 0
    return entries.merging([LedgerAccount(line.id, .free): cost]) { $0 + $1 }
      .merging(used(line, -cost)) { $0 + $1 }
  }

  /// In this order accounts are held, so that two acts never wait for each other.
  static func ordered(_ entries: Entries) -> [(account: LedgerAccount, amount: Int64)] {
    entries.filter { $0.value != 0 }.map { (account: $0.key, amount: $0.value) }
      .sorted { ($0.account.owner, $0.account.kind.rawValue) < ($1.account.owner, $1.account.kind.rawValue) }
  }

  private static func moved(
    _ line: BudgetLine, _ amount: Int64, from: LedgerAccount.Kind, to: LedgerAccount.Kind
  ) -> Entries {
    [LedgerAccount(line.id, from): -amount, LedgerAccount(line.id, to): amount]
  }

  private static func used(_ line: BudgetLine, _ cost: Int64) -> Entries {
    [LedgerAccount(line.agreement, .cash): -cost, LedgerAccount(line.agreement, .used): cost]
  }

  private static func given(_ line: BudgetLine, _ amount: Int64?) -> Entries {
    guard let amount else { return [:] }
    return [LedgerAccount(line.id, .exchange): -amount, LedgerAccount(line.id, .given): amount]
  }
}
