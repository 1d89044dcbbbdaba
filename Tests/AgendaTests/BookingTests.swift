import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Agenda

@Suite struct `Free times` {
  let monday = Day(number: Day(of: TestClock.start).number + 4)

  func list(_ change: (inout FreeTimes.Given) -> Void = { _ in }, minutes: Int = 60) -> [String] {
    var given = FreeTimes.Given()
    given.weeks = [
      WorkWeek(
        id: RecordID(), account: Staff.amel.id, from: monday,
        hours: [.init(weekday: 0, from: 540, until: 720), .init(weekday: 1, from: 840, until: 960)])
    ]
    change(&given)
    return FreeTimes.list(given, minutes: minutes, monday...(monday + 6), at: TestClock.start).map {
      "\($0.time.day.weekday) \(AgendaWords.hour($0.time.from))"
    }
  }

  @Test func `are her hours, less what is taken`() {
    #expect(monday.weekday == 0)
    #expect(list() == ["0 9:00", "0 10:00", "0 11:00", "1 14:00", "1 15:00"])
    #expect(list(minutes: 90) == ["0 9:00", "0 10:30", "1 14:00"])
    // A quarter of an hour within is enough.
    #expect(list { $0.taken = [monday: [42]] } == ["0 9:00", "0 11:00", "1 14:00", "1 15:00"])
  }

  @Test func `leave out closed days, absences, and weeks that do not hold`() {
    #expect(list { $0.holidays = [monday] } == ["1 14:00", "1 15:00"])
    let absence = Absence(id: RecordID(), account: Staff.amel.id, from: monday + 1, until: monday + 2)
    #expect(list { $0.absences = [absence] } == ["0 9:00", "0 10:00", "0 11:00"])
    let newer = WorkWeek(
      id: RecordID(), account: Staff.amel.id, from: monday + 1,
      hours: [.init(weekday: 1, from: 480, until: 540)])
    #expect(list { $0.weeks.insert(newer, at: 0) } == ["0 9:00", "0 10:00", "0 11:00", "1 8:00"])
  }

  @Test func `need a room that is free, where the antenna has rooms`() {
    let (one, two) = (RecordID<Room>(), RecordID<Room>())
    let first: [Day: Set<Int>] = [monday: Set(36..<44)]
    #expect(list { $0.rooms = [(one, first)] } == ["0 11:00", "1 14:00", "1 15:00"])
    #expect(list { $0.rooms = [(one, first), (two, [:])] }.count == 5)
  }
}

@Suite struct `Weekly hours` {
  @Test(arguments: TestDatabase.engines)
  func `are entered by her or the head, offered with the appointment, and taken back`(engine: Database.Engine)
    async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      try await room.serve { site in
        let none = try await site.get("/agenda/of/\(file)", as: Staff.amel).text
        #expect(none.contains("no free time can be offered") && !none.contains("name=\"free\""))
        let bad = try await site.post(
          "/agenda/hours",
          [
            "account": Staff.amel.id.text, "from": room.today.description, "day-0": "9-8", "day-1": "9:10-10",
          ],
          as: Staff.amel)
        #expect(bad.status == .unprocessableContent)
        for field in ["day-0", "day-1"] { #expect(bad.text.contains("href=\"#f-\(field)\"")) }
        let id = RecordID<WorkWeek>()
        let form = [
          "once": id.text, "account": Staff.amel.id.text, "from": room.today.description,
          "day-4": "٨:٣٠-12h, 14-15", "day-0": "9:00–10:00",
        ]
        for _ in 1...2 {
          #expect(try await site.post("/agenda/hours", form, as: Staff.amel).location == "/agenda/hours")
        }
        #expect(
          try await site.post(
            "/agenda/hours", form.merging(["account": Staff.chokri.id.text]) { $1 }, as: Staff.amel
          )
          .status == .forbidden)
        let shown = try await site.get("/agenda/hours", as: Staff.amel).text
        #expect(shown.contains("8:30–12:00, 14:00–15:00"))
        // Tomorrow is a Friday.
        let page = try await site.get("/agenda/of/\(file)?minutes=60", as: Staff.amel).text
        #expect(
          page.contains("value=\"\(room.today + 1)!510\"") && page.contains("value=\"\(room.today + 4)!540\"")
        )
        let make = [
          "once": RecordID<Appointment>().text, "free": "\(room.today + 1)!510", "minutes": "60",
          "way": "antenna",
          "with": Staff.amel.id.text,
        ]
        #expect(
          try await site.post("/agenda/of/\(file)", make, as: Staff.amel).location == "/agenda/of/\(file)")
        let after = try await site.get("/agenda/of/\(file)?minutes=60", as: Staff.amel).text
        #expect(!after.contains("value=\"\(room.today + 1)!510\""))
        #expect(try await site.post("/agenda/hours/\(id)/end", as: Staff.emna).status == .notFound)
        #expect(try await site.post("/agenda/hours/\(id)/end", as: Staff.chokri).location == "/agenda/hours")
        #expect(try await room.agenda.weeks(at: "TUN", for: Staff.amel).isEmpty)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `find no time in a closed room`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      try await room.hours()
      let small = Room(id: RecordID(), antenna: "TUN", name: "1")
      try await room.agenda.add(small, by: Staff.chokri)
      let draft = room.draft(in: 4, room: small.id)
      try await room.make(draft, in: file)
      await #expect(throws: Refusal.notAllowed(.assignCases)) {
        try await room.agenda.setClosed(small.id, true, by: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.agenda.setClosed(small.id, true, by: Staff.ghazi)
      }
      for _ in 1...2 { try await room.agenda.setClosed(small.id, true, by: Staff.chokri) }
      #expect(await room.refused(room.draft(in: 5, room: small.id), in: file) == ["room"])
      try await room.serve { site in
        let rooms = try await site.get("/agenda/rooms", as: Staff.chokri).text
        #expect(rooms.contains("to be moved: 1"))
        let shown = try await site.get("/agenda/\(draft.id)", as: Staff.amel).text
        #expect(shown.contains("<bdi>1</bdi>") && !shown.contains("value=\"\(small.id)\""))
        #expect(
          try await site.post("/agenda/rooms/\(small.id)/reopening", as: Staff.chokri).location
            == "/agenda/rooms")
      }
      #expect(await room.refused(room.draft(in: 5, room: small.id), in: file).isEmpty)
      #expect(try await room.acts("room.") == ["room.add", "room.close", "room.reopen"])
    }
  }
}

