import Basics
import Cases
import Foundation
import Storage

/// A link by which a person takes a time herself, without an account; it says nothing of whom it is about.
package struct BookingLink: Identifiable, Sendable, Equatable {
  package let id: RecordID<BookingLink>
  package let file: RecordID<CaseFile>
  package let antenna: AntennaCode
  /// Whose times are offered.
  package let account: AccountID
  package let way: Appointment.Way
  package let minutes: Int
  /// The person's.
  package let language: Language
  /// Until then a time can be taken; one that was taken can be moved until the day before.
  package let until: Date
  package let revokedAt: Date?
  /// Times taken, moved or called off behind it.
  package let uses: Int
  package let appointment: RecordID<Appointment>?

  /// So many days a link lives.
  package static let daysValid = 14
  /// So often something may be done behind it.
  package static let mostUses = 10
  /// The ways that are offered to persons.
  static let ways: [Appointment.Way] = [.antenna, .phone]
  /// What its token is signed for.
  static let kind = "booking-link"

  package static func reference(_ id: RecordID<BookingLink>) -> RecordReference {
    RecordReference("booking_link", id)
  }

  /// Whether this is what the form said.
  func isFrom(_ draft: BookingDraft) -> Bool {
    account == draft.account && way == draft.way && minutes == draft.minutes
  }

  var ask: Agenda.FreeAsk { Agenda.FreeAsk(account: account, minutes: minutes, way: way) }
}

/// A link that somebody of the staff is about to make.
package struct BookingDraft: Sendable {
  package let id: RecordID<BookingLink>
  package let account: AccountID
  package let way: Appointment.Way
  package let minutes: Int
  /// Sent to the person where she agreed to be written to; shown to the counsellor in any case.
  package let isSent: Bool

  package init(
    id: RecordID<BookingLink>, account: AccountID, way: Appointment.Way = .antenna, minutes: Int = 30,
    isSent: Bool = true
  ) {
    self.id = id
    self.account = account
    self.way = way
    self.minutes = minutes
    self.isSent = isSent
  }
}

/// What the page behind a link shows: nothing of who she is.
package struct BookingBehind: Sendable {
  package enum Standing: Sendable, Equatable {
    /// She has no time yet.
    case open
    case taken(AppointmentTime, mayChange: Bool)
    /// She called it off, and the link is good no more for another.
    case calledOff
  }

  package let link: BookingLink
  package let standing: Standing
  /// Who meets her.
  package let name: String
  package let free: [FreeTime]
}
