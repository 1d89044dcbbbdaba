import Accounts
import Basics
import Foundation
import Tasks

/// Decisions only: no database, no clock, no request.
enum MeetingRules {
  /// Minutes are written where the meeting was: at the antenna, or at the centre.
  static func mayWrite(at antenna: AntennaCode?, _ actor: Actor) -> Bool {
    guard actor.may(.keepMeetings), actor.antenna == antenna else { return false }
    return antenna != nil || actor.scope == .nation
  }

  /// Closed minutes are read by those who open files at the antenna, and by the centre; a draft by those who write it.
  static func mayRead(_ meeting: Meeting, _ actor: Actor) -> Bool {
    if mayWrite(at: meeting.antenna, actor) { return true }
    guard actor.may(.openFiles), meeting.closed != nil else { return false }
    return actor.scope == .nation || actor.antenna != nil && actor.antenna == meeting.antenna
  }

  static func mustBeDraft(_ meeting: Meeting) throws(Refusal) {
    guard meeting.closed == nil else {
      throw .conflict(say("These minutes are closed: what is missing is added below them."))
    }
  }

  static func mustBeWhole(_ item: NewMeetingItem) throws(Refusal) {
    guard item.words.contains(where: { !$0.isWhitespace }), item.words.count <= Meeting.longest else {
      throw .invalid([FieldError("words", say("Say what was spoken of."))])
    }
    guard let decision = item.decision else { return }
    guard decision.words.contains(where: { !$0.isWhitespace }), decision.words.count <= OfficeTask.longest
    else { throw .invalid([FieldError("decision", say("Say what was decided."))]) }
  }

  /// To whom a decision of a meeting may go.
  /// - Parameters:
  ///   - people: of the antenna, or of the centre.
  ///   - antennas: all.
  static func receivers(
    at antenna: AntennaCode?, people: [AccountID], antennas: [AntennaCode]
  ) -> [OfficeTask.Receiver] {
    let persons = people.map { OfficeTask.Receiver.person($0) }
    guard let antenna else {
      return persons + [.centre] + antennas.flatMap { [.antenna($0), .role(.antennaHead, at: $0)] }
    }
    let roles = Role.ofAntennas.map { OfficeTask.Receiver.role($0, at: antenna) }
    return persons + [.antenna(antenna), .centre] + roles
  }
}