@Suite struct `A time that the person takes herself` {
  @Test(arguments: TestDatabase.engines)
  func `is taken, moved and called off behind one link`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, _ in
      let file = try await room.receive("Trabelsi", agrees: true)
      #expect(await room.refusedLink(in: file) == "link-with")
      try await room.hours()
      let (_, token) = try await room.link(in: file)
      #expect(try await room.queued().map(\.key).contains { $0.hasPrefix("booking:") })
      try await room.serve { site in
        let path = "/times/\(token)"
        let open = try await site.get(path, as: nil)
        // In her language, and nothing of who she is.
        #expect(open.status == .ok && open.text.contains("lang=\"fr\"") && open.text.contains("Amel"))
        for secret in ["Trabelsi", "TUN-2026", "\(file)"] { #expect(!open.text.contains(secret)) }
        #expect(!path.contains(file.text))
        let (friday, monday) = (room.today + 1, room.today + 4)
        #expect(open.text.contains("value=\"\(friday)!540\""))
        #expect(try await site.post(visitor: path).status == .unprocessableContent)
        for _ in 1...2 {
          #expect(try await site.post(visitor: path, ["time": "\(monday)!570"]).location == path)
        }
        let taken = try await site.get(path, as: nil).text
        #expect(taken.contains("9:30") && taken.contains("Votre heure"))
        // Somebody has the other one.
        let other = try await room.receive("Gharbi")
        try await room.make(room.draft(in: 4, at: 10 * 60), in: other)
        let late = try await site.post(visitor: path, ["time": "\(monday)!600"])
        #expect(late.status == .unprocessableContent && late.text.contains("vient de prendre"))
        #expect(try await site.post(visitor: path, ["time": "\(monday)!645"]).status == .unprocessableContent)
        #expect(try await site.post(visitor: path, ["time": "\(friday)!540"]).location == path)
        let kept = try await room.appointments(of: file)
        #expect(kept.count == 1 && kept.first?.time.day == friday && kept.first?.version == 2)
        for _ in 1...2 {
          #expect(try await site.post(visitor: "\(path)/cancellation").location == path)
        }
        #expect(try await room.appointments(of: file).first?.state == .excused)
        // Within its days she may take another.
        #expect(try await site.post(visitor: path, ["time": "\(monday)!630"]).location == path)
        #expect(try await room.appointments(of: file).count == 2)
      }
      let acts = try await room.acts("booking.")
      #expect(
        acts == [
          "booking.make-link", "booking.take", "booking.move", "booking.call-off", "booking.take",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is one person's when two press at the same moment`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, first in
      try await room.hours()
      var tokens: [String] = []
      for file in [first, try await room.receive("Trabelsi"), try await room.receive("Gharbi")] {
        tokens.append(try await room.link(in: file).token)
      }
      let time = "\(room.today + 1)!540"
      let all = tokens
      let outcomes = await withTaskGroup(of: Bool.self) { group in
        for token in all {
          group.addTask {
            do {
              try await room.agenda.take(time, behind: token)
              return true
            } catch Refusal.invalid(let errors) {
              #expect(errors.map(\.field) == ["time"])
              return false
            } catch {
              Issue.record("\(error)")
              return false
            }
          }
        }
        return await group.reduce(into: [Bool]()) { $0.append($1) }
      }
      #expect(outcomes.count { $0 } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is not to be changed on its day, nor behind a link that is old, taken back or altered`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, file in
      try await room.hours()
      let (id, token) = try await room.link(in: file)
      let (_, old) = try await room.link(in: file)
      let (revoked, gone) = try await room.link(in: file)
      let took = "\(room.today + 1)!540"
      try await room.agenda.take(took, behind: token)
      for _ in 1...2 { _ = try await room.agenda.revoke(revoked, by: Staff.amel) }
      try await room.serve { site in
        #expect(try await site.get("/times/\(gone)", as: nil).status == .gone)
        let altered = token.dropLast() + (token.hasSuffix("a") ? "b" : "a")
        #expect(try await site.get("/times/\(altered)", as: nil).status == .notFound)
        let other = try await site.post(visitor: "/times/\(altered)", ["time": took])
        #expect(other.status == .notFound)
        room.clock.advance(days: 1)
        room.clock.advance(seconds: -7_200)
        let today = try await site.get("/times/\(token)", as: nil)
        #expect(today.status == .ok && today.text.contains("9:00") && !today.text.contains("/cancellation"))
        #expect(try await site.post(visitor: "/times/\(token)/cancellation").status == .conflict)
        #expect(
          try await site.post(visitor: "/times/\(token)", ["time": "\(room.today + 3)!600"]).status
            == .conflict)
        room.clock.advance(days: 1)
        let used = try await site.get("/times/\(token)", as: nil)
        #expect(used.status == .gone && !used.text.contains("9:00"))
        room.clock.advance(days: 14)
        #expect(try await site.get("/times/\(old)", as: nil).status == .gone)
      }
      let bad = try await room.acts("booking.bad-link")
      #expect(bad.count == 5)
      #expect(try await room.appointments(of: file).first?.state == .planned && id != revoked)
    }
  }

  @Test func `is guessed by nobody, and guesses are slowed down`() async throws {
    try await AgendaRoom.with(.sqlite) { room, _ in
      try await room.serve { site in
        var answers: [Int] = []
        for _ in 0..<40 {
          let guess = "\(RecordID<BookingLink>())-\(RecordID<Never>())"
          answers.append(try await site.get("/times/\(guess)", as: nil).status.code)
        }
        #expect(Set(answers) == [404, 429] && answers.count { $0 == 404 } == 5)
      }
      // Only so many stand in the journal.
      #expect(try await room.acts("booking.bad-link").count == 5)
    }
  }

  @Test func `leads nowhere once the case went to another antenna or was closed`() async throws {
    try await AgendaRoom.with(.sqlite) { room, file in
      try await room.hours()
      let (_, token) = try await room.link(in: file)
      try await room.database.write { db in
        try room.cases.give(
          file, to: "SFA", contact: Staff.emna.id, by: .program, at: room.clock.now, in: db)
      }
      await #expect(throws: Agenda.BadLink.revoked) { try await room.agenda.look(token) }
    }
  }

  @Test func `is offered on a sheet to hand over, and only where the program is reached from outside`()
    async throws
  {
    try await AgendaRoom.with(.sqlite) { room, file in
      try await room.hours()
      try await room.serve { site in
        let form = [
          "once": RecordID<BookingLink>().text, "link-with": Staff.amel.id.text, "link-minutes": "30",
          "link-way": "antenna",
        ]
        for _ in 1...2 {
          #expect(
            try await site.post("/agenda/of/\(file)/links", form, as: Staff.amel).location
              == "/agenda/of/\(file)")
        }
        let page = try await site.get("/agenda/of/\(file)", as: Staff.amel).text
        #expect(page.contains("https://t.example/times/"))
        let slip = "/agenda/links/\(form["once"] ?? "")"
        let sheet = try await site.get(slip, as: Staff.amel)
        #expect(sheet.status == .ok && sheet.text.contains("https://t.example/times/"))
        #expect(sheet.text.contains("Choisissez ici") && !sheet.text.contains("Zitouni"))
        #expect(try await site.get(slip, as: Staff.emna).status == .notFound)
        #expect(try await site.post("\(slip)/revocation", as: Staff.amel).location == "/agenda/of/\(file)")
        #expect(try await site.get(slip, as: Staff.amel).status == .notFound)
        let bad = try await site.post(
          "/agenda/of/\(file)/links", ["link-way": "home", "link-minutes": "31"], as: Staff.amel)
        for field in ["link-with", "link-way", "link-minutes"] {
          #expect(bad.text.contains("href=\"#f-\(field)\""), "\(field)")
        }
      }
    }
  }
}

extension AgendaRoom {
  /// The field for which a link is refused; nil when it is made.
  func refusedLink(in file: RecordID<CaseFile>) async -> String? {
    do {
      try await agenda.makeLink(
        BookingDraft(id: RecordID(), account: Staff.amel.id), in: file, by: Staff.amel)
      return nil
    } catch Refusal.invalid(let errors) {
      return errors.map(\.field).joined()
    } catch {
      return "\(error)"
    }
  }
}

extension TestSite {
  /// A browser outside, with the cookie of its visit.
  fileprivate func post(visitor path: String, _ fields: [String: String] = [:]) async throws -> Answer {
    let visit = String(repeating: "7", count: 64)
    let fields = fields.merging(["csrf": SessionCookie.csrf(visit)]) { $1 }
    return try await send(
      .post, path, as: nil, body: Self.encoded(fields), headers: [.cookie: "visit=\(visit)"])
  }
}
