import Basics
import Cases
import Foundation

/// Decisions only: no database, no clock, no request.
enum VisitRules {
  /// More visits than this are a mistake; all of a case are read at once.
  static let most = 100

  static func mayAdd(_ count: Int, to visits: [Visit]) throws(Refusal) {
    guard visits.count + count <= most else {
      throw .conflict(say("This case has \(most) visits already: no more can be planned."))
    }
  }

  /// A visit that was made or missed stays so.
  static func mustBePlanned(_ visit: Visit) throws(Refusal) {
    guard visit.state == .planned else {
      throw .conflict(say("What came of this visit is recorded already."))
    }
  }

  /// A visit goes to another day, and only while it is planned.
  static func moved(_ visit: Visit, to day: Day) throws(Refusal) {
    try mustBePlanned(visit)
    guard day != visit.plannedOn else {
      throw .invalid([FieldError("moved-to", say("The visit is planned for this day already."))])
    }
  }

  /// The day that is proposed when a visit was missed: a week on, so that it is not forgotten.
  static func again(after today: Day) -> Day { today + 7 }

  /// Whoever wrote a report may mend it for some days: then it stands as what was seen.
  /// - Parameter days: for which it may be corrected.
  static func mayCorrect(_ visit: Visit, by actor: Actor, days: Int, at now: Date) throws(Refusal) {
    guard let report = visit.report, let author = visit.author else {
      throw .conflict(say("There is no report of this visit yet."))
    }
    guard author.by == actor.id else {
      throw .conflict(say("Only the one who wrote this report may correct it."))
    }
    let written = author.at.map { Day(of: $0) } ?? report.on
    guard Day(of: now) - written <= days else {
      throw .conflict(
        say("The time for corrections is over. What is to be put right goes into the next report."))
    }
  }

  /// What a case learns from its visits.
  static func tell(_ milestones: inout Milestones, of visits: [Visit]) {
    milestones.firstVisitOn = visits.compactMap(\.report?.on).min()
    milestones.nextVisitOn = visits.filter { $0.state == .planned }.map(\.plannedOn).min()
  }

  /// A term is a short row of growing numbers; the ranges of income begin at nothing.
  static func mustBeSound(_ term: VisitTerms.Term) throws(Refusal) {
    let (limits, count) = term.name.limits
    let isGrowing = zip(term.numbers, term.numbers.dropFirst()).allSatisfy { $0 < $1 }
    guard !term.numbers.isEmpty, term.numbers.count <= count, isGrowing,
      term.numbers.allSatisfy(limits.contains)
    else {
      throw .invalid([
        FieldError(
          "numbers",
          say(
            "Write at most \(count) whole numbers from \(limits.lowerBound) to \(limits.upperBound), each larger than the one before."
          ))
      ])
    }
    guard term.name != .income || term.numbers.first == 0 else {
      throw .invalid([FieldError("numbers", say("The ranges of income begin at 0."))])
    }
  }
}
