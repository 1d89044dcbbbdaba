import Basics
import Cases
import Foundation
import Storage

/// One set of answers of a person to an instrument, on a day: a later one is another. It keeps the version of the
/// instrument it was given with.
package struct Assessment: Identifiable, Sendable, Equatable {
  package enum Wave: String, Storable, CaseIterable, Sendable {
    case baseline, middle, end
  }

  /// How it was given.
  package enum Way: String, Storable, CaseIterable, Sendable {
    case screen
    /// Written on a printed form, and entered later.
    case paper
  }

  /// It as it was concluded, or corrected afterwards: kept as it was.
  package struct Edition: Identifiable, Sendable, Equatable {
    package let id: RecordID<Edition>
    /// Counts from 1.
    package let number: Int
    /// Why it was corrected; nil for the first.
    package let reason: String?
    package let concludedAt: Date
    package let concludedBy: AccountID
  }

  package struct Withdrawal: Sendable, Equatable {
    package let at: Date
    package let by: AccountID
    package let reason: String
  }

  package let id: RecordID<Assessment>
  package let instrument: InstrumentID
  /// The assessment that another assessor gave for comparison; it counts in no wave.
  package let secondOf: RecordID<Assessment>?
  /// Counts from 1, one more with each change.
  package let version: Int
  /// The day, the wave, the way, who asked, and the answers by `q-` and the code of the item.
  package let fields: Fields
  /// The oldest first; none while it is a draft.
  package let editions: [Edition]
  package let begunBy: AccountID
  package let withdrawn: Withdrawal?

  package var isConcluded: Bool { !editions.isEmpty }
  /// Whether it stands in the row of waves.
  package var counts: Bool { withdrawn == nil && secondOf == nil }
  package var givenOn: Day? { fields["on"].flatMap { Day($0) } }
  package var wave: Wave? { fields["wave"].flatMap { Wave(rawValue: $0) } }
  package var way: Way? { fields["way"].flatMap { Way(rawValue: $0) } }
  package var answers: [String: Answer] { fields.answers }

  /// Fewer may read some sections: they stand apart in the journal.
  package static func reference(
    _ id: RecordID<Assessment>, _ section: Instrument.Section
  ) -> RecordReference {
    switch section {
    case .none: RecordReference("assessment", id)
    case .social: RecordReference("assessment_social", id)
    case .employment: RecordReference("assessment_employment", id)
    case .health: RecordReference("assessment_health", id)
    }
  }
}

/// The name of the field of an item.
enum AnswerField {
  static let mark = "q-"
  static func name(_ item: String) -> String { mark + item }
}

extension Fields {
  /// By the codes of their items; what was not asked is not there.
  var answers: [String: Answer] {
    values.reduce(into: [:]) { answers, field in
      guard field.key.hasPrefix(AnswerField.mark) else { return }
      answers[String(field.key.dropFirst(AnswerField.mark.count))] = Answer(text: field.value)
    }
  }
}

/// The newest score of a case by one instrument, for whoever decides by it.
package struct AssessmentScore: Sendable, Equatable {
  package let instrument: InstrumentID
  package let score: Score
  /// The code of its band; nil where the instrument names none.
  package let band: String?
  /// The day on which the answers were given.
  package let day: Day
}
