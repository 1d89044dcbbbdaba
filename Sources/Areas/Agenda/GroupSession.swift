import Basics
import Cases
import Foundation
import Storage

/// A meeting with several persons at once: an information session, a workshop of an afternoon.
package struct GroupSession: Identifiable, Sendable, Equatable {
  /// What it is about, where it needs no words of its own; read by persons over a shoulder.
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case information, work, business, papers
    /// With a title in three languages.
    case other
  }

  package enum State: String, Storable, CaseIterable, Sendable { case planned, cancelled }

  /// A title of its own, in each language of the pages.
  package struct Titles: Sendable, Equatable {
    package let french: String
    package let arabic: String
    package let english: String

    package init(french: String, arabic: String, english: String) {
      (self.french, self.arabic, self.english) = (french, arabic, english)
    }

    package func text(in language: Language) -> String {
      switch language {
      case .french: french
      case .arabic: arabic
      case .english: english
      }
    }
  }

  /// Seats that one session offers at most.
  package static let mostSeats = 200

  package let id: RecordID<GroupSession>
  package let antenna: AntennaCode
  package let kind: Kind
  /// Nil unless the kind is `other`.
  package let titles: Titles?
  package let leader: AccountID
  package let room: RecordID<Room>?
  /// Where it is, in words, when it is in no room of the antenna.
  package let place: String?
  package let time: AppointmentTime
  /// In which it is held.
  package let language: Language
  package let seats: Int
  /// Whether persons may wait for a seat once all are taken.
  package let hasWaitingList: Bool

  package init(
    id: RecordID<GroupSession>, antenna: AntennaCode, kind: Kind, titles: Titles? = nil, leader: AccountID,
    room: RecordID<Room>? = nil, place: String? = nil, time: AppointmentTime, language: Language, seats: Int,
    hasWaitingList: Bool = true
  ) {
    self.id = id
    self.antenna = antenna
    self.kind = kind
    self.titles = titles
    self.leader = leader
    self.room = room
    self.place = place
    self.time = time
    self.language = language
    self.seats = seats
    self.hasWaitingList = hasWaitingList
  }

  package static func reference(_ id: RecordID<GroupSession>) -> RecordReference {
    RecordReference("group_session", id)
  }

  /// Its title for somebody who reads this language.
  func title(for reader: Reader) -> String { titles?.text(in: reader.language) ?? reader(kind.label) }
}

/// A session as it stands.
struct KeptSession: Sendable, Equatable {
  let session: GroupSession
  let state: GroupSession.State
  /// Seats that somebody has.
  let taken: Int
  /// Why it was called off or moved.
  let why: String?
  let version: Int

  var free: Int { max(0, session.seats - taken) }
}

/// The last line of a page of sessions.
struct SessionCursor: Sendable, Equatable {
  let day: Day
  /// Minutes since midnight.
  let from: Int
  let id: RecordID<GroupSession>

  init(day: Day, from: Int, id: RecordID<GroupSession>) { (self.day, self.from, self.id) = (day, from, id) }

  init?(_ text: String) {
    let parts = text.split(separator: "!")
    guard parts.count == 3, let day = Day(parts[0]), let from = Int(parts[1]),
      let id = RecordID<GroupSession>(parts[2])
    else { return nil }
    self.init(day: day, from: from, id: id)
  }

  var text: String { "\(day)!\(from)!\(id)" }
}

extension KeptSession {
  var cursor: SessionCursor {
    SessionCursor(day: session.time.day, from: session.time.from, id: session.id)
  }
}

/// That a person of a case is put down for a session.
package struct SessionSeat: Identifiable, Sendable, Equatable {
  package enum State: String, Storable, CaseIterable, Sendable {
    case booked
    /// No seat was free: she gets the next one.
    case waiting
    case came, missed, excused
    /// Taken off before.
    case off

    /// Whether one of the seats is hers.
    var hasSeat: Bool { self != .waiting && self != .off }
  }

  package let id: RecordID<SessionSeat>
  package let session: RecordID<GroupSession>
  package let file: RecordID<CaseFile>
  package let state: State
  package let version: Int

  package static func reference(_ id: RecordID<SessionSeat>) -> RecordReference {
    RecordReference("session_seat", id)
  }
}
