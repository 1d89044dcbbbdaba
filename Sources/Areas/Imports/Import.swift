import Antennas
import Basics
import Cases
import Foundation
import People
import Storage

/// A partner's file on its way in: read, looked at row by row, then brought in or discarded.
package struct ImportFile: Identifiable, Sendable {
  package enum State: String, Storable, CaseIterable, Sendable {
    /// Its rows are still being read; one that stays so was interrupted.
    case reading
    case preview
    /// Brought in: what named persons in it is gone, the report stays.
    case done
    case discarded
  }

  package let id: RecordID<ImportFile>
  package let partner: String
  package let antenna: AntennaCode?
  package let sentBy: AccountID
  package let sentAt: Date
  package let state: State
  /// The mapping the file was read with, as it was then.
  let mapping: String
  /// How many rows came to what.
  package let counts: [ImportRow.Result: Int]

  package var rowCount: Int { counts.values.reduce(0, +) }

  package static func reference(_ id: RecordID<ImportFile>) -> RecordReference {
    RecordReference("import", id)
  }
}

/// One row of a file that waits, or what became of it.
package struct ImportRow: Sendable {
  package enum Result: String, Storable, CaseIterable, Sendable {
    /// Will be taken; once the file is in: was taken.
    case new
    /// Someone in sight may be the same; not taken before a person decides.
    case perhaps
    case known
    case refused
    /// A person decided to leave it out.
    case left
  }

  package let number: Int
  package let result: Result
  /// By what she was recognised, or what is wrong in which field.
  package let reasons: [FieldError]
  /// Who she is, or may be.
  package let sameAs: PersonID?
  /// The sender's own reference.
  package let reference: String?
  /// What the row says; empty once the file is in.
  package let typed: Typed
  /// The file that was opened for her.
  package let caseFile: RecordID<CaseFile>?
}
