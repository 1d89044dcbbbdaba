import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Openings

@Suite struct `A file opened from outside` {
  @Test(arguments: TestDatabase.engines)
  func `is read for 24 hours by the one who opened it, with her person, and told so`(engine: Database.Engine)
    async throws
  {
    try await OpeningRoom.with(engine) { room, file in
      let person = try await room.person(of: file)
      #expect(try await !room.sees(file, Staff.emna))
      let id = RecordID<Opening>()
      for _ in 0..<2 { try await room.open(file, id: id) }
      try await room.open(file)
      #expect(try await room.openings.list(.mine, after: nil, for: Staff.emna).lines.map(\.id) == [id])
      let opened = try await room.cases.open(file, for: Staff.emna)
      let end = TestClock.start.addingTimeInterval(24 * 3_600)
      #expect(opened.leave == ReadingLeave(until: end, reason: Opening.Why.present.label))
      #expect(opened.reader.duties.isDisjoint(with: [.writeReturnSection, .assignCases, .offerTransfers]))
      _ = try await room.people.open(person, for: Staff.emna, byLeave: true)
      for actor in [Staff.ghazi, Staff.bilel] { #expect(try await !room.sees(file, actor)) }
      #expect(
        try await room.acts(file).filter { $0.contains("break") || $0.contains("outside") }
          == ["case.break-glass", "case.open-outside", "person.open-outside"])

      room.clock.advance(seconds: 24 * 3_600 - 1)
      #expect(try await room.sees(file, Staff.emna))
      room.clock.advance(seconds: 1)
      #expect(try await !room.sees(file, Staff.emna))
      await #expect(throws: Refusal.notFound) {
        try await room.people.open(person, for: Staff.emna, byLeave: true)
      }
      // Another day, another opening.
      try await room.open(file)
      #expect(try await room.sees(file, Staff.emna))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `with other words under the same id is another answer`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let id = try await room.open(file)
      let other = Opening.Reason(why: .present, words: "Quite another reason than before")
      await #expect(throws: Refusal.sentBefore("words", kept: OpeningRoom.reason.words)) {
        try await room.open(file, id: id, other)
      }
      // The form of one account is no other's.
      await #expect(throws: Refusal.notFound) { try await room.open(file, id: id, by: Staff.ghazi) }
      await #expect(throws: Refusal.notAllowed(.openOutsideScope)) {
        try await room.open(file, by: Staff.dorra)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not written in, but for a need`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let person = try await room.person(of: file)
      await #expect(throws: Refusal.notFound) { try await room.need(file, by: Staff.emna) }
      try await room.open(file)
      try await room.need(file, by: Staff.emna)
      let opened = try await room.cases.open(file, for: Staff.emna)
      #expect(opened.needs.count == 1)
      await #expect(throws: Refusal.self) {
        try await room.cases.write(.returning, "A note", id: RecordID(), in: file, by: Staff.emna)
      }
      await #expect(throws: Refusal.self) {
        try await room.cases.meet(
          opened.needs[0].id, on: Day(of: room.clock.now), how: "x", in: file, by: Staff.emna)
      }
      await #expect(throws: Refusal.self) {
        try await room.cases.correct(file, to: ReturnFacts(), from: 1, by: Staff.emna)
      }
      await #expect(throws: Refusal.self) {
        try await room.cases.assign(file, to: Staff.ghazi.id, by: Staff.emna)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.people.correct(person, to: Identity(), from: 1, by: Staff.emna)
      }
      await #expect(throws: Refusal.notFound) { try await room.people.open(person, for: Staff.emna) }
      // She cannot take the person to her own antenna.
      await #expect(throws: Refusal.notFound) {
        try await room.cases.receive(
          Reception(
            id: RecordID(), person: person, identity: nil, antenna: "SFA", contact: Staff.emna.id,
            channel: .walkIn, receivedAt: room.clock.now, returned: ReturnFacts()), by: Staff.emna)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is in no list, count or search`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let person = try await room.person(of: file)
      let own = try await room.receive(by: Staff.emna, "Mabrouk")
      @Sendable func seen(_ actor: Actor) async throws -> [String] {
        let list = try await room.cases.list(CaseFilter(), after: nil, for: actor).lines.map(\.id.text)
        let search = try await room.people.search("Zitouni", by: actor)
        let load = try await room.cases.caseload(for: actor)
        return list + search.matches.map(\.id.text) + search.elsewhere.map(\.rawValue) + [
          "\(try await room.cases.cases(of: person, for: actor).count)",
          "\(try await room.cases.find(number: "TUN-2026-0001", for: actor)?.text ?? "nothing")",
          "\(load.map { String(describing: $0.lines) } ?? "")",
        ]
      }
      let before = (try await seen(Staff.emna), try await seen(Staff.ghazi))
      try await room.open(file)
      try await room.open(file, by: Staff.ghazi)
      #expect(try await seen(Staff.emna) == before.0 && before.0[0] == own.text)
      #expect(try await seen(Staff.ghazi) == before.1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is judged once by those who hold it; not justified ends it at once`(engine: Database.Engine)
    async throws
  {
    try await OpeningRoom.with(engine) { room, file in
      let id = try await room.open(file)
      #expect(try await room.openings.day(of: Staff.chokri).lines.map(\.id) == [id])
      for actor in [Staff.ghazi, Staff.fathi, Staff.emna] {
        #expect(try await room.openings.day(of: actor).lines.isEmpty)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.openings.judge(id, .justified, because: "x", by: Staff.ghazi)
      }
      await #expect(throws: Refusal.notAllowed(.judgeOpenings)) {
        try await room.openings.judge(id, .justified, because: "x", by: Staff.emna)
      }
      await #expect(throws: Refusal.self) {
        try await room.openings.judge(id, .justified, because: "x", by: Staff.fathi)
      }
      for _ in 0..<2 {
        try await room.openings.judge(id, .unjustified, because: "Nothing was urgent", by: Staff.chokri)
      }
      await #expect(throws: Refusal.conflict(say("This opening was judged already."))) {
        try await room.openings.judge(id, .justified, because: "It was", by: Staff.chokri)
      }
      #expect(try await room.acts(file).count { $0 == "opening.judge" } == 1)
      #expect(try await !room.sees(file, Staff.emna))
      await #expect(throws: Refusal.self) { try await room.open(file) }
      let shown = try await room.openings.show(id, for: Staff.emna)
      #expect(shown.opening.judgement?.words == "Nothing was urgent" && !shown.isRunning && !shown.mayJudge)
      room.clock.advance(days: 1)
      try await room.open(file)
      #expect(try await room.sees(file, Staff.emna))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `rises to the centre after seven days, and follows its case`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let id = try await room.open(file)
      room.clock.advance(days: 6)
      #expect(try await room.openings.day(of: Staff.fathi).lines.isEmpty)
      room.clock.advance(days: 1)
      #expect(try await room.openings.day(of: Staff.fathi).lines.map(\.id) == [id])
      try await room.database.write { db in
        try room.cases.give(
          file, to: "GAF", contact: Staff.bilel.id, by: .program, at: room.clock.now, in: db)
      }
      #expect(try await room.openings.day(of: Staff.chokri).lines.isEmpty)
      try await room.openings.judge(id, .justified, because: "She stood there", by: Staff.fathi)
      for actor in [Staff.fathi, Staff.chokri] {
        #expect(try await room.openings.day(of: actor).lines.isEmpty)
      }
      #expect(try await room.openings.list(.judged, after: nil, for: Staff.fathi).lines.map(\.id) == [id])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps its words when the case goes to another person`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let id = try await room.open(file)
      try await room.openings.judge(id, .justified, because: "She stood there", by: Staff.chokri)
      let other = try await room.person(of: try await room.receive(by: Staff.amel, "Mabrouk"))
      try await room.database.write { db in
        try room.cases.move(
          file, to: other, others: [room.openings.resealing], by: .program, at: room.clock.now, in: db)
      }
      let shown = try await room.openings.show(id, for: Staff.chokri).opening
      #expect(shown.reason == OpeningRoom.reason && shown.judgement?.words == "She stood there")
      #expect(try await room.people.open(other, for: Staff.emna, byLeave: true).person.id == other)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `costs nothing where the file is in sight, and once where it is not`(engine: Database.Engine)
    async throws
  {
    try await OpeningRoom.with(engine) { room, file in
      let person = try await room.person(of: file)
      func asked(_ act: (OpeningRoom) async throws -> Void) async throws -> Int {
        let plans = QueryPlans()
        try await act(OpeningRoom(plans.watching(room.database), clock: room.clock))
        return plans.steps.count { $0.statement.contains("FROM opening") }
      }
      try await room.open(file)
      for actor in [Staff.amel, Staff.fathi] {
        #expect(
          try await asked { room in
            _ = try await room.cases.open(file, for: actor)
            _ = try await room.people.open(person, for: actor, byLeave: true)
            _ = try await room.cases.list(CaseFilter(), after: nil, for: actor)
            _ = try await room.people.search("Zitouni", by: actor)
            _ = try await room.cases.day(of: actor)
          } == 0)
      }
      #expect(
        try await asked { room in
          _ = try await room.cases.list(CaseFilter(), after: nil, for: Staff.emna)
          _ = try await room.people.search("Zitouni", by: Staff.emna)
          _ = try await room.cases.day(of: Staff.emna)
        } == 0)
      // Whether there is one, and its words.
      #expect(try await asked { room in _ = try await room.cases.open(file, for: Staff.emna) } == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is opened once by two forms sent at the same moment`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let ticket = try await room.ticket(to: file)
      let openings = room.openings
      try await withThrowingTaskGroup(of: RecordID<CaseFile>.self) { group in
        for _ in 0..<6 {
          group.addTask {
            try await openings.open(ticket, OpeningRoom.reason, as: RecordID(), by: Staff.emna)
          }
        }
        for try await opened in group { #expect(opened == file) }
      }
      #expect(try await openings.list(.mine, after: nil, for: Staff.emna).lines.count == 1)
      #expect(try await room.acts(file).count { $0 == "case.break-glass" } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `no act and no list reads or sorts a whole table`(engine: Database.Engine) async throws {
    try await OpeningRoom.with(engine) { room, file in
      let person = try await room.person(of: file)
      let plans = QueryPlans()
      let watched = OpeningRoom(plans.watching(room.database), clock: room.clock)
      let id = try await watched.open(file)
      _ = try await watched.cases.open(file, for: Staff.emna)
      _ = try await watched.people.open(person, for: Staff.emna, byLeave: true)
      for actor in [Staff.emna, Staff.bilel, Staff.chokri, Staff.fathi] {
        for list in OpeningList.allCases {
          let cursor = OpeningCursor("1773302400000~\(RecordID<Opening>())")
          _ = try await watched.openings.list(list, after: nil, for: actor)
          _ = try await watched.openings.list(list, after: cursor, for: actor)
        }
        _ = try await watched.openings.day(of: actor)
      }
      _ = try await watched.openings.show(id, for: Staff.chokri)
      try await watched.openings.judge(id, .justified, because: "x", by: Staff.chokri)
      #expect(plans.steps.count > 40)
      for offence in plans.offences(small: ["installation_key"]) { Issue.record("\(offence)") }
    }
  }
}
