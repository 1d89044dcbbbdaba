import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import People
import Storage
import TestSupport
import Testing

@testable import Reviews

@Suite struct `What is kept of reviews` {
  /// A reviewed file with a finding; its words stand nowhere else.
  private func settled(_ room: ReviewRoom) async throws -> (RecordID<ReviewRound>, ReviewEntry) {
    let (round, entry) = try await room.draw(raters: 1)
    try await room.reviews.save(
      room.draft(.no, words: "Secretremark"), of: entry.id, from: 0, by: Staff.fathi)
    try await room.reviews.give(room.finding("Secretfinding"), about: entry.id, by: Staff.fathi)
    return (round, entry)
  }

  @Test(arguments: TestDatabase.engines)
  func `lies sealed and goes along when the case goes to another person`(engine: Database.Engine) async throws
  {
    try await ReviewRoom.with(engine) { room, files in
      let (_, entry) = try await settled(room)
      let other = try #require(files.first { $0 != entry.file })
      try await room.database.write { db in
        for table in ["review_reading", "review_finding"] as [SQL] {
          let words = try db.first("SELECT words FROM \(table)") { try $0[0] as [UInt8] }
          #expect(!String(decoding: try #require(words), as: UTF8.self).contains("Secret"))
        }
        let old = try room.cases.require(entry.file, for: .program, in: db).subject.key
        let new = try room.cases.require(other, for: .program, in: db).subject.key
        try room.reviews.resealing(entry.file, old, new, db)
        let readings = try ReviewStore.readings(of: [entry.id], key: new, in: db)
        #expect(readings.first?.words[ReviewRoom.items[0]] == "Secretremark")
        let findings = try ReviewFindingStore.of(entry.id, key: new, in: db)
        #expect(findings.map(\.words) == ["Secretfinding"])
        #expect(throws: (any Error).self) { try ReviewFindingStore.of(entry.id, key: old, in: db) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted after its words were erased with the person`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let (round, entry) = try await settled(room)
      let person = try await room.database.read { db in
        try room.cases.require(entry.file, for: .program, in: db).subject
      }
      let today = room.today
      try await room.database.write { db in
        for table in Reviews.kept.tables { try KeptStore.empty(table, of: person.id, in: db) }
        _ = try room.people.erase([person.id], on: today, record: "E-1", in: db)
      }
      let opened = try await room.reviews.open(entry.id, for: Staff.fathi)
      #expect(opened.file == nil && opened.isSettled && opened.readings[0].words.isEmpty)
      #expect(opened.findings.map(\.words) == [nil])
      let summary = try await room.reviews.open(round, for: Staff.fathi).summary
      #expect(summary.settled == 1 && summary.lines[0].counts == [.no: 1])
      await #expect(throws: Refusal.self) {
        try await room.reviews.save(room.draft(), of: entry.id, from: 0, by: ReviewRoom.ines)
      }
      try await room.serve { site in
        for path in ["/reviews/files/\(entry.id)", "/reviews/rounds/\(round)", "/reviews/findings"] {
          let page = try await site.get(path, as: Staff.fathi)
          #expect(page.status == .ok && !page.text.contains("Secret"))
        }
        let page = try await site.get("/reviews/files/\(entry.id)", as: Staff.fathi)
        #expect(page.text.contains("Its person was erased."))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      let plans = QueryPlans()
      let watched = ReviewRoom(plans.watching(room.database), clock: room.clock)
      let (_, entry) = try await settled(watched)
      for actor in [Staff.fathi, Staff.chokri] {
        for isOpen in [true, false] {
          let cursor = ReviewCursor("\(room.clock.now.milliseconds)~\(RecordID<ReviewFinding>())")
          for after in [nil, cursor] {
            _ = try await watched.reviews.findings(isOpen: isOpen, at: nil, after: after, for: actor)
          }
        }
      }
      for antenna in [nil, "TUN" as AntennaCode] {
        _ = try await watched.reviews.figures(at: antenna, for: Staff.fathi)
      }
      _ = try await watched.reviews.rounds(before: RecordID(), for: Staff.fathi)
      _ = try await watched.reviews.open(entry.id, for: ReviewRoom.ines)
      _ = try await watched.database.read { db in try watched.reviews.waiting(at: "TUN", in: db) }
      #expect(plans.steps.count { $0.statement.contains("review_") } > 20)
      for offence in plans.offences(small: [
        "antenna", "country", "coverage", "governorate", "institution",
      ]) { Issue.record("\(offence)") }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `gives figures by quarter of what was answered`(engine: Database.Engine) async throws {
    try await ReviewRoom.with(engine) { room, _ in
      _ = try await settled(room)
      room.clock.advance(days: 92)
      let figures = try await room.reviews.figures(at: nil, for: Staff.fathi)
      #expect(figures.quarters.count == 8)
      let shares = try #require(figures.lines.first { $0.item == ReviewRoom.items[0] }).shares
      #expect(shares.map(\.answered) == [0, 0, 0, 0, 0, 0, 1, 0] && shares.allSatisfy { $0.yes == 0 })
      let elsewhere = try await room.reviews.figures(at: "SFA", for: Staff.fathi)
      #expect(elsewhere.lines.isEmpty)
    }
  }

  @Test func `is told on paper in French and Arabic, without a name or a number of a case`() async throws {
    try await ReviewRoom.with(.sqlite) { room, _ in
      let (round, _) = try await settled(room)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        for language in ["fr", "ar"] {
          let answer = try await site.get(
            "/reviews/rounds/\(round)/summary.pdf?language=\(language)", as: Staff.fathi)
          #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
          let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
          #expect(!text.contains("Secret") && !text.contains("Zitouni") && !text.contains("TUN-"))
          let conformance = try PaperTools.conformance(of: answer.bytes)
          #expect(conformance == "2a True ua1 True")
        }
        #expect(
          try await site.get("/reviews/rounds/\(round)/summary.pdf", as: Staff.chokri).status == .forbidden)
      }
    }
  }
}
