import Accounts
import Antennas
import Basics
import Cases
import Foundation
import People
import Storage
import Tasks

/// The door of the area: what pages and the board may ask about meetings.
package struct Meetings: Sendable {
  let database: Database
  let cases: Cases
  let tasks: Tasks
  let accounts: Accounts
  let antennas: Antennas
  let now: @Sendable () -> Date

  package init(
    cases: Cases, tasks: Tasks, accounts: Accounts, antennas: Antennas,
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    database = cases.database
    self.cases = cases
    self.tasks = tasks
    self.accounts = accounts
    self.antennas = antennas
    self.now = now
  }

  /// When a case goes to another person.
  package var resealing: CaseResealing {
    { file, old, new, db in try MeetingItemStore.reseal(file, from: old, to: new, in: db) }
  }

  /// Ends the decision that a task came from, in the transaction that ends the task.
  package static let taskFollower: TaskFollower = { task, state, now, db in
    try MeetingItemStore.end(task, as: state, at: now, in: db)
  }

  static func key(in db: Connection) throws -> SealingKey { try InstallationKeys.key(for: .office, in: db) }

  /// By which key somebody reads the words of an item.
  func keys(for actor: Actor, in db: Connection) throws -> MeetingItemStore.KeyOf {
    let office = try Self.key(in: db)
    return { file in
      guard let file else { return office }
      return actor.may(.openFiles) ? try cases.findUnerased(file, for: actor, in: db)?.subject.key : nil
    }
  }

  /// What is not to be read by the actor is not found.
  func require(_ id: RecordID<Meeting>, for actor: Actor, in db: Connection) throws -> Meeting {
    let meeting = try MeetingStore.find(id, key: Self.key(in: db), in: db)
    guard MeetingRules.mayRead(meeting, actor) else { throw Refusal.notFound }
    return meeting
  }

  /// The same for whoever writes: who comes second waits until the first is done.
  func hold(_ id: RecordID<Meeting>, for actor: Actor, in db: Connection) throws -> Meeting {
    try MeetingStore.hold(id, in: db)
    let meeting = try require(id, for: actor, in: db)
    try actor.must(.keepMeetings)
    guard MeetingRules.mayWrite(at: meeting.antenna, actor) else { throw Refusal.notFound }
    return meeting
  }

  /// Begins the minutes of a meeting where the actor works; the same id a second time is the same meeting.
  /// - Throws: `Refusal.sentBefore` when the id came with another head.
  package func begin(_ id: RecordID<Meeting>, _ head: MeetingHead, by actor: Actor) async throws {
    try actor.must(.keepMeetings)
    guard MeetingRules.mayWrite(at: actor.antenna, actor) else { throw Refusal.notFound }
    let now = now()
    try await database.write { db in
      let key = try Self.key(in: db)
      let meeting = Meeting(
        id: id, antenna: actor.antenna, day: head.day, present: head.present, guests: head.guests,
        begunAt: now, begunBy: actor.id, version: 1, closed: nil)
      guard try MeetingStore.insert(meeting, key: key, in: db) else {
        let kept = try MeetingStore.find(id, key: key, in: db)
        guard kept.begunBy == actor.id, kept.day == head.day, kept.present == head.present,
          kept.guests == head.guests
        else { throw Refusal.sentBefore("day") }
        return
      }
      try Journal.append(
        "meeting.begin", on: Meeting.reference(id), by: actor, at: now,
        changes: Fields(["day": head.day.description]).asNew, in: db)
    }
  }

  /// Changes day and presence while the minutes are a draft; the same a second time changes nothing.
  /// - Throws: `Refusal.conflict` when they are closed, or were changed from another page meanwhile.
  package func change(_ id: RecordID<Meeting>, to head: MeetingHead, from version: Int, by actor: Actor)
    async throws
  {
    let now = now()
    try await database.write { db in
      let meeting = try hold(id, for: actor, in: db)
      try MeetingRules.mustBeDraft(meeting)
      let kept = MeetingHead(day: meeting.day, present: meeting.present, guests: meeting.guests)
      guard kept != head else { return }
      guard try MeetingStore.update(id, to: head, from: version, key: Self.key(in: db), in: db) else {
        throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
      }
      try Journal.append(
        "meeting.change", on: Meeting.reference(id), by: actor, at: now, version: version + 1, in: db)
    }
  }

  /// Adds an item: to a draft, or as an addendum to closed minutes, whose decision is then given at once. The same id a
  /// second time is the same item.
  /// - Throws: `Refusal.notFound` for a case out of the actor's sight; `Refusal.sentBefore` when the id came with
  ///   something else.
  package func add(_ new: NewMeetingItem, to id: RecordID<Meeting>, by actor: Actor) async throws {
    try MeetingRules.mustBeWhole(new)
    let now = now()
    try await database.write { db in
      let meeting = try hold(id, for: actor, in: db)
      let subject = try new.file.map { try cases.hold($0, for: actor, in: db).subject }
      let key = try subject?.key ?? Self.key(in: db)
      if let kept = try MeetingItemStore.find(new.id, key: keys(for: actor, in: db), in: db) {
        guard kept.by == actor.id, kept.meeting == id, kept.isSame(as: new) else {
          throw Refusal.sentBefore("words", kept: kept.words)
        }
        return
      }
      guard try MeetingItemStore.of(id, key: { _ in nil }, in: db).count < Meeting.most else {
        throw Refusal.conflict(say("These minutes hold as many items as they can."))
      }
      let isAddendum = meeting.closed != nil
      guard
        try MeetingItemStore.insert(
          new, of: meeting, isAddendum: isAddendum, key: key, by: actor, at: now, in: db)
      else { throw Refusal.conflict(say("Someone else saved at the same moment. Send it again.")) }
      if isAddendum, let decision = new.decision {
        try give(
          new.id, decision.words, to: decision.to, due: decision.due, about: new.file, in: db, by: actor)
      }
      // About no case the words stay out of the journal: nothing there would seal them.
      try Journal.append(
        isAddendum ? "meeting.add" : "meeting.change", on: Meeting.reference(id), by: actor, at: now, in: db)
      if let subject {
        try Journal.append(
          "meeting.item", on: MeetingItem.reference(new.id), of: subject, by: actor, at: now,
          changes: Fields(["words": new.words, "decision": new.decision?.words ?? ""]).asNew, in: db)
      }
    }
  }

  /// Takes an item out of a draft; a second time changes nothing.
  package func remove(_ item: RecordID<MeetingItem>, of id: RecordID<Meeting>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      try MeetingRules.mustBeDraft(try hold(id, for: actor, in: db))
      guard try MeetingItemStore.remove(item, of: id, in: db) else { return }
      try Journal.append("meeting.change", on: Meeting.reference(id), by: actor, at: now, in: db)
    }
  }

  /// Closes the minutes and gives their decisions as tasks, in one transaction; a second time changes nothing.
  /// - Throws: `Refusal.conflict` for minutes without an item, and where a decision can be given to nobody any more.
  package func close(_ id: RecordID<Meeting>, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      let meeting = try hold(id, for: actor, in: db)
      if meeting.closed != nil { return }
      let items = try MeetingItemStore.of(id, key: keys(for: actor, in: db), in: db)
      guard !items.isEmpty else { throw Refusal.conflict(say("Minutes without an item are not closed.")) }
      for item in items {
        guard let decision = item.decision else { continue }
        guard let words = decision.words else {
          throw Refusal.conflict(
            say("An item is about a case that you do not see any more: take it out of the minutes first."))
        }
        try give(item.id, words, to: decision.to, due: decision.due, about: item.file, in: db, by: actor)
      }
      try MeetingStore.close(id, by: actor, at: now, in: db)
      try Journal.append("meeting.close", on: Meeting.reference(id), by: actor, at: now, in: db)
    }
  }

  private func give(
    _ item: RecordID<MeetingItem>, _ words: String, to receiver: OfficeTask.Receiver, due: Day,
    about file: RecordID<CaseFile>?, in db: Connection, by actor: Actor
  ) throws {
    do {
      let task = try tasks.give(
        NewTask(
          to: receiver, words: words, due: due, about: file, origin: MeetingItem.reference(item),
          key: "meeting-decision:\(item)"), in: db, by: actor)
      try MeetingItemStore.given(item, task, at: now(), in: db)
    } catch Refusal.notFound {
      throw Refusal.conflict(
        say("A decision names somebody to whom no task is given from here: take it out and write it again."))
    }
  }
}
