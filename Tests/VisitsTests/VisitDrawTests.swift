import Basics
import Cases
import Foundation
import Pages
import Storage
import TestSupport
import Testing

@testable import Visits

@Suite struct `Files drawn for a second look` {
  /// Received and visited this month, a month ago when the test goes on.
  private func visited(_ count: Int, _ room: VisitRoom) async throws -> [RecordID<CaseFile>] {
    var files: [RecordID<CaseFile>] = []
    for _ in 0..<count {
      let file = try await room.receive()
      for _ in 0..<2 {
        try await room.visits.report(
          try await room.plan(file, in: 0), room.report(), in: file, by: Staff.amel)
      }
      files.append(file)
    }
    room.clock.advance(days: 31)
    return files
  }

  private func month(_ room: VisitRoom) -> Day { VisitDrawRules.months(before: room.today)[0] }

  @Test(arguments: TestDatabase.engines)
  func `are drawn once for a month, and anyone can draw them again and compare`(engine: Database.Engine)
    async throws
  {
    try await VisitRoom.with(engine) { room, _ in
      let files = try await visited(12, room)
      let last = self.month(room)
      let id = try await room.visits.draw(last, count: 5, seed: 7, by: Staff.chokri)
      #expect(try await room.visits.draw(last, count: 20, seed: 8, by: Staff.chokri) == id)
      let opened = try await room.visits.open(id, for: Staff.chokri)
      #expect(opened.draw.size == 12 && opened.draw.seed == 7 && opened.isSound)
      #expect(opened.looks.count == 5 && Set(opened.looks.map(\.file)).count == 5)
      #expect(opened.looks.allSatisfy { files.contains($0.file) })
      #expect(opened.looks.map(\.position) == VisitDrawRules.places(seed: 7, size: 12, count: 5).sorted())
      let told = try await room.database.read { db in
        try Journal.page(of: "TUN", after: nil, in: db).entries.filter { $0.act == "visit.draw" }
      }
      #expect(told.count == 1)
      let changes = told.first?.changes.reduce(into: [:]) { $0[$1.field] = $1.after }
      #expect(changes?["seed"] == "7" && changes?["size"] == "12" && changes?["month"] == last.description)
      #expect(try await room.visits.draws(after: nil, for: Staff.chokri).draws.map(\.id) == [id])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that have gone to another antenna since are not told of any more`(engine: Database.Engine)
    async throws
  {
    try await VisitRoom.with(engine) { room, _ in
      let files = try await visited(2, room)
      let id = try await room.visits.draw(month(room), count: 2, by: Staff.chokri)
      #expect(try await room.visits.open(id, for: Staff.chokri).labels.count == 2)
      _ = try await room.database.write { db in
        try db.run("UPDATE case_file SET antenna = 'SFA' WHERE id = \(files[0])")
      }
      let opened = try await room.visits.open(id, for: Staff.chokri)
      #expect(opened.looks.count == 2 && Set(opened.files.keys) == [files[1]])
      #expect(opened.labels.count == 1 && opened.isSound)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `drawn by five at once, there is one draw`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, _ in
      _ = try await visited(3, room)
      let last = self.month(room)
      let ids = await withTaskGroup(of: RecordID<VisitDraw>?.self) { group in
        for _ in 0..<5 {
          group.addTask { try? await room.visits.draw(last, count: 2, by: Staff.chokri) }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(ids.compactMap { $0 }).count == 1)
      #expect(try await room.visits.draws(after: nil, for: Staff.chokri).draws.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what the second look found is kept, and not written over unseen`(engine: Database.Engine) async throws
  {
    try await VisitRoom.with(engine) { room, _ in
      _ = try await visited(2, room)
      let id = try await room.visits.draw(month(room), count: 9, by: Staff.chokri)
      let look = try #require(try await room.visits.open(id, for: Staff.chokri).looks.first)
      let differs = VisitDraw.Result(.differs, told: "No oven there")
      for _ in 0..<2 {
        try await room.visits.record(differs, of: look.id, in: id, from: 1, by: Staff.chokri)
      }
      await #expect(throws: Refusal.self) {
        try await room.visits.record(
          .init(.agrees, told: nil), of: look.id, in: id, from: 1, by: Staff.chokri)
      }
      #expect(try await room.visits.open(id, for: Staff.chokri).looks.first?.result == differs)
      #expect(try await room.acts(look.file).first?.act == "visit.look")
      let stored = try await room.database.read { db in
        try db.rows("SELECT told FROM visit_look WHERE told IS NOT NULL") { try $0[0] as [UInt8] }
      }
      #expect(stored.count == 1)
      #expect(stored.allSatisfy { $0.firstRange(of: Array("oven".utf8)) == nil })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stand on the home page of the head of their antenna until they are looked at`(
    engine: Database.Engine
  ) async throws {
    try await VisitRoom.with(engine) { room, _ in
      let files = try await visited(12, room)
      #expect(try await room.home(of: Staff.chokri).isEmpty)
      let id = try await room.visits.draw(month(room), count: 12, by: Staff.chokri)
      let waiting = try await room.visits.waitingLooks(for: Staff.chokri)
      #expect(waiting.looks.count == 12 && Set(waiting.looks.map(\.file)) == Set(files))
      let home = try await room.home(of: Staff.chokri).string
      for text in ["looked at again: 12", "Ben Othman", "March\u{A0}2026", "href=\"/visits/draws\""] {
        #expect(home.contains(text), "\(text)")
      }
      #expect(home.ranges(of: "href=\"/visits/draws/\(id)\"").count == 10, "ten, and the way to all")
      // What was looked at waits no more; of what went to another antenna nothing is told.
      let looks = try await room.visits.open(id, for: Staff.chokri).looks
      for look in looks.prefix(10) {
        try await room.visits.record(
          .init(.agrees, told: nil), of: look.id, in: id, from: 1, by: Staff.chokri)
      }
      _ = try await room.database.write { db in
        try db.run("UPDATE case_file SET antenna = 'SFA' WHERE id = \(looks[10].file)")
      }
      let left = try await room.visits.waitingLooks(for: Staff.chokri)
      #expect(left.looks.map(\.file) == [looks[11].file] && left.labels.count == 1)
      #expect(try await room.home(of: Staff.chokri).string.contains("looked at again: 1<"))
      let elsewhere = Actor(
        id: AccountID(), name: "Head", institution: "OTE", antenna: "SFA", scope: .antenna,
        duties: Staff.chokri.duties)
      for actor in [Staff.amel, Staff.fathi, elsewhere] {
        #expect(try await room.home(of: actor).isEmpty, "\(actor.name)")
      }
      await #expect(throws: Refusal.notAllowed(.drawSpotChecks)) {
        _ = try await room.visits.waitingLooks(for: Staff.amel)
      }
      try await room.visits.record(
        .init(.differs, told: "No oven"), of: looks[11].id, in: id, from: 1, by: Staff.chokri)
      #expect(try await room.home(of: Staff.chokri).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `need the duty, an antenna, a month that is over and visits in it`(engine: Database.Engine)
    async throws
  {
    try await VisitRoom.with(engine) { room, _ in
      await #expect(throws: Refusal.self) {
        _ = try await room.visits.draw(month(room), count: 5, by: Staff.chokri)
      }
      _ = try await visited(1, room)
      let last = self.month(room)
      for actor in [Staff.amel, Staff.emna, Staff.hela] {
        await #expect(throws: Refusal.notAllowed(.drawSpotChecks)) {
          _ = try await room.visits.draw(last, count: 5, by: actor)
        }
      }
      await #expect(throws: Refusal.self) { _ = try await room.visits.draw(last, count: 5, by: .program) }
      await #expect(throws: Refusal.self) {
        _ = try await room.visits.draw(last.adding(months: 1), count: 5, by: Staff.chokri)
      }
      let id = try await room.visits.draw(last, count: 5, by: Staff.chokri)
      let head = Actor(
        id: AccountID(), name: "Head", institution: "OTE", antenna: "SFA", scope: .antenna,
        duties: Staff.chokri.duties)
      await #expect(throws: Refusal.notFound) { _ = try await room.visits.open(id, for: head) }
      #expect(try await room.visits.draws(after: nil, for: head).draws.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await VisitRoom.with(engine) { room, _ in
      _ = try await visited(3, room)
      let plans = QueryPlans()
      let watched = VisitRoom(plans.watching(room.database), clock: room.clock)
      let id = try await watched.visits.draw(month(room), count: 2, by: Staff.chokri)
      let look = try #require(try await watched.visits.open(id, for: Staff.chokri).looks.first)
      #expect(try await watched.visits.waitingLooks(for: Staff.chokri).looks.count == 2)
      try await watched.visits.record(
        .init(.agrees, told: nil), of: look.id, in: id, from: 1, by: Staff.chokri)
      let cursor = VisitDrawCursor("2030-01-01~TUN")
      #expect(try await watched.visits.draws(after: cursor, for: Staff.chokri).draws.count == 1)
      #expect(try await watched.visits.draws(after: cursor, for: .program).draws.count == 1)
      #expect(plans.steps.count > 10)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
