import Basics
import Foundation
import Storage

/// When somebody of the staff may be met, weekday by weekday, from a day on.
package struct WorkWeek: Identifiable, Sendable, Equatable {
  package struct Hours: Sendable, Equatable {
    /// 0 is Monday.
    package let weekday: Int
    /// Minutes since midnight.
    package let from: Int
    package let until: Int

    package init(weekday: Int, from: Int, until: Int) {
      (self.weekday, self.from, self.until) = (weekday, from, until)
    }
  }

  /// Spans that one day holds at most.
  static let mostADay = 4

  package let id: RecordID<WorkWeek>
  package let account: AccountID
  package let from: Day
  /// Nil: until another week is recorded.
  package let until: Day?
  /// In the order of the week.
  package let hours: [Hours]

  package init(id: RecordID<WorkWeek>, account: AccountID, from: Day, until: Day? = nil, hours: [Hours]) {
    self.id = id
    self.account = account
    self.from = from
    self.until = until
    self.hours = hours
  }

  func holds(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}

/// A time at which somebody can be met.
package struct FreeTime: Sendable, Equatable {
  package let time: AppointmentTime
  /// One that is free then; nil where no room is needed, or the antenna has none.
  package let room: RecordID<Room>?

  /// How a form names it.
  package var text: String { "\(time.day)!\(time.from)" }
}

/// Which times are free: hours less what is taken. Pure.
enum FreeTimes {
  /// Days ahead for which times are offered.
  static let days = 14
  /// Times that one list offers at most.
  static let most = 120

  /// What stands against meeting somebody.
  struct Given {
    /// The last recorded first.
    var weeks: [WorkWeek] = []
    var absences: [Absence] = []
    var holidays: Set<Day> = []
    /// Of those who meet.
    var taken: [Day: Set<Int>] = [:]
    /// By room; empty where none is needed.
    var rooms: [(room: RecordID<Room>, taken: [Day: Set<Int>])] = []
  }

  /// Times of one length, one after the other within each span of hours; the first half hour from `now` is left out.
  static func list(_ given: Given, minutes: Int, _ days: ClosedRange<Day>, at now: Date) -> [FreeTime] {
    var found: [FreeTime] = []
    for number in days.lowerBound.number...days.upperBound.number {
      let day = Day(number: number)
      guard !given.holidays.contains(day),
        !given.absences.contains(where: { $0.from <= day && day <= $0.until }),
        let week = given.weeks.first(where: { $0.holds(on: day) })
      else { continue }
      for hours in week.hours where hours.weekday == day.weekday {
        for from in stride(from: hours.from, through: hours.until - minutes, by: minutes) {
          let time = AppointmentTime(day: day, from: from, minutes: minutes)
          guard time.start > now.addingTimeInterval(1_800), isFree(time, given.taken) else { continue }
          let room = given.rooms.first { isFree(time, $0.taken) }?.room
          guard given.rooms.isEmpty || room != nil else { continue }
          found.append(FreeTime(time: time, room: room))
          if found.count == most { return found }
        }
      }
    }
    return found
  }

  private static func isFree(_ time: AppointmentTime, _ taken: [Day: Set<Int>]) -> Bool {
    taken[time.day].map { taken in time.slots.allSatisfy { !taken.contains($0) } } ?? true
  }
}
