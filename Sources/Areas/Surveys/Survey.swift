import Basics
import Foundation
import Storage

/// One social survey (*enquête sociale*) of a case: what was told and seen in an interview, and what the social worker
/// makes of it. A later interview is another survey.
package struct Survey: Identifiable, Sendable, Equatable {
  /// How the interview was held.
  package enum Way: String, Storable, CaseIterable, Sendable {
    case office, home, phone, elsewhere
  }

  /// A survey as it was concluded, or corrected afterwards: kept as it was.
  package struct Edition: Identifiable, Sendable, Equatable {
    package let id: RecordID<Edition>
    /// Counts from 1.
    package let number: Int
    /// Why it was corrected; nil for the first.
    package let reason: String?
    package let concludedAt: Date
    package let concludedBy: AccountID
  }

  /// The answers that somebody typed on top of, each part counting its own changes.
  package struct Versions: Sendable, Equatable {
    package var told: Int
    package var health: Int

    package static let first = Versions(told: 1, health: 1)
  }

  package let id: RecordID<Survey>
  package let versions: Versions
  /// All answers by the names of their questions; without those on health for whoever may not read them.
  package let answers: Fields
  /// The oldest first; none while it is a draft.
  package let editions: [Edition]
  package let begunBy: AccountID

  package var isConcluded: Bool { !editions.isEmpty }
  package var metOn: Day? { answers["on"].flatMap { Day($0) } }
  package var way: Way? { answers["way"].flatMap { Way(rawValue: $0) } }

  package static func reference(_ id: RecordID<Survey>) -> RecordReference { RecordReference("survey", id) }
  /// What is told of health stands apart in the journal: fewer may read it.
  package static func healthReference(_ id: RecordID<Survey>) -> RecordReference {
    RecordReference("survey_health", id)
  }
}

extension Fields {
  /// The one question that the health section's duty opens.
  static let health = "health"

  var withoutHealth: Fields { Fields(values.filter { $0.key != Self.health }) }
  var healthAlone: Fields { Fields(values.filter { $0.key == Self.health }) }
  func joined(with others: Fields) -> Fields { Fields(values.merging(others.values) { $1 }) }
}
