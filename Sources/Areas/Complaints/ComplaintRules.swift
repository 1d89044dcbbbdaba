import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum ComplaintRules {
  /// By when it is to be answered; nil where no term held on the day it was received.
  static func due(_ line: ComplaintLine, _ terms: [ComplaintTerm]) -> Day? {
    terms.filter { $0.from <= line.receivedOn }.max { $0.from < $1.from }.map { line.receivedOn + $0.days }
  }

  /// Nobody judges herself, nor her own decision.
  static func isConcerned(_ actor: AccountID, by line: ComplaintLine) -> Bool {
    line.about == actor || line.decidedBy == actor
  }

  static func mayTake(_ line: ComplaintLine, _ actor: Actor) -> Bool {
    line.outcome == nil && line.handler != actor.id && mayHandle(line, actor)
  }

  /// Whoever took it answers it; while nobody has, whoever may take it.
  static func mayAnswer(_ line: ComplaintLine, _ actor: Actor) -> Bool {
    line.outcome == nil && (line.handler ?? actor.id) == actor.id && mayHandle(line, actor)
  }

  private static func mayHandle(_ line: ComplaintLine, _ actor: Actor) -> Bool {
    guard actor.may(.answerComplaints), !isConcerned(actor.id, by: line) else { return false }
    switch actor.scope {
    case .nation: return true
    case .antenna: return actor.antenna == line.antenna
    case .assigned: return false
    }
  }

  /// The middle one: half are as small or smaller; nil where there is none.
  static func median(_ days: [Int]) -> Int? { days.isEmpty ? nil : days.sorted()[(days.count - 1) / 2] }

  /// One appeal, after an answer.
  static func mayAppeal(_ line: ComplaintLine) -> Bool { line.outcome != nil && line.appealOf == nil }
}
