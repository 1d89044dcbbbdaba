import Basics
import Cases
import Foundation
import Storage

/// An offer of one antenna to give a case to another, and what became of it.
package struct Transfer: Identifiable, Sendable {
  package enum State: String, Storable, CaseIterable, Sendable {
    case open, accepted, declined, withdrawn
  }

  /// What is offered, in the words of the offering side.
  package struct Offer: Equatable, Sendable {
    package let to: AntennaCode
    /// Where the case stands, for colleagues who do not know it.
    package let summary: String
    /// Why it should go there.
    package let reason: String

    package init(to: AntennaCode, summary: String, reason: String) {
      self.to = to
      self.summary = summary
      self.reason = reason
    }
  }

  /// What became of the offer, when and by whom.
  package struct Answer: Sendable {
    package let at: Date
    package let by: AccountID
    /// Why it was declined or withdrawn; nil when it was accepted.
    package let words: String?
    /// The new contact person; nil unless it was accepted.
    package let contact: AccountID?
  }

  package let line: TransferLine
  package let offer: Offer
  package let answer: Answer?

  package var id: RecordID<Transfer> { line.id }
  package var state: State { line.state }

  static func reference(_ id: RecordID<Transfer>) -> RecordReference { RecordReference("transfer", id) }
}

/// What a list says of an offer: nothing that is sealed.
package struct TransferLine: Identifiable, Sendable {
  package let id: RecordID<Transfer>
  package let file: RecordID<CaseFile>
  package let from: AntennaCode
  package let to: AntennaCode
  /// The contact person at the offering antenna, as long as the offer is open; then the last one there.
  package let contact: AccountID
  package let offeredAt: Date
  package let offeredBy: AccountID
  package let state: Transfer.State

  /// Whole days for which the offer has waited.
  package func days(at now: Date) -> Int { max(0, Int(now.timeIntervalSince(offeredAt) / 86_400)) }
}

/// The lists there are: offers that wait for an answer, and those that one's own antenna made.
package enum TransferList: String, CaseIterable, Sendable {
  case waiting, made
}

/// Where a page of a list ended; it travels in the URL.
package struct TransferCursor: Equatable, Sendable {
  let at: Date
  let id: RecordID<Transfer>

  init(after line: TransferLine) { (at, id) = (line.offeredAt, line.id) }

  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = RecordID<Transfer>(parts[1]) else {
      return nil
    }
    (at, self.id) = (Date(timeIntervalSince1970: Double(milliseconds) / 1_000), id)
  }

  var text: String { "\(at.milliseconds)~\(id)" }
}
