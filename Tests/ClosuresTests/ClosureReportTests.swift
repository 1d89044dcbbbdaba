import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing
import Visits

@testable import Closures

@Suite struct `What is known at a closing` {
  @Test(arguments: TestDatabase.engines)
  func `is kept once with its journal entry, however often it is sent`(engine: Database.Engine) async throws {
    try await ClosureRoom.closed(engine) { room, id, closure in
      let report = ClosureReport(
        answers: [.economic: .four, .projectHelp: .five, .social: .refused], remark: "شكرا")
      for _ in 0..<2 {
        try await room.closures.record(report, of: closure, from: nil, in: id, by: Staff.amel)
      }
      let kept = try #require(try await room.report(id))
      #expect(kept.version == 1 && kept.report.remark == "شكرا")
      #expect(kept.report[.economic] == .four && kept.report[.social] == .refused)
      #expect(kept.report[.followUp] == .notAsked)
      #expect(try await room.acts(id).map(\.act) == ["closure.report"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is merged field by field, and asked where both changed the same`(engine: Database.Engine) async throws
  {
    try await ClosureRoom.closed(engine) { room, id, closure in
      let first = ClosureReport(answers: [.economic: .two, .social: .two])
      try await room.closures.record(first, of: closure, from: nil, in: id, by: Staff.amel)
      var (mine, theirs) = (first, first)
      theirs.answers[.economic] = .three
      mine.answers[.social] = .four
      try await room.closures.record(theirs, of: closure, from: 1, in: id, by: Staff.amel)
      try await room.closures.record(mine, of: closure, from: 1, in: id, by: Staff.amel)
      let kept = try #require(try await room.report(id))
      #expect(kept.version == 3 && kept.report[.economic] == .three && kept.report[.social] == .four)
      mine.answers[.economic] = .five
      await #expect {
        try await room.closures.record(mine, of: closure, from: 1, in: id, by: Staff.amel)
      } throws: { error in
        guard case Refusal.changedMeanwhile(let conflicts, _) = error else { return false }
        return conflicts.map(\.field) == ["economic"]
      }
      #expect(try await room.report(id)?.report[.economic] == .three)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `belongs to a closure of this case, in sight, and to whoever closes cases`(engine: Database.Engine)
    async throws
  {
    try await ClosureRoom.closed(engine) { room, id, closure in
      let report = ClosureReport(answers: [.economic: .one])
      await #expect(throws: Refusal.notFound) {
        try await room.closures.record(report, of: RecordID(), from: nil, in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.closures.record(report, of: closure, from: nil, in: id, by: Staff.emna)
      }
      await #expect(throws: Refusal.notFound) { try await room.closures.open(id, for: Staff.emna) }
      await #expect(throws: Refusal.notAllowed(.closeCases)) {
        try await room.closures.record(report, of: closure, from: nil, in: id, by: Staff.dorra)
      }
      let kept = try await room.report(id)
      #expect(kept == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is counted by its answers, without a word of the person`(engine: Database.Engine) async throws {
    try await ClosureRoom.closed(engine) { room, id, closure in
      let report = ClosureReport(answers: [.economic: .four], remark: "شكرا")
      try await room.closures.record(report, of: closure, from: nil, in: id, by: Staff.amel)
      let counted = try await room.database.read { db in
        try db.rows("SELECT question, outcome FROM closure_answer_fact WHERE answer = '4'") {
          [try $0[0] as String, try $0[1] as String]
        }
      }
      #expect(counted == [["economic", "standing"]])
      let sealed = try await room.database.read { db in
        try db.value("SELECT remark FROM closure_report") as [UInt8]?
      }
      #expect(try #require(sealed).count > 4 && String(bytes: sealed ?? [], encoding: .utf8) != "شكرا")
    }
  }
}

@Suite struct `A contact after the closing` {
  @Test(arguments: TestDatabase.engines)
  func `is kept once, and asked about when it comes with other words`(engine: Database.Engine) async throws {
    try await ClosureRoom.closed(engine) { room, id, _ in
      let contact = room.contact()
      for _ in 0..<2 { try await room.closures.record(contact, in: id, by: Staff.amel) }
      #expect(try await room.closures.open(id, for: Staff.amel).contacts == [contact])
      #expect(try await room.acts(id).map(\.act) == ["closure.contact"])
      let elsewhere = try await room.receive()
      _ = try await room.close(elsewhere)
      await #expect(throws: Refusal.sentBefore("heard")) {
        try await room.closures.record(contact, in: elsewhere, by: Staff.amel)
      }
      let other = LaterContact(
        id: contact.id, on: contact.on, way: .phone, activity: nil, heard: "Another", by: Staff.amel.id)
      await #expect(throws: Refusal.self) {
        try await room.closures.record(other, in: id, by: Staff.amel)
      }
      #expect(try await room.closures.open(id, for: Staff.amel).contacts == [contact])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is for closed cases, from the day of the closing on`(engine: Database.Engine) async throws {
    try await ClosureRoom.closed(engine) { room, id, _ in
      await #expect(throws: Refusal.self) {
        try await room.closures.record(room.contact(on: room.today + -1), in: id, by: Staff.amel)
      }
      try await room.cases.reopen(id, reason: "She asks for a loan", by: Staff.chokri)
      await #expect(throws: Refusal.self) {
        try await room.closures.record(room.contact(), in: id, by: Staff.amel)
      }
      #expect(try await room.closures.open(id, for: Staff.amel).contacts.isEmpty)
      #expect(try await room.acts(id).isEmpty)
    }
  }
}
