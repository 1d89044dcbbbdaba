import Basics
import Foundation
import Storage

/// A follow-up visit: planned for a day, then made, or missed.
package struct Visit: Identifiable, Sendable {
  package enum State: String, Storable, CaseIterable, Sendable {
    case planned, done, missed

    package var label: Phrase {
      switch self {
      case .planned: say("planned")
      case .done: say("made")
      case .missed: say("missed")
      }
    }
  }

  /// What the visitor finds of the person's activity.
  package enum Activity: String, Storable, CaseIterable, Sendable {
    case notStarted = "not-started", goingOn = "going-on", inDifficulty = "in-difficulty", stopped

    package var label: Phrase {
      switch self {
      case .notStarted: say("Not begun yet")
      case .goingOn: say("Goes on")
      case .inDifficulty: say("In difficulty")
      case .stopped: say("Stopped")
      }
    }
  }

  package let id: RecordID<Visit>
  package let plannedOn: Day
  package let state: State
  package let report: Report?

  /// What was seen.
  package struct Report: Equatable, Sendable {
    package let on: Day
    package let activity: Activity
    package let seen: String
    package let nextStep: String?

    package init(on: Day, activity: Activity, seen: String, nextStep: String?) {
      self.on = on
      self.activity = activity
      self.seen = seen
      self.nextStep = nextStep
    }
  }
}
