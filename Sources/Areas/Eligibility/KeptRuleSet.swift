import Basics
import Foundation
import Storage

/// Rules as they were loaded, and what was decided about them.
package struct KeptRuleSet: Sendable, Identifiable {
  package enum State: String, Storable, CaseIterable, Sendable {
    /// Loaded and tried; asked by nobody.
    case draft
    /// In force from their first day until their last.
    case decided
    case discarded
  }

  package let id: RecordID<KeptRuleSet>
  package let set: RuleSet
  /// The file, as it was loaded.
  package let file: String
  package let state: State
  /// The last day, where somebody ended them before the file does.
  package let endedOn: Day?
  package let loadedAt: Date
  package let loadedBy: AccountID
  package let decidedAt: Date?
  package let decidedBy: AccountID?

  package var until: Day? { [set.until, endedOn].compactMap { $0 }.min() }

  package func isInForce(on day: Day) -> Bool {
    state == .decided && set.from <= day && until.map { day <= $0 } ?? true
  }

  /// Whether both could be asked on one day.
  func overlaps(_ other: KeptRuleSet) -> Bool {
    set.from <= other.until ?? .max && other.set.from <= until ?? .max
  }

  package static func reference(_ id: RecordID<KeptRuleSet>) -> RecordReference {
    RecordReference("rules", id)
  }
}

extension Day {
  /// Later than any day that is written.
  fileprivate static let max = Day(number: 3_000_000)
}

/// What was answered for a person, and stays as it was answered.
package struct Judgement: Sendable, Identifiable {
  package let id: RecordID<Judgement>
  package let rules: RecordID<KeptRuleSet>
  package let day: Day
  package let answer: Verdict.Answer
  package let amount: Money?
  /// Rule by rule: whether it held, and what was known then.
  package let readings: Fields
  package let at: Date
  package let by: AccountID

  package static func reference(_ id: RecordID<Judgement>) -> RecordReference {
    RecordReference("judgement", id)
  }
}
