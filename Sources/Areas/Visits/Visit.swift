import Basics
import Foundation
import Storage

/// A follow-up visit: planned for a day, perhaps moved, then made, or missed.
package struct Visit: Identifiable, Sendable {
  package enum State: String, Storable, CaseIterable, Sendable {
    case planned, done, missed
    /// Its case was closed before.
    case calledOff = "called-off"

    package var label: Phrase {
      switch self {
      case .planned: say("planned")
      case .done: say("made")
      case .missed: say("missed")
      case .calledOff: say("called off with the case")
      }
    }
  }

  package let id: RecordID<Visit>
  package let plannedOn: Day
  package let state: State
  /// Months after the start for which the schedule asked for it; nil where somebody planned it by hand.
  package let month: Int?
  /// How it was moved, the first time first.
  package let moves: [Move]
  /// Why it did not take place; nil also where nobody said so.
  package let missed: Hindrance?
  /// The day its case was closed, where that was before it.
  package let calledOffOn: Day?
  package let report: Report?
  /// Who recorded the report; nil as long as there is none.
  package let author: Author?

  package init(
    id: RecordID<Visit>, plannedOn: Day, state: State, month: Int? = nil, moves: [Move] = [],
    missed: Hindrance? = nil, calledOffOn: Day? = nil, report: Report? = nil, author: Author? = nil
  ) {
    self.id = id
    self.plannedOn = plannedOn
    self.state = state
    self.month = month
    self.moves = moves
    self.missed = missed
    self.calledOffOn = calledOffOn
    self.report = report
    self.author = author
  }

  /// The day it was planned for at first, however often it was moved.
  package var firstPlannedOn: Day { moves.first?.from ?? plannedOn }

  /// The day under which it stands among the others.
  package var day: Day { report?.on ?? plannedOn }

  package static func reference(_ id: RecordID<Visit>) -> RecordReference { RecordReference("visit", id) }

  /// Why a visit did not take place on its day.
  package struct Hindrance: Equatable, Sendable {
    package enum Kind: String, Storable, CaseIterable, Sendable {
      case notReachable = "not-reachable", away, counsellor, road, other
    }

    package let kind: Kind
    /// In words; there always is one for `other`.
    package let told: String?

    package init(_ kind: Kind, told: String? = nil) {
      self.kind = kind
      self.told = told
    }
  }

  /// A visit that was put on another day.
  package struct Move: Identifiable, Sendable {
    package let id: RecordID<Move>
    package let from: Day
    package let to: Day
    package let why: Hindrance
    package let by: AccountID
  }

  /// Who recorded a report, when, and how often it was corrected since.
  package struct Author: Equatable, Sendable {
    package let by: AccountID
    /// Nil for reports from before this was kept.
    package let at: Date?
    package let version: Int

    package init(by: AccountID, at: Date?, version: Int) {
      self.by = by
      self.at = at
      self.version = version
    }
  }
}
