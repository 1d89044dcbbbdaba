import Basics
import Cases
import Foundation
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Agenda

@Suite struct `Group sessions` {
  @Test(arguments: TestDatabase.engines)
  func `of fifty who take forty places at the same moment forty get one`(engine: Database.Engine) async throws
  {
    try await AgendaRoom.with(engine) { room, _ in
      let session = room.session(seats: 40, waits: false)
      try await room.agenda.make(session, by: Staff.amel)
      var files: [RecordID<CaseFile>] = []
      for number in 0..<50 { files.append(try await room.receive("Family\(number)")) }
      let all = files
      let outcomes = await withTaskGroup(of: String.self) { group in
        for file in all {
          group.addTask { await room.putDown(file, for: session.id) }
        }
        return await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(outcomes.count { $0 == "booked" } == 40 && outcomes.count { $0 == "session" } == 10)
      let (kept, seats, holders, slots) = try await room.database.read { db in
        (
          try SessionStore.find(session.id, in: db), try SessionStore.seats(in: session.id, in: db),
          try db.value("SELECT COUNT(DISTINCT holder) FROM taken_slot WHERE seat IS NOT NULL", as: Int.self),
          try db.value("SELECT COUNT(*) FROM taken_slot WHERE seat IS NOT NULL", as: Int.self)
        )
      }
      #expect(kept?.taken == 40 && seats.count == 40 && Set(seats.map(\.file)).count == 40)
      #expect(seats.allSatisfy { $0.state == .booked } && holders == 40 && slots == 160)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `give the last place to one of two, and a place that becomes free to who waits longest`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, first in
      let session = room.session(seats: 1)
      for _ in 1...2 { try await room.agenda.make(session, by: Staff.amel) }
      let (second, third) = (
        try await room.receive("Trabelsi"), try await room.receive("Gharbi", agrees: true)
      )
      let seat = RecordID<SessionSeat>()
      for _ in 1...2 {
        let state = try await room.agenda.put(
          seat, first, downFor: session.id, mayWait: false, by: Staff.amel)
        #expect(state == .booked)
      }
      #expect(await room.putDown(second, for: session.id) == "session")
      #expect(await room.putDown(second, for: session.id, mayWait: true) == "waiting")
      #expect(await room.putDown(third, for: session.id, mayWait: true) == "waiting")
      // Who is put down is so once.
      #expect(await room.putDown(first, for: session.id, mayWait: true) == "booked")
      // Who waits is free still; one who is taken meanwhile is left waiting.
      try await room.make(room.draft(at: 14 * 60, minutes: 60, with: Staff.chokri), in: second)
      for _ in 1...2 { try await room.agenda.takeOff(seat, by: Staff.amel) }
      let states = try await room.states(of: session.id)
      #expect(states[first] == nil && states[second] == .waiting && states[third] == .booked)
      let slots = try await room.database.read { db in
        try db.value("SELECT COUNT(*) FROM taken_slot WHERE seat IS NOT NULL", as: Int.self)
      }
      #expect(slots == 4)
      #expect(await room.refused(room.draft(at: 14 * 60 + 15), in: first) == ["with"])
      let told = try await room.queued().map(\.state)
      #expect(told == ["waiting", "waiting"])
      let acts = try await room.acts("session.")
      #expect(
        acts == [
          "session.make", "session.put-down", "session.let-wait", "session.let-wait", "session.take-off",
          "session.give-seat",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `take nobody twice, are moved with all who are free, and called off`(engine: Database.Engine)
    async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      let person = try await room.receive("Trabelsi", agrees: true)
      let session = room.session()
      try await room.agenda.make(session, by: Staff.amel)
      #expect(await room.refused(room.draft(at: 14 * 60 + 30), in: file) == ["with"])
      try await room.make(room.draft(at: 15 * 60 + 30, with: Staff.chokri), in: file)
      #expect(await room.putDown(file, for: session.id) == "booked")
      #expect(await room.putDown(person, for: session.id) == "booked")
      #expect(await room.refused(room.draft(at: 14 * 60, with: Staff.chokri), in: file) == ["hour"])
      // Half past three: one of them is with somebody else.
      let later = room.session(session.id, at: 15 * 60)
      await #expect(throws: Refusal.self) {
        try await room.agenda.change(later, because: nil, from: 1, by: Staff.amel)
      }
      await #expect(throws: Refusal.self) {
        try await room.agenda.change(
          room.session(session.id, seats: 1), because: nil, from: 1, by: Staff.amel)
      }
      let earlier = room.session(session.id, at: 10 * 60)
      for _ in 1...2 { try await room.agenda.change(earlier, because: "Room", from: 1, by: Staff.amel) }
      #expect(await room.refused(room.draft(at: 10 * 60, with: Staff.chokri), in: file) == ["hour"])
      #expect(await room.refused(room.draft(at: 14 * 60), in: file).isEmpty)
      // The old reminder is taken back; the new time is told at once, and the day before.
      #expect(try await room.queued().map(\.state).sorted() == ["waiting", "waiting", "withdrawn"])
      for _ in 1...2 { try await room.agenda.cancel(session.id, because: "Closed", from: 2, by: Staff.amel) }
      #expect(await room.refused(room.draft(at: 10 * 60, with: Staff.chokri), in: file).isEmpty)
      let late = try await room.receive("Gharbi")
      #expect(await room.putDown(late, for: session.id) == "session")
      let states = try await room.queued().map(\.state).sorted()
      #expect(states == ["waiting", "withdrawn", "withdrawn", "withdrawn"])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are for those of the antenna, and keep who came`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let session = room.session(in: 1)
      try await room.agenda.make(session, by: Staff.amel)
      await #expect(throws: Refusal.notFound) { try await room.agenda.session(session.id, for: Staff.emna) }
      let seat = RecordID<SessionSeat>()
      await #expect(throws: Refusal.notFound) {
        try await room.agenda.put(seat, file, downFor: session.id, mayWait: false, by: Staff.emna)
      }
      try await room.agenda.put(seat, file, downFor: session.id, mayWait: false, by: Staff.amel)
      await #expect(throws: Refusal.self) {
        try await room.agenda.record([seat: .came], in: session.id, by: Staff.amel)
      }
      room.clock.advance(days: 2)
      for _ in 1...2 { try await room.agenda.record([seat: .came], in: session.id, by: Staff.amel) }
      try await room.agenda.record([seat: .missed], in: session.id, by: Staff.amel)
      await #expect(throws: Refusal.notFound) {
        try await room.agenda.record([seat: .came], in: session.id, by: Staff.emna)
      }
      #expect(try await room.states(of: session.id)[file] == .missed)
      #expect(try await room.acts("session.").suffix(2) == ["session.came", "session.missed"])
    }
  }

  @Test func `tell the person when and what, and not what others may not read`() async throws {
    try await AgendaRoom.with(.sqlite) { room, _ in
      let file = try await room.receive("Trabelsi", agrees: true)
      let plain = room.session()
      try await room.agenda.make(plain, by: Staff.amel)
      #expect(await room.putDown(file, for: plain.id) == "booked")
      let telling = room.session(
        in: 4, titles: .init(french: "Aide aux migrants de retour", arabic: "العائدون", english: "Returnees"))
      try await room.agenda.make(telling, by: Staff.amel)
      #expect(await room.putDown(file, for: telling.id) == "booked")
      var texts: [String] = []
      for key in try await room.queued().map(\.key) { texts.append(try await room.told(key)) }
      #expect(texts.count == 2)
      #expect(texts.contains { $0.contains("Séance d’information") && $0.contains("Maison des jeunes") })
      #expect(texts.contains { !$0.contains("retour") && !$0.contains("Maison") && $0.contains("14:00") })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `have pages: the list, one session, its paper, the day, the case and the calendar`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, file in
      try await room.serve { site in
        let bare = try await site.post("/agenda/sessions", as: Staff.amel)
        #expect(bare.status == .unprocessableContent)
        for field in ["kind", "day", "begins", "minutes", "place", "language", "seats", "with"] {
          #expect(bare.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
        let id = RecordID<GroupSession>()
        let form = [
          "once": id.text, "kind": "other", "title-fr": "Le budget", "title-ar": "الميزانية",
          "title-en": "The <budget>", "day": (room.today + 1).description, "begins": "14:00", "minutes": "60",
          "place": "Maison", "language": "fr", "seats": "1", "waits": "yes", "with": Staff.amel.id.text,
        ]
        for _ in 1...2 {
          #expect(
            try await site.post("/agenda/sessions", form, as: Staff.amel).location == "/agenda/sessions/\(id)"
          )
        }
        #expect(try await site.post("/agenda/sessions", form, as: Staff.fathi).status == .forbidden)
        let put = ["once": RecordID<SessionSeat>().text, "session": id.text]
        for _ in 1...2 {
          #expect(
            try await site.post("/agenda/of/\(file)/seats", put, as: Staff.amel).location
              == "/agenda/of/\(file)")
        }
        let other = try await room.receive("Trabelsi")
        let full = try await site.post(
          "/agenda/of/\(other)/seats", ["once": RecordID<SessionSeat>().text, "session": id.text],
          as: Staff.amel)
        #expect(full.status == .unprocessableContent && full.text.contains("All places are taken"))
        let number = try await room.number(of: other)
        let waits = try await site.post(
          "/agenda/sessions/\(id)/seats", ["case-number": number, "wait": "yes"], as: Staff.amel)
        #expect(waits.location == "/agenda/sessions/\(id)")
        let unknown = try await site.post(
          "/agenda/sessions/\(id)/seats", ["case-number": "TUN-2020-99999"], as: Staff.amel)
        #expect(unknown.status == .unprocessableContent)
        for path in [
          "/agenda/sessions", "/agenda/sessions/\(id)", "/agenda/sessions/\(id)/list",
          "/agenda?from=\(room.today + 1)&with=all", "/agenda/of/\(file)",
        ] {
          let text = try await site.get(path, as: Staff.amel).text
          #expect(text.contains("The &lt;budget&gt;"), "\(path)")
        }
        let paper = try await site.get("/agenda/sessions/\(id)/list", as: Staff.amel).text
        #expect(paper.contains("Zitouni") && !paper.contains("Trabelsi"))
        #expect(try await site.get("/agenda/sessions/\(id)", as: Staff.emna).status == .notFound)
        try await room.agenda.makeFeed(RecordID(), by: Staff.amel)
        let feed = try #require(try await room.agenda.feed(of: Staff.amel))
        let calendar = try await site.get("/calendars/\(feed)", as: nil).text
        #expect(calendar.contains("UID:\(id)@tounesna") && calendar.contains("SUMMARY:The <budget>"))
        #expect(!calendar.contains("Zitouni"))
        room.clock.advance(days: 1)
        room.clock.advance(seconds: 6 * 3_600)
        let before = try await site.get("/agenda/sessions/\(id)", as: Staff.amel).text
        #expect(before.contains("name=\"seat-\(put["once"] ?? "")\""))
        let record = try await site.post(
          "/agenda/sessions/\(id)/presence", ["seat-\(put["once"] ?? "")": "came"], as: Staff.amel)
        #expect(record.location == "/agenda/sessions/\(id)")
        #expect(try await room.states(of: id)[file] == .came)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, _ in
      let file = try await room.receive("Trabelsi", agrees: true)
      let plans = QueryPlans()
      let watched = AgendaRoom(plans.watching(room.database), clock: room.clock)
      let session = watched.session(in: 1)
      try await watched.agenda.make(session, by: Staff.amel)
      let seat = RecordID<SessionSeat>()
      try await watched.agenda.put(seat, file, downFor: session.id, mayWait: true, by: Staff.amel)
      _ = try await watched.agenda.session(session.id, for: Staff.amel)
      try await watched.agenda.change(
        watched.session(session.id, in: 1, at: 600), because: nil, from: 1, by: Staff.amel)
      try await watched.hours()
      _ = try await watched.agenda.weeks(at: "TUN", for: Staff.amel)
      let (_, token) = try await watched.link(in: file)
      let free = try await watched.agenda.look(token).free
      try await watched.agenda.take(try #require(free.last).text, behind: token)
      _ = try await watched.agenda.look(token)
      try await watched.agenda.callOff(behind: token)
      try await watched.agenda.takeOff(seat, by: Staff.amel)
      _ = try await watched.agenda.today(of: Staff.amel)
      #expect(plans.steps.count { $0.statement.contains("session") } > 8)
      let small: Set = [
        "antenna", "coverage", "governorate", "country", "institution", "account", "room", "holiday",
        "absence",
        "work_week", "work_hour",
      ]
      for offence in plans.offences(small: small) { Issue.record("\(offence)") }
    }
  }
}

extension AgendaRoom {
  /// What became of it: her state, or the field that it is refused for.
  func putDown(
    _ file: RecordID<CaseFile>, for session: RecordID<GroupSession>, mayWait: Bool = false
  ) async -> String {
    do {
      return try await agenda.put(RecordID(), file, downFor: session, mayWait: mayWait, by: Staff.amel)
        .rawValue
    } catch Refusal.invalid(let errors) {
      return errors.map(\.field).joined()
    } catch {
      return "\(error)"
    }
  }

  func states(of session: RecordID<GroupSession>) async throws -> [RecordID<CaseFile>: SessionSeat.State] {
    let seats = try await database.read { db in try SessionStore.seats(in: session, in: db) }
    return Dictionary(uniqueKeysWithValues: seats.map { ($0.file, $0.state) })
  }

  func number(of file: RecordID<CaseFile>) async throws -> String {
    try await database.read { db in try cases.require(file, for: .program, in: db).file.number }
  }
}
