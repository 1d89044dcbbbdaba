import Basics
import Cases
import Foundation
import Storage

/// What an antenna asks of the centre, and what the centre says to it.
package struct Question: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable {
    /// How something is to be done.
    case advice
    /// Leave to do otherwise than the rule says.
    case exception
    /// A paper that the centre has or can get.
    case document
  }

  package enum Outcome: String, Storable, CaseIterable, Sendable { case granted, refused }

  package struct Answer: Sendable, Equatable {
    package let outcome: Outcome
    package let words: String

    package init(outcome: Outcome, words: String) {
      self.outcome = outcome
      self.words = words
    }
  }

  package struct Answered: Sendable, Equatable {
    package let outcome: Outcome
    package let at: Date
    package let by: AccountID
    /// Nil when it is about a case that the reader does not see, or of a person who was erased.
    package let words: String?
  }

  package let line: QuestionLine
  /// Nil as above.
  package let words: String?
  package let answered: Answered?

  package var id: RecordID<Question> { line.id }

  /// Characters of the words, and of an answer, at most.
  package static let longest = 5_000

  static func reference(_ id: RecordID<Question>) -> RecordReference { RecordReference("question", id) }
}

/// What stands in a list: nothing that is sealed.
package struct QuestionLine: Identifiable, Sendable, Equatable {
  package let id: RecordID<Question>
  package let antenna: AntennaCode
  package let kind: Question.Kind
  /// Nil where it is about no case.
  package let file: RecordID<CaseFile>?
  package let askedAt: Date
  package let askedBy: AccountID
  /// The last day in time; nil where nobody has set how long an answer may take.
  package let due: Day?
  package let outcome: Question.Outcome?
  /// Whether the antenna has seen the answer.
  package let isSeen: Bool

  package func isLate(on day: Day) -> Bool { outcome == nil && due.map { $0 < day } ?? false }
}

/// A question that is to be asked.
package struct NewQuestion: Sendable, Equatable {
  package let id: RecordID<Question>
  package let kind: Question.Kind
  package let words: String
  package let about: RecordID<CaseFile>?

  package init(
    id: RecordID<Question> = RecordID(), kind: Question.Kind, words: String, about: RecordID<CaseFile>? = nil
  ) {
    self.id = id
    self.kind = kind
    self.words = words
    self.about = about
  }
}

package enum QuestionList: String, CaseIterable, Sendable { case waiting, answered }

struct QuestionsFound: Sendable {
  let lines: [QuestionLine]
  let next: RecordID<Question>?
}

/// What the page of a question shows.
struct QuestionShown: Sendable {
  let question: Question
  /// Nil where there is none, or none that the reader sees.
  let file: CaseFile?
}

/// What waits on the home page.
package struct QuestionDay: Sendable, Equatable {
  /// Of the centre: waits for its answer. Of the antenna: waits for the centre.
  package let waiting: Int
  package let late: Int
  /// Answers that nobody at the antenna has seen.
  package let unseen: Int
}
