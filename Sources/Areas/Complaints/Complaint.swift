import Basics
import Cases
import Foundation
import Storage

/// What somebody finds wrong, and what became of it.
package struct Complaint: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case welcome, delay, decision, information, data, other
  }

  package enum Channel: String, Storable, CaseIterable, Sendable {
    case spoken, letter, phone, email, box
  }

  package enum Outcome: String, Storable, CaseIterable, Sendable { case upheld, partly, rejected }

  package struct Answer: Sendable, Equatable {
    package let outcome: Outcome
    /// Why, for the staff; sealed.
    package let reason: String
    /// What the person reads, in her language; sealed.
    package let words: String

    package init(outcome: Outcome, reason: String, words: String) {
      self.outcome = outcome
      self.reason = reason
      self.words = words
    }
  }

  package struct Answered: Sendable, Equatable {
    /// Nil when it was erased with the person.
    package let answer: Answer?
    package let outcome: Outcome
    package let at: Date
    package let by: AccountID
  }

  package let line: ComplaintLine
  /// What is complained of; nil when it was erased with the person.
  package let words: String?
  package let answered: Answered?

  package var id: RecordID<Complaint> { line.id }

  static func reference(_ id: RecordID<Complaint>) -> RecordReference { RecordReference("complaint", id) }
}

/// What stands in a list: nothing that is sealed.
package struct ComplaintLine: Identifiable, Sendable, Equatable {
  package let id: RecordID<Complaint>
  package let antenna: AntennaCode
  /// Nil for a person without a case, and for one who does not say who she is.
  package let file: RecordID<CaseFile>?
  package let kind: Complaint.Kind
  package let channel: Complaint.Channel
  package let language: Language
  package let receivedOn: Day
  package let recordedAt: Date
  package let recordedBy: AccountID
  /// The one complained of.
  package let about: AccountID?
  /// Who took the decision that is contested; for an appeal, who gave the first answer.
  package let decidedBy: AccountID?
  package let appealOf: RecordID<Complaint>?
  package let handler: AccountID?
  package let outcome: Complaint.Outcome?
}

/// A complaint that somebody is about to record.
package struct ComplaintDraft: Sendable {
  package let id: RecordID<Complaint>
  package let kind: Complaint.Kind
  package let channel: Complaint.Channel
  package let language: Language
  package let receivedOn: Day
  package let about: AccountID?
  package let decidedBy: AccountID?
  package let words: String

  package init(
    id: RecordID<Complaint>, kind: Complaint.Kind, channel: Complaint.Channel, language: Language,
    receivedOn: Day, about: AccountID?, decidedBy: AccountID?, words: String
  ) {
    self.id = id
    self.kind = kind
    self.channel = channel
    self.language = language
    self.receivedOn = receivedOn
    self.about = about
    self.decidedBy = decidedBy
    self.words = words
  }
}

/// The days within which a complaint is answered, from a day on.
package struct ComplaintTerm: Sendable, Equatable {
  /// How the journal names a term.
  struct Reference: Code {
    let rawValue: String
  }

  package let from: Day
  package let days: Int

  package init(from: Day, days: Int) {
    self.from = from
    self.days = days
  }
}

package enum ComplaintList: String, CaseIterable, Sendable { case waiting, answered, mine }

/// Where the next page of a list begins.
package struct ComplaintCursor: Sendable {
  let at: Date
  let id: RecordID<Complaint>
}

struct ComplaintsFound: Sendable {
  let lines: [ComplaintLine]
  let next: ComplaintCursor?
  let terms: [ComplaintTerm]
}
