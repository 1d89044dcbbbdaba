import Basics
import Foundation
import Storage

/// What those who keep the money do: kinds of aid, funders, agreements and their lines.
extension Funding {
  /// Adds a kind of aid; the same code with the same facts a second time is the same kind.
  package func add(_ kind: AidKind, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      guard try AidKindStore.insert(kind, in: db) else {
        guard try AidKindStore.find(kind.id, in: db)?.kind == kind else {
          throw Refusal.invalid([FieldError("kind-code", say("This code is in use. Choose another one."))])
        }
        return
      }
      try Journal.append(
        "aid-kind.add", on: AidKind.reference(kind.id), by: actor, at: now, version: 1,
        changes: kind.fields.asNew, in: db)
    }
  }

  /// Changes the names or the track of a kind, or ends it, from the version that was read.
  package func change(_ kind: AidKind, from version: Int, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      let (kept, current) = try AidKindStore.hold(kind.id, in: db)
      guard kept != kind else { return }
      let merged = try Journal.merge(
        kind.fields, from: version, of: AidKind.reference(kind.id), into: kept.fields, key: nil, in: db)
      guard let whole = AidKind(id: kind.id, merged) else { throw Refusal.notFound }
      try AidKindStore.update(whole, in: db)
      try Journal.append(
        "aid-kind.change", on: AidKind.reference(kind.id), by: actor, at: now, version: current + 1,
        changes: kept.fields.changes(to: merged), in: db)
    }
  }

  /// Adds a funder; the same id a second time is the same funder.
  package func add(_ funder: Funder, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      guard try AgreementStore.insert(funder, in: db) else {
        guard try AgreementStore.funder(funder.id, in: db) == funder else {
          throw Refusal.invalid([FieldError("name", say("There is a funder of this name already."))])
        }
        return
      }
      try Journal.append(
        "funder.add", on: Funder.reference(funder.id), by: actor, at: now,
        changes: Fields(["name": funder.name]).asNew, in: db)
    }
  }

  /// Enters an agreement; the same id a second time is the same agreement.
  /// - Throws: `Refusal.sentBefore` when it came with other facts then.
  package func add(_ agreement: Agreement, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    try FundingRules.mustBeAmount(agreement.amount)
    try FundingRules.mustBeWhole(agreement)
    let now = now()
    try await database.write { db in
      guard try AgreementStore.funder(agreement.funder, in: db) != nil else { throw Refusal.notFound }
      guard try AgreementStore.insert(agreement, in: db) else {
        guard let kept = try AgreementStore.agreement(agreement.id, in: db) else { throw Refusal.notFound }
        guard kept.version > 1 || kept.fields == agreement.fields else {
          throw Refusal.sentBefore("title", kept: kept.title)
        }
        return
      }
      for kind in [LedgerAccount.Kind.promised, .received, .used] {
        try LedgerStore.open(
          LedgerAccount(agreement.id, kind), agreement.currency, floor: kind == .used ? 0 : nil, in: db)
      }
      try LedgerStore.open(LedgerAccount(agreement.id, .open), agreement.currency, floor: 0, in: db)
      try LedgerStore.open(
        LedgerAccount(agreement.id, .cash), agreement.currency,
        floor: agreement.basis == .received ? 0 : nil, in: db)
      let movement = NewMovement(
        kind: .promise, key: "promise:\(agreement.id):1", agreement: agreement.id, on: Day(of: now))
      _ = try book(
        movement, LedgerRules.promise(agreement.id, agreement.amount.minorUnits), by: actor, in: db)
      try Journal.append(
        "agreement.add", on: Agreement.reference(agreement.id), by: actor, at: now, version: 1,
        changes: agreement.fields.asNew, in: db)
    }
  }

  /// Changes an agreement from the version that was read. Its funder, currency and purpose stay.
  /// - Throws: `Refusal.invalid` with the lines that stand in the way, when it shrinks below what they hold or would no
  ///   longer pay for what they may pay for.
  package func change(_ agreement: Agreement, from version: Int, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    try FundingRules.mustBeAmount(agreement.amount)
    let now = now()
    try await database.write { db in
      let kept = try AgreementStore.hold(agreement.id, in: db)
      let merged = try Journal.merge(
        agreement.fields, from: version, of: Agreement.reference(kept.id), into: kept.fields, key: nil, in: db
      )
      guard merged != kept.fields, let whole = Agreement(kept, merged) else { return }
      try FundingRules.mustBeWhole(whole)
      let lines = try AgreementStore.lines(of: [kept.id], in: db)
      // Whoever reserves on one of them waits, and then finds the new earmark.
      for line in lines { _ = try AgreementStore.hold(line.id, in: db) }
      try mayBecome(whole, lines, in: db)
      try mustHold(whole, in: db)
      let change = whole.amount.minorUnits - kept.amount.minorUnits
      let movement = NewMovement(
        kind: .promise, key: "promise:\(kept.id):\(whole.version)", agreement: kept.id, on: Day(of: now))
      if change != 0 {
        do {
          _ = try book(movement, LedgerRules.promise(kept.id, change), by: actor, in: db)
        } catch is Shortage { throw try shrunk(whole, lines, in: db) }
      }
      try setBasis(whole, in: db)
      try AgreementStore.update(whole, in: db)
      try Journal.append(
        "agreement.change", on: Agreement.reference(kept.id), by: actor, at: now, version: whole.version,
        changes: kept.fields.changes(to: merged), in: db)
    }
  }

  private func mayBecome(_ agreement: Agreement, _ lines: [BudgetLine], in db: Connection) throws {
    let wider = lines.filter { !FundingRules.isNarrower($0.earmark, than: agreement.earmark) }
    guard wider.isEmpty else {
      throw Refusal.invalid(
        wider.map { line in
          FieldError("kinds", say("The line “\(line.name)” may pay for more than that. Narrow it first."))
        })
    }
  }

  /// An agreement is not less than what arrived of it, nor than what its instalments promise.
  private func mustHold(_ agreement: Agreement, in db: Connection) throws {
    let arrived =
      -(try LedgerStore.balance(of: LedgerAccount(agreement.id, .received), in: db)?.minorUnits ?? 0)
    let promised = try InstalmentStore.promised(of: agreement.id, in: db)
    guard agreement.amount.minorUnits >= max(arrived, promised) else {
      let (one, other) = (Money(arrived, agreement.currency), Money(promised, agreement.currency))
      throw Refusal.invalid([
        FieldError(
          "amount", say("Of this agreement \(one) have arrived, and \(other) are promised by instalments."))
      ])
    }
  }

  /// What each line holds, so that one sees where to begin.
  private func shrunk(_ agreement: Agreement, _ lines: [BudgetLine], in db: Connection) throws -> Refusal {
    let totals = try LedgerStore.balances(of: lines.map(\.id.text), in: db)
    let whole = lines.reduce(Int64(0)) { $0 + $1.amount.minorUnits }
    let first = FieldError(
      "amount",
      say("The lines of this agreement hold \(Money(whole, agreement.currency)). Make them smaller first."))
    return .invalid(
      [first]
        + lines.map { line in
          let bound = [LedgerAccount.Kind.reserved, .committed, .paid, .returned].reduce(Int64(0)) {
            $0 + (totals[LedgerAccount(line.id, $1)]?.minorUnits ?? 0)
          }
          return FieldError(
            "amount",
            say(
              "“\(line.name)”: \(line.amount), of which \(Money(bound, agreement.currency)) are reserved, committed or paid."
            ))
        })
  }

  private func setBasis(_ agreement: Agreement, in db: Connection) throws {
    let floor: Int64? = agreement.basis == .received ? 0 : nil
    let cash = LedgerAccount(agreement.id, .cash)
    guard try LedgerStore.setFloor(cash, floor, in: db) else {
      let balance = try LedgerStore.balance(of: cash, in: db)
      let missing = Money(-(balance?.minorUnits ?? 0), agreement.currency)
      throw Refusal.invalid([
        FieldError("basis", say("More is reserved or paid than has arrived: \(missing) are missing."))
      ])
    }
  }

  /// Adds a line; the same id a second time is the same line.
  package func add(_ line: BudgetLine, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    try FundingRules.mustBeAmount(line.amount)
    let now = now()
    try await database.write { db in
      let agreement = try AgreementStore.hold(line.agreement, in: db)
      try mustFit(line, agreement)
      guard try AgreementStore.insert(line, in: db) else {
        guard let kept = try AgreementStore.line(line.id, in: db), kept.agreement == line.agreement else {
          throw Refusal.notFound
        }
        guard kept.version > 1 || kept == line else { throw Refusal.sentBefore("name", kept: kept.name) }
        return
      }
      guard try AgreementStore.lines(of: [agreement.id], in: db).count < AgreementStore.mostLines else {
        throw Refusal.conflict(say("An agreement has at most \(AgreementStore.mostLines) lines."))
      }
      for kind in [LedgerAccount.Kind.free, .reserved, .committed, .paid] {
        try LedgerStore.open(LedgerAccount(line.id, kind), agreement.currency, floor: 0, in: db)
      }
      try LedgerStore.open(LedgerAccount(line.id, .returned), agreement.currency, floor: nil, in: db)
      try allocate(line, line.amount.minorUnits, of: 1, by: actor, at: now, in: db)
      try Journal.append(
        "budget-line.add", on: BudgetLine.reference(line.id), by: actor, at: now, version: 1,
        changes: line.fields.asNew, in: db)
    }
  }

  /// Changes a line from the version that was read.
  /// - Throws: `Refusal.invalid` when it shrinks below what is reserved, committed or paid of it.
  package func change(_ line: BudgetLine, from version: Int, by actor: Actor) async throws {
    try actor.must(.keepFunds)
    let now = now()
    try await database.write { db in
      let agreement = try AgreementStore.hold(line.agreement, in: db)
      let kept = try AgreementStore.hold(line.id, in: db)
      guard kept.agreement == agreement.id else { throw Refusal.notFound }
      let merged = try Journal.merge(
        line.fields, from: version, of: BudgetLine.reference(kept.id), into: kept.fields, key: nil, in: db)
      guard merged != kept.fields, let whole = BudgetLine(kept, merged) else { return }
      try mustFit(whole, agreement)
      try allocate(
        whole, whole.amount.minorUnits - kept.amount.minorUnits, of: whole.version, by: actor, at: now, in: db
      )
      try AgreementStore.update(whole, in: db)
      try Journal.append(
        "budget-line.change", on: BudgetLine.reference(kept.id), by: actor, at: now, version: whole.version,
        changes: kept.fields.changes(to: merged), in: db)
    }
  }

  private func mustFit(_ line: BudgetLine, _ agreement: Agreement) throws(Refusal) {
    guard line.amount.currency == agreement.currency else {
      throw .invalid([
        FieldError("amount", say("This agreement is in \(agreement.currency.rawValue)."))
      ])
    }
    guard FundingRules.isNarrower(line.earmark, than: agreement.earmark) else {
      throw .invalid([
        FieldError("kinds", say("The agreement does not pay for all of this: a line is never wider than it."))
      ])
    }
  }

  private func allocate(
    _ line: BudgetLine, _ change: Int64, of version: Int, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    guard change != 0 else { return }
    let movement = NewMovement(
      kind: .allocate, key: "allocate:\(line.id):\(version)", agreement: line.agreement, line: line.id,
      on: Day(of: now))
    do {
      _ = try book(movement, LedgerRules.allocate(line, change), by: actor, in: db)
    } catch let shortage as Shortage {
      let left = Money(max(0, shortage.balance.minorUnits), shortage.balance.currency)
      throw Refusal.invalid([
        FieldError(
          "amount",
          shortage.account.kind == .open
            ? say("Only \(left) of the agreement are not given to lines.")
            : say("Only \(left) of this line are free: the rest is reserved, committed or paid."))
      ])
    }
  }
}
