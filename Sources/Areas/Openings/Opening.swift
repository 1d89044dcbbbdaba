import Basics
import Cases
import Foundation
import Storage

/// A file that somebody opened outside her scope, for a reason, and what its antenna thought of that.
package struct Opening: Identifiable, Sendable {
  package enum Why: String, CaseIterable, Sendable {
    case health, present, instruction, other
  }

  package enum Verdict: String, Storable, CaseIterable, Sendable {
    case justified, unjustified
  }

  /// Why the file had to be opened, in the words of whoever opened it.
  package struct Reason: Equatable, Sendable {
    package let why: Why
    package let words: String

    package init(why: Why, words: String) {
      self.why = why
      self.words = words
    }
  }

  /// What was thought of it, by whom and when.
  package struct Judgement: Sendable {
    package let by: AccountID
    package let at: Date
    package let verdict: Verdict
    package let words: String
  }

  package let line: OpeningLine
  package let reason: Reason
  package let judgement: Judgement?

  package var id: RecordID<Opening> { line.id }

  /// Hours for which a file stays open.
  package static let hours = 24
  /// A written reason has so many characters at least: fewer tell nothing.
  package static let fewestCharacters = 20

  static func reference(_ id: RecordID<Opening>) -> RecordReference { RecordReference("opening", id) }
}

/// What a list says of an opening: nothing that is sealed.
package struct OpeningLine: Identifiable, Sendable {
  package let id: RecordID<Opening>
  package let file: RecordID<CaseFile>
  /// Which antenna judges it: the one that holds the file, until it is judged.
  package let antenna: AntennaCode
  package let by: AccountID
  /// Where whoever opened it worked then; nil at the centre.
  package let from: AntennaCode?
  package let institution: InstitutionCode
  package let openedAt: Date
  package let until: Date
  /// Nil as long as it is not judged.
  package let verdict: Opening.Verdict?
}

/// The lists there are: what waits for a judgement, what is judged, and what one opened oneself.
package enum OpeningList: String, CaseIterable, Sendable {
  case waiting, judged, mine
}

/// Where a page of a list ended; it travels in the URL.
package struct OpeningCursor: Equatable, Sendable {
  let at: Date
  let id: RecordID<Opening>

  init(after line: OpeningLine) { (at, id) = (line.openedAt, line.id) }

  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let milliseconds = Int64(parts[0]), let id = RecordID<Opening>(parts[1]) else {
      return nil
    }
    (at, self.id) = (Date(timeIntervalSince1970: Double(milliseconds) / 1_000), id)
  }

  var text: String { "\(at.milliseconds)~\(id)" }
}
