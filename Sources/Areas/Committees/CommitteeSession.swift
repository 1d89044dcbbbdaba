import Basics
import Foundation
import Storage

/// A session of a committee (comité d'octroi): who sits on which day, what is before them, and the minutes.
package struct CommitteeSession: Identifiable, Sendable, Equatable {
  package enum Role: String, Storable, CaseIterable, Sendable {
    case chair, member
    /// Keeps the minutes, and has no vote.
    case secretary

    var votes: Bool { self != .secretary }
  }

  package enum State: String, Sendable { case convened, closed, signed, cancelled }

  package let id: RecordID<CommitteeSession>
  /// Nil for one of the whole scheme.
  package let antenna: AntennaCode?
  /// The reference date of what it decides.
  package let day: Day
  package let place: String
  /// Members with a vote who must be there and free of conflict for a decision: two at least, since nobody decides
  /// alone.
  package let quorum: Int
  /// Whether the files are read without who they are about.
  package let hidesIdentity: Bool
  /// The version of the grid by which it scores.
  package let grid: String
  /// What it was told there is, where no room knows what is left.
  package let money: Money?
  package let convenedBy: AccountID
  package let convenedAt: Date
  package let cancelledAt: Date?
  package let closing: Signature?
  package let confirmation: Signature?
  /// SHA-256 of what the minutes say, in hexadecimal digits; nil until it is closed.
  package let hash: String?

  package struct Signature: Sendable, Equatable {
    package let by: AccountID
    package let at: Date
  }

  package var state: State {
    if cancelledAt != nil { return .cancelled }
    if confirmation != nil { return .signed }
    return closing == nil ? .convened : .closed
  }

  static func reference(_ id: RecordID<CommitteeSession>) -> RecordReference {
    RecordReference("committee_session", id)
  }

  static let quorums = 2...25
  static let mostMembers = 25
}

/// One who sits in a session.
package struct CommitteeMember: Sendable, Equatable {
  package let account: AccountID
  package let role: CommitteeSession.Role
  package let isPresent: Bool
  /// What she scored and voted before stays recorded, and does not count.
  package let removedAt: Date?

  var sits: Bool { removedAt == nil }
}

/// Why a member keeps out of an item. Whoever prepared it, and whoever decided what is appealed against, is out without
/// saying so.
package enum ConflictKind: String, Storable, CaseIterable, Sendable {
  case family, friendship, work, money, other
}
