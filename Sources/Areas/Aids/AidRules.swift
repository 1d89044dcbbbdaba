import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum AidRules {
  /// What is used is what is found: the aid, the person's own part and what others give.
  static func mustBalance(_ request: Aid.Request) throws(Refusal) {
    let sources = request.asked.minorUnits + request.own.minorUnits + request.other.minorUnits
    let missing = request.cost.minorUnits - sources
    guard missing != 0 else { return }
    let currency = request.cost.currency
    throw .invalid([
      FieldError(
        "cost",
        missing > 0
          ? say("Of this cost \(Money(missing, currency).typed) is paid by nobody yet.")
          : say("The parts come to \(Money(-missing, currency).typed) more than the cost."))
    ])
  }

  static func mustBeWritten(_ state: Aid.State) throws(Refusal) {
    guard state == .prepared else {
      throw .conflict(say("This aid was submitted: what it asks for stands."))
    }
  }

  /// Also what was postponed, with what was missing; and what was refused, as an appeal, by a committee elsewhere: against
  /// one of ours the appeal is made there.
  static func maySubmit(_ aid: AidLine) -> Bool {
    aid.state == .prepared || aid.state == .postponed || aid.state == .refused && aid.isOutside
  }

  /// Whether somebody is asked which budget line pays an aid.
  static func choosesMoney(_ aid: AidLine, _ actor: Actor) -> Bool {
    guard aid.reservation == nil, actor.may(.prepareAids) || actor.may(.approvePayments) else { return false }
    return maySubmit(aid) || aid.state == .submitted || aid.state == .granted
  }

  /// Whoever prepared an aid takes no part in what is decided on it.
  static func mayDecide(_ aid: AidLine, _ actor: AccountID) -> Bool {
    aid.isOutside && aid.state == .submitted && aid.preparedBy != actor
  }

  static func mustFit(_ decision: Aid.Decision, _ aid: AidLine) throws(Refusal) {
    guard decision.outcome == .granted else { return }
    guard let amount = decision.amount, amount.minorUnits > 0 else {
      throw .invalid([FieldError("granted", say("Write the amount that is granted."))])
    }
    guard amount.currency == aid.currency else {
      throw .invalid([FieldError("granted", say("This aid is counted in \(aid.currency.rawValue)."))])
    }
    guard amount.minorUnits <= aid.asked.minorUnits else {
      throw .invalid([FieldError("granted", say("At most what was asked: \(aid.asked.typed)."))])
    }
  }

  static func mayGiveUp(_ state: Aid.State) -> Bool {
    switch state {
    case .prepared, .submitted, .postponed, .granted, .contracted: true
    case .refused, .running, .proven, .ended, .givenUp: false
    }
  }

  /// What remains of a grant to be promised in parts.
  static func unplanned(_ granted: Money?, _ parts: [AidInstalment]) -> Int64 {
    (granted?.minorUnits ?? 0) - parts.filter(\.isLive).reduce(0) { $0 + $1.amount.minorUnits }
  }

  static func mustSign(_ aid: AidLine, _ parts: [AidInstalment]) throws(Refusal) {
    guard aid.state == .granted else { throw .conflict(say("A contract follows a grant, and only once.")) }
    let rest = unplanned(aid.granted, parts)
    guard rest == 0 else {
      throw .conflict(
        say("The parts do not come to the amount granted: \(Money(rest, aid.currency).typed) is missing."))
    }
  }

  /// Where an aid stands once its contract is signed.
  static func state(of parts: [AidInstalment]) -> Aid.State {
    let live = parts.filter(\.isLive)
    if !live.isEmpty, live.allSatisfy({ $0.step == .proven }) { return .proven }
    return live.contains(where: \.isPaid) ? .running : .contracted
  }

  /// It ends when all that was paid is proven; what was not paid any more is let go.
  static func mustEnd(_ aid: AidLine, _ parts: [AidInstalment]) throws(Refusal) {
    guard aid.state == .running || aid.state == .proven else {
      throw .conflict(say("An aid ends after its contract was carried out."))
    }
    if let open = parts.first(where: { $0.isLive && $0.isPaid && $0.step != .proven }) {
      throw .conflict(say("Part \(open.number) was paid and is not proven yet."))
    }
    if let ordered = parts.first(where: { $0.isLive && !$0.isPaid && $0.order != nil }) {
      throw .conflict(say("The order for part \(ordered.number) still stands: send it back first."))
    }
  }

  /// What the conditions of a part come to, in their order.
  /// - Parameter earlier: the parts before it.
  static func conditions(of part: AidInstalment, after earlier: [AidInstalment]) -> [(
    condition: AidInstalment.Condition, isMet: Bool
  )] {
    AidInstalment.Condition.allCases.filter { part.conditions.contains($0) }.map { condition in
      switch condition {
      case .invoice: (condition, part.invoice != nil)
      case .visit: (condition, part.visitedOn != nil)
      case .proof: (condition, earlier.filter(\.isLive).allSatisfy { $0.step == .proven })
      }
    }
  }

  static func mustOrder(_ aid: AidLine, _ part: AidInstalment) throws(Refusal) {
    guard aid.state == .contracted || aid.state == .running else {
      throw .conflict(say("Nothing is paid before the contract is signed, nor after the end."))
    }
    guard part.step == .planned else { throw .conflict(say("There is an order for this part already.")) }
  }

  /// Two pairs of eyes, and every condition met.
  static func mustApprove(
    _ order: AidOrder, _ part: AidInstalment, after earlier: [AidInstalment], by actor: AccountID
  ) throws(Refusal) {
    guard order.preparedBy != actor else {
      throw .conflict(say("You prepared this order: somebody else approves it."))
    }
    let unmet = conditions(of: part, after: earlier).filter { !$0.isMet }
    guard let first = unmet.first else { return }
    throw .conflict(unmetWords(first.condition))
  }

  private static func unmetWords(_ condition: AidInstalment.Condition) -> Phrase {
    switch condition {
    case .invoice: say("The invoice is missing: the contract asks for it before this part is paid.")
    case .visit: say("The visit is missing: the contract asks for it before this part is paid.")
    case .proof:
      say("An earlier part is not proven yet: the contract asks for that before this part is paid.")
    }
  }

  /// A payment is undone while nothing came of it: what was bought or handed over was paid.
  static func mustUndo(_ aid: AidLine, _ part: AidInstalment, by actor: Actor) throws(Refusal) {
    guard actor.may(.recordPayments) else {
      throw .conflict(say("This order is paid: those who keep the account undo a payment."))
    }
    guard aid.state == .running, part.handover == nil, part.proofs.allSatisfy({ $0.check == .rejected })
    else {
      throw .conflict(
        say("Something came of this payment already, a proof or a handover: it is not undone any more."))
    }
  }

  /// What of a paid part nobody has brought a proof for, counting those that wait to be checked.
  static func unproven(_ part: AidInstalment) -> Int64 {
    part.paid.minorUnits
      - part.proofs.filter { $0.check != .rejected }.reduce(0) { $0 + $1.amount.minorUnits }
  }

  static func mustProve(_ proof: NewProof, _ part: AidInstalment) throws(Refusal) {
    guard part.isPaid else { throw .conflict(say("A proof follows a payment.")) }
    guard proof.amount.currency == part.amount.currency, proof.amount.minorUnits > 0 else {
      throw .invalid([FieldError("amount", say("This aid is counted in \(part.amount.currency.rawValue)."))])
    }
    let rest = unproven(part)
    guard proof.amount.minorUnits <= rest else {
      throw .invalid([
        FieldError(
          "amount",
          say(
            "At most \(Money(rest, part.amount.currency).typed) is left to be proven. What the person spent beyond it is her own."
          ))
      ])
    }
    guard proof.way != .expense || proof.document != nil else {
      throw .invalid([FieldError("document", say("Choose the document that proves the expense."))])
    }
  }

  /// Goods are proven when they are in the person's hands.
  static func mustCheck(
    _ proof: AidProof, _ check: AidProof.Check, _ part: AidInstalment, by actor: AccountID
  ) throws(Refusal) {
    guard proof.broughtBy != actor else {
      throw .conflict(say("You brought this proof: somebody else checks it."))
    }
    guard check != .accepted || part.way != .kind || proof.way != .expense || part.handover != nil else {
      throw .conflict(say("The person has not signed for the goods yet: hand them over first."))
    }
  }

  /// Where a part stands, and by when it waits for somebody.
  /// - Parameter daysToProve: after the payment.
  static func step(
    of part: AidInstalment, daysToProve: Int
  ) -> (step: AidInstalment.Step, due: Day?) {
    guard part.isLive else { return (.withdrawn, nil) }
    guard let order = part.order else { return (.planned, part.dueOn) }
    guard let payment = order.payment else {
      return (order.approvedBy == nil ? .prepared : .approved, part.dueOn)
    }
    if part.proven == part.amount { return (.proven, nil) }
    let due = payment.on + daysToProve
    return (part.proofs.contains { $0.check == nil } ? .checking : .paid, due)
  }
}

/// Splitting an amount.
enum AidSplit {
  /// Parts as equal as they can be: none differs from another by more than the smallest unit, and together they are the
  /// amount.
  static func equal(_ amount: Money, into count: Int) -> [Money] {
    guard count > 0 else { return [] }
    let (each, rest) = amount.minorUnits.quotientAndRemainder(dividingBy: Int64(count))
    return (0..<count).map { Money(each + (Int64($0) < rest ? 1 : 0), amount.currency) }
  }
}
