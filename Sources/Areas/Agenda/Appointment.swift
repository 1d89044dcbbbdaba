import Basics
import Cases
import Foundation
import Storage

/// That somebody of the staff meets or calls a person of a case at a set time.
package struct Appointment: Identifiable, Sendable, Equatable {
  package enum Way: String, Storable, CaseIterable, Sendable { case antenna, phone, home }

  package enum State: String, Storable, CaseIterable, Sendable {
    case planned
    case came
    /// She did not come and said nothing.
    case missed
    /// She said that she cannot come.
    case excused
    /// The service called it off.
    case cancelled

    /// Whether it still takes the time of those who meet.
    var holdsTime: Bool { self != .excused && self != .cancelled }
  }

  /// What is told of it; sealed.
  package struct Words: Sendable, Equatable {
    package let about: String?
    /// Papers that she is asked to bring.
    package let bring: String?
    /// Why it was moved, called off or excused.
    package var why: String?

    package init(about: String? = nil, bring: String? = nil, why: String? = nil) {
      (self.about, self.bring, self.why) = (about, bring, why)
    }
  }

  package let id: RecordID<Appointment>
  package let file: RecordID<CaseFile>
  /// Where it takes place, or from where she is called.
  package let antenna: AntennaCode
  package let with: AccountID
  package let way: Way
  package let room: RecordID<Room>?
  package let time: AppointmentTime
  package let state: State
  /// Nil once they were erased with the person, and in lists.
  package let words: Words?
  package let version: Int

  package static func reference(_ id: RecordID<Appointment>) -> RecordReference {
    RecordReference("appointment", id)
  }
}

/// The last line of a page of a case's appointments.
struct AppointmentCursor: Sendable, Equatable {
  let day: Day
  let id: RecordID<Appointment>

  init(day: Day, id: RecordID<Appointment>) { (self.day, self.id) = (day, id) }

  init?(_ text: String) {
    let parts = text.split(separator: "!")
    guard parts.count == 2, let day = Day(parts[0]), let id = RecordID<Appointment>(parts[1]) else {
      return nil
    }
    self.init(day: day, id: id)
  }

  var text: String { "\(day)!\(id)" }
}

extension Appointment {
  var cursor: AppointmentCursor { AppointmentCursor(day: time.day, id: id) }
}

/// A day, a time of it in Tunis and how long, in quarters of an hour.
package struct AppointmentTime: Sendable, Equatable {
  /// Minutes of one slot: what nobody can be booked twice for.
  package static let slot = 15

  package let day: Day
  /// Minutes since midnight.
  package let from: Int
  package let minutes: Int

  package init(day: Day, from: Int, minutes: Int) {
    (self.day, self.from, self.minutes) = (day, from, minutes)
  }

  var slots: Range<Int> { from / Self.slot..<(from + minutes) / Self.slot }

  package var start: Date { Self.moment(day, from) }
  package var end: Date { Self.moment(day, from + minutes) }

  static func moment(_ day: Day, _ minute: Int) -> Date {
    let local = Date(timeIntervalSince1970: Double(day.number * 86_400 + minute * 60))
    return local.addingTimeInterval(-Double(Day.zone.secondsFromGMT(for: local)))
  }
}

/// An appointment that somebody is about to make.
package struct AppointmentDraft: Sendable {
  package let id: RecordID<Appointment>
  package let with: AccountID
  package let way: Appointment.Way
  package let room: RecordID<Room>?
  package let time: AppointmentTime
  package let words: Appointment.Words

  package init(
    id: RecordID<Appointment>, with: AccountID, way: Appointment.Way, room: RecordID<Room>? = nil,
    time: AppointmentTime, words: Appointment.Words = .init()
  ) {
    self.id = id
    self.with = with
    self.way = way
    self.room = room
    self.time = time
    self.words = words
  }
}

/// A room of an antenna in which people meet.
package struct Room: Identifiable, Sendable, Equatable {
  package let id: RecordID<Room>
  package let antenna: AntennaCode
  package let name: String
  /// Nobody is received in it any more.
  package let isClosed: Bool

  package init(id: RecordID<Room>, antenna: AntennaCode, name: String, isClosed: Bool = false) {
    (self.id, self.antenna, self.name, self.isClosed) = (id, antenna, name, isClosed)
  }
}

/// Days on which somebody of the staff does not work.
package struct Absence: Identifiable, Sendable, Equatable {
  package let id: RecordID<Absence>
  package let account: AccountID
  package let from: Day
  package let until: Day

  package init(id: RecordID<Absence>, account: AccountID, from: Day, until: Day) {
    (self.id, self.account, self.from, self.until) = (id, account, from, until)
  }
}

/// A day on which the service is closed. None is shipped: which ones are, and when the moon's fall, is entered.
package struct Holiday: Sendable, Equatable {
  package let day: Day
  package let name: String
  /// The text or the announcement that says so.
  package let source: String
  /// Whether it still has to be confirmed, as those that follow the moon.
  package let isToConfirm: Bool

  package init(day: Day, name: String, source: String, isToConfirm: Bool) {
    (self.day, self.name, self.source, self.isToConfirm) = (day, name, source, isToConfirm)
  }

  /// How the journal names a holiday.
  struct Reference: Code { let rawValue: String }
}
