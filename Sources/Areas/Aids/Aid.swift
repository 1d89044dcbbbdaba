import Basics
import Cases
import Documents
import Foundation
import Funding
import Storage

/// Money or goods that a person asks for in her case, until the last of it is proven.
package struct Aid: Identifiable, Sendable, Equatable {
  /// Where an aid stands; it follows from what was done, and is never posted.
  package enum State: String, Storable, CaseIterable, Sendable {
    case prepared, submitted, postponed, refused, granted, contracted
    case running = "in-execution"
    case proven, ended
    case givenUp = "given-up"
  }

  /// What is asked for, and who pays the rest: uses and sources are the same sum.
  package struct Request: Sendable, Equatable {
    package let kind: AidKindCode
    package let track: AidKind.Track
    /// What it is for, as the person and her counsellor say it; sealed.
    package let purpose: String
    /// All that it costs.
    package let cost: Money
    package let asked: Money
    /// The person's own contribution.
    package let own: Money
    package let other: Money
    /// Who gives the other part; sealed.
    package let otherWords: String?

    package init(
      kind: AidKindCode, track: AidKind.Track, purpose: String, cost: Money, asked: Money, own: Money,
      other: Money,
      otherWords: String? = nil
    ) {
      self.kind = kind
      self.track = track
      self.purpose = purpose
      self.cost = cost
      self.asked = asked
      self.own = own
      self.other = other
      self.otherWords = otherWords
    }
  }

  /// What a committee said, on the day that counts as the reference date.
  package struct Decision: Identifiable, Sendable, Equatable {
    package enum Outcome: String, Storable, CaseIterable, Sendable { case granted, postponed, refused }

    package let id: RecordID<Decision>
    package let outcome: Outcome
    /// Nil unless granted.
    package let amount: Money?
    package let on: Day
    /// Who decided: the committee, by its name.
    package let body: String
    /// Conditions of a grant, else the reason; sealed. Nil for a grant without conditions, and once it was erased.
    package let words: String?

    package init(
      id: RecordID<Decision> = RecordID(), outcome: Outcome, amount: Money?, on: Day, body: String,
      words: String?
    ) {
      self.id = id
      self.outcome = outcome
      self.amount = amount
      self.on = on
      self.body = body
      self.words = words
    }
  }

  package let line: AidLine
  /// Nil when it was erased with the person.
  package let purpose: String?
  package let otherWords: String?
  /// Why it was submitted although the rules did not say yes; nil where they did, or none were loaded.
  package let exception: String?
  /// Oldest first.
  package let decisions: [Decision]
  package let contract: AidContract?
  /// In their order; those withdrawn are among them.
  package let instalments: [AidInstalment]
  /// Why it was given up, or how it ended.
  package let endWords: String?

  package var id: RecordID<Aid> { line.id }

  /// Whole units of the currency: more is a slip of the pen.
  package static let most: Int64 = 10_000_000
  /// Characters of a text at most.
  package static let longest = 2_000

  package static func reference(_ id: RecordID<Aid>) -> RecordReference { RecordReference("aid", id) }
}

/// What stands in a list: nothing that is sealed.
package struct AidLine: Identifiable, Sendable, Equatable {
  package let id: RecordID<Aid>
  package let file: RecordID<CaseFile>
  package let antenna: AntennaCode
  package let kind: AidKindCode
  package let track: AidKind.Track
  package let cost: Money
  package let asked: Money
  package let own: Money
  package let other: Money
  package let preparedAt: Date
  package let preparedBy: AccountID
  package let state: Aid.State
  /// Decided by a committee that keeps its minutes elsewhere, and not by one of Committees.
  package let isOutside: Bool
  /// Counts its corrections, from 1.
  package let version: Int
  /// The money that was set aside for it; nil while there is none.
  package let reservation: RecordID<Reservation>?
  package let granted: Money?
  /// The reference date.
  package let decidedOn: Day?
  package let signedOn: Day?
  package let paid: Money
  package let proven: Money

  package var currency: Money.Currency { asked.currency }
}

/// What the person and the service signed for one aid.
package struct AidContract: Sendable, Equatable {
  package let signedOn: Day
  /// For the service.
  package let signedBy: String?
  /// In the person's name; nil where she did it herself.
  package let representative: String?
  /// Months of follow-up after the last payment.
  package let followMonths: Int
  /// The version of the clauses.
  package let clauses: Int
  /// The signed copy, among the documents of the case.
  package let scan: RecordID<Document>?

  package init(
    signedOn: Day, signedBy: String?, representative: String? = nil, followMonths: Int, clauses: Int,
    scan: RecordID<Document>? = nil
  ) {
    self.signedOn = signedOn
    self.signedBy = signedBy
    self.representative = representative
    self.followMonths = followMonths
    self.clauses = clauses
    self.scan = scan
  }
}
