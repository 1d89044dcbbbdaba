import Basics
import Foundation
import Storage

/// Rates, money that arrives, and costs of operating lines.
extension Funding {
  /// Enters a rate; the same id a second time is the same rate.
  package func enter(_ rate: ExchangeRate, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      guard try RateStore.insert(rate, by: actor, at: now, in: db) else {
        guard try RateStore.find(rate.id, in: db)?.rate == rate else { throw Refusal.sentBefore("rate") }
        return
      }
      try Journal.append(
        "exchange-rate.enter", on: ExchangeRate.reference(rate.id), by: actor, at: now,
        changes: rate.fields.asNew, in: db)
    }
  }

  /// A rate that was entered by mistake counts no more; what was counted with it stays as it is.
  package func withdraw(_ id: RecordID<ExchangeRate>, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      guard try RateStore.find(id, in: db) != nil else { throw Refusal.notFound }
      guard try RateStore.withdraw(id, at: now, in: db) else { return }
      try Journal.append(
        "exchange-rate.withdraw", on: ExchangeRate.reference(id), by: actor, at: now, in: db)
    }
  }

  /// A funder promises a part of its money for a day; the same id a second time is the same promise.
  package func add(_ instalment: FunderInstalment, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    try FundingRules.mustBeAmount(instalment.amount)
    let now = now()
    try await database.write { db in
      let agreement = try AgreementStore.hold(instalment.agreement, in: db)
      try Self.mustBe(instalment.amount, in: agreement.currency)
      guard try InstalmentStore.insert(instalment, in: db) else {
        guard try InstalmentStore.find(instalment.id, in: db) == instalment else {
          throw Refusal.sentBefore("amount")
        }
        return
      }
      let promised = try InstalmentStore.promised(of: agreement.id, in: db)
      guard promised <= agreement.amount.minorUnits else {
        throw Refusal.invalid([
          FieldError("amount", say("The instalments would be more than the agreement: \(agreement.amount)."))
        ])
      }
      try Journal.append(
        "agreement.add-instalment", on: Agreement.reference(agreement.id), by: actor, at: now,
        changes: Fields(["due": instalment.due.description, "amount": instalment.amount.typed]).asNew, in: db)
    }
  }

  /// An instalment that is promised no more.
  package func drop(_ id: RecordID<FunderInstalment>, of agreement: RecordID<Agreement>, by actor: Actor)
    async throws
  {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      _ = try AgreementStore.hold(agreement, in: db)
      guard let kept = try InstalmentStore.find(id, in: db) else { return }
      guard kept.agreement == agreement else { throw Refusal.notFound }
      try InstalmentStore.remove(id, in: db)
      try Journal.append(
        "agreement.drop-instalment", on: Agreement.reference(agreement), by: actor, at: now,
        changes: [
          FieldChange(field: "amount", before: kept.amount.typed, after: nil),
          FieldChange(field: "due", before: kept.due.description, after: nil),
        ], in: db)
    }
  }

  /// Money of a funder arrived; the same id a second time is the same money.
  package func receive(_ receipt: FunderReceipt, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    try FundingRules.mustBeAmount(receipt.amount)
    let now = now()
    try await database.write { db in
      let agreement = try AgreementStore.hold(receipt.agreement, in: db)
      try Self.mustBe(receipt.amount, in: agreement.currency)
      if let kept = try InstalmentStore.receipt(receipt.id, in: db) {
        guard kept == receipt else { throw Refusal.sentBefore("amount") }
        return
      }
      let received =
        -(try LedgerStore.balance(of: LedgerAccount(agreement.id, .received), in: db)?.minorUnits ?? 0)
      let rest = agreement.amount.minorUnits - received
      guard receipt.amount.minorUnits <= rest else {
        throw Refusal.invalid([
          FieldError(
            "amount",
            say("More would have arrived than was promised: \(Money(rest, agreement.currency)) are missing."))
        ])
      }
      let movement = NewMovement(
        kind: .receipt, key: "receipt:\(receipt.id)", agreement: agreement.id, on: receipt.on)
      _ = try book(
        movement, LedgerRules.receive(agreement.id, receipt.amount.minorUnits), by: actor, in: db)
      try InstalmentStore.insert(receipt, movement: movement.id, in: db)
      try Journal.append(
        "agreement.receive", on: Agreement.reference(agreement.id), by: actor, at: now,
        changes: Fields([
          "on": receipt.on.description, "amount": receipt.amount.typed, "note": receipt.note ?? "",
        ]).asNew, in: db)
    }
  }

  /// Records a cost of an operating line; the same id a second time is the same cost.
  package func spend(
    _ amount: Money, of line: RecordID<BudgetLine>, id: RecordID<Movement>, on day: Day, for what: String,
    by actor: Actor
  ) async throws {
    try actor.must(.keepFunds)
    try FundingRules.mustBeAmount(amount)
    let now = now()
    try await database.write { db in
      let line = try AgreementStore.hold(line, in: db)
      guard let agreement = try AgreementStore.agreement(line.agreement, in: db) else {
        throw Refusal.notFound
      }
      try Self.mustBe(amount, in: agreement.currency)
      guard agreement.purpose == .operating else {
        throw Refusal.conflict(say("This money is for aids to persons, not for operating costs."))
      }
      guard (agreement.from...agreement.payUntil).contains(day) else {
        throw Refusal.invalid([
          FieldError(
            "on", say("The funder accepts payments from \(agreement.from) to \(agreement.payUntil) only."))
        ])
      }
      let key = "expense:\(id)"
      if let kept = try LedgerStore.find(key: key, in: db) {
        let isSame =
          kept.line == line.id && kept.on == day && kept.because == what
          && kept.entries.contains { $0.account.kind == .paid && $0.amount == amount }
        guard isSame else { throw Refusal.sentBefore("amount") }
        return
      }
      let movement = NewMovement(
        kind: .expense, key: key, agreement: agreement.id, line: line.id, on: day, because: what)
      do {
        _ = try book(movement, LedgerRules.spend(line, amount.minorUnits), by: actor, in: db)
      } catch let shortage as Shortage {
        let left = Money(max(0, shortage.balance.minorUnits), shortage.balance.currency)
        throw Refusal.invalid([FieldError("amount", say("Not enough money is left: \(left)."))])
      }
      try Journal.append(
        "budget-line.spend", on: BudgetLine.reference(line.id), by: actor, at: now,
        changes: Fields(["on": day.description, "amount": amount.typed]).asNew, in: db)
    }
  }

  /// Takes a receipt or a cost back that was booked by mistake, by a movement the other way round. What became of an aid
  /// is reversed where the aid is.
  /// - Throws: `Refusal.conflict` when the money is spent meanwhile.
  package func reverse(_ id: RecordID<Movement>, because reason: String, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      guard let found = try LedgerStore.find(id, in: db) else { throw Refusal.notFound }
      _ = try AgreementStore.hold(found.agreement, in: db)
      // Once more: somebody may have reversed it before the agreement was held.
      guard let movement = try LedgerStore.find(id, in: db) else { throw Refusal.notFound }
      if movement.isReversed { return }
      guard [.receipt, .expense].contains(movement.kind) else {
        throw Refusal.conflict(say("Only a receipt or a cost is taken back here."))
      }
      let new = NewMovement(
        kind: .reversal, key: "reverse:\(id)", agreement: movement.agreement, line: movement.line,
        on: Day(of: now), reverses: id, because: reason)
      do {
        guard try book(new, LedgerRules.reversed(movement.entries), by: actor, in: db) else { return }
      } catch let shortage as Shortage {
        throw FundingRules.notEnough(Money(max(0, shortage.balance.minorUnits), shortage.balance.currency))
      }
      let record = movement.line.map { BudgetLine.reference($0) } ?? Agreement.reference(movement.agreement)
      try Journal.append("agreement.reverse", on: record, by: actor, at: now, in: db)
    }
  }

  private static func mustBe(_ amount: Money, in currency: Money.Currency) throws(Refusal) {
    guard amount.currency == currency else {
      throw .invalid([FieldError("amount", say("This agreement is in \(currency.rawValue)."))])
    }
  }
}
