import Basics
import Cases
import Foundation
import Storage

/// What becomes of the money of one aid. Each act has an id or is of one kind, so that the same a second time changes
/// nothing; each runs in the caller's transaction.
extension Funding {
  /// Sets money of a line aside.
  /// - Throws: `Refusal.conflict` with the words when the line does not serve, when not enough is left (and how much is),
  ///   when a rate is missing (and of which day), and when the same id was used for something else.
  package func reserve(_ new: NewReservation, in db: Connection, by actor: Actor) throws {
    try FundingRules.must(FundingRules.mayHold, actor)
    try FundingRules.mustBeAmount(new.amount)
    if let kept = try ReservationStore.find(new.id, in: db) { return try mustBeSame(kept, new) }
    let line = try AgreementStore.hold(new.line, in: db)
    guard let agreement = try AgreementStore.agreement(line.agreement, in: db) else { throw Refusal.notFound }
    let day = new.day ?? Day(of: now())
    let (country, returned, antenna) = try place(new, by: actor, in: db)
    let obstacles = FundingRules.obstacles(
      agreement, line, kind: new.kind, country: country, returned: returned, antenna: antenna, on: day)
    if let obstacle = obstacles.first { throw Refusal.conflict(obstacle) }
    guard try AidKindStore.find(new.kind, in: db)?.kind.isActive == true else {
      throw Refusal.conflict(say("Nothing new is given of this kind of aid."))
    }
    var rate: ExchangeRate?
    if new.amount.currency != agreement.currency {
      rate = try RateStore.rate(on: day, in: db)
      if rate == nil { throw FundingRules.noRate(on: day) }
    }
    let cost = rate.map { Exchange.convert(new.amount, to: agreement.currency, at: $0.millionths) }
    guard let cost = cost ?? new.amount else {
      throw Refusal.conflict(say("This amount is larger than any agreement."))
    }
    guard cost.minorUnits > 0 else {
      throw Refusal.conflict(say("This amount is less than the smallest coin of the line."))
    }
    guard
      try ReservationStore.insert(
        new, file: new.file, rate: rate?.millionths, cost: cost.minorUnits, by: actor, at: now(), in: db)
    else {
      guard let kept = try ReservationStore.find(new.id, in: db) else { throw Refusal.notFound }
      return try mustBeSame(kept, new)
    }
    let movement = NewMovement(
      kind: .reserve, key: "reserve:\(new.id)", agreement: agreement.id, line: line.id, reservation: new.id,
      on: day, remainder: remainder(of: cost, over: new.amount, at: rate?.millionths))
    try bookAid(movement, LedgerRules.reserve(line, cost.minorUnits), agreement, by: actor, in: db)
    try tell(
      "fund-reservation.make", new.id, ["amount": Self.told(new.amount), "line": line.id.text], by: actor,
      in: db)
  }

  /// Binds what the contract says; what was set aside beyond it is free again.
  /// - Parameter expected: the last day on which a payment is expected, for the list of what is at risk.
  package func commit(
    _ id: RecordID<Reservation>, _ amount: Money, expected: Day? = nil, in db: Connection, by actor: Actor
  ) throws {
    try FundingRules.must(FundingRules.mayHold, actor)
    try FundingRules.mustBeAmount(amount)
    let (kept, line, agreement) = try held(id, in: db)
    let reservation = kept.reservation
    if reservation.state == .committed, reservation.bound == amount { return }
    guard reservation.state == .reserved else { throw Self.isOver(reservation) }
    try mustBeOfAid(amount, reservation)
    guard amount.minorUnits <= reservation.asked.minorUnits else {
      throw Refusal.conflict(say("This is more than was reserved: \(reservation.asked)."))
    }
    let bound = FundingRules.cost(
      of: amount.minorUnits, of: reservation.asked, held: kept.held, rate: reservation.rate,
      line: agreement.currency)
    let movement = NewMovement(
      kind: .commit, key: "commit:\(id)", agreement: agreement.id, line: line.id, reservation: id,
      on: Day(of: now()),
      remainder: remainder(of: Money(bound, agreement.currency), over: amount, at: reservation.rate))
    try bookAid(
      movement, LedgerRules.commit(line, held: kept.held, bound: bound), agreement, by: actor, in: db)
    try ReservationStore.set(
      id, .committed, bound: amount.minorUnits, held: bound, expected: expected, in: db)
    try tell("fund-reservation.commit", id, ["amount": Self.told(amount)], by: actor, in: db)
  }

