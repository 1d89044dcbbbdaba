import Basics
import Cases
import Foundation
import Visits

/// Follow-up as it goes: visits of the schedule, some of them put on another day or missed.
struct DemoVisits {
  let installation: Installation
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  /// - Returns: the day of the last visit that was made.
  func tell(
    _ id: RecordID<CaseFile>, _ agreed: Day, _ begun: Day, _ story: DemoPersons.Story,
    _ generator: inout DemoGenerator
  ) async throws -> Day {
    let counsellor = story.team.counsellor
    let visited =
      generator.chance(12)
      ? try await tellAll(id, agreed, begun, counsellor, &generator)
      : try await tellLast(id, agreed, begun, counsellor, &generator)
    if story.isLate {
      let late = today + -generator.number(1...30)
      try await installation.visits.plan(newID(visited, &generator), on: late, in: id, by: counsellor)
    }
    return visited
  }

  /// Most counsellors planned the schedule when they made the visit that was due.
  private func tellLast(
    _ id: RecordID<CaseFile>, _ agreed: Day, _ begun: Day, _ counsellor: Actor,
    _ generator: inout DemoGenerator
  ) async throws -> Day {
    let due = [1, 3, 6, 12, 24].map { agreed.adding(months: $0) }.last { $0 <= today }
    let visited = min(today, (due ?? begun) + generator.number(1...20))
    set(visited)
    let planned = try await installation.visits.planSchedule(
      in: id, by: counsellor, newID: slotID(id, visited))
    if let visit = planned.first {
      try await installation.visits.report(visit.id, report(visited, &generator), in: id, by: counsellor)
    }
    return visited
  }

  /// Some planned all of it at once and went on.
  private func tellAll(
    _ id: RecordID<CaseFile>, _ agreed: Day, _ begun: Day, _ counsellor: Actor,
    _ generator: inout DemoGenerator
  ) async throws -> Day {
    let visits = installation.visits
    set(agreed)
    let planned = try await visits.planSchedule(in: id, by: counsellor, newID: slotID(id, agreed))
    var visited = begun
    for (index, visit) in planned.enumerated() where index == 0 || visit.slot.day <= today {
      var due = (id: visit.id, day: min(today, visit.slot.day))
      set(due.day)
      let why = generator.pick(Self.hindrances)
      if index > 0, generator.chance(20) {
        let again = (id: newID(due.day, &generator) as RecordID<Visit>, day: due.day + 7)
        try await visits.miss(due.id, because: why, again: again, in: id, by: counsellor)
        due = again
      } else if generator.chance(20), due.day == visit.slot.day {
        due.day = due.day + generator.number(2...12)
        try await visits.move(
          due.id, to: due.day, because: why, as: newID(visited, &generator), in: id, by: counsellor)
      }
      visited = min(today, max(visited, due.day))
      set(visited)
      try await visits.report(due.id, report(visited, &generator), in: id, by: counsellor)
    }
    return visited
  }

  private func newID<Record>(_ day: Day, _ generator: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400), using: &generator)
  }

  /// The same for the same case and month, whatever else is drawn.
  private func slotID(_ file: RecordID<CaseFile>, _ day: Day)
    -> @Sendable (VisitSchedule.Slot) -> RecordID<Visit>
  {
    { slot in
      var dice = Dice(seed: UInt64(bitPattern: file.shortNumber) &* 1_009 &+ UInt64(slot.month))
      return RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400), using: &dice)
    }
  }

  private func report(_ day: Day, _ generator: inout DemoGenerator) -> Visit.Report {
    var report = Visit.Report(
      on: day, activity: generator.pick(Visit.Activity.allCases), seen: generator.pick(DemoTexts.seen),
      nextStep: generator.pick(DemoTexts.nextSteps))
    report.way = generator.pick(Visit.Way.allCases)
    report.income = generator.pick(Self.incomes).flatMap { Visit.Income($0) }
    if generator.chance(50) {
      report.nextOn = day + generator.number(5...40)
      report.jobs = [
        .keptByWomen: generator.number(0...1), .keptByMen: generator.number(0...2),
        .createdForWomen: generator.number(0...1), .createdForMen: generator.number(0...2),
      ]
    }
    if generator.chance(60) {
      report.difficulties = Set(
        Visit.Difficulty.allCases.dropLast().filter { _ in generator.chance(15) })
    }
    if generator.chance(70) { report.wish = generator.pick([.no, .no, .no, .thinks, .yes]) }
    if report.wish == .yes { report.wishReason = generator.pick(DemoTexts.wishes) }
    return report
  }

  /// Invented like the persons: the scheme's own are not known.
  static func incomeRanges(from day: Day) -> VisitTerms.Term {
    VisitTerms.Term(name: .income, from: day, numbers: [0, 1, 300, 600, 1_000, 2_000])
  }

  private static let incomes = [nil, nil, "refused", "0-1", "1-300", "300-600", "600-1000", "1000-2000"]

  private static let hindrances: [Visit.Hindrance] = [
    .init(.notReachable), .init(.away), .init(.counsellor), .init(.road),
    .init(.other, told: "Mariage dans la famille."), .init(.other, told: "عطلة عيد الأضحى."),
  ]
}
