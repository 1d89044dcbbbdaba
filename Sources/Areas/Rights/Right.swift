import Basics
import Cases
import Foundation
import People
import Storage

/// What a person asked for about her data, and what she was answered.
package struct RightsRequest: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    case copy, correction, erasure, objection
  }

  package enum Asker: String, Storable, CaseIterable, Sendable {
    case herself, representative
  }

  /// By what whoever received the request knew who asks.
  package enum Proof: String, Storable, CaseIterable, Sendable {
    case card, passport, known, other
  }

  package enum Outcome: String, Storable, CaseIterable, Sendable {
    case done, partly, refused
  }

  package struct Answer: Equatable, Sendable {
    package let outcome: Outcome
    package let on: Day
    package let words: String

    package init(outcome: Outcome, on day: Day, words: String) {
      self.outcome = outcome
      on = day
      self.words = words
    }
  }

  package let id: RecordID<RightsRequest>
  package let person: PersonID
  package let antenna: AntennaCode
  package let kind: Kind
  package let receivedOn: Day
  package let asker: Asker
  package let proof: Proof
  /// What she asks, in words; nil where there are none, and in lists.
  package let words: String?
  package let answer: Answer?

  package init(
    id: RecordID<RightsRequest>, person: PersonID, antenna: AntennaCode, kind: Kind, receivedOn: Day,
    asker: Asker, proof: Proof, words: String?, answer: Answer? = nil
  ) {
    self.id = id
    self.person = person
    self.antenna = antenna
    self.kind = kind
    self.receivedOn = receivedOn
    self.asker = asker
    self.proof = proof
    self.words = words
    self.answer = answer
  }

  static func reference(_ id: RecordID<RightsRequest>) -> RecordReference {
    RecordReference("rights_request", id)
  }

  func isSame(as other: RightsRequest) -> Bool {
    (kind, receivedOn, asker, proof, words) == (
      other.kind, other.receivedOn, other.asker, other.proof, other.words
    )
  }
}

/// That a person's data are kept, whatever term ends.
package struct RightsHold: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    /// A court, an inquiry, an audit: until it is lifted, or a day.
    case legal
    /// Somebody decided so, until a day.
    case longer
  }

  package let id: RecordID<RightsHold>
  package let kind: Kind
  package let until: Day?
  package let reason: String
  package let setAt: Date
  package let liftedAt: Date?

  package init(
    id: RecordID<RightsHold>, kind: Kind, until: Day?, reason: String, setAt: Date, liftedAt: Date? = nil
  ) {
    self.id = id
    self.kind = kind
    self.until = until
    self.reason = reason
    self.setAt = setAt
    self.liftedAt = liftedAt
  }

  package func isInForce(on day: Day) -> Bool { liftedAt == nil && until.map { $0 >= day } ?? true }

  static func reference(_ id: RecordID<RightsHold>) -> RecordReference { RecordReference("rights_hold", id) }
}

/// How long files of one category are kept after they were closed. None is shipped: whoever holds the duty enters what
/// the archives law or a decision says.
package struct RetentionRule: Identifiable, Sendable {
  package enum Category: String, Storable, CaseIterable, Sendable {
    /// An aid was paid, whatever else was done: accounts and funders ask for its papers.
    case withAid = "with-aid"
    /// At least one action of a plan was carried out.
    case withHelp = "with-help"
    case withoutHelp = "without-help"
  }

  package let id: RecordID<RetentionRule>
  package let category: Category
  /// After the day of the closing.
  package let years: Int
  package let source: String
  package let from: Day
  package let until: Day?

  package init(
    id: RecordID<RetentionRule>, category: Category, years: Int, source: String, from: Day, until: Day? = nil
  ) {
    self.id = id
    self.category = category
    self.years = years
    self.source = source
    self.from = from
    self.until = until
  }

  static func reference(_ id: RecordID<RetentionRule>) -> RecordReference {
    RecordReference("rights_rule", id)
  }

  /// The last day on which a case may have been closed whose term is over on `day`.
  package func lastClosing(dueOn day: Day) -> Day { day.adding(months: -12 * years) }
}

/// A closed case whose term is over.
package struct DueCase: Identifiable, Sendable {
  package let id: RecordID<CaseFile>
  package let person: PersonID
  package let closedOn: Day
}

/// That a person's data are to be destroyed: asked by one, decided by another; afterwards the record of the destruction.
package struct Erasure: Identifiable, Sendable {
  package enum Ground: String, Storable, CaseIterable, Sendable {
    case request, term, authority
  }

  package enum State: String, Storable, CaseIterable, Sendable {
    case asked, erased, declined
  }

  /// What was destroyed.
  package struct Extent: Equatable, Sendable {
    package let cases: Int
    package let documents: Int
    /// Of the documents.
    package let bytes: Int
    /// Rows that held something sealed.
    package let records: Int
    /// Under which a search found her.
    package let tokens: Int
  }

  package let id: RecordID<Erasure>
  package let person: PersonID
  package let antenna: AntennaCode
  package let ground: Ground
  package let state: State
  package let askedAt: Date
  package let askedBy: AccountID
  package let decidedAt: Date?
  package let decidedBy: AccountID?
  /// Of the destruction record.
  package let sequence: Int?
  package let extent: Extent?

  /// `E-0007`.
  package var number: String? { sequence.map(RightsRules.number) }

  static func reference(_ id: RecordID<Erasure>) -> RecordReference { RecordReference("rights_erasure", id) }
}

/// Where a page of a list ended; it travels in the URL.
package struct RightsCursor: Equatable, Sendable {
  /// A day, or milliseconds.
  let place: String
  let id: String

  init(_ place: String, _ id: String) { (self.place, self.id) = (place, id) }

  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, RecordID<Never>(parts[1]) != nil,
      Day(parts[0]) != nil || Int64(parts[0]) != nil
    else { return nil }
    self.init(String(parts[0]), String(parts[1]))
  }

  var text: String { "\(place)~\(id)" }
  var day: Day? { Day(place) }
  var moment: Date? { Int64(place).map { Date(timeIntervalSince1970: Double($0) / 1_000) } }
}
