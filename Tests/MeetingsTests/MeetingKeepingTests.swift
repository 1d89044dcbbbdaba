import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import People
import Storage
import Tasks
import TestSupport
import Testing

@testable import Meetings

@Suite struct `What is kept of meetings` {
  /// Closed minutes of one item about a case and one about none.
  private func closed(_ room: MeetingRoom, about file: RecordID<CaseFile>) async throws -> RecordID<Meeting> {
    let id = try await room.begin()
    try await room.meetings.add(
      room.item("Secretitem", about: file, decision: "Secretdecision"), to: id, by: Staff.chokri)
    try await room.meetings.add(room.item("Secrethouse", decision: nil), to: id, by: Staff.chokri)
    try await room.meetings.close(id, by: Staff.chokri)
    return id
  }

  @Test(arguments: TestDatabase.engines)
  func `lies sealed and goes along when the case goes to another person`(engine: Database.Engine) async throws
  {
    try await MeetingRoom.with(engine) { room, file in
      let id = try await closed(room, about: file)
      let other = try await room.receive()
      try await room.database.write { db in
        let sealed = try db.rows("SELECT words FROM meeting_item") { try $0[0] as [UInt8] }
        #expect(sealed.count == 2)
        #expect(sealed.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("Secret") })
        let guests = try db.first("SELECT guests FROM meeting") { try $0[0] as [UInt8] }
        #expect(!String(decoding: try #require(guests), as: UTF8.self).contains("delegate"))
        let old = try room.cases.require(file, for: .program, in: db).subject.key
        let new = try room.cases.require(other, for: .program, in: db).subject.key
        try room.meetings.resealing(file, old, new, db)
        let items = try MeetingItemStore.of(id, key: { $0 == nil ? nil : new }, in: db)
        let item = try #require(items.first { $0.file == file })
        #expect(item.words == "Secretitem" && item.decision?.words == "Secretdecision")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `stays in the list after its words were erased with the person`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, file in
      let id = try await closed(room, about: file)
      let draft = try await room.begin()
      try await room.meetings.add(room.item("Secretdraft", about: file), to: draft, by: Staff.chokri)
      let (today, person) = (
        room.today,
        try await room.database.read { db in try room.cases.require(file, for: .program, in: db).subject }
      )
      try await room.database.write { db in
        for table in Meetings.kept.tables { try KeptStore.empty(table, of: person.id, in: db) }
        _ = try room.people.erase([person.id], on: today, record: "E-1", in: db)
      }
      let shown = try await room.meetings.find(id, for: Staff.chokri)
      #expect(shown.items.map(\.words) == [nil, "Secrethouse"] && shown.numbers.isEmpty)
      #expect(shown.items[0].decision?.to == .person(Staff.amel.id))
      // A draft with such an item is closed once it was taken out.
      await #expect(throws: Refusal.self) { try await room.meetings.close(draft, by: Staff.chokri) }
      let item = try await room.meetings.find(draft, for: Staff.chokri).items[0]
      try await room.meetings.remove(item.id, of: draft, by: Staff.chokri)
      try await room.serve { site in
        for path in ["/meetings/\(id)", "/meetings/\(draft)", "/meetings/decisions"] {
          let page = try await site.get(path, as: Staff.chokri)
          #expect(page.status == .ok && !page.text.contains("Secretitem"), "\(path)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, file in
      let plans = QueryPlans()
      let watched = MeetingRoom(plans.watching(room.database), clock: room.clock)
      let id = try await closed(watched, about: file)
      for actor in [Staff.chokri, Staff.amel, Staff.fathi] {
        for cursor in [nil, MeetingCursor("2026-03-01~\(RecordID<Meeting>())")] {
          _ = try await watched.meetings.list(at: nil, after: cursor, for: actor)
        }
        for isOpen in [true, false] {
          for cursor in [nil, RecordID<MeetingItem>()] {
            _ = try await watched.meetings.decisions(isOpen: isOpen, at: nil, after: cursor, for: actor)
          }
        }
        _ = try await watched.meetings.find(id, for: actor)
      }
      _ = try await watched.begin()
      _ = try await watched.database.read { db in try watched.meetings.waiting(at: "TUN", in: db) }
      #expect(plans.steps.count { $0.statement.contains("meeting") } > 20)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }

  @Test func `is told on paper in French and Arabic, without what the reader does not see`() async throws {
    try await MeetingRoom.with(.sqlite) { room, file in
      let id = try await closed(room, about: file)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        for language in ["fr", "ar"] {
          let path = "/meetings/\(id)/minutes.pdf?language=\(language)"
          let answer = try await site.get(path, as: Staff.chokri)
          #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
          let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
          #expect(text.contains("Secretitem") && text.contains("Secretdecision") && text.contains("TUN-"))
          let conformance = try PaperTools.conformance(of: answer.bytes)
          #expect(conformance == "2a True ua1 True")
          let hidden = try await site.get(path, as: Staff.bilel)
          let told = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], hidden.bytes)
          #expect(told.contains("Secrethouse") && !told.contains("Secretitem") && !told.contains("TUN-"))
        }
        #expect(try await site.get("/meetings/\(id)/minutes.pdf", as: Staff.ghazi).status == .notFound)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is written on pages, from the head to the closing`(engine: Database.Engine) async throws {
    try await MeetingRoom.with(engine) { room, _ in
      try await room.serve { site in
        let wrong = try await site.post("/meetings", ["day": "2026-03-12"], as: Staff.chokri)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("Say who was there."))
        let begun = try await site.post(
          "/meetings",
          ["once": RecordID<Meeting>().text, "day": "2026-03-12", "present": Staff.amel.id.text],
          as: Staff.chokri)
        let path = try #require(begun.location)
        let half = try await site.post(
          "\(path)/items", ["once": RecordID<MeetingItem>().text, "words": "A", "decision": "B"],
          as: Staff.chokri)
        #expect(half.status == .unprocessableContent && half.text.contains("Choose who has to do it."))
        let item = [
          "once": RecordID<MeetingItem>().text, "words": "The <room>", "decision": "Ask for another",
          "to": "antenna:TUN", "due": "2026-03-20",
        ]
        #expect(try await site.post("\(path)/items", item, as: Staff.chokri).status == .seeOther)
        let draft = try await site.get(path, as: Staff.chokri).text
        #expect(draft.contains("The &lt;room&gt;") && draft.contains("One decision becomes a task."))
        let again = "\(path)/items/\(item["once"] ?? "")"
        #expect(draft.contains("href=\"\(again)\""))
        let form = try await site.get(again, as: Staff.chokri).text
        #expect(form.contains("The &lt;room&gt;") && form.contains("value=\"2026-03-20\""))
        let missing = try await site.post(again, ["words": "", "version": "1"], as: Staff.chokri)
        #expect(missing.status == .unprocessableContent && missing.text.contains("href=\"#f-words\""))
        let better = item.merging(["words": "The hall", "version": "1"]) { $1 }
        #expect(try await site.post(again, better, as: Staff.chokri).location == path)
        #expect(try await site.get(path, as: Staff.chokri).text.contains("The hall"))
        #expect(try await site.get(again, as: Staff.amel).status == .forbidden)
        #expect(try await site.post("\(path)/closing", as: Staff.chokri).status == .seeOther)
        #expect(try await site.get(again, as: Staff.chokri).status == .notFound)
        let shown = try await site.get(path, as: Staff.amel)
        #expect(shown.status == .ok && !shown.text.contains("<form") || !shown.text.contains("/items\""))
        let list = try await site.get("/meetings/decisions", as: Staff.amel).text
        #expect(list.contains("Ask for another"))
        #expect(try await site.get("/meetings/new", as: Staff.amel).status == .forbidden)
        #expect(try await site.post("/meetings", [:], as: Staff.amel).status == .forbidden)
        #expect(try await site.get("/meetings", as: Staff.hela).status == .forbidden)
      }
    }
  }
}
