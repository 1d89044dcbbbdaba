import Basics
import Cases
import Funding

/// What was granted to the person of a file, for rules that ask for it.
package struct GrantedAid: Sendable, Equatable {
  package let id: RecordID<Aid>
  package let file: RecordID<CaseFile>
  package let kind: String
  package let track: String
  package let amount: Money
  /// The money that was set aside for it.
  package let reservation: RecordID<Reservation>?

  /// The same, as it counts for another file of its person.
  func counted(for other: RecordID<CaseFile>) -> GrantedAid {
    GrantedAid(
      id: id, file: other, kind: kind, track: track, amount: amount, reservation: reservation)
  }
}
