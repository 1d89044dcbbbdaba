import Accounts
import Basics
import Cases
import Foundation
import Messages
import People
import Storage
import TestSupport
import Testing

@testable import Agenda

@Suite struct `The acts of the agenda` {
  @Test(arguments: TestDatabase.engines)
  func `nobody and no room is taken twice in one quarter of an hour`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let other = try await room.receive("Trabelsi")
      let small = Room(id: RecordID(), antenna: "TUN", name: "1")
      try await room.agenda.add(small, by: Staff.chokri)
      try await room.make(room.draft(at: 9 * 60, minutes: 45, room: small.id), in: file)
      #expect(await room.refused(room.draft(at: 9 * 60 + 30), in: other) == ["with"])
      #expect(
        await room.refused(room.draft(at: 9 * 60 + 30, with: Staff.chokri, room: small.id), in: other) == [
          "room"
        ])
      #expect(await room.refused(room.draft(at: 9 * 60 + 30, with: Staff.chokri), in: file) == ["hour"])
      // Where one ends the next may begin, and what was refused took nothing.
      #expect(await room.refused(room.draft(at: 9 * 60 + 45, room: small.id), in: other).isEmpty)
      #expect(await room.refused(room.draft(at: 8 * 60 + 30), in: other).isEmpty)
      #expect(await room.refused(room.draft(at: 9 * 60 + 15, with: Staff.chokri), in: other).isEmpty)
      #expect(await room.refused(room.draft(in: 4, at: 9 * 60), in: file).isEmpty)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of twenty who take one hour at the same moment one gets it`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, _ in
      var files: [RecordID<CaseFile>] = []
      for number in 0..<20 { files.append(try await room.receive("Family\(number)")) }
      let all = files
      let outcomes = await withTaskGroup(of: [String].self) { group in
        for file in all { group.addTask { await room.refused(room.draft(minutes: 60), in: file) } }
        return await group.reduce(into: [[String]]()) { $0.append($1) }
      }
      #expect(outcomes.count { $0.isEmpty } == 1 && outcomes.count { $0 == ["with"] } == 19)
      let slots = try await room.database.read { db in
        try db.value("SELECT count(*) FROM taken_slot", as: Int.self)
      }
      #expect(slots == 8)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is made, moved and settled once, and frees the time it no longer takes`(engine: Database.Engine)
    async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      let draft = room.draft()
      for _ in 1...2 { try await room.make(draft, in: file) }
      for other in [room.draft(draft.id, at: 10 * 60), room.draft(draft.id, words: .init(bring: "Her card"))]
      {
        await #expect(throws: Refusal.sentBefore("hour")) { try await room.make(other, in: file) }
      }
      let moved = room.draft(draft.id, at: 11 * 60, words: .init(why: "She works in the morning"))
      for _ in 1...2 { try await room.agenda.move(moved, from: 1, by: Staff.amel) }
      await #expect(
        throws: Refusal.conflict(say("Somebody changed this appointment meanwhile: look at it again."))
      ) {
        try await room.agenda.move(room.draft(draft.id, at: 15 * 60), from: 1, by: Staff.amel)
      }
      // Other words at the same time are a change too.
      try await room.agenda.move(
        room.draft(draft.id, at: 11 * 60, words: .init(about: "Her papers", why: "She works in the morning")),
        from: 2,
        by: Staff.amel)
      let other = try await room.receive("Trabelsi")
      #expect(await room.refused(room.draft(at: 9 * 60), in: other).isEmpty)
      #expect(await room.refused(room.draft(at: 11 * 60), in: other) == ["with"])
      // Whether she came is not known yet.
      await #expect(throws: Refusal.self) {
        try await room.agenda.settle(draft.id, .came, because: nil, from: 3, by: Staff.amel)
      }
      for _ in 1...2 {
        try await room.agenda.settle(draft.id, .excused, because: "Ill", from: 3, by: Staff.amel)
      }
      #expect(await room.refused(room.draft(at: 11 * 60), in: other).isEmpty)
      let acts = try await room.database.read { db in
        try Journal.history(
          of: room.cases.require(file, for: Staff.amel, in: db).subject, limit: 50, in: db
        ).map(\.act).filter { $0.hasPrefix("appointment.") }
      }
      #expect(acts == ["appointment.excused", "appointment.move", "appointment.move", "appointment.make"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that has begun is noted as kept or missed, and can be corrected`(engine: Database.Engine) async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      let id = try await room.make(room.draft(in: 1), in: file)
      room.clock.advance(days: 2)
      await #expect(throws: Refusal.self) {
        try await room.agenda.settle(id, .cancelled, because: "x", from: 1, by: Staff.amel)
      }
      try await room.agenda.settle(id, .missed, because: nil, from: 1, by: Staff.amel)
      try await room.agenda.settle(id, .came, because: "She came to the other door", from: 2, by: Staff.amel)
      #expect(try await room.state(id) == .came)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is refused on a closed day, in an absence, in the past and elsewhere`(engine: Database.Engine)
    async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      let feast = Holiday(day: room.today + 3, name: "A feast", source: "A decree", isToConfirm: true)
      await #expect(throws: Refusal.notAllowed(.manageFollowUp)) {
        try await room.agenda.set(feast, by: Staff.amel)
      }
      for _ in 1...2 { try await room.agenda.set(feast, by: Staff.fathi) }
      #expect(await room.refused(room.draft(in: 3), in: file) == ["day"])
      let absence = Absence(
        id: RecordID(), account: Staff.amel.id, from: room.today + 4, until: room.today + 6)
      for _ in 1...2 { try await room.agenda.add(absence, at: "TUN", by: Staff.amel) }
      await #expect(throws: Refusal.notAllowed(.assignCases)) {
        try await room.agenda.add(
          Absence(id: RecordID(), account: Staff.chokri.id, from: room.today, until: room.today), at: "TUN",
          by: Staff.amel)
      }
      #expect(await room.refused(room.draft(in: 6), in: file) == ["with"])
      #expect(await room.refused(room.draft(in: 7), in: file).isEmpty)
      try await room.agenda.end(absence.id, by: Staff.chokri)
      #expect(await room.refused(room.draft(in: 6), in: file).isEmpty)
      try await room.agenda.remove(feast.day, by: Staff.fathi)
      #expect(await room.refused(room.draft(in: 3), in: file).isEmpty)
      #expect(await room.refused(room.draft(in: -1), in: file) == ["day"])
      #expect(await room.refused(room.draft(with: Staff.emna), in: file) == ["with"])
      await #expect(throws: Refusal.notFound) { try await room.make(room.draft(), in: file, by: Staff.emna) }
      await #expect(throws: Refusal.notFound) {
        try await room.agenda.days(room.today...room.today, at: "TUN", with: nil, for: Staff.emna)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is told the day before, in her language, and not once it is moved or called off`(
    engine: Database.Engine
  )
    async throws
  {
    try await AgendaRoom.with(engine) { room, _ in
      let file = try await room.receive("Trabelsi", agrees: true)
      let id = try await room.make(
        room.draft(words: .init(about: "Her debts", bring: "sa carte d’identité")), in: file)
      let early = try await room.queued()
      #expect(early.map(\.state) == ["waiting"])
      let text = try await room.told(Agenda.reminder(id, 1))
      #expect(
        text.contains("Amel") && text.contains("9:00") && text.contains("identité") && !text.contains("debts")
      )
      try await room.agenda.move(room.draft(id, in: 5, at: 600), from: 1, by: Staff.amel)
      #expect(try await room.queued().map(\.state) == ["withdrawn", "waiting"])
      try await room.agenda.settle(id, .cancelled, because: "Closed", from: 2, by: Staff.amel)
      #expect(try await room.queued().map(\.state) == ["withdrawn", "withdrawn"])
      // Tomorrow at nine the time to remind is over, and without her consent nothing goes.
      try await room.make(room.draft(in: 0, at: 20 * 60), in: file)
      let silent = try await room.receive("Gharbi")
      try await room.make(room.draft(in: 8), in: silent)
      #expect(try await room.queued().count == 2)
    }
  }
  @Test(arguments: TestDatabase.engines)
  func `that is settled twice keeps the first why`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let id = try await room.make(room.draft(), in: file)
      try await room.agenda.settle(id, .excused, because: "Ill", from: 1, by: Staff.amel)
      try await room.agenda.settle(id, .excused, because: nil, from: 1, by: Staff.amel)
      await #expect(throws: Refusal.self) {
        try await room.agenda.settle(id, .excused, because: "Something else", from: 1, by: Staff.amel)
      }
      let kept = try #require(try await room.appointments(of: file).first)
      #expect(kept.words?.why == "Ill" && kept.version == 2)
    }
  }

  @Test func `is reminded of under a subject that tells nothing`() async throws {
    try await AgendaRoom.with(.sqlite) { room, _ in
      let file = try await room.receive("Trabelsi", agrees: true, to: .email)
      let id = try await room.make(room.draft(), in: file)
      let message = try #require(try await room.message(Agenda.reminder(id, 1)))
      #expect(message.subject == "Votre rendez-vous" && message.address == "trabelsi@example.tn")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not given to a colleague who works here no more`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      #expect(await room.refused(room.draft(with: Staff.chokri), in: file).isEmpty)
      try await room.agenda.accounts.setDisabled(Staff.chokri.id, true, by: .program)
      #expect(await room.refused(room.draft(at: 11 * 60, with: Staff.chokri), in: file) == ["with"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of a case with many is listed page by page`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      for number in 0..<53 {
        try await room.make(
          room.draft(in: 1 + number / 30, at: 360 + number % 30 * 15, minutes: 15), in: file)
      }
      let first = try await room.agenda.all(of: file, for: Staff.amel)
      let next = try #require(first.next)
      let last = try await room.agenda.all(of: file, after: AppointmentCursor(next.text), for: Staff.amel)
      #expect(first.appointments.count == 50 && last.appointments.count == 3 && last.next == nil)
      #expect(Set((first.appointments + last.appointments).map(\.id)).count == 53)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that stayed with another antenna is shown to the new contact person`(engine: Database.Engine)
    async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      let id = try await room.make(room.draft(), in: file)
      let today = try await room.agenda.today(of: Staff.emna)
      #expect(today == nil)
      try await room.database.write { db in
        try room.cases.give(
          file, to: "SFA", contact: Staff.emna.id, by: .program, at: room.clock.now, in: db)
      }
      let home = try #require(try await room.agenda.today(of: Staff.emna))
      #expect(home.behind.appointments.map(\.id) == [id] && home.today.appointments.isEmpty)
      try await room.serve { site in
        // She moves it: then it is her antenna's.
        let form = [
          "day": (room.today + 3).description, "hour": "9:00", "minutes": "30", "way": "antenna",
          "with": Staff.emna.id.text, "version": "1",
        ]
        let moved = try await site.post("/agenda/\(id)/move", form, as: Staff.emna)
        #expect(moved.location == "/agenda/\(id)")
      }
      let after = try await room.agenda.today(of: Staff.emna)
      #expect(after == nil)
    }
  }
}