  /// Gives back to the line what is set aside or bound and not paid. What was paid stays paid.
  package func release(_ id: RecordID<Reservation>, in db: Connection, by actor: Actor) throws {
    try FundingRules.must(FundingRules.mayHold, actor)
    let (kept, line, agreement) = try held(id, in: db)
    let reservation = kept.reservation
    if reservation.state == .released { return }
    let movement = NewMovement(
      kind: .release, key: "release:\(id)", agreement: agreement.id, line: line.id, reservation: id,
      on: Day(of: now()))
    let entries = LedgerRules.release(
      line, kept.held - kept.paidCost, from: reservation.state == .reserved ? .reserved : .committed)
    try bookAid(movement, entries, agreement, by: actor, in: db)
    try ReservationStore.set(
      id, .released, bound: reservation.bound?.minorUnits, held: kept.paidCost, expected: nil, in: db)
    try tell("fund-reservation.release", id, [:], by: actor, in: db)
  }

  /// Pays a part of what is bound.
  /// - Throws: `Refusal.conflict` when it is more than is left of it, or on a day that the funder does not accept.
  package func pay(
    _ id: RecordID<Reservation>, _ payment: RecordID<FundPayment>, _ amount: Money, on day: Day,
    in db: Connection, by actor: Actor
  ) throws {
    try FundingRules.must(FundingRules.mayPay, actor)
    try FundingRules.mustBeAmount(amount)
    let (kept, line, agreement) = try held(id, in: db)
    let reservation = kept.reservation
    if let earlier = try ReservationStore.payment(payment, in: db)?.payment {
      guard earlier.reservation == id, earlier.amount == amount, earlier.on == day else {
        throw Refusal.conflict(say("This payment was recorded before with other facts."))
      }
      return
    }
    guard reservation.state == .committed, let bound = reservation.bound else {
      throw reservation.state == .reserved
        ? Refusal.conflict(say("No contract binds this money yet.")) : Self.isOver(reservation)
    }
    try mustBeOfAid(amount, reservation)
    guard (agreement.from...agreement.payUntil).contains(day) else {
      throw Refusal.conflict(
        say("The funder accepts payments from \(agreement.from) to \(agreement.payUntil) only."))
    }
    let paid = reservation.paid.minorUnits + amount.minorUnits
    guard paid <= bound.minorUnits else {
      throw FundingRules.notEnough(Money(bound.minorUnits - reservation.paid.minorUnits, bound.currency))
    }
    // After a reversal the sum of the parts may be a cent off what the whole would cost.
    let cost = max(
      0,
      FundingRules.cost(
        of: paid, of: bound, held: kept.held, rate: reservation.rate, line: agreement.currency)
        - kept.paidCost)
    let given = reservation.rate == nil ? nil : amount.minorUnits
    try openExchange(line, reservation, agreement, in: db)
    let movement = NewMovement(
      kind: .pay, key: "pay:\(payment)", agreement: agreement.id, line: line.id, reservation: id, on: day,
      remainder: remainder(of: Money(cost, agreement.currency), over: amount, at: reservation.rate))
    try bookAid(movement, LedgerRules.pay(line, cost, given: given), agreement, by: actor, in: db)
    let new = FundPayment(
      id: payment, reservation: id, amount: amount, cost: Money(cost, agreement.currency), on: day,
      returned: Money(0, amount.currency), isReversed: false)
    guard try ReservationStore.insert(new, movement: movement.id, in: db) else {
      throw Refusal.conflict(say("This payment was recorded before with other facts."))
    }
    try ReservationStore.set(id, paid: paid, cost: kept.paidCost + cost, held: kept.held, in: db)
    try tell(
      "fund-reservation.pay", id, ["amount": Self.told(amount), "on": day.description], by: actor, in: db)
  }

