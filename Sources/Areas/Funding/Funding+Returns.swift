import Basics
import Foundation
import Storage

/// Money that comes back, and payments that were none.
extension Funding {
  /// A person or a supplier gives back a part of a payment: it is free on the line again.
  /// - Parameter id: the same a second time is the same money.
  package func giveBack(
    _ payment: RecordID<FundPayment>, _ amount: Money, id: RecordID<FundReturn>,
    because reason: String? = nil, in db: Connection, by actor: Actor
  ) throws {
    try FundingRules.must(FundingRules.mayPay, actor)
    try FundingRules.mustBeAmount(amount)
    let (kept, line, agreement, paid) = try heldPayment(payment, in: db)
    let reservation = kept.reservation
    try mustBeOfAid(amount, reservation)
    if let earlier = try ReservationStore.returned(id, in: db) {
      guard earlier.payment == payment, earlier.amount == amount.minorUnits else {
        throw Refusal.conflict(say("This money was given back before with other facts."))
      }
      return
    }
    guard !paid.isReversed else { throw Refusal.conflict(say("This payment was reversed.")) }
    let rest = paid.amount.minorUnits - paid.returned.minorUnits
    guard amount.minorUnits <= rest else {
      throw Refusal.conflict(say("No more can be given back than was paid: \(Money(rest, amount.currency))."))
    }
    let returned = paid.returned.minorUnits + amount.minorUnits
    func cost(of part: Int64) -> Int64 {
      FundingRules.cost(
        of: part, of: paid.amount, held: paid.cost.minorUnits, rate: reservation.rate,
        line: agreement.currency)
    }
    let cost = cost(of: returned) - cost(of: paid.returned.minorUnits)
    let today = Day(of: now())
    let movement = NewMovement(
      kind: .giveBack, key: "return:\(id)", agreement: agreement.id, line: line.id,
      reservation: reservation.id, on: today, because: reason,
      remainder: -remainder(of: Money(cost, agreement.currency), over: amount, at: reservation.rate))
    let given = reservation.rate == nil ? nil : amount.minorUnits
    try bookAid(movement, LedgerRules.giveBack(line, cost, given: given), agreement, by: actor, in: db)
    try ReservationStore.insert(
      id, of: payment, amount.minorUnits, on: today, movement: movement.id, in: db)
    try ReservationStore.set(payment, returned: returned, in: db)
    try ReservationStore.set(
      reservation.id, returned: reservation.returned.minorUnits + amount.minorUnits,
      cost: kept.returnedCost + cost, in: db)
    try tell("fund-reservation.give-back", reservation.id, ["amount": Self.told(amount)], by: actor, in: db)
  }

  /// A payment that did not take place: the bank refused it, or it was recorded by mistake. What it took is bound again,
  /// or free where the aid is over. The same a second time changes nothing.
  package func reverse(
    _ payment: RecordID<FundPayment>, because reason: String? = nil, in db: Connection, by actor: Actor
  ) throws {
    try FundingRules.must(FundingRules.mayPay, actor)
    let (kept, line, agreement, paid) = try heldPayment(payment, in: db)
    if paid.isReversed { return }
    guard paid.returned.minorUnits == 0 else {
      throw Refusal.conflict(say("A part of this payment was given back: it took place."))
    }
    guard let earlier = try LedgerStore.find(key: "pay:\(payment)", in: db) else { throw Refusal.notFound }
    let reservation = kept.reservation
    let isOver = reservation.state == .released
    let movement = NewMovement(
      kind: .reversal, key: "reverse:\(earlier.id)", agreement: agreement.id, line: line.id,
      reservation: reservation.id, on: Day(of: now()), reverses: earlier.id, because: reason,
      remainder: -earlier.remainder)
    try bookAid(
      movement,
      isOver
        ? LedgerRules.reversedAndReleased(earlier.entries, line) : LedgerRules.reversed(earlier.entries),
      agreement, by: actor, in: db)
    let cost = paid.cost.minorUnits
    try ReservationStore.setReversed(payment, in: db)
    try ReservationStore.set(
      reservation.id, paid: reservation.paid.minorUnits - paid.amount.minorUnits,
      cost: kept.paidCost - cost, held: isOver ? kept.held - cost : kept.held, in: db)
    try tell(
      "fund-reservation.reverse", reservation.id, ["amount": Self.told(paid.amount)], by: actor, in: db)
  }

  private func heldPayment(_ id: RecordID<FundPayment>, in db: Connection) throws -> (
    kept: KeptReservation, line: BudgetLine, agreement: Agreement, payment: FundPayment
  ) {
    guard let reservation = try ReservationStore.payment(id, in: db)?.payment.reservation else {
      throw Refusal.notFound
    }
    let (kept, line, agreement) = try held(reservation, in: db)
    // Once more: it may have changed before its reservation was held.
    guard let payment = try ReservationStore.payment(id, in: db)?.payment else { throw Refusal.notFound }
    return (kept, line, agreement, payment)
  }
}
