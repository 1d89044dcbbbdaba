import Basics
import Documents
import Foundation
import Storage

/// The individual reintegration plan of a case: goals on three tracks, actions under them, what they cost; a draft until
/// it is agreed, and agreed again when it was revised.
package struct Plan: Sendable {
  package let goals: [Goal]
  /// What was agreed, oldest first.
  package let versions: [Version]
  /// The mark of what it says now.
  package let mark: String
  /// The mark of what the newest version says; nil where none was agreed, or before copies were kept.
  package let agreedMark: String?
  /// The day on which somebody said that it is done.
  package let completedOn: Day?

  package init(
    goals: [Goal], versions: [Version] = [], agreedMark: String? = nil, completedOn: Day? = nil
  ) {
    self.goals = goals
    self.versions = versions
    mark = PlanContent(of: goals).mark
    self.agreedMark = agreedMark
    self.completedOn = completedOn
  }

  /// How a plan stands; it follows from what was agreed and what was written since.
  package enum Status: String, CaseIterable, Sendable {
    case draft, agreed, revised, completed

    package var label: Phrase {
      switch self {
      case .draft: say("not agreed yet")
      case .agreed: say("agreed")
      case .revised: say("revised, not agreed again yet")
      case .completed: say("completed")
      }
    }
  }

  package var status: Status {
    if versions.isEmpty { return .draft }
    if completedOn != nil { return .completed }
    return isRevised ? .revised : .agreed
  }

  /// Whether anything was added, given up or corrected since the newest version.
  package var isRevised: Bool { agreedMark.map { $0 != mark } ?? false }

  /// The newest agreement.
  package var agreement: Agreement? { versions.last?.agreement }

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
    /// Why it was given up; nil as long as it stands.
    package let reason: String?
    /// Counts its corrections, from 1.
    package let version: Int

    package init(
      id: RecordID<Goal>, track: Track, text: String, actions: [Action], reason: String? = nil,
      version: Int = 1
    ) {
      self.id = id
      self.track = track
      self.text = text
      self.actions = actions
      self.reason = reason
      self.version = version
    }

    package static func reference(_ id: RecordID<Goal>) -> RecordReference {
      RecordReference("plan_goal", id)
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
    /// Why it cannot go on; nil while it can.
    package let blocked: String?
    /// What it costs; lines that were struck out are not here.
    package let budget: [BudgetLine]
    /// Counts its corrections, from 1.
    package let version: Int

    package init(
      id: RecordID<Action>, text: String, who: String, by: Day?, state: State, startedOn: Day?,
      reason: String?, budget: [BudgetLine] = [], version: Int = 1, blocked: String? = nil
    ) {
      self.id = id
      self.text = text
      self.who = who
      self.by = by
      self.state = state
      self.startedOn = startedOn
      self.reason = reason
      self.blocked = blocked
      self.budget = budget
      self.version = version
    }

    package static func reference(_ id: RecordID<Action>) -> RecordReference {
      RecordReference("plan_action", id)
    }

    /// As it was written, whatever became of it since.
    func isSame(as other: Action) -> Bool { (text, who, by) == (other.text, other.who, other.by) }
  }

  /// A signature under the plan: on which day, and who signed beside the person.
  package struct Agreement: Equatable, Sendable {
    package let on: Day
    /// For the service.
    package let signedBy: String
    /// Who signed in the person's name; nil where she did it herself.
    package let representative: String?
    package let witness: String?

    package init(on: Day, signedBy: String, representative: String? = nil, witness: String? = nil) {
      self.on = on
      self.signedBy = signedBy
      self.representative = representative
      self.witness = witness
    }
  }

  /// A plan as it was agreed once, with a copy of what it said then.
  package struct Version: Identifiable, Sendable {
    package let id: RecordID<Version>
    /// From 1.
    package let number: Int
    package let agreement: Agreement
    /// The signed paper, among the documents of the case.
    package let scan: RecordID<Document>?

    package init(
      id: RecordID<Version>, number: Int, agreement: Agreement, scan: RecordID<Document>? = nil
    ) {
      self.id = id
      self.number = number
      self.agreement = agreement
      self.scan = scan
    }

    package static func reference(_ id: RecordID<Version>) -> RecordReference {
      RecordReference("plan_version", id)
    }
  }

  package var actions: [Action] { goals.flatMap(\.actions) }
  package var budget: [BudgetLine] { actions.flatMap(\.budget) }
}
