import Basics
import Foundation

/// Decisions only: no database, no clock.
enum RightsRules {
  static func number(_ sequence: Int) -> String {
    let digits = String(sequence)
    return "E-" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// Days that an unanswered request is over its term; nil within it, and where no term is loaded.
  static func daysLate(_ request: RightsRequest, on today: Day, term: Int?) -> Int? {
    guard request.answer == nil, let term else { return nil }
    let late = today - request.receivedOn - term
    return late > 0 ? late : nil
  }

  /// Nobody decides what she asked for herself.
  static func mayDecide(_ erasure: Erasure, _ actor: Actor) -> Bool {
    erasure.state == .asked && actor.may(.decideErasure) && erasure.askedBy != actor.id
  }

  /// The category of a closed case: an aid weighs more than other help.
  static func category(hadHelp: Bool, isAided: Bool) -> RetentionRule.Category {
    if isAided { return .withAid }
    return hadHelp ? .withHelp : .withoutHelp
  }

  /// The rule of a category on a day: of those in force the one that began last.
  static func rule(_ category: RetentionRule.Category, on day: Day, among rules: [RetentionRule])
    -> RetentionRule?
  {
    rules.filter { $0.category == category && $0.from <= day && ($0.until.map { $0 >= day } ?? true) }
      .max { $0.from < $1.from }
  }

  /// Acts by which somebody read of a person, or took something away.
  static let readingActs = [
    "person.open", "person.open-outside", "case.open", "case.open-outside", "case.break-glass",
    "document.read", "document.read-outside", "opening.open", "transfer.open", "plan.print", "closure.print",
    "rights.open", "rights.copy", "rights.seen", "rights.consent-form",
  ]

  /// Those by which something left the program, or the antenna.
  static let takingActs: Set<String> = [
    "plan.print", "closure.print", "rights.copy", "document.read", "document.read-outside", "transfer.accept",
    "referral.send",
  ]

  static let sharingActs = readingActs + ["transfer.accept", "referral.send"]
}
