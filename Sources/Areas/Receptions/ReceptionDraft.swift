import Basics
import Cases
import Foundation
import Storage

/// A reception that was begun: what was told so far, step by step, until the file is opened.
package struct ReceptionDraft: Identifiable, Sendable {
  /// The steps in the order of a conversation; reading back and opening come last and keep nothing.
  package enum Step: String, Storable, CaseIterable, Sendable {
    case who, consent, returning = "return", household, wishes, needs

    package var next: Step? {
      let all = Self.allCases
      return all.firstIndex(of: self).flatMap { $0 + 1 < all.count ? all[$0 + 1] : nil }
    }
  }

  package enum State: String, Storable, CaseIterable, Sendable {
    case begun, opened, discarded, expired
  }

  /// Why a reception was given up. Codes only: with the key all words are gone.
  package enum Discarding: String, Storable, CaseIterable, Sendable {
    case notWished = "not-wished"
    case known, left, mistake
  }

  package let id: RecordID<ReceptionDraft>
  /// The person to be: her key is made here and goes with her into her file.
  package let person: PersonID
  package let antenna: AntennaCode
  /// Whose it is: she alone goes on with it.
  package let author: AccountID
  package let state: State
  /// Grows by one with each step that is saved; 1 when it is begun.
  package let version: Int
  /// The steps that were saved.
  package let done: [Step]
  package let begunAt: Date
  package let savedAt: Date
  package let fields: Fields

  /// The file has the id of the reception: opened twice it is one.
  package var file: RecordID<CaseFile> { RecordID(id.text) ?? RecordID() }

  package static func reference(_ id: RecordID<ReceptionDraft>) -> RecordReference {
    RecordReference("reception", id)
  }

  /// Days after the last step for which a draft is kept, where the installation sets no other number.
  package static let daysKept = 30
}

/// A question that a step asks.
struct StepQuestion: Sendable {
  enum Kind: Sendable {
    case line, paragraph, yes
    case number(ClosedRange<Int>)
    /// One of some answers.
    case one([String])
    /// Any number of them.
    case many([String])
  }

  let name: String
  let label: Phrase
  let kind: Kind
}
