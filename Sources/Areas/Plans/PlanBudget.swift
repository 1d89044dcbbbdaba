import Basics
import Storage

extension Plan {
  /// What an action costs, who pays it, and whether in money or in goods and services.
  package struct BudgetLine: Identifiable, Equatable, Sendable {
    package enum Way: String, Storable, CaseIterable, Sendable {
      case cash
      case inKind = "in-kind"

      package var label: Phrase {
        switch self {
        case .cash: say("in cash")
        case .inKind: say("in kind")
        }
      }
    }

    package let id: RecordID<BudgetLine>
    /// More than nothing, and at most `most` whole units.
    package let amount: Money
    /// In free words: a fund, the person herself, her family.
    package let payer: String
    package let way: Way
    /// Counts its corrections, from 1.
    package let version: Int

    /// Whole units of the currency: more is a slip of the pen.
    package static let most: Int64 = 100_000_000

    package init(
      id: RecordID<BudgetLine>, amount: Money, payer: String, way: Way, version: Int = 1
    ) {
      self.id = id
      self.amount = amount
      self.payer = payer
      self.way = way
      self.version = version
    }

    package static func reference(_ id: RecordID<BudgetLine>) -> RecordReference {
      RecordReference("plan_budget", id)
    }

    func isSame(as other: BudgetLine) -> Bool {
      (amount, payer, way) == (other.amount, other.payer, other.way)
    }

    /// As it is told and compared: the amount in the smallest unit of its currency.
    var fields: Fields {
      Fields([
        "amount": String(amount.minorUnits), "currency": amount.currency.rawValue, "payer": payer,
        "way": way.rawValue,
      ])
    }

    /// Nil when `fields` are not those of a line.
    init?(id: RecordID<BudgetLine>, _ fields: Fields, version: Int) {
      guard let units = fields["amount"].flatMap({ Int64($0) }), let payer = fields["payer"],
        let currency = fields["currency"].flatMap({ Money.Currency(rawValue: $0) }),
        let way = fields["way"].flatMap({ Way(rawValue: $0) })
      else { return nil }
      self.init(id: id, amount: Money(units, currency), payer: payer, way: way, version: version)
    }
  }

  /// Sums of budget lines. Amounts of two currencies are never added.
  package struct Totals: Equatable, Sendable {
    package struct Payer: Equatable, Sendable {
      package let name: String
      package let amount: Money
    }

    package struct Way: Equatable, Sendable {
      package let way: BudgetLine.Way
      package let amount: Money
    }

    /// One for each currency that occurs.
    package let all: [Money]
    /// One for each payer and currency, in the order in which they are first named.
    package let payers: [Payer]
    package let ways: [Way]
  }

  /// What stands: lines of actions that were not abandoned.
  package var totals: Totals {
    PlanRules.totals(
      goals.filter { $0.reason == nil }.flatMap(\.actions).filter { $0.state != .abandoned }.flatMap(\.budget)
    )
  }
}
