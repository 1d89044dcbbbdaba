import Basics
import Cases
import Foundation
import Storage

/// Who gives the money.
package struct Funder: Identifiable, Sendable, Equatable {
  package let id: RecordID<Funder>
  /// As the funder writes it.
  package let name: String

  package init(id: RecordID<Funder> = RecordID(), name: String) {
    self.id = id
    self.name = name
  }

  static func reference(_ id: RecordID<Funder>) -> RecordReference { RecordReference("funder", id) }
}

/// What a funder has bound itself to pay, for what, and until when.
package struct Agreement: Identifiable, Sendable, Equatable {
  /// Operating costs and what persons get are always kept apart.
  package enum Purpose: String, Storable, CaseIterable, Sendable {
    /// Aids to persons.
    case transfers
    /// Salaries, rents, operators.
    case operating
  }

  /// From which money one may promise.
  package enum Basis: String, Storable, CaseIterable, Sendable {
    /// What the funder has promised.
    case promised
    /// Only what has arrived.
    case received
  }

  package let id: RecordID<Agreement>
  package let funder: RecordID<Funder>
  package let title: String
  package let amount: Money
  package let from: Day
  /// The last day on which money may be reserved or promised.
  package let until: Day
  /// The last day of a payment that the funder accepts; not before `until`.
  package let payUntil: Day
  package let purpose: Purpose
  package let basis: Basis
  /// What it may pay for.
  package let earmark: Earmark
  /// For whom it is meant, in words that no program checks; nil where nothing was said.
  package let profiles: String?
  package let version: Int

  package var currency: Money.Currency { amount.currency }

  package init(
    id: RecordID<Agreement> = RecordID(), funder: RecordID<Funder>, title: String, amount: Money, from: Day,
    until: Day, payUntil: Day? = nil, purpose: Purpose = .transfers, basis: Basis = .promised,
    earmark: Earmark = Earmark(), profiles: String? = nil, version: Int = 1
  ) {
    self.id = id
    self.funder = funder
    self.title = title
    self.amount = amount
    self.from = from
    self.until = until
    self.payUntil = payUntil ?? until
    self.purpose = purpose
    self.basis = basis
    self.earmark = earmark
    self.profiles = profiles
    self.version = version
  }

  static func reference(_ id: RecordID<Agreement>) -> RecordReference { RecordReference("agreement", id) }
}

/// What money may be spent on: in each of the four an empty set means all.
package struct Earmark: Sendable, Equatable {
  /// Of return.
  package var countries: Set<CountryCode>
  package var antennas: Set<AntennaCode>
  package var kinds: Set<AidKindCode>
  /// How one returned.
  package var returns: Set<ReturnFacts.Kind>

  package init(
    countries: Set<CountryCode> = [], antennas: Set<AntennaCode> = [], kinds: Set<AidKindCode> = [],
    returns: Set<ReturnFacts.Kind> = []
  ) {
    self.countries = countries
    self.antennas = antennas
    self.kinds = kinds
    self.returns = returns
  }
}

/// A part of an agreement's amount, with an earmark that may be narrower and is never wider.
package struct BudgetLine: Identifiable, Sendable, Equatable {
  package let id: RecordID<BudgetLine>
  package let agreement: RecordID<Agreement>
  package let name: String
  /// In the agreement's currency.
  package let amount: Money
  package let earmark: Earmark
  package let version: Int

  package init(
    id: RecordID<BudgetLine> = RecordID(), agreement: RecordID<Agreement>, name: String, amount: Money,
    earmark: Earmark = Earmark(), version: Int = 1
  ) {
    self.id = id
    self.agreement = agreement
    self.name = name
    self.amount = amount
    self.earmark = earmark
    self.version = version
  }

  static func reference(_ id: RecordID<BudgetLine>) -> RecordReference { RecordReference("budget_line", id) }
}

/// A part of its money that the funder has promised for a day.
package struct FunderInstalment: Identifiable, Sendable, Equatable {
  package let id: RecordID<FunderInstalment>
  package let agreement: RecordID<Agreement>
  package let due: Day
  package let amount: Money

  package init(
    id: RecordID<FunderInstalment> = RecordID(), agreement: RecordID<Agreement>, due: Day, amount: Money
  ) {
    self.id = id
    self.agreement = agreement
    self.due = due
    self.amount = amount
  }
}

/// Money of a funder that arrived.
package struct FunderReceipt: Identifiable, Sendable, Equatable {
  package let id: RecordID<FunderReceipt>
  package let agreement: RecordID<Agreement>
  package let on: Day
  package let amount: Money
  /// Of the bank or the funder.
  package let note: String?

  package init(
    id: RecordID<FunderReceipt> = RecordID(), agreement: RecordID<Agreement>, on: Day, amount: Money,
    note: String? = nil
  ) {
    self.id = id
    self.agreement = agreement
    self.on = on
    self.amount = amount
    self.note = note
  }
}
