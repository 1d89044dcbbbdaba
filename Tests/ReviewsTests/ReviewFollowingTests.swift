import Basics
import Cases
import Storage
import Tasks
import TestSupport
import Testing

@testable import Reviews

@Suite struct `A review of a file that goes elsewhere` {
  /// A file that was reviewed, and two findings about it: for its contact person and for its antenna.
  private func settled(_ room: ReviewRoom) async throws -> ReviewEntry {
    let (_, entry) = try await room.draw(raters: 1)
    try await room.reviews.save(room.draft(.no), of: entry.id, from: 0, by: Staff.fathi)
    let antennas = NewReviewFinding(
      item: ReviewRoom.items[1], to: .antenna, words: "Second", due: room.today + 7)
    for new in [room.finding("First"), antennas] {
      try await room.reviews.give(new, about: entry.id, by: Staff.fathi)
    }
    return entry
  }

  private func words(_ room: ReviewRoom, _ actor: Actor) async throws -> Set<String?> {
    Set(try await room.tasks.open(for: actor).tasks.map(\.words))
  }

  @Test(arguments: TestDatabase.engines)
  func `takes its open findings along, and the journal tells`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let entry = try await settled(room)
      #expect(try await words(room, Staff.amel) == ["First", "Second"])
      try await room.cases.assign(entry.file, to: Staff.dorra.id, by: Staff.chokri)
      #expect(try await words(room, Staff.amel) == ["Second"])
      #expect(try await words(room, Staff.dorra) == ["First", "Second"])
      try await room.whileMoving(entry.file) {}
      #expect(try await words(room, Staff.dorra).isEmpty)
      #expect(try await words(room, Staff.emna) == ["First", "Second"])
      let old = try await room.reviews.findings(isOpen: true, at: nil, after: nil, for: Staff.chokri)
      let new = try await room.reviews.findings(isOpen: true, at: nil, after: nil, for: Staff.ghazi)
      #expect(old.findings.isEmpty && old.open.isEmpty)
      #expect(Set(new.findings.map(\.words)) == ["First", "Second"] && new.open.map(\.antenna) == ["SFA"])
      let acts = try await room.database.read { db in
        try Journal.history(
          of: room.cases.require(entry.file, for: .program, in: db).subject, limit: 100, in: db
        ).map(\.act)
      }
      #expect(acts.count { $0 == "review.follow" } == 2 && acts.count { $0 == "task.follow" } == 3)

      let task = try #require(try await room.tasks.open(for: Staff.emna).tasks.first { $0.words == "First" })
      try await room.tasks.finish(task.id, by: Staff.emna)
      let ended = try await room.reviews.findings(isOpen: false, at: nil, after: nil, for: Staff.ghazi)
      #expect(ended.findings.map(\.words) == ["First"] && ended.findings[0].closed?.isDone == true)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `gives a finding at the same moment to those who hold it then`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let (_, entry) = try await room.draw(raters: 1)
      try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: Staff.fathi)
      try await room.whileMoving(entry.file) {
        try await room.reviews.give(room.finding("First"), about: entry.id, by: Staff.fathi)
      }
      #expect(try await words(room, Staff.emna) == ["First"])
      let found = try await room.reviews.findings(isOpen: true, at: nil, after: nil, for: Staff.ghazi)
      #expect(found.findings.map(\.words) == ["First"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not read at the same moment by who has it in hand then`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let (_, entry) = try await room.draw(raters: 1)
      // Whoever reviews became the contact person meanwhile.
      let reviewer = Actor(
        id: Staff.emna.id, name: "Emna", institution: "OTE", antenna: nil, scope: .nation,
        duties: Staff.fathi.duties)
      try await room.whileMoving(entry.file) {
        await #expect(throws: Refusal.conflict(say("You had this file in hand: a colleague reviews it."))) {
          try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: reviewer)
        }
      }
      #expect(try await room.reviews.open(entry.id, for: Staff.fathi).readings.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `counts what is open where open findings are shown, and opens no words for it`(
    engine: Database.Engine
  ) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      _ = try await settled(room)
      let closed = try await room.reviews.findings(isOpen: false, at: nil, after: nil, for: Staff.fathi)
      #expect(closed.open.isEmpty)
      #expect(try await room.reviews.openFindings(for: Staff.chokri).map(\.waiting.count) == [2])
      #expect(try await room.reviews.openFindings(for: Staff.ghazi).isEmpty)
      await #expect(throws: Refusal.notAllowed(.reviewFiles)) {
        _ = try await room.reviews.openFindings(for: Staff.amel)
      }
      let plans = QueryPlans()
      try await ReviewRoom(plans.watching(room.database), clock: room.clock).serve { site in
        let page = try await site.get("/reviews", as: Staff.fathi).text
        #expect(page.contains("Open findings by antenna"))
      }
      #expect(!plans.steps.contains { $0.statement.contains("words FROM review_finding") })
      try await room.serve { site in
        for (show, isCounted) in [("open", true), ("closed", false)] {
          let page = try await site.get("/reviews/findings?show=\(show)", as: Staff.fathi)
          #expect(page.text.contains("Open findings by antenna") == isCounted, "\(show)")
        }
      }
    }
  }
}
