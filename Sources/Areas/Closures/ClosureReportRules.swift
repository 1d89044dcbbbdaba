import Basics
import Cases

/// Decisions only: no database, no clock, no request.
enum ClosureReportRules {
  /// A case that is open has visits; contacts are for one that is closed.
  static func mustBeClosed(_ file: CaseFile) throws(Refusal) {
    guard file.stage == .closed else {
      throw .conflict(say("This case is open: record a visit instead."))
    }
  }

  /// A contact lies after the closure in force.
  static func mayRecord(_ contact: LaterContact, after closures: [Closure]) throws(Refusal) {
    guard let closed = closures.first(where: { $0.reopenedOn == nil })?.closedOn, contact.on < closed else {
      return
    }
    throw .invalid([FieldError("on", say("This day lies before the closing of the case."))])
  }
}
