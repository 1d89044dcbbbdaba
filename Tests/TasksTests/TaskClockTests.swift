import Accounts
import Basics
import Cases
import Storage
import TestSupport
import Testing
import Web

@testable import Tasks

@Suite struct `A task that a clock gives` {
  @Test(arguments: TestDatabase.engines)
  func `is given once, read in the reader's language, and done when nobody has to do it any more`(
    engine: Database.Engine
  ) async throws {
    try await TaskRoom.with(engine) { room in
      let file = try await room.receive()
      let words = TaskReminder.referralWaits.words
      func remind(_ key: String) async throws {
        let task = NewTask(
          to: .role(.antennaHead, at: "TUN"), words: words, due: room.today + 7, about: file, key: key)
        try await room.database.write { db in try room.tasks.remind(task, in: db) }
      }
      for _ in 1...2 { try await remind("clock:a:1") }
      try await remind("clock:ab:1")
      #expect(try await room.tasks.open(for: Staff.chokri).tasks.map(\.words) == [words, words])
      let first = try #require(try await room.tasks.open(for: Staff.chokri).tasks.first)
      try await TestSite.serve(
        [TaskPages(room.tasks)], language: .arabic, site: { [clock = room.clock] in $0.now = { clock.now } }
      ) { site in
        for path in ["/tasks", "/tasks/\(first.id)"] {
          let page = try await site.get(path, as: Staff.chokri).text
          #expect(page.contains(Reader(.arabic)(TaskReminder.referralWaits.phrase)) && !page.contains(words))
        }
      }
      for _ in 1...2 { try await room.database.write { db in try room.tasks.settle("clock:a:", in: db) } }
      let left = try await room.tasks.open(for: Staff.chokri).tasks
      #expect(left.count == 1 && left.first?.id != first.id)
      // Whatever became of it, it is not given again.
      try await remind("clock:a:1")
      #expect(try await room.tasks.open(for: Staff.chokri).tasks.count == 1)
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act LIKE 'task.%' ORDER BY at, id") {
          try $0[0] as String
        }
      }
      #expect(acts == ["task.give", "task.give", "task.settle"])
    }
  }
}
