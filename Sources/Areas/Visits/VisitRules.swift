import Basics
import Cases

/// Decisions only: no database, no clock, no request.
enum VisitRules {
  /// A visit that was made or missed stays so.
  static func mustBePlanned(_ visit: Visit) throws(Refusal) {
    guard visit.state == .planned else {
      throw .conflict(say("What came of this visit is recorded already."))
    }
  }

  /// What a case learns from its visits.
  static func tell(_ milestones: inout Milestones, of visits: [Visit]) {
    milestones.firstVisitOn = visits.compactMap(\.report?.on).min()
    milestones.nextVisitOn = visits.filter { $0.state == .planned }.map(\.plannedOn).min()
  }
}
