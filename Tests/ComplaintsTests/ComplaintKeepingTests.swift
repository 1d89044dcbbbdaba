import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import People
import Storage
import TestSupport
import Testing

@testable import Complaints

@Suite struct `What is kept of complaints` {
  @Test(arguments: TestDatabase.engines)
  func `goes along when the case goes to another person`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, file in
      let id = try await room.record(room.draft("Secretcomplaint"), about: file)
      try await room.complaints.answer(id, ComplaintRoom.answer, by: Staff.chokri)
      let other = try await room.receive()
      try await room.database.write { db in
        let old = try room.cases.require(file, for: .program, in: db).subject.key
        let new = try room.cases.require(other, for: .program, in: db).subject.key
        try room.complaints.resealing(file, old, new, db)
        let line = try ComplaintStore.require(id, visibleTo: Staff.chokri, in: db)
        let kept = try ComplaintStore.read(line, key: new, in: db)
        #expect(kept.words == "Secretcomplaint" && kept.answered?.answer == ComplaintRoom.answer)
        #expect(throws: (any Error).self) { try ComplaintStore.read(line, key: old, in: db) }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted after its words were erased with the person`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, file in
      let id = try await room.record(room.draft(), about: file)
      try await room.complaints.answer(id, ComplaintRoom.answer, by: Staff.chokri)
      let open = try await room.record(room.draft("Still open"), about: file)
      let (today, person) = (
        room.today,
        try await room.database.read { db in try room.cases.require(file, for: .program, in: db).subject }
      )
      try await room.database.write { db in
        for table in Complaints.kept.tables { try KeptStore.empty(table, of: person.id, in: db) }
        _ = try room.people.erase([person.id], on: today, record: "E-1", in: db)
      }
      let shown = try await room.complaints.open(id, for: Staff.fathi)
      #expect(shown.complaint.words == nil && shown.complaint.answered?.answer == nil)
      #expect(shown.complaint.answered?.outcome == .partly)
      await #expect(throws: Refusal.self) {
        try await room.complaints.answer(open, ComplaintRoom.answer, by: Staff.chokri)
      }
      try await room.serve { site in
        let page = try await site.get("/complaints/\(id)", as: Staff.fathi)
        #expect(page.status == .ok && page.text.contains("It was erased with the person."))
        #expect(!page.text.contains("answer.pdf"))
        #expect(try await site.get("/complaints/\(id)/answer.pdf", as: Staff.fathi).status == .notFound)
      }
      let figures = try await room.complaints.figures(since: today + -30, for: Staff.fathi)
      #expect(figures.all.received == 2 && figures.all.outcomes == [.partly: 1])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted by antenna and kind, without what is about oneself`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, file in
      let first = try await room.record(room.draft(), about: file)
      room.clock.advance(days: 4)
      try await room.complaints.answer(first, ComplaintRoom.answer, by: Staff.chokri)
      let second = try await room.record(room.draft("Late"))
      room.clock.advance(days: 1)
      try await room.complaints.answer(second, ComplaintRoom.answer, by: Staff.chokri)
      try await room.record(room.draft("About the head", about: Staff.chokri.id))
      let since = room.today + -30
      let (head, centre) = (
        try await room.complaints.figures(since: since, for: Staff.chokri),
        try await room.complaints.figures(since: since, for: Staff.fathi)
      )
      #expect(centre.all.received == 3 && centre.all.waiting == 1 && centre.all.medianDays == 1)
      #expect(centre.antennas.map(\.antenna) == ["TUN"] && centre.kinds.map(\.kind) == [.delay])
      #expect(head.all.received == 2 && head.all.waiting == 0)
      let later = try await room.complaints.figures(since: room.today, for: Staff.fathi)
      #expect(later.all.received == 1)
      await #expect(throws: Refusal.notAllowed(.answerComplaints)) {
        try await room.complaints.figures(since: since, for: Staff.amel)
      }
      try await room.serve { site in
        let page = try await site.get("/complaints/figures", as: Staff.fathi).text
        #expect(page.contains("Median days to the answer") && page.contains("All of them"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, file in
      let plans = QueryPlans()
      let watched = ComplaintRoom(plans.watching(room.database), clock: room.clock)
      let id = try await watched.record(watched.draft(), about: file)
      for list in ComplaintList.allCases {
        for actor in [Staff.amel, Staff.chokri, Staff.fathi] {
          let cursor = ComplaintCursor(at: room.clock.now, id: RecordID())
          _ = try await watched.complaints.list(list, after: nil, for: actor)
          _ = try await watched.complaints.list(list, after: cursor, for: actor)
        }
      }
      try await watched.complaints.take(id, by: Staff.chokri)
      try await watched.complaints.answer(id, ComplaintRoom.answer, by: Staff.chokri)
      _ = try await watched.complaints.open(id, for: Staff.amel)
      for actor in [Staff.chokri, Staff.fathi] {
        _ = try await watched.complaints.figures(since: room.today + -30, for: actor)
      }
      try await watched.complaints.appeal(id, as: RecordID(), "Again", on: room.today, by: Staff.amel)
      try await watched.complaints.notePaper(of: id, by: Staff.amel)
      #expect(plans.steps.count { $0.statement.contains("complaint") } > 20)
      for offence in plans.offences(small: ["complaint_term"]) { Issue.record("\(offence)") }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is listed fifty at a time`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, _ in
      var recorded: [RecordID<Complaint>] = []
      for number in 0..<53 {
        recorded.append(try await room.record(room.draft("Number \(number)")))
        room.clock.advance(seconds: 1)
      }
      let first = try await room.complaints.list(.waiting, after: nil, for: Staff.chokri)
      let rest = try await room.complaints.list(.waiting, after: first.next, for: Staff.chokri)
      #expect(first.lines.map(\.id) == Array(recorded.prefix(50)))
      #expect(rest.lines.map(\.id) == Array(recorded.suffix(3)) && rest.next == nil)
      let newest = try await room.complaints.list(.mine, after: nil, for: Staff.amel)
      let older = try await room.complaints.list(.mine, after: newest.next, for: Staff.amel)
      #expect((newest.lines + older.lines).map(\.id) == recorded.reversed())
      try await room.serve { site in
        let page = try await site.get("/complaints", as: Staff.chokri).text
        #expect(page.contains("after="))
      }
    }
  }

  @Test func `is answered on paper in the language of whoever complained`() async throws {
    try await ComplaintRoom.with(.sqlite) { room, file in
      let id = try await room.record(room.draft(), about: file)
      try await room.serve { site in
        let none = try await site.get("/complaints/\(id)/answer.pdf", as: Staff.amel)
        #expect(none.status == .notFound)
      }
      try await room.complaints.answer(id, ComplaintRoom.answer, by: Staff.chokri)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let answer = try await site.get("/complaints/\(id)/answer.pdf", as: Staff.amel)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
        #expect(text.contains("TUN-") && !text.contains("The term was missed") && !text.contains("Zitouni"))
        let conformance = try PaperTools.conformance(of: answer.bytes)
        #expect(conformance == "2a True ua1 True")
        // Whoever may not see the complaint has no paper of it either.
        #expect(try await site.get("/complaints/\(id)/answer.pdf", as: Staff.hela).status == .notFound)
      }
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act = 'complaint.print'") { try $0[0] as String }
      }
      #expect(acts.count == 1)
    }
  }
}
