import Basics
import Cases
import Funding

/// What was granted to the person of a file, for rules that ask for it.
package struct GrantedAid: Sendable, Equatable {
  package let file: RecordID<CaseFile>
  package let kind: String
  package let track: String
  package let amount: Money
  /// The money that was set aside for it.
  package let reservation: RecordID<Reservation>?
}
