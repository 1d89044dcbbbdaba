import Basics
import Cases
import Foundation
import Storage

/// What is put before a committee: one aid for one person, as it was prepared.
package struct CommitteeItem: Identifiable, Sendable, Equatable {
  package enum Track: String, Storable, CaseIterable, Sendable { case social, employment, business }

  package enum State: String, Storable, CaseIterable, Sendable {
    /// For a session to take it.
    case waiting
    /// On the agenda of a session that has not decided it.
    case listed
    case decided, withdrawn
  }

  package let id: RecordID<CommitteeItem>
  package let file: RecordID<CaseFile>
  /// Where the case is.
  package let antenna: AntennaCode
  /// How the room that submitted it names it; empty when it was submitted by hand.
  package let origin: String
  package let track: Track
  /// What is asked, in every language: nothing about anybody.
  let title: Title
  package let amount: Money
  /// She does not score it and does not vote on it.
  package let preparedBy: AccountID
  package let submittedAt: Date
  package let state: State

  static func reference(_ id: RecordID<CommitteeItem>) -> RecordReference {
    RecordReference("committee_item", id)
  }

  struct Title: Sendable, Equatable {
    let french, arabic, english: String
  }

  func title(for reader: Reader) -> String {
    switch reader.language {
    case .french: title.french
    case .arabic: title.arabic
    case .english: title.english
    }
  }

  /// Items on one agenda at most.
  static let mostInSession = 100
}

/// What another room, or a form, puts before a committee.
package struct NewItem: Sendable {
  /// The same id a second time is the same item.
  package let id: RecordID<CommitteeItem>
  package let file: RecordID<CaseFile>
  /// How the room that submits it names it, so that it finds it again in a decision; at most 100 letters.
  package let origin: String
  package let track: CommitteeItem.Track
  /// What is asked, for lists that are not sealed: nothing about anybody.
  package let title: Phrase
  /// More than nothing.
  package let amount: Money
  package let preparedBy: AccountID
  /// What the committee reads; sealed. Where a session goes without identity nothing else is read, so no name stands
  /// in it.
  package let summary: String

  package init(
    id: RecordID<CommitteeItem>, file: RecordID<CaseFile>, origin: String = "",
    track: CommitteeItem.Track, title: Phrase, amount: Money, preparedBy: AccountID, summary: String
  ) {
    self.id = id
    self.file = file
    self.origin = origin
    self.track = track
    self.title = title
    self.amount = amount
    self.preparedBy = preparedBy
    self.summary = summary
  }
}

/// The person's appeal against a decision: another session decides anew.
package struct Appeal: Identifiable, Sendable, Equatable {
  package let id: RecordID<Appeal>
  package let item: RecordID<CommitteeItem>
  /// What she does not agree with.
  package let against: RecordID<Decision>
  package let receivedOn: Day
  package let recordedAt: Date
  package let recordedBy: AccountID
  /// Nil when it was erased with the person.
  package let words: String?
}
