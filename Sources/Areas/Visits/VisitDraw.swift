import Basics
import Cases
import Foundation
import Storage

/// Files drawn by lot for a second look by the head of an antenna: of those visited in a month, once for each month.
package struct VisitDraw: Identifiable, Sendable {
  package let id: RecordID<VisitDraw>
  package let antenna: AntennaCode
  /// The first day of the month whose visits were drawn from.
  package let month: Day
  /// With the list it gives the same files again to whoever asks.
  package let seed: Int
  /// Files on the list.
  package let size: Int
  package let at: Date
  package let by: AccountID

  /// A file that was drawn.
  package struct Look: Identifiable, Sendable {
    package enum Outcome: String, Storable, CaseIterable, Sendable {
      case agrees, differs

      package var label: Phrase {
        switch self {
        case .agrees: say("Agrees with the report")
        case .differs: say("Differs from the report")
        }
      }
    }

    package let id: RecordID<Look>
    /// Its place on the list, from 0.
    package let position: Int
    package let file: RecordID<CaseFile>
    package let visit: RecordID<Visit>
    package let result: Result?
    /// Counted up each time the result is recorded.
    package let version: Int
  }

  /// What the second look found.
  package struct Result: Equatable, Sendable {
    package let outcome: Look.Outcome
    /// What differs; there always is something where something differs.
    package let told: String?

    package init(_ outcome: Look.Outcome, told: String?) {
      self.outcome = outcome
      self.told = told
    }
  }

  /// How many files are drawn at most.
  package static let most = 20
}

/// A file drawn for a second look that nobody has taken yet.
package struct WaitingLook: Sendable {
  package let draw: RecordID<VisitDraw>
  /// The first day of the month whose visits were drawn from.
  package let month: Day
  package let drawnAt: Date
  package let file: RecordID<CaseFile>
}

/// How lots are drawn: a pure function of seed and list, so that anyone may draw again and compare.
package enum VisitDrawRules {
  /// Places on a list of `size`, each once: the first of a Fisher-Yates shuffle.
  static func places(seed: Int, size: Int, count: Int) -> [Int] {
    var dice = Dice(seed: UInt64(bitPattern: Int64(seed)))
    return dice.places(count, of: size)
  }

  /// Only a month that is over: nothing is added to its list by visits to come.
  static func mustBeOver(_ month: Day, today: Day) throws(Refusal) {
    guard month.parts.day == 1, month.adding(months: 1) <= today else {
      throw .invalid([FieldError("month", say("Choose a month that is over."))])
    }
  }

  /// The months offered, the last one first.
  package static func months(before today: Day) -> [Day] {
    let first = today + (1 - today.parts.day)
    return (1...6).map { first.adding(months: -$0) }
  }
}
