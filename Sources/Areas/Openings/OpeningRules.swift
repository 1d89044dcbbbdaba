import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum OpeningRules {
  /// When the access ends that begins now.
  static func end(from now: Date) -> Date { now.addingTimeInterval(Double(Opening.hours) * 3_600) }

  /// Whether a file is open by it: a judgement that it was not justified ends it at once.
  static func isRunning(_ line: OpeningLine, at now: Date) -> Bool {
    now < line.until && line.verdict != .unjustified
  }

  /// Whoever was told that it was not justified does not open the file again the same day: she asks its antenna.
  static func mayOpen(after earlier: OpeningLine?, at now: Date) throws(Refusal) {
    guard let earlier, now < earlier.until, earlier.verdict == .unjustified else { return }
    throw .conflict(
      say("Your opening of this file was judged not justified. Ask the antenna that holds it."))
  }

  /// Whether it has waited longer than `days` for its judgement.
  static func isOverdue(_ line: OpeningLine, days: Int, at now: Date) -> Bool {
    line.verdict == nil && line.openedAt <= lastInTime(days: days, at: now)
  }

  /// What was opened until then should be judged by now.
  static func lastInTime(days: Int, at now: Date) -> Date { now.addingTimeInterval(-Double(days) * 86_400) }

  /// The antenna that holds the file judges; the centre does where the antenna let the time pass. Nobody judges herself.
  static func mayJudge(_ line: OpeningLine, _ actor: Actor, days: Int, at now: Date) -> Bool {
    guard actor.may(.judgeOpenings), actor.id != line.by, line.verdict == nil else { return false }
    switch actor.scope {
    case .nation: return isOverdue(line, days: days, at: now)
    case .antenna: return actor.antenna == line.antenna
    case .assigned: return false
    }
  }
}

/// What the search hands over of a file that the searcher may not see: for her alone, and not for long.
struct OpeningTicket: Equatable {
  let person: PersonID
  let until: Date

  /// Minutes for which it is good.
  static let minutes = 15

  init(to person: PersonID, at now: Date) {
    (self.person, until) = (person, now.addingTimeInterval(Double(Self.minutes) * 60))
  }

  /// Nil for what is none.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let person = PersonID(parts[0]), let milliseconds = Int64(parts[1]) else {
      return nil
    }
    (self.person, until) = (person, Date(timeIntervalSince1970: Double(milliseconds) / 1_000))
  }

  var text: String { "\(person)~\(until.milliseconds)" }

  func isGood(at now: Date) -> Bool { now < until }
}
