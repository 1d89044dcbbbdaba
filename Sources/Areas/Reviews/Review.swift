import Basics
import Cases
import Foundation
import Storage

/// Files of one antenna and period that were drawn at one time, to be read again.
package struct ReviewRound: Identifiable, Sendable, Equatable {
  /// What puts a file into a period.
  package enum Basis: String, Storable, CaseIterable, Sendable {
    case received, closed
  }

  /// By what the files were chosen that could be drawn.
  package struct Criteria: Sendable, Equatable {
    package let antenna: AntennaCode
    package let basis: Basis
    package let days: ClosedRange<Day>

    package init(antenna: AntennaCode, basis: Basis, days: ClosedRange<Day>) {
      self.antenna = antenna
      self.basis = basis
      self.days = days
    }
  }

  package let id: RecordID<ReviewRound>
  package let criteria: Criteria
  /// Files that could be drawn.
  package let size: Int
  /// Files that were.
  package let count: Int
  /// With the frame it gives the same files again.
  package let seed: Int
  /// The version of the checklist by which they are read.
  package let checklist: Int
  /// Who read each file: one or two.
  package let raters: Int
  package let at: Date
  package let by: AccountID

  /// Files that are drawn at most.
  package static let most = 30
  /// Files of a frame at most: more are a shorter period.
  static let mostInFrame = 5_000

  static func reference(_ id: RecordID<ReviewRound>) -> RecordReference {
    RecordReference("review_round", id)
  }
}

/// A round that is to be drawn.
package struct NewReviewRound: Sendable, Equatable {
  package let id: RecordID<ReviewRound>
  package let criteria: ReviewRound.Criteria
  package let count: Int
  package let raters: Int

  package init(
    id: RecordID<ReviewRound> = RecordID(), _ criteria: ReviewRound.Criteria, count: Int, raters: Int
  ) {
    self.id = id
    self.criteria = criteria
    self.count = count
    self.raters = raters
  }
}

/// A file that was drawn.
package struct ReviewEntry: Identifiable, Sendable, Equatable {
  package let id: RecordID<ReviewEntry>
  package let round: RecordID<ReviewRound>
  /// Its place in the frame, from 0.
  package let position: Int
  package let file: RecordID<CaseFile>

  static func reference(_ id: RecordID<ReviewEntry>) -> RecordReference {
    RecordReference("review_entry", id)
  }
}

/// What one rater answers about one file.
package struct ReviewReading: Identifiable, Sendable, Equatable {
  package enum Answer: String, Storable, CaseIterable, Sendable {
    case yes, no, apart = "not-applicable"
  }

  package let id: RecordID<ReviewReading>
  package let entry: RecordID<ReviewEntry>
  package let rater: AccountID
  package let begunAt: Date
  /// Nil while it is a draft; then nothing is changed any more.
  package let doneAt: Date?
  /// Counted up with each saving.
  package let version: Int
  /// By the code of the question.
  package let answers: [String: Answer]
  /// Words beside an answer, by the code of the question; empty also when they were erased with the person.
  package let words: [String: String]
}

/// A reading as somebody sends it.
package struct ReviewDraft: Sendable, Equatable {
  package let id: RecordID<ReviewReading>
  package let answers: [String: ReviewReading.Answer]
  package let words: [String: String]
  /// Nothing is changed afterwards.
  package let isDone: Bool

  package init(
    id: RecordID<ReviewReading> = RecordID(), answers: [String: ReviewReading.Answer],
    words: [String: String] = [:], isDone: Bool
  ) {
    self.id = id
    self.answers = answers
    self.words = words
    self.isDone = isDone
  }
}

/// What is to be mended in a file, and the task by which it is.
package struct ReviewFinding: Identifiable, Sendable, Equatable {
  package enum Receiver: String, Storable, CaseIterable, Sendable {
    case contact, antenna
  }

  package let id: RecordID<ReviewFinding>
  package let entry: RecordID<ReviewEntry>
  package let file: RecordID<CaseFile>
  /// Of the file; of a closed finding, when it was closed.
  package let antenna: AntennaCode
  /// The code of the question; of the checklist of the round.
  package let item: String
  package let checklist: Int
  package let to: Receiver
  package let due: Day
  package let at: Date
  package let by: AccountID
  package let closed: Closed?
  /// Nil for whoever does not see the file, and when they were erased with the person.
  package let words: String?

  package struct Closed: Sendable, Equatable {
    package let at: Date
    /// Whether it was mended; else the task was refused.
    package let isDone: Bool
  }

  /// Characters of its words, at most: they are those of a task.
  package static let longest = 2_000

  static func reference(_ id: RecordID<ReviewFinding>) -> RecordReference {
    RecordReference("review_finding", id)
  }
}

/// A finding that is to be given.
package struct NewReviewFinding: Sendable, Equatable {
  package let id: RecordID<ReviewFinding>
  package let item: String
  package let to: ReviewFinding.Receiver
  package let words: String
  package let due: Day

  package init(
    id: RecordID<ReviewFinding> = RecordID(), item: String, to: ReviewFinding.Receiver, words: String,
    due: Day
  ) {
    self.id = id
    self.item = item
    self.to = to
    self.words = words
    self.due = due
  }
}

/// What is open at an antenna.
struct OpenFindings: Sendable, Equatable {
  let antenna: AntennaCode
  let waiting: Waiting
}
