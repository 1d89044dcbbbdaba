import Basics
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `What stands in a case` {
  @Test(arguments: TestDatabase.engines)
  func `a need is recorded once and met once`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive()
      let need = room.need()
      for _ in 0..<2 { try await room.cases.record(need, in: id, by: Staff.amel) }
      // With other answers it is not taken for the same: nobody would see that it was not kept.
      let other = Need(
        id: need.id, kind: .food, urgency: .week, details: "Bread", recordedOn: room.today, metOn: nil,
        whatWasDone: nil)
      await #expect(throws: Refusal.sentBefore("details", kept: "A roof for three nights")) {
        try await room.cases.record(other, in: id, by: Staff.amel)
      }
      var found = try await room.cases.open(id, for: Staff.amel).needs
      #expect(found.map(\.details) == ["A roof for three nights"])
      #expect(found.first?.metOn == nil)

      for _ in 0..<2 {
        try await room.cases.meet(need.id, on: room.today, how: "Her aunt", in: id, by: Staff.amel)
      }
      found = try await room.cases.open(id, for: Staff.amel).needs
      #expect(found.map(\.whatWasDone) == ["Her aunt"])
      #expect(found.first?.metOn == room.today)
      await #expect(throws: Refusal.conflict(say("This need was met already."))) {
        try await room.cases.meet(need.id, on: room.today, how: "Again", in: id, by: Staff.amel)
      }
      #expect(try await room.cases.open(id, for: Staff.amel).needs.map(\.whatWasDone) == ["Her aunt"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a note is read by those whose duty it is, section by section`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive()
      let once = RecordID<Note>()
      for _ in 0..<2 {
        try await room.cases.write(.returning, "Landed at night", id: once, in: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.sentBefore("text", kept: "Landed at night")) {
        try await room.cases.write(.returning, "Landed at noon", id: once, in: id, by: Staff.amel)
      }
      try await room.cases.write(.social, "Lives with an aunt", id: RecordID(), in: id, by: Staff.dorra)
      try await room.cases.write(.health, "Diabetic", id: RecordID(), in: id, by: Staff.dorra)
      func texts(_ actor: Actor) async throws -> Set<String> {
        let notes = try await room.cases.open(id, for: actor).notes
        #expect(Set(notes.map(\.id)).count == notes.count)
        return Set(notes.map(\.text))
      }
      #expect(try await texts(Staff.amel) == ["Landed at night"])
      #expect(try await texts(Staff.chokri) == ["Landed at night", "Lives with an aunt"])
      #expect(try await texts(Staff.fathi) == ["Landed at night", "Lives with an aunt"])
      #expect(try await texts(Staff.dorra) == ["Landed at night", "Lives with an aunt", "Diabetic"])
      // Nor does the history of the file tell of a note that one may not read.
      func told(_ actor: Actor) async throws -> Int {
        try await room.cases.open(id, for: actor).history.count { $0.act == "note.write" }
      }
      #expect(try await [told(Staff.amel), told(Staff.chokri), told(Staff.dorra)] == [1, 2, 3])
    }
  }

  @Test(arguments: [
    (Note.Section.social, Duty.writeSocialSection), (.health, .writeHealthSection),
    (.employment, .writeEmploymentSection),
  ])
  func `a note is written by those whose duty it is`(section: Note.Section, duty: Duty) async throws {
    try await CaseRoom.with(.sqlite) { room in
      let id = try await room.receive()
      await #expect(throws: Refusal.notAllowed(duty)) {
        try await room.cases.write(section, "x", id: RecordID(), in: id, by: Staff.amel)
      }
      #expect(try await room.cases.open(id, for: Staff.dorra).notes.isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a case is closed with its reason, refuses every change, and is opened again for a reason`(
    engine: Database.Engine
  ) async throws {
    try await CaseRoom.with(engine) { room in
      let person = PersonID()
      let id = try await room.receive(person: person)
      let (need, closure) = (room.need(), room.closure())
      try await room.cases.record(need, in: id, by: Staff.amel)
      try await room.tell(id) { $0.planAgreedOn = $0.receivedOn }
      for _ in 0..<2 { try await room.cases.close(id, closure, by: Staff.amel) }
      let other = Closure(
        id: closure.id, outcome: .died, reason: closure.reason, closedOn: room.today, reopenedOn: nil,
        reopenReason: nil)
      await #expect(throws: Refusal.conflict(say("This case is closed already."))) {
        try await room.cases.close(id, other, by: Staff.amel)
      }
      #expect(try await room.file(id).stage == .closed)
      #expect(try await room.file(id).due == nil)

      let changes: [@Sendable () async throws -> Void] = [
        { try await room.cases.record(room.need(), in: id, by: Staff.amel) },
        { try await room.cases.meet(need.id, on: room.today, how: "x", in: id, by: Staff.amel) },
        { try await room.cases.write(.returning, "x", id: RecordID(), in: id, by: Staff.amel) },
        { try await room.cases.correct(id, to: .from([.country: "FR"]), from: 1, by: Staff.amel) },
        { try await room.cases.assign(id, to: Staff.bilel.id, by: Staff.chokri) },
        { try await room.tell(id) { $0.firstActionOn = $0.receivedOn } },
      ]
      let isClosed = Refusal.conflict(say("This case is closed. Open it again before you change it."))
      for change in changes { await #expect(throws: isClosed) { try await change() } }
      await #expect(throws: Refusal.conflict(say("This case is closed already."))) {
        try await room.close(id)
      }

      await #expect(throws: Refusal.notAllowed(.reopenCases)) {
        try await room.cases.reopen(id, reason: "x", by: Staff.amel)
      }
      for _ in 0..<2 { try await room.cases.reopen(id, reason: "Came back", by: Staff.chokri) }
      #expect(try await room.file(id).stage == .planned)
      await #expect(throws: Refusal.conflict(say("This case is open."))) {
        try await room.cases.reopen(id, reason: "Again", by: Staff.chokri)
      }
      try await room.close(id)
      let closures = try await room.cases.open(id, for: Staff.amel).closures
      #expect(closures.map(\.reason) == ["Stands on her own feet", "Stands on her own feet"])
      #expect(closures.compactMap(\.reopenReason) == ["Came back"])
      let acts = try await room.acts(of: person)
      #expect(acts.count { $0 == "case.close" } == 2)
      #expect(acts.count { $0 == "case.reopen" } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `every opening of a file is in the journal, one entry each`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let person = PersonID()
      let id = try await room.receive(person: person)
      for actor in [Staff.amel, Staff.chokri, Staff.fathi] { _ = try await room.cases.open(id, for: actor) }
      let openings = try await room.database.read { db in
        try Journal.history(of: room.people.subject(person, in: db), limit: 50, in: db)
          .filter { $0.act == "case.open" }
      }
      #expect(Set(openings.map(\.actor)) == [Staff.amel.id, Staff.chokri.id, Staff.fathi.id])
      #expect(openings.count == 3)
      #expect(openings.allSatisfy { $0.record == CaseFile.reference(id) && $0.at == room.clock.now })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nothing that was written about a person can be read in the database`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive(returned: .from([.country: "IT", .reference: "ZARZIS-77"]))
      try await room.cases.record(room.need("Insulin"), in: id, by: Staff.amel)
      try await room.cases.write(.returning, "Crossed at Lampedusa", id: RecordID(), in: id, by: Staff.amel)
      try await room.cases.close(id, room.closure("Moved to Sousse"), by: Staff.amel)
      try await room.cases.reopen(id, reason: "Quarrelled with her brother", by: Staff.chokri)
      let stored = try await room.database.read { db in
        try [
          "SELECT return_facts FROM case_file", "SELECT details FROM need", "SELECT text FROM note",
          "SELECT reason FROM closure", "SELECT reopen_reason FROM closure",
          "SELECT changes FROM journal_entry",
        ]
        .flatMap { try db.rows(SQL(stringLiteral: $0)) { try $0[0] as [UInt8] } }
      }
      #expect(stored.count >= 9)
      for secret in ["ZARZIS", "Insulin", "Lampedusa", "Sousse", "brother", "Othman", "عثمان", "20123456"] {
        #expect(stored.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil }, "\(secret)")
      }
    }
  }
}

