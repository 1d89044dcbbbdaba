import Basics
import Documents
import Foundation
import Storage

/// Orders: prepared by one, approved by another, paid by those who keep the account.
extension Aids {
  /// Prepares the order for a part; the same id a second time is the same order.
  package func order(
    _ new: NewOrder, for part: RecordID<AidInstalment>, of id: RecordID<Aid>, by actor: Actor
  ) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      let part = try held.part(part)
      if let kept = part.order, kept.id == new.id {
        guard kept.payee == new.payee, kept.rib == new.rib, part.invoice == new.invoice,
          part.visitedOn == new.visitedOn, kept.preparedBy == actor.id
        else { throw Refusal.sentBefore("payee") }
        return
      }
      try AidRules.mustOrder(held.line, part)
      try mustBeVisited(new, held, in: db)
      if let invoice = new.invoice { try mustBeHere(invoice, "invoice", held, by: actor, in: db) }
      let attempt = try AidInstalmentStore.attempts(for: part.id, in: db) + 1
      guard
        try AidInstalmentStore.insert(
          new, endToEnd: AidOrder.endToEnd(part.id, attempt: attempt), for: part, of: held.line,
          key: held.key,
          by: actor, at: now, in: db)
      else { throw Refusal.sentBefore("payee") }
      try settle(id, key: held.key, at: now, in: db)
      try tell(
        "aid.order", held, by: actor, at: now,
        ["number": String(part.number), "payee": new.payee, "amount": part.amount.typed], in: db)
    }
  }

  /// A visit is one that is recorded in the case, after the contract.
  private func mustBeVisited(_ new: NewOrder, _ held: Held, in db: Connection) throws {
    guard let day = new.visitedOn,
      !(try AidStore.visits(of: held.line, in: db).contains(day))
    else { return }
    throw Refusal.invalid([
      FieldError("visited-on", say("No visit of this day is recorded in the case after the contract."))
    ])
  }

  /// Approves an order; the same a second time by the same person changes nothing.
  package func approve(_ order: RecordID<AidOrder>, by actor: Actor) async throws {
    try await changeOrder(order, by: actor, with: .approvePayments) { held, part, order, now, db in
      if order.approvedBy == actor.id { return }
      guard order.approvedBy == nil else { throw Refusal.conflict(say("This order is approved already.")) }
      try AidRules.mustApprove(order, part, after: held.before(part), by: actor.id)
      guard try AidInstalmentStore.approve(order.id, by: actor, at: now, in: db) else {
        throw Refusal.conflict(say("This order is approved already."))
      }
      try settle(held.line.id, key: held.key, at: now, in: db)
      try tell("aid.approve", held, by: actor, at: now, ["number": String(part.number)], in: db)
    }
  }

  /// Sends an order back: to be made otherwise, or because the bank did not carry it out. The part can then be ordered
  /// again. Of one that was recorded as paid the payment is undone in the ledger, by those who see the account.
  package func sendBack(_ order: RecordID<AidOrder>, because words: String, by actor: Actor) async throws {
    guard actor.may(.approvePayments) || actor.may(.recordPayments) else {
      throw Refusal.notAllowed(.approvePayments)
    }
    let duty: Duty = actor.may(.approvePayments) ? .approvePayments : .recordPayments
    try await changeOrder(order, by: actor, with: duty) { held, part, order, now, db in
      if let payment = order.payment {
        try AidRules.mustUndo(held.line, part, by: actor)
        try undo(order, in: db, by: actor)
        try tell(
          "aid.undo-payment", held, by: actor, at: now,
          [
            "number": String(part.number), "amount": order.amount.typed, "paid-on": payment.on.description,
            "reference": payment.reference ?? "", "words": words,
          ], in: db)
      }
      // What is on its way to the bank goes back by the word of those who see the account.
      guard order.file == nil || actor.may(.recordPayments) else {
        throw Refusal.conflict(
          say("This order is in a file for the bank: those who keep the account send it back."))
      }
      guard
        try AidInstalmentStore.sendBack(order.id, because: words, key: held.key, by: actor, at: now, in: db)
      else { throw Refusal.conflict(say("This order was sent back already.")) }
      try settle(held.line.id, key: held.key, at: now, in: db)
      guard order.payment == nil else { return }
      try tell(
        "aid.send-back", held, by: actor, at: now, ["number": String(part.number), "words": words], in: db)
    }
  }

  /// Records that an order was paid: once, whatever is sent again.
  package func pay(
    _ order: RecordID<AidOrder>, on day: Day, reference: String, by actor: Actor
  ) async throws {
    try actor.must(.recordPayments)
    try await database.write { db in try pay(order, on: day, reference: reference, by: actor, in: db) }
  }

  /// The same in the caller's transaction: the order, the part, the aid and the ledger say so together, or none does.
  func pay(
    _ order: RecordID<AidOrder>, on day: Day, reference: String, by actor: Actor, in db: Connection
  ) throws {
    try actor.must(.recordPayments)
    let now = now()
    let (held, part, order) = try holdOrder(order, for: actor, in: db)
    if let payment = order.payment {
      guard payment.on == day, payment.reference == reference else {
        throw Refusal.conflict(say("This order is paid already: nothing is paid twice."))
      }
      return
    }
    guard order.approvedBy != nil else {
      throw Refusal.conflict(say("This order is not approved: it is not paid."))
    }
    guard day >= Day(of: order.preparedAt) else {
      throw Refusal.invalid([
        FieldError("paid-on", say("Check the date: the order is of \(Day(of: order.preparedAt))."))
      ])
    }
    guard
      try AidInstalmentStore.pay(
        order.id, on: day, reference: reference, key: held.key, by: actor, at: now, in: db)
    else { throw Refusal.conflict(say("This order is paid already: nothing is paid twice.")) }
    try pay(order, of: held.line, on: day, by: actor, in: db)
    try settle(held.line.id, key: held.key, at: now, in: db)
    try tell(
      "aid.pay", held, by: actor, at: now,
      [
        "number": String(part.number), "amount": order.amount.typed, "paid-on": day.description,
        "reference": reference,
      ], in: db)
  }

  private func changeOrder(
    _ id: RecordID<AidOrder>, by actor: Actor, with duty: Duty,
    _ body: @escaping @Sendable (Held, AidInstalment, AidOrder, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(duty)
    let now = now()
    try await database.write { db in
      let (held, part, order) = try holdOrder(id, for: actor, in: db)
      try body(held, part, order, now, db)
    }
  }

  /// - Throws: `Refusal.conflict` for an order that was sent back.
  private func holdOrder(_ id: RecordID<AidOrder>, for actor: Actor, in db: Connection) throws -> (
    Held, AidInstalment, AidOrder
  ) {
    guard let aid = try AidInstalmentStore.aid(of: id, in: db) else { throw Refusal.notFound }
    let held = try hold(aid, for: actor, in: db)
    for part in held.aid.instalments {
      if let order = part.order, order.id == id { return (held, part, order) }
    }
    throw Refusal.conflict(say("This order was sent back already."))
  }

  /// What follows from orders and proofs: the step and the term of each part, the totals and the state of the aid.
  func settle(_ id: RecordID<Aid>, key: SealingKey, at now: Date, in db: Connection) throws {
    let aid = try AidStore.read(id, key: key, in: db)
    for part in aid.instalments {
      let proven = part.proofs.filter { $0.check == .accepted }.reduce(0) { $0 + $1.amount.minorUnits }
      if proven != part.proven.minorUnits { try AidInstalmentStore.setProven(proven, of: part.id, in: db) }
    }
    let parts = try AidInstalmentStore.parts(of: id, key: key, in: db)
    for part in parts {
      let (step, due) = AidRules.step(of: part, daysToProve: daysToProve)
      if (step, due) != (part.step, part.due) {
        try AidInstalmentStore.set(step, due: due, of: part.id, in: db)
      }
    }
    let settled = try AidInstalmentStore.parts(of: id, key: key, in: db)
    try AidStore.setTotals(
      of: id, paid: settled.reduce(0) { $0 + $1.paid.minorUnits },
      proven: settled.reduce(0) { $0 + $1.proven.minorUnits }, in: db)
    let states: Set<Aid.State> = [.contracted, .running, .proven]
    if states.contains(aid.line.state) {
      try AidStore.set(AidRules.state(of: settled), of: id, at: now, in: db)
    }
  }
}

extension AidOrder {
  /// At most 35 letters, as the bank takes them; of the part and the attempt, so that an order that was lost with a
  /// restored backup and made again is known by the same.
  static func endToEnd(_ part: RecordID<AidInstalment>, attempt: Int) -> String {
    "\(part.text.uppercased())-\(attempt)"
  }
}
