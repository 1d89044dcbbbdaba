import Basics

/// Decisions only: no database, no clock, no request.
package enum CaseRules {
  /// Where a case stands follows from what happened, whatever the order in which it was entered.
  package static func stage(of milestones: Milestones) -> CaseFile.Stage {
    if milestones.closedOn != nil { return .closed }
    guard milestones.planAgreedOn != nil else { return .received }
    if milestones.firstVisitOn != nil { return .followUp }
    return milestones.firstActionOn != nil ? .inProgress : .planned
  }

  /// The next thing to do: without a plan, the plan; then whatever of actions and visits comes first.
  /// - Parameter days: from the return, or from the reception when that is later, to the agreement of the plan.
  package static func due(for milestones: Milestones, daysToPlan days: Int = CaseFile.daysToPlan) -> Due? {
    guard milestones.closedOn == nil else { return nil }
    guard milestones.planAgreedOn != nil else {
      let start = max(milestones.receivedOn, milestones.returnedOn ?? milestones.receivedOn)
      return Due(what: .plan, on: start + days)
    }
    let action = milestones.nextActionOn.map { Due(what: .action, on: $0) }
    let visit = milestones.nextVisitOn.map { Due(what: .visit, on: $0) }
    guard let action, let visit else { return action ?? visit }
    return action.on <= visit.on ? action : visit
  }

  /// The middle one of values that are given by how often each came: half are as small or smaller. Nil when there are none.
  static func median(ofCounted counts: [Int: Int]) -> Int? {
    let half = (counts.values.reduce(0, +) + 1) / 2
    var seen = 0
    return counts.sorted { $0.key < $1.key }.first { count in
      seen += count.value
      return seen >= half && half > 0
    }?.key
  }

  /// `TUN-2026-0042`; more than 9,999 a year simply take a digit more.
  package static func number(antenna: AntennaCode, year: Int, count: Int) -> String {
    let digits = String(count)
    return "\(antenna)-\(year)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
  }

  /// The number as it is written, from what somebody typed (`tun 2026 42`); nil when it is no number of a case.
  static func number(typed text: String) -> String? {
    let parts = text.westernDigits.uppercased().split { " -/".contains($0) }
    guard parts.count == 3, parts[0].count == 3, parts[0].allSatisfy({ $0.isASCII && $0.isLetter }),
      let year = Int(parts[1]), (2000...2999).contains(year), let count = Int(parts[2]), count > 0
    else { return nil }
    return number(antenna: AntennaCode(rawValue: String(parts[0])), year: year, count: count)
  }

  /// A case can be closed once, and not before it was received.
  static func closed(_ file: CaseFile, on day: Day) throws(Refusal) -> Milestones {
    guard file.milestones.closedOn == nil else { throw .conflict(say("This case is closed already.")) }
    guard day >= file.milestones.receivedOn else {
      throw .invalid([FieldError("closed-on", say("A case cannot be closed before it was received."))])
    }
    var milestones = file.milestones
    milestones.closedOn = day
    // The visits that were planned are called off with it.
    milestones.nextVisitOn = nil
    return milestones
  }

  /// Only a closed case can be opened again; everything that was reached stays reached.
  static func reopened(_ file: CaseFile) throws(Refusal) -> Milestones {
    guard file.milestones.closedOn != nil else { throw .conflict(say("This case is open.")) }
    var milestones = file.milestones
    milestones.closedOn = nil
    return milestones
  }

  /// Whether a person comes later than is usual: she is received all the same, and it is written down why.
  /// - Parameter usualMonths: after the return; nil where nobody has said what is usual.
  package static func isLate(returnedOn: Day?, on day: Day, usualMonths: Int?) -> Bool {
    guard let returnedOn, let usualMonths else { return false }
    return returnedOn.adding(months: usualMonths) < day
  }

  /// Nothing but a reopening changes a closed case.
  package static func mustBeOpen(_ file: CaseFile) throws(Refusal) {
    guard file.milestones.closedOn == nil else {
      throw .conflict(say("This case is closed. Open it again before you change it."))
    }
  }
}
