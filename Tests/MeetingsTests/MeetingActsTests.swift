import Basics
import Cases
import Foundation
import Storage
import Tasks
import TestSupport
import Testing

@testable import Meetings

@Suite struct `The acts on minutes` {
  @Test(arguments: TestDatabase.engines)
  func `decisions become tasks when the minutes are closed, once`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, file in
      let id = try await room.begin()
      let (plain, about) = (room.item(), room.item("She waits", about: file, decision: "Call her"))
      for item in [plain, about, room.item("Nothing was decided", decision: nil)] {
        for _ in 1...2 { try await room.meetings.add(item, to: id, by: Staff.chokri) }
      }
      #expect(try await room.waiting().isEmpty)
      for _ in 1...2 { try await room.meetings.close(id, by: Staff.chokri) }
      let tasks = try await room.waiting()
      #expect(Set(tasks.map(\.words)) == ["Ask for another room", "Call her"])
      #expect(tasks.first { $0.words == "Call her" }?.file == file)
      let shown = try await room.meetings.find(id, for: Staff.amel)
      #expect(shown.items.count == 3 && shown.meeting.closed?.by == Staff.chokri.id && !shown.mayWrite)
      let entries = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act = 'meeting.close'") { try $0[0] as String }
      }
      #expect(entries.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a draft is changed, closed minutes only added to`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, _ in
      let id = try await room.begin()
      await #expect(throws: Refusal.conflict(say("Minutes without an item are not closed."))) {
        try await room.meetings.close(id, by: Staff.chokri)
      }
      let later = MeetingHead(day: room.today + -1, present: [Staff.chokri.id], guests: nil)
      for _ in 1...2 { try await room.meetings.change(id, to: later, from: 1, by: Staff.chokri) }
      await #expect(throws: Refusal.conflict(say("Someone else saved at the same moment. Send it again."))) {
        try await room.meetings.change(id, to: room.head, from: 1, by: Staff.chokri)
      }
      let (first, second) = (room.item(), room.item("Wrong", decision: nil))
      for item in [first, second] { try await room.meetings.add(item, to: id, by: Staff.chokri) }
      for _ in 1...2 { try await room.meetings.remove(second.id, of: id, by: Staff.chokri) }
      try await room.meetings.close(id, by: Staff.chokri)
      let closed = Refusal.conflict(say("These minutes are closed: what is missing is added below them."))
      await #expect(throws: closed) {
        try await room.meetings.change(id, to: room.head, from: 3, by: Staff.chokri)
      }
      await #expect(throws: closed) {
        try await room.meetings.remove(first.id, of: id, by: Staff.chokri)
      }
      let added = room.item("The date was wrong", decision: "Write to the delegate")
      for _ in 1...2 { try await room.meetings.add(added, to: id, by: Staff.chokri) }
      let shown = try await room.meetings.find(id, for: Staff.chokri)
      #expect(shown.items.map(\.isAddendum) == [false, true] && shown.items[0].words == first.words)
      #expect(try await room.waiting().count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an item of a draft is written again, from what was read`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, file in
      let id = try await room.begin()
      let item = room.item()
      try await room.meetings.add(item, to: id, by: Staff.chokri)
      let about = NewMeetingItem(id: item.id, about: file, words: "Her room is too small", decision: nil)
      for _ in 1...2 { try await room.meetings.change(about, of: id, from: 1, by: Staff.chokri) }
      let found = try await room.meetings.item(item.id, of: id, for: Staff.chokri)
      #expect(found.item.words == about.words && found.item.file == file && found.item.decision == nil)
      #expect(found.number != nil && found.item.version == 2)
      let changed = Refusal.conflict(
        say("Somebody else wrote this item again meanwhile. Look at the page again."))
      await #expect(throws: changed) {
        try await room.meetings.change(item, of: id, from: 1, by: Staff.chokri)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.meetings.change(item, of: RecordID(), from: 2, by: Staff.chokri)
      }
      await #expect(throws: Refusal.self) {
        try await room.meetings.change(item, of: id, from: 2, by: Staff.amel)
      }
      try await room.meetings.close(id, by: Staff.chokri)
      await #expect(throws: Refusal.self) {
        try await room.meetings.change(item, of: id, from: 2, by: Staff.chokri)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a decision ends with its task, and the next meeting begins with those that are open`(
    engine: Database.Engine
  ) async throws {
    try await MeetingRoom.with(engine) { room, _ in
      let id = try await room.begin()
      for decision in ["First", "Second"] {
        try await room.meetings.add(room.item(decision: decision), to: id, by: Staff.chokri)
      }
      try await room.meetings.close(id, by: Staff.chokri)
      let task = try #require(try await room.waiting().first { $0.words == "First" })
      room.clock.advance(days: 2)
      try await room.tasks.refuse(task.id, because: "No money", by: Staff.amel)
      let next = try await room.begin()
      let shown = try await room.meetings.find(next, for: Staff.chokri)
      #expect(shown.earlier.map { $0.decision?.words } == ["Second"])
      let (open, ended) = (
        try await room.meetings.decisions(isOpen: true, at: nil, after: nil, for: Staff.chokri),
        try await room.meetings.decisions(isOpen: false, at: nil, after: nil, for: Staff.chokri)
      )
      #expect(open.items.map { $0.decision?.words } == ["Second"])
      #expect(ended.items.map { $0.decision?.ended?.isDone } == [false])
      let waiting = try await room.database.read { db in try room.meetings.waiting(at: "TUN", in: db) }
      #expect(waiting?.count == 1 && waiting?.since == room.today + -2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `minutes are written where one works, and read there and at the centre`(engine: Database.Engine)
    async throws
  {
    try await MeetingRoom.with(engine) { room, _ in
      let id = try await room.begin()
      try await room.meetings.add(room.item(), to: id, by: Staff.chokri)
      for actor in [Staff.amel, Staff.fathi, Staff.ghazi, Staff.hela] {
        await #expect(throws: Refusal.notFound) { _ = try await room.meetings.find(id, for: actor) }
      }
      await #expect(throws: Refusal.notAllowed(.keepMeetings)) { _ = try await room.begin(by: Staff.amel) }
      try await room.meetings.close(id, by: Staff.chokri)
      for actor in [Staff.amel, Staff.bilel, Staff.dorra, Staff.fathi] {
        let shown = try await room.meetings.find(id, for: actor)
        #expect(shown.items[0].words == "The room is too small" && !shown.mayWrite)
        let listed = try await room.meetings.list(at: nil, after: nil, for: actor)
        #expect(listed.meetings.map(\.id) == [id])
      }
      for actor in [Staff.ghazi, Staff.emna, Staff.hela] {
        await #expect(throws: Refusal.notFound) { _ = try await room.meetings.find(id, for: actor) }
      }
      await #expect(throws: Refusal.notFound) {
        try await room.meetings.add(room.item(), to: id, by: Staff.fathi)
      }
      let centre = try await room.begin(by: Staff.fathi)
      try await room.meetings.add(room.item(decision: nil), to: centre, by: Staff.fathi)
      try await room.meetings.close(centre, by: Staff.fathi)
      await #expect(throws: Refusal.notFound) { _ = try await room.meetings.find(centre, for: Staff.chokri) }
      let all = try await room.meetings.list(at: nil, after: nil, for: Staff.fathi)
      #expect(Set(all.meetings.map(\.id)) == [id, centre])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what is about a case is read by those who see the case`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, file in
      let id = try await room.begin()
      try await room.meetings.add(
        room.item("Secretitem", about: file, decision: "Secretdecision"), to: id, by: Staff.chokri)
      try await room.meetings.close(id, by: Staff.chokri)
      let (head, assigned) = (
        try await room.meetings.find(id, for: Staff.chokri),
        try await room.meetings.find(id, for: Staff.bilel)
      )
      #expect(head.items[0].words == "Secretitem" && head.numbers[file] != nil)
      #expect(assigned.items[0].words == nil && assigned.items[0].decision?.words == nil)
      #expect(assigned.numbers.isEmpty)
      try await room.serve { site in
        let page = try await site.get("/meetings/\(id)", as: Staff.bilel).text
        #expect(!page.contains("Secret") && page.contains("About a case that you do not see."))
        #expect(!page.contains("TUN-2026"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a decision that can be given to nobody keeps the minutes open`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, _ in
      let id = try await room.begin()
      let item = NewMeetingItem(
        words: "Far away",
        decision: NewMeetingItem.Decision(words: "Do it", to: .antenna("SFA"), due: room.today + 3))
      for new in [room.item(), item] { try await room.meetings.add(new, to: id, by: Staff.chokri) }
      await #expect(throws: Refusal.self) { try await room.meetings.close(id, by: Staff.chokri) }
      let shown = try await room.meetings.find(id, for: Staff.chokri)
      #expect(shown.meeting.closed == nil)
      // Nothing of it was given.
      #expect(try await room.waiting().isEmpty)
      try await room.meetings.remove(item.id, of: id, by: Staff.chokri)
      try await room.meetings.close(id, by: Staff.chokri)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `another content under the same id is refused`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, file in
      let id = try await room.begin()
      await #expect(throws: Refusal.sentBefore("day")) {
        try await room.meetings.begin(
          id, MeetingHead(day: room.today, present: [], guests: "Others"), by: Staff.chokri)
      }
      let due = room.today + 7
      func decision(_ to: OfficeTask.Receiver, _ due: Day) -> NewMeetingItem.Decision {
        NewMeetingItem.Decision(words: "Ask for another room", to: to, due: due)
      }
      let item = room.item()
      let to = OfficeTask.Receiver.person(Staff.amel.id)
      #expect(item.decision == decision(to, due))
      for _ in 1...2 { try await room.meetings.add(item, to: id, by: Staff.chokri) }
      for other in [
        NewMeetingItem(id: item.id, words: "Else", decision: item.decision),
        NewMeetingItem(id: item.id, words: item.words),
        NewMeetingItem(id: item.id, about: file, words: item.words, decision: item.decision),
        NewMeetingItem(id: item.id, words: item.words, decision: decision(.antenna("TUN"), due)),
        NewMeetingItem(id: item.id, words: item.words, decision: decision(to, due + 1)),
      ] {
        await #expect(throws: Refusal.sentBefore("words", kept: item.words)) {
          try await room.meetings.add(other, to: id, by: Staff.chokri)
        }
      }
      #expect(try await room.meetings.find(id, for: Staff.chokri).items.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nothing is written about a case that goes elsewhere at the same moment`(engine: Database.Engine)
    async throws
  {
    try await MeetingRoom.with(engine) { room, first in
      let second = try await room.receive("Trabelsi")
      let id = try await room.begin()
      let item = room.item(decision: nil)
      try await room.meetings.add(item, to: id, by: Staff.chokri)
      try await room.whileMoving(first) {
        await #expect(throws: Refusal.notFound) {
          try await room.meetings.add(room.item(about: first), to: id, by: Staff.chokri)
        }
      }
      try await room.whileMoving(second) {
        await #expect(throws: Refusal.notFound) {
          try await room.meetings.change(
            NewMeetingItem(id: item.id, about: second, words: "She waits"), of: id, from: 1, by: Staff.chokri)
        }
      }
      let items = try await room.meetings.find(id, for: Staff.chokri).items
      #expect(items.map(\.words) == [item.words] && items[0].file == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `closed by many at the same moment gives each task once`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, _ in
      let id = try await room.begin()
      for words in ["First", "Second"] {
        try await room.meetings.add(room.item(decision: words), to: id, by: Staff.chokri)
      }
      try await withThrowingTaskGroup { group in
        for _ in 0..<8 { group.addTask { try await room.meetings.close(id, by: Staff.chokri) } }
        try await group.waitForAll()
      }
      #expect(try await room.waiting().count == 2)
    }
  }
}
