import Accounts
import Basics
import Cases
import Foundation
import Storage

/// Something that somebody has to do until a day.
package struct OfficeTask: Identifiable, Sendable, Equatable {
  package enum State: String, Storable, CaseIterable, Sendable {
    case open, done, refused
  }

  /// Who has to do it: any one of those meant does it for all.
  package enum Receiver: Hashable, Sendable {
    case person(AccountID)
    case role(Role, at: AntennaCode)
    case antenna(AntennaCode)
    case centre
  }

  /// That a task is no longer open.
  package struct Ending: Sendable, Equatable {
    package let at: Date
    package let by: AccountID
    /// Why it was refused; nil unless it was, or when the reader does not see the case.
    package let reason: String?
  }

  package let id: RecordID<OfficeTask>
  package let receiver: Receiver
  /// Who gave it; `program` where a clock did.
  package let givenBy: AccountID
  package let givenAt: Date
  /// The last day in time.
  package let due: Day
  /// Nil where the task is about no case.
  package let file: RecordID<CaseFile>?
  /// What of another area it came from, as a reference of the journal; nil when it was made by hand.
  package let origin: String?
  package let state: State
  /// Who took it upon herself, where several could.
  package let takenBy: AccountID?
  /// What is to be done. Nil when it is about a case that the reader does not see, or of a person who was erased.
  package let words: String?
  package let ending: Ending?

  package func isLate(on day: Day) -> Bool { state == .open && due < day }

  /// Characters of the words, and of a reason, at most.
  package static let longest = 2_000

  static func reference(_ id: RecordID<OfficeTask>) -> RecordReference { RecordReference("task", id) }
}

/// A task that is to be given.
package struct NewTask: Sendable, Equatable {
  package let id: RecordID<OfficeTask>
  package let to: OfficeTask.Receiver
  package let words: String
  package let due: Day
  package let about: RecordID<CaseFile>?
  /// The record of another area that it comes from.
  package let origin: RecordReference?
  /// Names the task among all that are ever given: the same key a second time is the same task.
  package let key: String

  /// - Parameter key: nil for a task made by hand, which its id names.
  package init(
    id: RecordID<OfficeTask> = RecordID(), to: OfficeTask.Receiver, words: String, due: Day,
    about: RecordID<CaseFile>? = nil, origin: RecordReference? = nil, key: String? = nil
  ) {
    self.id = id
    self.to = to
    self.words = words
    self.due = due
    self.about = about
    self.origin = origin
    self.key = key ?? "hand:\(id)"
  }
}

/// A list of tasks as one asks for it.
package enum TaskList: String, CaseIterable, Sendable {
  /// All that waits for one, in whatever way.
  case waiting
  /// One's own.
  case mine
  /// Of one's roles at the antenna.
  case role
  /// Of the antenna; at the centre those of the centre.
  case antenna
  /// What one gave and is not done.
  case given
  /// What was done or refused: by those among whom one is, and of what one gave.
  case ended
}

/// Where the next page of a list begins.
struct TaskCursor: Sendable, Equatable {
  let due: Day
  let id: RecordID<OfficeTask>

  init(due: Day, id: RecordID<OfficeTask>) { (self.due, self.id) = (due, id) }

  init?(_ text: String) {
    let parts = text.split(separator: "!")
    guard parts.count == 2, let due = Day(parts[0]), let id = RecordID<OfficeTask>(parts[1]) else {
      return nil
    }
    self.init(due: due, id: id)
  }

  var text: String { "\(due)!\(id)" }
}

struct TasksFound: Sendable {
  let tasks: [OfficeTask]
  let next: TaskCursor?
}

/// How many tasks wait for somebody.
package struct TaskCount: Sendable, Equatable {
  package let open: Int
  package let late: Int
  package let today: Int
  /// There are more than were counted.
  package let isCapped: Bool
}

/// Where the daily word about somebody's tasks goes.
package struct TaskDigest: Sendable, Equatable {
  package let address: String
  package let language: Language

  package init(address: String, language: Language) {
    self.address = address
    self.language = language
  }
}
