import Basics
import Foundation
import Storage

/// The individual reintegration plan of a case: goals on three tracks, actions under them, agreed on a day.
package struct Plan: Sendable {
  package let goals: [Goal]
  package let agreement: Agreement?

  /// The three tracks of reintegration.
  package enum Track: String, Storable, CaseIterable, Sendable {
    case social, employment, project

    package var label: Phrase {
      switch self {
      case .social: say("Social life")
      case .employment: say("Employment")
      case .project: say("Economic project")
      }
    }
  }

  package struct Goal: Identifiable, Sendable {
    package let id: RecordID<Goal>
    package let track: Track
    package let text: String
    package let actions: [Action]

    package init(id: RecordID<Goal>, track: Track, text: String, actions: [Action]) {
      self.id = id
      self.track = track
      self.text = text
      self.actions = actions
    }

    func isSame(as other: Goal) -> Bool { (track, text) == (other.track, other.text) }
  }

  package struct Action: Identifiable, Sendable {
    package enum State: String, Storable, CaseIterable, Sendable {
      case toDo = "to-do", doing, done, abandoned

      package var label: Phrase {
        switch self {
        case .toDo: say("to do")
        case .doing: say("under way")
        case .done: say("done")
        case .abandoned: say("abandoned")
        }
      }

      package var isOpen: Bool { self == .toDo || self == .doing }
    }

    package let id: RecordID<Action>
    package let text: String
    /// Who does it, in words: the person, a counsellor, a service.
    package let who: String
    package let by: Day?
    package let state: State
    package let startedOn: Day?
    /// Why it was abandoned.
    package let reason: String?

    package init(
      id: RecordID<Action>, text: String, who: String, by: Day?, state: State, startedOn: Day?,
      reason: String?
    ) {
      self.id = id
      self.text = text
      self.who = who
      self.by = by
      self.state = state
      self.startedOn = startedOn
      self.reason = reason
    }

    /// As it was written, whatever became of it since.
    func isSame(as other: Action) -> Bool { (text, who, by) == (other.text, other.who, other.by) }
  }

  /// The plan as agreed: on which day, and who signed beside the person.
  package struct Agreement: Equatable, Sendable {
    package let on: Day
    package let signedBy: String

    package init(on: Day, signedBy: String) {
      self.on = on
      self.signedBy = signedBy
    }
  }

  package var actions: [Action] { goals.flatMap(\.actions) }
}