  /// Where the money of a reservation is; nil where there is no such reservation.
  package func state(of id: RecordID<Reservation>, in db: Connection) throws -> ReservationState? {
    guard let reservation = try ReservationStore.find(id, in: db)?.reservation else { return nil }
    let currency = reservation.asked.currency
    let bound = reservation.bound?.minorUnits ?? 0
    let paid = reservation.paid.minorUnits
    return ReservationState(
      state: reservation.state,
      reserved: Money(reservation.state == .reserved ? reservation.asked.minorUnits : 0, currency),
      committed: Money(reservation.state == .committed ? bound - paid : 0, currency),
      paid: Money(paid - reservation.returned.minorUnits, currency))
  }

  /// The same as a record; nil where there is none.
  package func reservation(_ id: RecordID<Reservation>, in db: Connection) throws -> Reservation? {
    try ReservationStore.find(id, in: db)?.reservation
  }

  package func payment(_ id: RecordID<FundPayment>, in db: Connection) throws -> FundPayment? {
    try ReservationStore.payment(id, in: db)?.payment
  }
}

// MARK: - Steps of the acts
extension Funding {
  func held(_ id: RecordID<Reservation>, in db: Connection) throws -> (
    kept: KeptReservation, line: BudgetLine, agreement: Agreement
  ) {
    let kept = try ReservationStore.hold(id, in: db)
    guard let line = try AgreementStore.line(kept.reservation.line, in: db),
      let agreement = try AgreementStore.agreement(line.agreement, in: db)
    else { throw Refusal.notFound }
    return (kept, line, agreement)
  }

  /// Country and kind of return, and antenna: of the file where there is one, which the actor must see.
  private func place(_ new: NewReservation, by actor: Actor, in db: Connection) throws -> (
    CountryCode?, ReturnFacts.Kind?, AntennaCode?
  ) {
    guard let id = new.file else { return (new.country, new.returned, new.antenna) }
    guard let file = try cases.find(id, for: actor, in: db)?.file else { throw Refusal.notFound }
    return (file.returned.country, file.returned.kind, file.antenna)
  }

  private func mustBeSame(_ kept: KeptReservation, _ new: NewReservation) throws {
    let earlier = kept.reservation
    guard earlier.line == new.line, earlier.asked == new.amount, earlier.kind == new.kind,
      earlier.file == new.file
    else { throw Refusal.conflict(say("This money was reserved before with other facts.")) }
  }

  func mustBeOfAid(_ amount: Money, _ reservation: Reservation) throws(Refusal) {
    guard amount.currency == reservation.asked.currency else {
      throw .conflict(say("This aid is in \(reservation.asked.currency.rawValue)."))
    }
  }

  /// - Throws: the words of what is short.
  func bookAid(
    _ movement: NewMovement, _ entries: LedgerRules.Entries, _ agreement: Agreement, by actor: Actor,
    in db: Connection
  ) throws {
    do {
      guard try book(movement, entries, by: actor, in: db) else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
    } catch let shortage as Shortage {
      throw FundingRules.notEnough(Money(max(0, shortage.balance.minorUnits), shortage.balance.currency))
    }
  }

  /// The accounts of what persons got in another currency: opened with the first payment.
  func openExchange(
    _ line: BudgetLine, _ reservation: Reservation, _ agreement: Agreement, in db: Connection
  ) throws {
    guard reservation.rate != nil else { return }
    let currency = reservation.asked.currency
    try LedgerStore.open(LedgerAccount(line.id, .given), currency, floor: 0, in: db)
    try LedgerStore.open(LedgerAccount(line.id, .exchange), currency, floor: nil, in: db)
  }

  func remainder(of cost: Money, over amount: Money, at rate: Int64?) -> Int64 {
    rate.map { Exchange.remainder(of: cost, over: amount, at: $0) } ?? 0
  }

  func tell(
    _ act: String, _ id: RecordID<Reservation>, _ facts: [String: String], by actor: Actor, in db: Connection
  ) throws {
    try Journal.append(
      act, on: Reservation.reference(id), by: actor, at: now(), changes: Fields(facts).asNew, in: db)
  }

  /// As the journal tells it.
  static func told(_ amount: Money) -> String { "\(amount.typed) \(amount.currency.rawValue)" }

  static func isOver(_ reservation: Reservation) -> Refusal {
    reservation.state == .released
      ? .conflict(say("This money went back to its line."))
      : .conflict(say("A contract binds this money already."))
  }
}
