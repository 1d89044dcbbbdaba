import Basics
import Cases
import Foundation

/// Decisions only: no database, no clock, no request.
enum AgendaRules {
  /// Between which minutes of a day somebody can be met.
  static let day = 6 * 60...21 * 60
  static let lengths = [15, 30, 45, 60, 90, 120]
  /// So many days ahead one can be made.
  static let ahead = 366

  /// Which outcome may be recorded at a moment: whether she came is known once it has begun.
  static func outcomes(of appointment: Appointment, at now: Date) -> [Appointment.State] {
    guard appointment.state != .cancelled else { return [] }
    return appointment.time.start <= now ? [.came, .missed, .excused] : [.excused]
  }

  static func mayMove(_ appointment: Appointment) -> Bool { appointment.state == .planned }

  static func mayCancel(_ appointment: Appointment, at now: Date) -> Bool {
    appointment.state == .planned && now < appointment.time.end
  }

  /// Why a link shows nothing any more; nil while it shows the time that was taken, or times to choose from.
  /// - Parameter appointment: the one that was taken behind it.
  static func fault(of link: BookingLink, _ appointment: Appointment?, in file: CaseFile, at now: Date)
    -> Agenda.BadLink?
  {
    guard link.revokedAt == nil, file.stage != .closed, file.antenna == link.antenna else { return .revoked }
    guard let appointment else { return now < link.until ? nil : .expired }
    let isOver = appointment.state != .planned && appointment.state != .excused
    let isHers = appointment.with == link.account || appointment.state == .excused
    return !isOver && isHers && now < appointment.time.end ? nil : .used
  }

  /// Who or what an appointment takes, each once at a time; in one order, so that two who book do not wait for each other.
  static func holders(_ draft: AppointmentDraft, of person: PersonID) -> [Holder] {
    var holders = [Holder(kind: .account, id: draft.with.text), Holder(kind: .person, id: person.text)]
    if let room = draft.room { holders.append(Holder(kind: .room, id: room.text)) }
    return holders
  }

  struct Holder: Equatable {
    enum Kind: String { case account, person, room }

    let kind: Kind
    let id: String

    var text: String { "\(kind.rawValue):\(id)" }

    /// What is said when the time is taken.
    var refusal: FieldError {
      switch kind {
      case .account: FieldError("with", say("She has another appointment at this time."))
      case .person: FieldError("hour", say("The person has another appointment at this time."))
      case .room: FieldError("room", say("The room is taken at this time."))
      }
    }
  }

  /// When she is reminded: at nine in the morning of the day before; nil when that has passed.
  static func remindAt(_ time: AppointmentTime, now: Date) -> Date? {
    let moment = AppointmentTime.moment(time.day + -1, 9 * 60)
    return moment > now ? moment : nil
  }
}
