import Basics
import Cases
import Documents
import Foundation
import Storage
import TestSupport
import Testing

@testable import Pieces

@Suite struct `The pieces of a file` {
  @Test(arguments: TestDatabase.engines)
  func `are asked for once; other fields are merged, the same field is asked`(engine: Database.Engine)
    async throws
  {
    try await PieceRoom.with(engine) { room, id in
      for _ in 0..<2 {
        try await room.pieces.ask(for: ["cin", "bank", "unknown"], in: id, by: Staff.amel)
      }
      #expect(try await room.acts(id) == ["piece.ask", "piece.ask"])
      let asked = try #require(try await room.line("cin", in: id)?.piece)
      #expect(asked.state == .asked && asked.since == room.today && asked.follower == Staff.amel.id)
      var (mine, theirs) = (asked.fields, asked.fields)
      theirs["state"] = "lost-abroad"
      mine["due-on"] = (room.today + 9).description
      let (hers, his) = (mine, theirs)
      for _ in 0..<2 {
        try await room.pieces.set("cin", to: his, from: 1, as: RecordID(), in: id, by: Staff.chokri)
        try await room.pieces.set("cin", to: hers, from: 1, as: RecordID(), in: id, by: Staff.amel)
      }
      let kept = try #require(try await room.line("cin", in: id)?.piece)
      #expect(kept.state == .lostAbroad && kept.dueOn == room.today + 9 && kept.version == 3)
      mine["state"] = "had"
      let third = mine
      await #expect {
        try await room.pieces.set("cin", to: third, from: 1, as: RecordID(), in: id, by: Staff.amel)
      } throws: { error in
        guard case Refusal.changedMeanwhile(let conflicts, _) = error else { return false }
        return conflicts.map(\.field) == ["state"]
      }
      // Two who look at the same one for the first time.
      try await room.set("birth", .missing, in: id)
      try await room.set("birth", .missing, in: id)
      #expect(try await room.line("birth", in: id)?.piece?.version == 1)
      await #expect(throws: Refusal.self) { try await room.set("birth", .had, in: id) }
      #expect(try await room.acts(id).count == 5)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are there by a valid document of their kind, until it is withdrawn or expires`(
    engine: Database.Engine
  ) async throws {
    try await PieceRoom.with(engine) { room, id in
      try await room.set("cin", .missing, in: id)
      #expect(try await room.line("cin", in: id)?.state == .missing)
      let paper = try await room.upload(.identityCard, until: room.today + 5, to: id)
      #expect(try await room.line("cin", in: id)?.document?.id == paper)
      #expect(try await room.line("cin", in: id)?.state == .had)
      room.clock.advance(seconds: 6 * 86_400)
      let expired = try #require(try await room.line("cin", in: id))
      #expect(expired.state == .missing && expired.expiredOn == room.today + -1)
      let other = try await room.upload(.identityCard, to: id)
      #expect(try await room.line("cin", in: id)?.state == .had)
      try await room.documents.withdraw(other, reason: "Another's", in: id, by: Staff.amel)
      #expect(try await room.line("cin", in: id)?.state == .missing)
      // Nobody looked yet: a paper on file is enough.
      try await room.upload(.travelDocument, to: id)
      #expect(try await room.line("passport", in: id)?.state == .had)
      // Too little is said by such a kind.
      try await room.upload(.papers, to: id)
      #expect(try await room.line("family", in: id)?.state == nil)
      // A medical paper is seen by those who may read health.
      try await room.upload(.medical, to: id, by: Staff.dorra)
      #expect(try await room.line("medical", in: id, for: Staff.dorra)?.state == .had)
      #expect(try await room.line("medical", in: id)?.state == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `need a reason where they do not apply, the duty, and an open case in sight`(
    engine: Database.Engine
  ) async throws {
    try await PieceRoom.with(engine) { room, id in
      await #expect(
        throws: Refusal.invalid([FieldError("note", say("Write why it does not apply."))])
      ) { try await room.set("licence", .notApplicable, in: id) }
      try await room.set("licence", .notApplicable, ["note": "She does not drive"], in: id)
      await #expect(throws: Refusal.notFound) { try await room.set("unknown", .had, in: id) }
      await #expect(throws: Refusal.notAllowed(.addDocuments)) {
        try await room.pieces.ask(for: ["cin"], in: id, by: Staff.fathi)
      }
      await #expect(throws: Refusal.notAllowed(.readDocuments)) {
        try await room.pieces.open(id, for: Staff.hela)
      }
      await #expect(throws: Refusal.notFound) { try await room.pieces.open(id, for: Staff.emna) }
      await #expect(throws: Refusal.notFound) {
        try await room.pieces.ask(for: ["cin"], in: id, by: Staff.emna)
      }
      let (taken, other) = (
        try #require(try await room.line("licence", in: id)?.piece), try await room.receive()
      )
      await #expect(throws: Refusal.notFound) {
        try await room.pieces.set(
          "licence", to: taken.fields, from: 0, as: taken.id, in: other, by: Staff.amel)
      }
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      try await room.cases.close(id, closure, by: Staff.amel)
      await #expect(throws: Refusal.self) {
        try await room.pieces.ask(for: ["cin"], in: id, by: Staff.amel)
      }
      #expect(try await room.pieces.open(id, for: Staff.fathi).1.count == 12)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stand in the list of who follows them, until they are there or the case is closed`(
    engine: Database.Engine
  ) async throws {
    try await PieceRoom.with(engine) { room, id in
      func codes(_ actor: Actor) async throws -> [String] {
        try await room.pieces.awaited(by: actor).pieces.map(\.code)
      }
      try await room.pieces.ask(for: ["cin", "bank"], in: id, by: Staff.amel)
      let hers = ["follower": Staff.amel.id.text]
      for (code, days) in [("birth", 9), ("passport", 3)] {
        let due = ["due-on": (room.today + days).description]
        try await room.set(code, .missing, hers.merging(due) { $1 }, in: id)
      }
      try await room.set("licence", .had, hers, in: id)
      let awaited = try await codes(Staff.amel)
      #expect(awaited.prefix(2) == ["passport", "birth"] && Set(awaited.dropFirst(2)) == ["cin", "bank"])
      #expect(try await codes(Staff.chokri).isEmpty)
      await #expect(throws: Refusal.notAllowed(.readDocuments)) { try await codes(Staff.hela) }
      try await room.upload(.identityCard, to: id)
      #expect(try await codes(Staff.amel) == ["passport", "birth", "bank"])
      let closure = Closure(
        id: RecordID(), outcome: .standing, reason: "Stands", closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      try await room.cases.close(id, closure, by: Staff.amel)
      #expect(try await codes(Staff.amel).isEmpty)
      try await room.cases.reopen(id, reason: "She asks again", by: Staff.chokri)
      #expect(try await codes(Staff.amel) == ["passport", "birth", "bank"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `those that somebody follows are paged, each once and in one order`(engine: Database.Engine)
    async throws
  {
    try await PieceRoom.with(engine) { room, id in
      var files = [id]
      for _ in 1...11 { files.append(try await room.receive()) }
      let codes = ["cin", "bank", "birth", "passport", "licence", "medical"]
      for (number, file) in files.enumerated() {
        try await room.pieces.ask(for: Array(codes.prefix(2)), in: file, by: Staff.amel)
        for (index, code) in codes.dropFirst(2).enumerated() {
          let due = [
            "follower": Staff.amel.id.text, "due-on": (room.today + (number + index) % 5).description,
          ]
          try await room.set(code, .missing, due, in: file)
        }
      }
      var (found, cursor): ([AwaitedPiece], PieceCursor?) = ([], nil)
      var pages = 0
      repeat {
        let page = try await room.pieces.awaited(after: cursor, by: Staff.amel)
        found += page.pieces
        cursor = page.next.flatMap { PieceCursor($0.text) }
        pages += 1
      } while cursor != nil
      #expect(pages == (files.count * codes.count + 49) / 50)
      #expect(found.count == files.count * codes.count && Set(found.map(\.id)).count == found.count)
      let days = found.map { $0.dueOn ?? room.today + 1_000 }
      #expect(days == days.sorted())
      #expect(PieceCursor("none~x") == nil && PieceCursor("") == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `open with the key of the person to whom the case went`(engine: Database.Engine) async throws {
    try await PieceRoom.with(engine) { room, id in
      try await room.set("licence", .notApplicable, ["note": "She does not drive"], in: id)
      let second = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(id, for: Staff.amel, in: db).subject.key
        let new = try room.cases.require(second, for: Staff.amel, in: db).subject.key
        try room.pieces.resealing(id, old, new, db)
        let kept = try PieceStore.pieces(of: id, key: new, in: db)
        #expect(kept.map(\.note) == ["She does not drive"])
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tell nothing but codes and days, and no act reads or sorts a whole table`(engine: Database.Engine)
    async throws
  {
    try await PieceRoom.with(engine) { room, id in
      let plans = QueryPlans()
      let watched = PieceRoom(plans.watching(room.database), clock: room.clock)
      try await watched.set("cin", .lostAbroad, ["note": "Taken from her in Rome"], in: id)
      try await watched.pieces.ask(for: ["bank"], in: id, by: Staff.amel)
      _ = try await watched.line("cin", in: id)
      #expect(try await watched.pieces.awaited(by: Staff.amel).pieces.count == 1)
      try await watched.pieces.noteSheet(of: id, in: .arabic, by: Staff.amel)
      let stored = try await room.database.read { db in
        try db.rows("SELECT note FROM piece WHERE note IS NOT NULL") { try $0[0] as [UInt8] }
      }
      #expect(stored.count == 1 && stored[0].firstRange(of: Array("Rome".utf8)) == nil)
      let facts = try await room.database.read { db in
        try db.rows("SELECT code, state FROM piece_fact ORDER BY code") {
          [try $0[0], try $0[1]] as [String]
        }
      }
      #expect(facts == [["bank", "asked"], ["cin", "lost-abroad"]])
      #expect(plans.steps.count > 5)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }
}
