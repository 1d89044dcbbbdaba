import Accounts
import Basics
import Cases
import Foundation
import People
import Storage
import Tasks
import TestSupport
import Testing

@testable import Reviews

@Suite struct `The acts of reviews` {
  @Test(arguments: TestDatabase.engines)
  func `the same seed and frame give the same files, whatever came since`(engine: Database.Engine)
    async throws
  {
    try await ReviewRoom.with(engine, files: 9) { room, files in
      try await room.receive("Elsewhere", at: "SFA")
      let new = NewReviewRound(room.criteria, count: 4, raters: 1)
      for _ in 1...2 { try await room.reviews.draw(new, seed: 99, by: Staff.fathi) }
      let first = try await room.reviews.open(new.id, for: Staff.fathi)
      #expect(first.round.size == 9 && first.round.seed == 99 && first.entries.count == 4 && first.isSound)
      #expect(Set(first.entries.map(\.file)).isSubset(of: Set(files)))
      let other = NewReviewRound(room.criteria, count: 4, raters: 1)
      try await room.reviews.draw(other, seed: 99, by: ReviewRoom.ines)
      let again = try await room.reviews.open(other.id, for: Staff.fathi)
      #expect(again.entries.map(\.file) == first.entries.map(\.file))
      // Files that came later change nothing of a round that was drawn.
      room.clock.advance(days: 1)
      try await room.receive("Later")
      let later = try await room.reviews.open(new.id, for: Staff.fathi)
      #expect(later.isSound && later.round.size == 9)
      for (count, raters) in [(4, 2), (3, 1), (5, 1)] {
        await #expect(throws: Refusal.sentBefore("antenna")) {
          try await room.reviews.draw(
            NewReviewRound(id: new.id, new.criteria, count: count, raters: raters), by: Staff.fathi)
        }
      }
      try await room.reviews.draw(new, by: Staff.fathi)
      // More than there are is all that there are, whenever it is sent.
      let all = NewReviewRound(room.criteria, count: 20, raters: 1)
      for _ in 1...2 { try await room.reviews.draw(all, by: Staff.fathi) }
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act = 'review.draw'") { try $0[0] as String }
      }
      #expect(acts.count == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `closed files are drawn by the day of their closing, and nothing from nothing`(engine: Database.Engine)
    async throws
  {
    try await ReviewRoom.with(engine, files: 2) { room, files in
      let days = (room.today + -30)...room.today
      let closed = ReviewRound.Criteria(antenna: "TUN", basis: .closed, days: days)
      await #expect(throws: Refusal.self) {
        try await room.reviews.draw(NewReviewRound(closed, count: 1, raters: 1), by: Staff.fathi)
      }
      try await room.cases.close(
        files[1],
        Closure(
          id: RecordID(), outcome: .standing, reason: "Stands", closedOn: room.today, reopenedOn: nil,
          reopenReason: nil), by: Staff.amel)
      let new = NewReviewRound(closed, count: 3, raters: 1)
      try await room.reviews.draw(new, by: Staff.fathi)
      let opened = try await room.reviews.open(new.id, for: Staff.fathi)
      #expect(opened.entries.map(\.file) == [files[1]])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two raters do not see each other before both are done`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let (round, entry) = try await room.draw()
      try await room.reviews.save(room.draft(.no), of: entry.id, from: 0, by: Staff.fathi)
      let blind = try await room.reviews.open(entry.id, for: ReviewRoom.ines)
      #expect(blind.open.isEmpty && blind.readings.count == 1 && blind.mayBegin && !blind.isSettled)
      let draft = room.draft(.yes, isDone: false)
      try await room.reviews.save(draft, of: entry.id, from: 0, by: ReviewRoom.ines)
      let own = try await room.reviews.open(entry.id, for: ReviewRoom.ines)
      #expect(own.open.map(\.rater) == [ReviewRoom.ines.id])
      let first = try await room.reviews.open(entry.id, for: Staff.fathi)
      #expect(first.open.map(\.rater) == [Staff.fathi.id])
      // A third one finds both places taken.
      await #expect(throws: Refusal.conflict(say("Others review this file already."))) {
        try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: ReviewRoom.karim)
      }
      let before = try await room.reviews.open(round, for: Staff.fathi)
      #expect(before.summary.settled == 0 && before.summary.agreement.pairs == 0)
      try await room.reviews.save(room.draft(.yes), of: entry.id, from: 1, by: ReviewRoom.ines)
      let both = try await room.reviews.open(entry.id, for: ReviewRoom.ines)
      #expect(both.isSettled && both.open.count == 2)
      #expect(
        both.open.first { $0.rater == Staff.fathi.id }?.words[ReviewRoom.items[0]] == "Nothing is there")
      let after = try await room.reviews.open(round, for: ReviewRoom.karim)
      #expect(after.summary.settled == 1 && after.summary.agreement.share == 0)
      #expect(after.summary.agreement.pairs == ReviewRoom.items.count)
      // The journal, which each of them reads, holds no answer.
      let told = try await room.database.read { db in
        try Journal.history(
          of: room.cases.require(entry.file, for: Staff.fathi, in: db).subject, limit: 100, in: db)
      }
      let reviews = told.filter { $0.act.hasPrefix("review.") }
      #expect(reviews.count == 3 && reviews.allSatisfy { $0.changes.isEmpty })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a draft is changed, a done reading is not, and neither from a page that is out of date`(
    engine: Database.Engine
  ) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let (_, entry) = try await room.draw()
      for _ in 1...2 {
        try await room.reviews.save(room.draft(isDone: false), of: entry.id, from: 0, by: Staff.fathi)
      }
      await #expect(
        throws: Refusal.conflict(say("You saved other answers meanwhile. Look at the page again."))
      ) {
        try await room.reviews.save(room.draft(.apart), of: entry.id, from: 0, by: Staff.fathi)
      }
      for _ in 1...2 {
        try await room.reviews.save(room.draft(.apart), of: entry.id, from: 1, by: Staff.fathi)
      }
      await #expect(
        throws: Refusal.conflict(say("Your answers are complete: they are not changed any more."))
      ) {
        try await room.reviews.save(room.draft(.yes), of: entry.id, from: 2, by: Staff.fathi)
      }
      let opened = try await room.reviews.open(entry.id, for: Staff.fathi)
      #expect(opened.readings.count == 1 && opened.own(of: Staff.fathi)?.version == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who had the file in hand does not review it`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine, files: 1) { room, files in
      let (_, entry) = try await room.draw()
      // Looking is no hindrance.
      _ = try await room.cases.open(files[0], for: ReviewRoom.ines)
      #expect(try await room.reviews.open(entry.id, for: ReviewRoom.ines).mayBegin)
      try await room.cases.assign(files[0], to: Staff.bilel.id, by: ReviewRoom.ines)
      let barred = try await room.reviews.open(entry.id, for: ReviewRoom.ines)
      #expect(barred.isBarred && !barred.mayBegin)
      await #expect(
        throws: Refusal.conflict(say("You had this file in hand: a colleague reviews it."))
      ) {
        try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: ReviewRoom.ines)
      }
      try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: Staff.fathi)
      try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: ReviewRoom.karim)
      await #expect(
        throws: Refusal.conflict(say("You had this file in hand: a colleague reviews it."))
      ) {
        try await room.reviews.give(room.finding(), about: entry.id, by: ReviewRoom.ines)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a finding gives a task, and is closed with it`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let (_, entry) = try await room.draw(raters: 1)
      let new = room.finding()
      await #expect(throws: Refusal.conflict(say("A finding follows once everybody has answered."))) {
        try await room.reviews.give(new, about: entry.id, by: Staff.fathi)
      }
      try await room.reviews.save(room.draft(.no), of: entry.id, from: 0, by: Staff.fathi)
      for _ in 1...2 { try await room.reviews.give(new, about: entry.id, by: Staff.fathi) }
      for (item, to, words, due) in [
        (new.item, .contact, "Other words", new.due), (ReviewRoom.items[1], .contact, new.words, new.due),
        (new.item, .antenna, new.words, new.due), (new.item, .contact, new.words, new.due + 1),
      ] as [(String, ReviewFinding.Receiver, String, Day)] {
        await #expect(throws: Refusal.sentBefore("words", kept: new.words)) {
          let other = NewReviewFinding(id: new.id, item: item, to: to, words: words, due: due)
          try await room.reviews.give(other, about: entry.id, by: Staff.fathi)
        }
      }
      let waiting = try await room.tasks.open(for: Staff.amel).tasks
      #expect(waiting.map(\.words) == ["Write her number down"] && waiting[0].file == entry.file)
      room.clock.advance(days: 3)
      let open = try await room.reviews.findings(isOpen: true, at: nil, after: nil, for: Staff.fathi)
      #expect(open.open.map(\.antenna) == ["TUN"] && open.open.map(\.waiting.count) == [1])
      #expect(open.open[0].waiting.since == room.today + -3)
      try await room.tasks.finish(waiting[0].id, by: Staff.amel)
      let closed = try await room.reviews.findings(isOpen: false, at: nil, after: nil, for: Staff.fathi)
      #expect(closed.findings.map(\.id) == [new.id] && closed.findings[0].closed?.isDone == true)
      #expect(closed.open.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `findings are read by the centre and by the head of the antenna`(engine: Database.Engine) async throws
  {
    try await ReviewRoom.with(engine) { room, _ in
      let (round, entry) = try await room.draw(raters: 1)
      try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: Staff.fathi)
      try await room.reviews.give(room.finding(), about: entry.id, by: Staff.fathi)
      let head = try await room.reviews.findings(isOpen: true, at: "SFA", after: nil, for: Staff.chokri)
      #expect(head.findings.map(\.words) == ["Write her number down"])
      let other = try await room.reviews.findings(isOpen: true, at: "TUN", after: nil, for: Staff.ghazi)
      #expect(other.findings.isEmpty)
      for actor in [Staff.amel, Staff.bilel, Staff.dorra, Staff.hela] {
        await #expect(throws: Refusal.notAllowed(.reviewFiles)) {
          _ = try await room.reviews.findings(isOpen: true, at: nil, after: nil, for: actor)
        }
      }
      for actor in [Staff.amel, Staff.chokri, Staff.hela] {
        await #expect(throws: Refusal.notAllowed(.reviewFiles)) {
          _ = try await room.reviews.open(round, for: actor)
        }
        await #expect(throws: Refusal.notAllowed(.reviewFiles)) {
          try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: actor)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `many at the same moment are two raters at most, each once`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let (_, entry) = try await room.draw()
      let draft = room.draft()
      let refused = await withTaskGroup(of: Int.self) { group in
        for actor in [Staff.fathi, ReviewRoom.ines, ReviewRoom.karim] {
          for _ in 0..<4 {
            group.addTask {
              do {
                try await room.reviews.save(
                  ReviewDraft(answers: draft.answers, isDone: true), of: entry.id, from: 0, by: actor)
                return 0
              } catch { return 1 }
            }
          }
        }
        return await group.reduce(0, +)
      }
      let opened = try await room.reviews.open(entry.id, for: Staff.fathi)
      #expect(opened.readings.count == 2 && opened.isSettled && refused == 4)
      let finding = room.finding()
      try await withThrowingTaskGroup { group in
        for _ in 0..<6 {
          group.addTask { try await room.reviews.give(finding, about: entry.id, by: Staff.fathi) }
        }
        try await group.waitForAll()
      }
      let given = try await room.reviews.open(entry.id, for: Staff.fathi).findings
      #expect(given.count == 1)
      let waiting = try await room.tasks.open(for: Staff.amel).tasks
      #expect(waiting.count == 1)
    }
  }
}
