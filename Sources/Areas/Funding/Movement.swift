import Basics
import Foundation
import Storage

/// A balanced movement of the ledger: its entries sum to nothing in each currency. Never changed, never removed.
package struct Movement: Identifiable, Sendable, Equatable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    /// The amount of an agreement, and what changes it.
    case promise
    /// The amount of a line, and what changes it.
    case allocate
    case receipt, reserve, commit, release, pay
    /// Money of a payment that came back.
    case giveBack = "give-back"
    /// A cost of an operating line.
    case expense
    case reversal
  }

  package let id: RecordID<Movement>
  package let kind: Kind
  package let agreement: RecordID<Agreement>
  package let line: RecordID<BudgetLine>?
  package let reservation: RecordID<Reservation>?
  package let on: Day
  package let at: Date
  package let by: AccountID
  /// The movement that it takes back.
  package let reverses: RecordID<Movement>?
  /// Whether another movement took it back.
  package let isReversed: Bool
  package let because: String?
  /// What rounding put aside, in hundred-millionths of a dinar; nothing where no currency was changed.
  package let remainder: Int64
  package let entries: [Entry]

  /// One account's part of a movement.
  package struct Entry: Sendable, Equatable {
    package let account: LedgerAccount
    package let amount: Money
    /// Of the account after it.
    package let balance: Money
  }
}

/// An account of the ledger. Those of an agreement and of its lines sum to nothing.
package struct LedgerAccount: Hashable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    /// Of the agreement: the funder's promise, as a debt of the funder (negative).
    case promised
    /// Promised and given to no line.
    case open
    /// What arrived of the funder (negative).
    case received
    /// Arrived and set aside for nobody.
    case cash
    /// Set aside, bound or paid, of whatever line.
    case used
    /// Of a line: neither set aside, bound nor paid.
    case free
    case reserved, committed, paid
    /// Paid and given back (negative).
    case returned
    /// Of a line whose aids have another currency: what persons got, in theirs.
    case given
    /// Its other side (negative).
    case exchange
  }

  /// The id of the agreement or of the line.
  package let owner: String
  package let kind: Kind

  package init(_ agreement: RecordID<Agreement>, _ kind: Kind) {
    (owner, self.kind) = (agreement.text, kind)
  }

  package init(_ line: RecordID<BudgetLine>, _ kind: Kind) { (owner, self.kind) = (line.text, kind) }

  init(owner: String, kind: Kind) { (self.owner, self.kind) = (owner, kind) }
}

/// What the trial balance found; a sound ledger has none of it.
package struct TrialBalance: Sendable, Equatable {
  /// Movements whose entries do not sum to nothing in a currency.
  package let unbalanced: [String]
  /// Accounts whose running total is not the sum of their entries.
  package let wrongTotals: [String]
  /// Accounts under the floor they have.
  package let negative: [String]
  /// The sum of all accounts by currency, in minor units: nothing.
  package let totals: [Money.Currency: Int64]

  package var isSound: Bool {
    unbalanced.isEmpty && wrongTotals.isEmpty && negative.isEmpty && totals.values.allSatisfy { $0 == 0 }
  }
}

/// The running totals of a line.
package struct LineTotals: Sendable, Equatable {
  package let free: Money
  package let reserved: Money
  package let committed: Money
  /// Paid, less what was given back.
  package let paid: Money
}
