import Basics
import Cases
import Foundation

/// Decisions only: no database, no clock, no request.
enum ReviewRules {
  /// Files of all antennas are drawn and read: somebody who sees the nation does it.
  static func mustReview(_ actor: Actor) throws(Refusal) {
    guard mayReview(actor) else { throw .notAllowed(.reviewFiles) }
  }

  static func mayReview(_ actor: Actor) -> Bool { actor.may(.reviewFiles) && actor.scope == .nation }

  /// The places of the frame that are drawn: the first of a shuffle, each once. Seed and size alone decide.
  static func places(seed: Int, size: Int, count: Int) -> [Int] {
    var dice = Dice(seed: UInt64(bitPattern: Int64(seed)))
    return dice.places(count, of: size)
  }

  /// A period that is over: nothing is added to its frame by days to come.
  static func mustBeWhole(_ new: NewReviewRound, today: Day) throws(Refusal) {
    guard new.criteria.days.upperBound <= today else {
      throw .invalid([FieldError("until", say("Choose a period that is over."))])
    }
    guard (1...ReviewRound.most).contains(new.count) else {
      throw .invalid([
        FieldError("count", say("Write a whole number from \(1) to \(ReviewRound.most)."))
      ])
    }
    guard (1...2).contains(new.raters) else {
      throw .invalid([FieldError("raters", say("Choose one of the answers offered."))])
    }
  }

  /// Whether an act of somebody about a person means that she had the file in hand: opening, reading and printing do
  /// not, nor does what reviews themselves do.
  static func isByHand(_ act: String) -> Bool {
    let parts = act.split(separator: ".", maxSplits: 1)
    guard parts.count == 2, parts[0] != "review", parts[0] != "task", parts[0] != "meeting" else {
      return false
    }
    let looking = ["open", "read", "print", "found-elsewhere", "copy", "seen"]
    return !looking.contains { parts[1] == $0 || parts[1].hasPrefix("\($0)-") }
  }

  /// Who had a file in hand does not rate it.
  static func hadInHand(_ file: CaseFile, _ actor: Actor, acts: [String]) -> Bool {
    file.contact == actor.id || acts.contains(where: isByHand)
  }

  /// Whether somebody may see what a reading says: her own always, those of others once all of the file are done.
  static func isOpen(_ reading: ReviewReading, to actor: Actor, done: Int, raters: Int) -> Bool {
    reading.rater == actor.id || done >= raters
  }

  /// Whether somebody may begin a reading: the file has a place left and she has none yet.
  static func mayBegin(_ readings: [ReviewReading], raters: Int, _ actor: Actor) -> Bool {
    readings.count < raters && !readings.contains { $0.rater == actor.id }
  }

  /// A reading is done when each question has its answer, and each "no" has words.
  static func mustBeDone(_ draft: ReviewDraft, items: [String]) throws(Refusal) {
    guard draft.isDone else { return }
    var errors: [FieldError] = []
    for item in items {
      switch draft.answers[item] {
      case nil:
        errors.append(FieldError("answer-\(item)", say("Answer this question, or leave the draft open.")))
      case .no where draft.words[item] == nil:
        errors.append(FieldError("words-\(item)", say("Say what is missing.")))
      default: break
      }
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// Whose findings somebody sees.
  enum Sight: Equatable {
    case everybody
    case antenna(AntennaCode)
    case nobody
  }

  static func sight(of actor: Actor) -> Sight {
    if mayReview(actor) { return .everybody }
    if actor.may(.assignCases), let antenna = actor.antenna { return .antenna(antenna) }
    return .nobody
  }

  /// The first days of the last quarters, the oldest first.
  static func quarters(_ count: Int, until today: Day) -> [Day] {
    let (_, month, day) = today.parts
    let first = (today + (1 - day)).adding(months: -((month - 1) % 3))
    return (0..<count).reversed().map { first.adding(months: -3 * $0) }
  }
}