@Suite struct `Correcting the facts of a return` {
  static let first = ReturnFacts.from([.country: "IT", .kind: "voluntary", .programme: "RIAT"])

  @Test(arguments: TestDatabase.engines)
  func `who changed different fields at the same time both keep their change`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive(returned: Self.first)
      var (amel, chokri) = (Self.first, Self.first)
      (amel[.country], chokri[.kind]) = ("FR", "forced")
      try await room.cases.correct(id, to: amel, from: 1, by: Staff.amel)
      try await room.cases.correct(id, to: chokri, from: 1, by: Staff.chokri)
      let stored = try await room.file(id)
      #expect(stored.returned == .from([.country: "FR", .kind: "forced", .programme: "RIAT"]))
      #expect(stored.version == 3)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who changed the same field hears of both values, and nothing is written`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive(returned: Self.first)
      var (amel, chokri) = (Self.first, Self.first)
      (amel[.country], amel[.reference]) = ("FR", "A-1")
      (chokri[.country], chokri[.programme]) = ("DE", nil)
      try await room.cases.correct(id, to: amel, from: 1, by: Staff.amel)
      let conflict = FieldConflict(
        field: "return-country", base: "IT", mine: "DE", theirs: "FR",
        saved: FieldConflict.Saving(by: Staff.amel.id, at: room.clock.now))
      var draft = amel
      (draft[.country], draft[.programme]) = ("DE", nil)
      await #expect(throws: Refusal.changedMeanwhile([conflict], draft: draft.fields)) {
        try await room.cases.correct(id, to: chokri, from: 1, by: Staff.chokri)
      }
      #expect(try await room.file(id).returned == amel)
      // Sent again on top of what is there now, it is a decision; what the other added stays.
      try await room.cases.correct(id, to: draft, from: 2, by: Staff.chokri)
      #expect(
        try await room.file(id).returned == .from([.country: "DE", .kind: "voluntary", .reference: "A-1"]))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the day of return moves the day by which a plan is due`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive()
      let day = room.today + 10
      try await room.cases.correct(
        id, to: .from([.returnedOn: day.description]), from: 1, by: Staff.amel)
      #expect(try await room.file(id).due == Due(what: .plan, on: day + 30))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `twenty corrections at once lose nothing`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive(returned: Self.first)
      let fields: [ReturnFacts.Field: String] = [
        .country: "FR", .transit: "LY", .kind: "forced", .programme: "OFII", .reference: "B-2",
        .returnedOn: "2026-03-01", .leftOn: "2020-05-06",
      ]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (field, value) in fields {
          group.addTask {
            var mine = Self.first
            mine[field] = value
            while true {
              do { return try await room.cases.correct(id, to: mine, from: 1, by: Staff.amel) } catch Refusal
                .conflict
              { continue }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await room.file(id).returned == .from(fields))
    }
  }
}
