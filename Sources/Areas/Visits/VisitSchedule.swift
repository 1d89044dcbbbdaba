import Basics

/// The visits that the schedule asks for, beside those that are there.
package struct VisitSchedule: Equatable, Sendable {
  /// A visit the schedule asks for.
  package struct Slot: Equatable, Sendable {
    /// After the start.
    package let month: Int
    package let day: Day
  }

  /// The day from which the months are counted.
  package let start: Day
  /// What is still to be planned.
  package let missing: [Slot]
  /// Planned visits of the schedule that nobody moved, and that now fall on another day.
  package let shifted: [Shift]

  package struct Shift: Equatable, Sendable {
    package let visit: RecordID<Visit>
    package let from: Day
    package let to: Slot
  }

  package var isEmpty: Bool { missing.isEmpty && shifted.isEmpty }

  /// A visit that was planned by hand so close to a day of the schedule stands for it: half of the shortest step.
  package static let daysNear = 14

  /// - Parameters:
  ///   - months: of all tracks of the plan.
  ///   - start: of the activity where that is known, otherwise the day the plan was agreed.
  package init(months: [Int], from start: Day, visits: [Visit], today: Day) {
    self.start = start
    let slots = months.map { Slot(month: $0, day: start.adding(months: $0)) }
    let last = slots.last { $0.day < today }
    missing = slots.filter { slot in
      guard !visits.contains(where: { Self.covers($0, slot) }) else { return false }
      guard slot.day < today else { return true }
      // Of several days that have passed only the last is made up for, and that only where nobody was seen since: one
      // visit now tells all that the earlier ones would have told.
      return slot == last && !visits.contains { $0.report.map { $0.on >= slot.day } ?? false }
    }
    shifted = visits.compactMap { visit in
      guard visit.state == .planned, visit.moves.isEmpty, let month = visit.month,
        let slot = slots.first(where: { $0.month == month }), slot.day != visit.plannedOn
      else { return nil }
      return Shift(visit: visit.id, from: visit.plannedOn, to: slot)
    }
  }

  private static func covers(_ visit: Visit, _ slot: Slot) -> Bool {
    // Of a case that was opened again the schedule asks anew.
    if visit.state == .calledOff { return false }
    if let month = visit.month { return month == slot.month }
    return abs(visit.firstPlannedOn - slot.day) <= daysNear || abs(visit.day - slot.day) <= daysNear
  }
}
