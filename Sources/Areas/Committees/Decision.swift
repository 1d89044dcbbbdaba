import Basics
import Cases
import Foundation
import Storage

/// What a committee decided on an item. The day of its session is the reference date of the aid.
package struct Decision: Identifiable, Sendable, Equatable {
  package enum Outcome: String, Storable, CaseIterable, Sendable {
    case granted, conditions, postponed, refused

    /// Another session has still to say yes or no.
    package var isFinal: Bool { self != .postponed }
    package var isGrant: Bool { self == .granted || self == .conditions }
  }

  /// Why not, or not yet. The project's own list.
  package enum Reason: String, Storable, CaseIterable, Sendable {
    case criteria, money, papers, feasibility, otherHelp = "other-help", amount, other
  }

  /// What was decided, before it has a place.
  package struct Words: Sendable, Equatable {
    package let outcome: Outcome
    /// What is granted: at most what was asked, and less only with conditions; nil for anything but a grant.
    package let amount: Money?
    /// Nil unless it is granted with conditions.
    package let conditions: String?
    /// For what is refused or postponed.
    package let reason: Reason?
    /// What the person reads as the reason, in her language.
    package let text: String?

    package init(
      _ outcome: Outcome, amount: Money? = nil, conditions: String? = nil, reason: Reason? = nil,
      text: String? = nil
    ) {
      self.outcome = outcome
      self.amount = amount
      self.conditions = conditions
      self.reason = reason
      self.text = text
    }
  }

  package let id: RecordID<Decision>
  package let item: RecordID<CommitteeItem>
  package let file: RecordID<CaseFile>
  /// How the room that submitted the item names it.
  package let origin: String
  package let session: RecordID<CommitteeSession>
  /// The session's day: the reference date.
  package let day: Day
  /// Conditions and text are nil once the person was erased.
  package let words: Words
  /// Whether it was made upon an appeal.
  package let isOnAppeal: Bool
  package let decidedAt: Date
  package let decidedBy: AccountID
  /// Members who were there and free to vote, and those of them who voted for this.
  package let counted: Int
  package let agreed: Int

  package var outcome: Outcome { words.outcome }
  package var amount: Money? { words.amount }
}

/// Told of each decision in the transaction that makes it: what it throws undoes the decision.
package typealias DecisionFollower =
  @Sendable (_ decision: Decision, _ db: Connection, _ actor: Actor) throws -> Void
