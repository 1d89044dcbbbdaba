import Basics
import Cases
import Storage

/// Writing an item of a draft again.
extension Meetings {
  /// An item of a draft with the number of its case, for its form.
  /// - Throws: `Refusal.notFound` for one whose words the actor does not read, and when the minutes are closed.
  func item(_ item: RecordID<MeetingItem>, of id: RecordID<Meeting>, for actor: Actor) async throws -> (
    meeting: Meeting, item: MeetingItem, number: String?
  ) {
    try actor.must(.keepMeetings)
    return try await database.read { db in
      let meeting = try require(id, for: actor, in: db)
      // What is closed has no such page.
      guard MeetingRules.mayWrite(at: meeting.antenna, actor), meeting.closed == nil else {
        throw Refusal.notFound
      }
      let found = try read(item, of: id, for: actor, in: db)
      let number = try found.file.flatMap { try cases.numbers(of: [$0], in: db)[$0] }
      return (meeting, found, number)
    }
  }

  private func read(
    _ item: RecordID<MeetingItem>, of id: RecordID<Meeting>, for actor: Actor, in db: Connection
  ) throws -> MeetingItem {
    let found = try MeetingItemStore.find(item, key: keys(for: actor, in: db), in: db)
    guard let found, found.meeting == id, found.words != nil else { throw Refusal.notFound }
    return found
  }

  /// Writes an item of a draft again; the same a second time changes nothing.
  /// - Parameter version: the one that was read.
  /// - Throws: `Refusal.conflict` when the minutes are closed, or somebody else wrote it again meanwhile.
  package func change(
    _ new: NewMeetingItem, of id: RecordID<Meeting>, from version: Int, by actor: Actor
  ) async throws {
    try MeetingRules.mustBeWhole(new)
    let now = now()
    try await database.write { db in
      try MeetingRules.mustBeDraft(try hold(id, for: actor, in: db))
      let kept = try read(new.id, of: id, for: actor, in: db)
      guard !kept.isSame(as: new) else { return }
      let subject = try new.file.map { try cases.hold($0, for: actor, in: db).subject }
      let key = try subject?.key ?? Self.key(in: db)
      guard try MeetingItemStore.update(new, of: id, from: version, key: key, in: db) else {
        throw Refusal.conflict(
          say("Somebody else wrote this item again meanwhile. Look at the page again."))
      }
      try Journal.append("meeting.change", on: Meeting.reference(id), by: actor, at: now, in: db)
      // About no case the words stay out of the journal: nothing there would seal them.
      if let subject {
        try Journal.append(
          "meeting.item", on: MeetingItem.reference(new.id), of: subject, by: actor, at: now,
          changes: Fields(["words": new.words, "decision": new.decision?.words ?? ""]).asNew, in: db)
      }
    }
  }
}
