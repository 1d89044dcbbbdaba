import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Complaints

@Suite struct `The acts on complaints` {
  @Test(arguments: TestDatabase.engines)
  func `neither who is complained of nor who decided finds it or reads it`(engine: Database.Engine)
    async throws
  {
    try await ComplaintRoom.with(engine) { room, file in
      let id = try await room.record(
        room.draft(about: Staff.chokri.id, decidedBy: Staff.bilel.id), about: file)
      for (actor, sees) in [
        (Staff.amel, true), (Staff.fathi, true), (Staff.chokri, false), (Staff.bilel, false),
        (Staff.ghazi, false), (Staff.emna, false), (Staff.hela, false),
      ] {
        let found = try await room.sees(id, actor)
        #expect(found == sees, "\(actor.name)")
      }
      let (head, centre, own) = (
        try await room.listed(.waiting, Staff.chokri), try await room.listed(.waiting, Staff.fathi),
        try await room.listed(.mine, Staff.amel)
      )
      #expect(head.isEmpty && centre == [id] && own == [id])
      await #expect(throws: Refusal.notFound) {
        try await room.complaints.answer(id, ComplaintRoom.answer, by: Staff.chokri)
      }
      await #expect(throws: Refusal.notAllowed(.answerComplaints)) {
        try await room.complaints.answer(id, ComplaintRoom.answer, by: Staff.amel)
      }
      // The history of the case, which she who is complained of reads, tells nothing.
      let acts = try await room.database.read { db in
        try Journal.history(
          of: room.cases.require(file, for: Staff.chokri, in: db).subject, limit: 200, in: db
        ).map(\.act)
      }
      #expect(!acts.contains { $0.hasPrefix("complaint.") })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `sent twice is recorded and answered once, other words are refused`(engine: Database.Engine)
    async throws
  {
    try await ComplaintRoom.with(engine) { room, file in
      let draft = room.draft()
      for _ in 1...2 { try await room.record(draft, about: file) }
      let other = ComplaintDraft(
        id: draft.id, kind: .delay, channel: .spoken, language: .arabic, receivedOn: room.today, about: nil,
        decidedBy: nil, words: "Other words")
      await #expect(throws: Refusal.sentBefore("words")) { try await room.record(other, about: file) }
      for _ in 1...2 { try await room.complaints.take(draft.id, by: Staff.fathi) }
      await #expect(throws: Refusal.conflict(say("Somebody else handles this complaint: take it first."))) {
        try await room.complaints.answer(draft.id, ComplaintRoom.answer, by: Staff.chokri)
      }
      for _ in 1...2 {
        try await room.complaints.answer(draft.id, ComplaintRoom.answer, by: Staff.fathi)
      }
      let again = Complaint.Answer(outcome: .upheld, reason: "Else", words: "Else")
      await #expect(throws: Refusal.conflict(say("This complaint is answered."))) {
        try await room.complaints.answer(draft.id, again, by: Staff.fathi)
      }
      let shown = try await room.complaints.open(draft.id, for: Staff.chokri)
      #expect(
        shown.complaint.words == draft.words && shown.complaint.answered?.answer == ComplaintRoom.answer)
      let answered = try await room.listed(.answered, Staff.chokri)
      #expect(answered == [draft.id])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an appeal goes to somebody else, and there is one`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, _ in
      let id = try await room.record(room.draft("Nobody says who I am"))
      await #expect(throws: Refusal.conflict(say("An appeal follows an answer, and only once."))) {
        try await room.complaints.appeal(id, as: RecordID(), "Too early", on: room.today, by: Staff.amel)
      }
      try await room.complaints.answer(id, ComplaintRoom.answer, by: Staff.chokri)
      let appeal = RecordID<Complaint>()
      for _ in 1...2 {
        try await room.complaints.appeal(id, as: appeal, "It is wrong", on: room.today, by: Staff.amel)
      }
      await #expect(throws: Refusal.conflict(say("An appeal follows an answer, and only once."))) {
        try await room.complaints.appeal(id, as: RecordID(), "Again", on: room.today, by: Staff.amel)
      }
      let (head, centre) = (
        try await room.sees(appeal, Staff.chokri), try await room.sees(appeal, Staff.fathi)
      )
      #expect(!head && centre)
      try await room.complaints.answer(appeal, ComplaintRoom.answer, by: Staff.fathi)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what is told lies sealed, with a case and without`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, file in
      let told = "A sentence that stands nowhere else"
      for id in [
        try await room.record(room.draft(told), about: file), try await room.record(room.draft(told)),
      ] {
        let words = try await room.database.read { db in
          try db.first("SELECT words FROM complaint WHERE id = \(id)") { try $0[0] as [UInt8] }
        }
        #expect(!String(decoding: try #require(words), as: UTF8.self).contains("sentence"))
        let shown = try await room.complaints.open(id, for: Staff.fathi)
        #expect(shown.complaint.words == told)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `only the centre sets the days to answer`(engine: Database.Engine) async throws {
    try await ComplaintRoom.with(engine) { room, _ in
      let term = ComplaintTerm(from: room.today, days: 15)
      await #expect(throws: Refusal.notAllowed(.answerComplaints)) {
        try await room.complaints.set(term, by: Staff.chokri)
      }
      for _ in 1...2 { try await room.complaints.set(term, by: Staff.fathi) }
      let terms = try await room.complaints.terms(for: Staff.chokri)
      #expect(terms == [term])
    }
  }
}
