import Basics
import Cases
import Foundation
import Funding
import Storage

/// The money behind an aid: every movement of it goes through the door of Funding, in the transaction of the act.
extension Aids {
  func kinds(in db: Connection) throws -> [AidKind] { try funding.kinds(in: db) }

  /// The kinds of aid of which something may be prepared.
  func activeKinds() async throws -> [AidKind] {
    try await database.read { db in try kinds(in: db).filter(\.isActive) }
  }

  /// Where the money of an aid is; nil where none was set aside.
  func money(of id: RecordID<Aid>, in db: Connection) throws -> ReservationState? {
    guard let reservation = try AidStore.line(id, in: db)?.reservation else { return nil }
    return try funding.state(of: reservation, in: db)
  }

  /// Which budget lines could pay an aid, those that serve first, with the reason why the others do not.
  func fitting(_ aid: AidShown) async throws -> [LineLeft] {
    let line = aid.aid.line
    let need = MoneyNeed(
      amount: line.granted ?? line.asked, kind: line.kind, country: aid.file.returned.country,
      returned: aid.file.returned.kind, antenna: line.antenna,
      day: Day(of: now()))
    return try await database.read { db in try funding.fitting(need, in: db) }
  }

  /// Sets aside what is granted, or what is asked for while nothing is decided.
  func reserve(
    _ money: RecordID<BudgetLine>, _ granted: Money? = nil, for held: Held, by actor: Actor, in db: Connection
  ) throws {
    guard held.line.reservation == nil else { return }
    let amount = granted ?? held.line.granted ?? held.line.asked
    // Who pays was not known before, and a funder may have rules of its own.
    try AidRules.mustBeUnder(ruling(on: held, paidFrom: money, on: Day(of: now()), in: db), amount)
    let reservation = NewReservation(
      line: money, amount: amount, kind: held.line.kind, file: held.file.id)
    try funding.reserve(reservation, in: db, by: actor)
    try AidStore.set(reservation: reservation.id, of: held.line.id, in: db)
  }

  /// Sets another amount aside on the same line: what was granted is decided anew, upon an appeal.
  func reserveAnew(
    _ kept: RecordID<Reservation>, _ amount: Money, for held: Held, by actor: Actor, in db: Connection
  ) throws {
    guard let reservation = try funding.reservation(kept, in: db), reservation.asked != amount else { return }
    try funding.release(kept, in: db, by: actor)
    let new = NewReservation(
      line: reservation.line, amount: amount, kind: held.line.kind, file: held.file.id)
    try funding.reserve(new, in: db, by: actor)
    try AidStore.set(reservation: new.id, of: held.line.id, in: db)
  }

  /// Binds what was granted; what was set aside beyond it is free again.
  func bind(_ line: AidLine, expected: Day?, by actor: Actor, in db: Connection) throws {
    guard let reservation = line.reservation, let granted = line.granted else {
      throw Refusal.conflict(say("No money is set aside for this aid: choose the budget line first."))
    }
    try funding.commit(reservation, granted, expected: expected, in: db, by: actor)
  }

  func pay(_ order: AidOrder, of line: AidLine, on day: Day, by actor: Actor, in db: Connection) throws {
    guard let reservation = line.reservation, let payment = order.fundPayment else { throw Refusal.notFound }
    try funding.pay(reservation, payment, order.amount, on: day, in: db, by: actor)
  }

  func undo(_ order: AidOrder, in db: Connection, by actor: Actor) throws {
    guard let payment = order.fundPayment else { throw Refusal.notFound }
    try funding.reverse(payment, in: db, by: actor)
  }

  func giveBack(_ proof: AidProof, of order: AidOrder, by actor: Actor, in db: Connection) throws {
    guard let payment = order.fundPayment, let id = RecordID<FundReturn>(proof.id.text) else {
      throw Refusal.notFound
    }
    try funding.giveBack(
      payment, proof.amount, id: id, in: db, by: actor)
  }

  /// Lets go of what is set aside or bound and not paid.
  func release(_ line: AidLine, by actor: Actor, in db: Connection) throws {
    guard let reservation = line.reservation else { return }
    try funding.release(reservation, in: db, by: actor)
    // What was paid stays in the ledger under it.
    if line.paid.minorUnits == 0 { try AidStore.set(reservation: nil, of: line.id, in: db) }
  }
}

extension AidOrder {
  /// A payment has the id of its order: the ledger knows it again too.
  var fundPayment: RecordID<FundPayment>? { RecordID(id.text) }
}
