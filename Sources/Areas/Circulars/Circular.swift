import Accounts
import Basics
import Foundation
import Storage

/// An instruction of the centre to those who work at the antennas, each of whom confirms that she has read it.
package struct Circular: Identifiable, Sendable, Equatable {
  /// What it says in one language.
  package struct Words: Sendable, Equatable {
    package let title: String
    package let text: String

    package init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }

  package let id: RecordID<Circular>
  package let sentAt: Date
  package let sentBy: AccountID
  /// The last day on which it is read in time.
  package let readBy: Day
  /// In at least one language.
  package let words: [Language: Words]
  /// The last day on which it holds; nil: until another one says otherwise.
  package let until: Day?

  /// In the reader's language, else in the first one there is.
  package func words(for language: Language) -> (language: Language, words: Words)? {
    for known in [language] + Language.allCases {
      if let words = words[known] { return (known, words) }
    }
    return nil
  }

  /// Characters of the text in one language, at most.
  package static let longest = 10_000

  static func reference(_ id: RecordID<Circular>) -> RecordReference { RecordReference("circular", id) }
}

/// A circular that is to be sent.
package struct NewCircular: Sendable, Equatable {
  package let id: RecordID<Circular>
  package let readBy: Day
  package let words: [Language: Circular.Words]
  /// To those of these roles; empty: of all roles.
  package let roles: Set<Role>
  /// At these antennas; empty: at all of them.
  package let antennas: Set<AntennaCode>
  /// The last day on which it holds; nil: until another one says otherwise.
  package let until: Day?

  package init(
    id: RecordID<Circular> = RecordID(), readBy: Day, words: [Language: Circular.Words],
    roles: Set<Role> = [], antennas: Set<AntennaCode> = [], until: Day? = nil
  ) {
    self.id = id
    self.readBy = readBy
    self.words = words
    self.roles = roles
    self.antennas = antennas
    self.until = until
  }
}

/// Somebody to whom a circular went.
package struct CircularReader: Sendable, Equatable {
  package let account: AccountID
  package let antenna: AntennaCode
  /// Nil while she has not confirmed it.
  package let readAt: Date?
}

/// How many of an antenna have read a circular.
struct CircularCount: Sendable, Equatable {
  let antenna: AntennaCode
  let sent: Int
  let read: Int
}

/// A circular in a list.
struct CircularLine: Sendable, Equatable {
  let circular: Circular
  /// When the actor read it; nil while she has not, and for what she only sent.
  let readAt: Date?
}

package enum CircularList: String, CaseIterable, Sendable {
  /// The actor has not confirmed it.
  case waiting
  case read
  /// Those of the centre.
  case sent
}

struct CircularsFound: Sendable {
  let lines: [CircularLine]
  let next: RecordID<Circular>?
}

/// What the page of a circular shows.
struct CircularShown: Sendable {
  let circular: Circular
  /// The actor's own receipt; nil where it did not go to her.
  let own: CircularReader?
  /// By antenna, where the actor may know who has read it.
  let counts: [CircularCount]
  let missing: [CircularReader]
  let readers: [CircularReader]
}

/// What waits on the home page.
package struct CircularDay: Sendable, Equatable {
  /// Circulars that the actor has not confirmed, and how many of them late.
  package let unread: Int
  package let late: Int
  /// For those who may know: receipts that are late, counted up to a limit.
  package let lateReaders: Int
}
