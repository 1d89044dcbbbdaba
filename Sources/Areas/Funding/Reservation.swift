import Basics
import Cases
import Foundation
import Storage

/// What money is looked for.
package struct MoneyNeed: Sendable, Hashable {
  package let amount: Money
  package let kind: AidKindCode
  /// From which the person returned; nil where it is not known, which only money for all countries serves.
  package let country: CountryCode?
  /// How; nil where it is not known.
  package let returned: ReturnFacts.Kind?
  package let antenna: AntennaCode
  /// On which the money is to be reserved.
  package let day: Day

  package init(
    amount: Money, kind: AidKindCode, country: CountryCode?, returned: ReturnFacts.Kind?,
    antenna: AntennaCode, day: Day
  ) {
    self.amount = amount
    self.kind = kind
    self.country = country
    self.returned = returned
    self.antenna = antenna
    self.day = day
  }
}

/// A budget line, what is left of it, and why it does not serve a need.
package struct LineLeft: Sendable, Equatable {
  package let line: BudgetLine
  package let agreement: Agreement
  package let funder: Funder
  /// What may still be reserved, in the line's currency; never negative.
  package let left: Money
  /// The same in the currency of the need, rounded down; nil where a rate is missing.
  package let leftForNeed: Money?
  /// What the need costs on this line, in the line's currency; nil where a rate is missing.
  package let cost: Money?
  /// The rate by which the need was counted; nil where both have one currency, or none is at hand.
  package let rate: ExchangeRate?
  /// Why it does not serve; empty: it does.
  package let obstacles: [Phrase]

  package var serves: Bool { obstacles.isEmpty }

  /// What another amount costs on this line, in its currency; nil where a rate is missing.
  package func cost(of amount: Money) -> Money? {
    amount.currency == left.currency
      ? amount : rate.flatMap { Exchange.convert(amount, to: left.currency, at: $0.millionths) }
  }
}

/// Money that is to be set aside for an aid.
package struct NewReservation: Sendable, Equatable {
  package let id: RecordID<Reservation>
  package let line: RecordID<BudgetLine>
  /// In the currency of the aid, which need not be the line's.
  package let amount: Money
  package let kind: AidKindCode
  /// Whose return and antenna are compared with the earmark.
  package let file: RecordID<CaseFile>?
  /// The same for money that is for no file; a file's own facts come first.
  package let country: CountryCode?
  package let returned: ReturnFacts.Kind?
  package let antenna: AntennaCode?
  /// The day whose rate counts; nil: today.
  package let day: Day?

  package init(
    id: RecordID<Reservation> = RecordID(), line: RecordID<BudgetLine>, amount: Money, kind: AidKindCode,
    file: RecordID<CaseFile>?, country: CountryCode? = nil, returned: ReturnFacts.Kind? = nil,
    antenna: AntennaCode? = nil, day: Day? = nil
  ) {
    self.id = id
    self.line = line
    self.amount = amount
    self.kind = kind
    self.file = file
    self.country = country
    self.returned = returned
    self.antenna = antenna
    self.day = day
  }
}

/// Money of a line that is set aside for one aid: reserved, then bound by a contract, then paid in parts.
package struct Reservation: Identifiable, Sendable, Equatable {
  package enum State: String, Storable, CaseIterable, Sendable {
    case reserved, committed
    /// What was not paid went back to the line.
    case released
  }

  package let id: RecordID<Reservation>
  package let line: RecordID<BudgetLine>
  package let kind: AidKindCode
  package let file: RecordID<CaseFile>?
  package let state: State
  /// Of the aid, as it was asked for.
  package let asked: Money
  /// What the contract binds; nil before it.
  package let bound: Money?
  /// Paid, without what was reversed.
  package let paid: Money
  /// Paid and given back.
  package let returned: Money
  /// The rate that was taken at the start and counts to the end; nil where aid and line have one currency.
  package let rate: Int64?
  /// The last day on which a payment is expected; nil where nobody said.
  package let expected: Day?

  static func reference(_ id: RecordID<Reservation>) -> RecordReference {
    RecordReference("fund_reservation", id)
  }
}

/// Where the money of a reservation is, in the currency of the aid.
package struct ReservationState: Sendable, Equatable {
  package let state: Reservation.State
  /// Set aside and not yet bound.
  package let reserved: Money
  /// Bound and not yet paid.
  package let committed: Money
  /// Paid, less what was given back.
  package let paid: Money
  /// What may still be paid under the contract; the same as `committed`.
  package var left: Money { committed }
}

/// A payment to a person or for her, out of a reservation.
package struct FundPayment: Identifiable, Sendable, Equatable {
  package let id: RecordID<FundPayment>
  package let reservation: RecordID<Reservation>
  /// In the currency of the aid.
  package let amount: Money
  /// What it took from the line, in the line's currency.
  package let cost: Money
  package let on: Day
  /// In the currency of the aid.
  package let returned: Money
  package let isReversed: Bool
}

/// Money that came back of a payment.
package enum FundReturn {}
