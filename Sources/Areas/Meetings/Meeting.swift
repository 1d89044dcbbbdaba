import Accounts
import Basics
import Cases
import Foundation
import Storage
import Tasks

/// The minutes of a meeting of an antenna, or of the centre: a draft until they are closed.
package struct Meeting: Identifiable, Sendable, Equatable {
  package let id: RecordID<Meeting>
  /// Nil for the centre.
  package let antenna: AntennaCode?
  package let day: Day
  /// Those with an account who were there.
  package let present: [AccountID]
  /// Others who were there, in words.
  package let guests: String?
  package let begunAt: Date
  package let begunBy: AccountID
  /// Counted up with each change of what stands above.
  package let version: Int
  package let closed: Closed?

  package struct Closed: Sendable, Equatable {
    package let at: Date
    package let by: AccountID
  }

  /// Characters of words, at most; of a decision as of a task.
  package static let longest = 10_000
  /// Items of one meeting, at most.
  package static let most = 60

  static func reference(_ id: RecordID<Meeting>) -> RecordReference { RecordReference("meeting", id) }
}

/// What a meeting spoke of, and what it decided.
package struct MeetingItem: Identifiable, Sendable, Equatable {
  package let id: RecordID<MeetingItem>
  package let meeting: RecordID<Meeting>
  /// The case that it is about; nil where it is about none.
  package let file: RecordID<CaseFile>?
  /// Nil for whoever does not see the case, and when they were erased with its person.
  package let words: String?
  package let decision: Decision?
  /// Added after the minutes were closed.
  package let isAddendum: Bool
  package let at: Date
  package let by: AccountID
  package let version: Int

  /// What is to be done: a task, once the minutes are closed.
  package struct Decision: Sendable, Equatable {
    /// Nil as the words of the item.
    package let words: String?
    package let to: OfficeTask.Receiver
    package let due: Day
    /// Nil while the minutes are a draft.
    package let givenAt: Date?
    /// Nil while its task is open.
    package let ended: Ended?

    package func isLate(on today: Day) -> Bool { ended == nil && due < today }
  }

  package struct Ended: Sendable, Equatable {
    package let at: Date
    /// Whether it was done; else it was refused.
    package let isDone: Bool
  }

  /// Whether it says what somebody sends, all of it.
  func isSame(as new: NewMeetingItem) -> Bool {
    let sent = decision.flatMap { kept in
      kept.words.map { NewMeetingItem.Decision(words: $0, to: kept.to, due: kept.due) }
    }
    return words == new.words && file == new.file && sent == new.decision
  }

  static func reference(_ id: RecordID<MeetingItem>) -> RecordReference {
    RecordReference("meeting_decision", id)
  }
}

/// What somebody writes at the head of the minutes.
package struct MeetingHead: Sendable, Equatable {
  package let day: Day
  package let present: [AccountID]
  package let guests: String?

  package init(day: Day, present: [AccountID], guests: String?) {
    self.day = day
    self.present = present
    self.guests = guests
  }
}

/// An item as somebody writes it.
package struct NewMeetingItem: Sendable, Equatable {
  package struct Decision: Sendable, Equatable {
    package let words: String
    package let to: OfficeTask.Receiver
    package let due: Day

    package init(words: String, to: OfficeTask.Receiver, due: Day) {
      self.words = words
      self.to = to
      self.due = due
    }
  }

  package let id: RecordID<MeetingItem>
  package let file: RecordID<CaseFile>?
  package let words: String
  package let decision: Decision?

  package init(
    id: RecordID<MeetingItem> = RecordID(), about file: RecordID<CaseFile>? = nil, words: String,
    decision: Decision? = nil
  ) {
    self.id = id
    self.file = file
    self.words = words
    self.decision = decision
  }
}

/// A page of minutes.
struct MeetingsFound: Sendable {
  let meetings: [Meeting]
  let next: MeetingCursor?
}

/// Where the next page begins.
package struct MeetingCursor: Sendable, Equatable {
  let day: Day
  let id: RecordID<Meeting>

  init(after meeting: Meeting) { (day, id) = (meeting.day, meeting.id) }

  /// Nil for what is none: the list begins at its start.
  init?(_ text: String) {
    let parts = text.split(separator: "~")
    guard parts.count == 2, let day = Day(parts[0]), let id = RecordID<Meeting>(parts[1]) else { return nil }
    (self.day, self.id) = (day, id)
  }

  var text: String { "\(day)~\(id)" }
}

/// A page of decisions, with the meetings that took them.
struct DecisionsFound: Sendable {
  let items: [MeetingItem]
  let meetings: [RecordID<Meeting>: (antenna: AntennaCode?, day: Day)]
  let numbers: [RecordID<CaseFile>: String]
  let next: RecordID<MeetingItem>?
}

/// What the page of minutes shows.
struct MeetingShown: Sendable {
  let meeting: Meeting
  let items: [MeetingItem]
  /// Of the cases that the reader sees.
  let numbers: [RecordID<CaseFile>: String]
  /// Open decisions of earlier meetings, the first due first; at most 50.
  let earlier: [MeetingItem]
  /// The reader may write in them.
  let mayWrite: Bool
}
