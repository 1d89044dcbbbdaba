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
  package static func due(for milestones: Milestones) -> Due? {
    guard milestones.closedOn == nil else { return nil }
    guard milestones.planAgreedOn != nil else {
      let start = max(milestones.receivedOn, milestones.returnedOn ?? milestones.receivedOn)
      return Due(what: .plan, on: start + CaseFile.daysToPlan)
    }
    let action = milestones.nextActionOn.map { Due(what: .action, on: $0) }
    let visit = milestones.nextVisitOn.map { Due(what: .visit, on: $0) }
    guard let action, let visit else { return action ?? visit }
    return action.on <= visit.on ? action : visit
  }

  /// `TUN-2026-0042`; more than 9,999 a year simply take a digit more.
  package static func number(antenna: AntennaCode, year: Int, count: Int) -> String {
    let digits = String(count)
    return "\(antenna)-\(year)-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
  }

  /// A case can be closed once, and not before it was received.
  static func closed(_ file: CaseFile, on day: Day) throws(Refusal) -> Milestones {
    guard file.milestones.closedOn == nil else { throw .conflict(say("This case is closed already.")) }
    guard day >= file.milestones.receivedOn else {
      throw .invalid([FieldError("closed-on", say("A case cannot be closed before it was received."))])
    }
    var milestones = file.milestones
    milestones.closedOn = day
    return milestones
  }

  /// Only a closed case can be opened again; everything that was reached stays reached.
  static func reopened(_ file: CaseFile) throws(Refusal) -> Milestones {
    guard file.milestones.closedOn != nil else { throw .conflict(say("This case is open.")) }
    var milestones = file.milestones
    milestones.closedOn = nil
    return milestones
  }

  /// Nothing but a reopening changes a closed case.
  package static func mustBeOpen(_ file: CaseFile) throws(Refusal) {
    guard file.milestones.closedOn == nil else {
      throw .conflict(say("This case is closed. Open it again before you change it."))
    }
  }
}
