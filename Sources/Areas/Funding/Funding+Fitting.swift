import Basics
import Storage

extension Funding {
  /// Every line of the agreements that have not ended by the day, with what is left of it and why it does not serve:
  /// those that serve first, by the day on which their money ends.
  package func fitting(_ need: MoneyNeed, in db: Connection) throws -> [LineLeft] {
    let agreements = try AgreementStore.agreements(
      "until_day >= \(need.day) AND purpose = \(Agreement.Purpose.transfers)", limit: 500, in: db)
    let lines = try AgreementStore.lines(of: agreements.map(\.id), in: db)
    let funders = try AgreementStore.funders(of: agreements, in: db)
    let balances = try LedgerStore.balances(
      of: agreements.map(\.id.text) + lines.map(\.id.text), in: db)
    let rate = try RateStore.rate(on: need.day, in: db)
    let isActive = try AidKindStore.find(need.kind, in: db)?.kind.isActive == true
    let byAgreement = Dictionary(grouping: lines, by: \.agreement)
    let found = agreements.flatMap { agreement in
      byAgreement[agreement.id, default: []].compactMap { line -> LineLeft? in
        guard let funder = funders[agreement.funder] else { return nil }
        return lineLeft(need, agreement, line, funder, balances, rate, isActive: isActive)
      }
    }
    return found.filter(\.serves) + found.filter { !$0.serves }
  }

  /// Whose money is set aside by which reservation, and how much of it in the line's currency.
  package func held(by ids: [RecordID<Reservation>], in db: Connection) throws -> [RecordID<Reservation>:
    (line: RecordID<BudgetLine>, cost: Money)]
  {
    try ids.isEmpty ? [:] : ReservationStore.held(by: ids, in: db)
  }

  /// Budget lines as they are named, with what may still be reserved of each.
  package func left(of ids: [RecordID<BudgetLine>], in db: Connection) throws -> [RecordID<BudgetLine>:
    (name: String, left: Money)]
  {
    let lines = try AgreementStore.lines(ids, in: db)
    let owners = Array(Set(lines.map(\.agreement)))
    let agreements = try AgreementStore.agreements(
      "id IN (\(list: owners))", limit: max(1, owners.count), in: db)
    let funders = try AgreementStore.funders(of: agreements, in: db)
    let balances = try LedgerStore.balances(of: owners.map(\.text) + lines.map(\.id.text), in: db)
    return Dictionary(
      uniqueKeysWithValues: lines.compactMap { line in
        guard let agreement = agreements.first(where: { $0.id == line.agreement }),
          let funder = funders[agreement.funder]
        else { return nil }
        let nothing = Money(0, agreement.currency)
        let left = FundingRules.left(
          balances[LedgerAccount(line.id, .free)] ?? nothing,
          cash: balances[LedgerAccount(agreement.id, .cash)] ?? nothing, agreement.basis)
        return (line.id, ("\(funder.name) · \(line.name)", left))
      })
  }

  private func lineLeft(
    _ need: MoneyNeed, _ agreement: Agreement, _ line: BudgetLine, _ funder: Funder,
    _ balances: [LedgerAccount: Money], _ rate: ExchangeRate?, isActive: Bool
  ) -> LineLeft {
    let nothing = Money(0, agreement.currency)
    let left = FundingRules.left(
      balances[LedgerAccount(line.id, .free)] ?? nothing,
      cash: balances[LedgerAccount(agreement.id, .cash)] ?? nothing, agreement.basis)
    var obstacles = FundingRules.obstacles(
      agreement, line, kind: need.kind, country: need.country, returned: need.returned, antenna: need.antenna,
      on: need.day)
    if !isActive { obstacles.append(say("Nothing new is given of this kind of aid.")) }
    let needsRate = need.amount.currency != agreement.currency
    var (cost, leftForNeed): (Money?, Money?) = (need.amount, left)
    if needsRate {
      cost = rate.flatMap { Exchange.convert(need.amount, to: agreement.currency, at: $0.millionths) }
      leftForNeed = rate.flatMap { Exchange.convertDown(left, to: need.amount.currency, at: $0.millionths) }
      if rate == nil { obstacles.append(say("No rate EUR/TND is entered that holds on \(need.day).")) }
    }
    if let cost, cost.minorUnits > left.minorUnits {
      obstacles.append(say("Not enough money is left: \(left)."))
    }
    return LineLeft(
      line: line, agreement: agreement, funder: funder, left: left, leftForNeed: leftForNeed, cost: cost,
      rate: needsRate ? rate : nil, obstacles: obstacles)
  }
}
