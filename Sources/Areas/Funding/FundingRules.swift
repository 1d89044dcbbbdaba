import Basics
import Cases

/// Decisions only: no database, no clock, no request.
enum FundingRules {
  /// Who asks for money is let in by the area that asks; here it must be somebody who has to do with aids at all.
  static let mayHold: [Duty] = [
    .prepareAids, .holdCommittees, .approvePayments, .recordPayments, .keepFunds,
  ]
  static let mayPay: [Duty] = [.recordPayments, .approvePayments]

  static func must(_ duties: [Duty], _ actor: Actor) throws(Refusal) {
    guard let first = duties.first else { return }
    guard duties.contains(where: actor.may) else { throw .notAllowed(first) }
  }

  /// Whose money a reader sees: the centre the whole nation's, an antenna what may pay for it.
  /// - Throws: `Refusal.notAllowed` for whoever may not read what money there is.
  static func sight(of actor: Actor) throws(Refusal) -> OverviewStore.Sight {
    try actor.must(.readFunds)
    if actor.scope == .nation { return .nation }
    return actor.antenna.map { .antenna($0) } ?? .nothing
  }

  static func isSeen(_ line: BudgetLine, of agreement: Agreement, by sight: OverviewStore.Sight) -> Bool {
    switch sight {
    case .nation: true
    case .nothing: false
    case .antenna(let antenna):
      [agreement.earmark.antennas, line.earmark.antennas].allSatisfy { $0.isEmpty || $0.contains(antenna) }
    }
  }

  /// - Throws: `Refusal.invalid` when its days are not in order.
  static func mustBeWhole(_ agreement: Agreement) throws(Refusal) {
    var errors: [FieldError] = []
    if agreement.until < agreement.from {
      errors.append(FieldError("last-day", say("The last day lies before the first.")))
    }
    if agreement.payUntil < agreement.until {
      errors.append(FieldError("pay-until", say("Payments cannot end before promises do.")))
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// What may still be reserved on a line: what is free of it and, where only arrived money counts, of what arrived.
  static func left(_ free: Money, cash: Money, _ basis: Agreement.Basis) -> Money {
    let least = basis == .received ? min(free.minorUnits, cash.minorUnits) : free.minorUnits
    return Money(max(0, least), free.currency)
  }

  /// Why a line does not serve a need, but for the money; empty: it does.
  static func obstacles(
    _ agreement: Agreement, _ line: BudgetLine, kind: AidKindCode, country: CountryCode?,
    returned: ReturnFacts.Kind?, antenna: AntennaCode?, on day: Day
  ) -> [Phrase] {
    var found: [Phrase] = []
    if agreement.purpose == .operating {
      found.append(say("This money is for operating costs, not for aids."))
    }
    if day < agreement.from { found.append(say("The agreement begins on \(agreement.from).")) }
    if day > agreement.until { found.append(say("The agreement ended on \(agreement.until).")) }
    for earmark in [agreement.earmark, line.earmark] {
      found += obstacles(earmark, kind: kind, country: country, returned: returned, antenna: antenna).filter {
        !found.contains($0)
      }
    }
    return found
  }

  private static func obstacles(
    _ earmark: Earmark, kind: AidKindCode, country: CountryCode?, returned: ReturnFacts.Kind?,
    antenna: AntennaCode?
  ) -> [Phrase] {
    var found: [Phrase] = []
    if !earmark.kinds.isEmpty, !earmark.kinds.contains(kind) {
      found.append(say("It does not pay for this kind of aid."))
    }
    if !earmark.countries.isEmpty {
      if let country {
        if !earmark.countries.contains(country) {
          found.append(say("It does not pay for returns from this country."))
        }
      } else {
        found.append(say("It pays for some countries of return only, and the country is not known."))
      }
    }
    if !earmark.returns.isEmpty {
      if let returned {
        if !earmark.returns.contains(returned) {
          found.append(say("It does not pay for this kind of return."))
        }
      } else {
        found.append(say("It pays for some kinds of return only, and the kind is not known."))
      }
    }
    if !earmark.antennas.isEmpty {
      if let antenna {
        if !earmark.antennas.contains(antenna) { found.append(say("It does not pay for this antenna.")) }
      } else {
        found.append(say("It pays for some antennas only, and the antenna is not known."))
      }
    }
    return found
  }

  /// What is wrong with a line's earmark beside that of its agreement: it may be narrower and never wider.
  static func isNarrower(_ line: Earmark, than agreement: Earmark) -> Bool {
    func isWithin<Code>(_ inner: Set<Code>, _ outer: Set<Code>) -> Bool {
      outer.isEmpty || inner.isSubset(of: outer)
    }
    return isWithin(line.countries, agreement.countries) && isWithin(line.antennas, agreement.antennas)
      && isWithin(line.kinds, agreement.kinds) && isWithin(line.returns, agreement.returns)
  }

  static func notEnough(_ left: Money) -> Refusal {
    .conflict(say("Not enough money is left: \(left)."))
  }

  static func noRate(on day: Day) -> Refusal {
    .conflict(
      say("No rate EUR/TND is entered that holds on \(day). Enter it with its source, then try again."))
  }

  /// - Throws: `Refusal.conflict` for nothing, for less than nothing and for more than any agreement holds.
  static func mustBeAmount(_ amount: Money) throws(Refusal) {
    guard amount.minorUnits > 0 else { throw .conflict(say("An amount is more than nothing.")) }
    guard amount.minorUnits <= mostUnits(amount.currency) else {
      throw .conflict(say("This amount is larger than any agreement."))
    }
  }

  /// Whole dinars or euros of one amount.
  static let most: Int64 = 1_000_000_000

  private static func mostUnits(_ currency: Money.Currency) -> Int64 {
    most * (currency == .tnd ? 1_000 : 100)
  }

  /// The cost of the first `paid` of what is `bound`, where all of it costs `held`: counted from the start each time, so
  /// that the parts sum to the whole to the last cent.
  static func cost(of paid: Int64, of bound: Money, held: Int64, rate: Int64?, line: Money.Currency) -> Int64
  {
    guard paid < bound.minorUnits else { return held }
    guard let rate, bound.currency != line else { return paid }
    return Exchange.convert(Money(paid, bound.currency), to: line, at: rate).map { min($0.minorUnits, held) }
      ?? held
  }
}
