import Basics
import Cases
import HTTPTypes
import People
import Storage
import TestSupport
import Testing

@testable import Agenda

@Suite struct `The pages of the agenda` {
  @Test(arguments: TestDatabase.engines)
  func `lead from the case to the day and to what became of it`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let day = room.today + 2
      try await room.serve { site in
        let bare = try await site.post("/agenda/of/\(file)", as: Staff.amel)
        #expect(bare.status == .unprocessableContent)
        for field in ["day", "hour", "minutes", "way", "with"] {
          #expect(bare.text.contains("href=\"#f-\(field)\""))
        }
        let id = RecordID<Appointment>()
        let form = [
          "once": id.text, "day": day.description, "hour": "٩:٣٠", "minutes": "30", "way": "antenna",
          "with": Staff.amel.id.text, "about": "Papers <b>",
        ]
        for _ in 1...2 {
          #expect(
            try await site.post("/agenda/of/\(file)", form, as: Staff.amel).location == "/agenda/of/\(file)")
        }
        let odd = try await site.post(
          "/agenda/of/\(file)", form.merging(["hour": "9:20"]) { $1 }, as: Staff.amel)
        #expect(odd.status == .unprocessableContent && odd.text.contains("href=\"#f-hour\""))
        let week = try await site.get("/agenda?from=\(day)&with=all", as: Staff.chokri).text
        #expect(week.contains("9:30–10:00") && week.contains("Zitouni") && week.contains("/agenda/\(id)"))
        let own = try await site.get("/agenda?from=\(day)&span=day", as: Staff.chokri).text
        #expect(!own.contains("Zitouni"))
        let shown = try await site.get("/agenda/\(id)", as: Staff.amel).text
        #expect(shown.contains("Papers &lt;b&gt;") && !shown.contains("value=\"came\""))
        #expect(try await site.get("/agenda/\(id)", as: Staff.emna).status == .notFound)
        #expect(try await site.get("/agenda/of/\(file)", as: Staff.emna).status == .notFound)
        let none = try await site.post(
          "/agenda/\(id)/outcome", ["state": "cancelled", "version": "1"], as: Staff.amel)
        #expect(none.status == .unprocessableContent && none.text.contains("href=\"#f-why-settled\""))
        let off = try await site.post(
          "/agenda/\(id)/outcome", ["state": "cancelled", "version": "1", "why-settled": "Closed"],
          as: Staff.amel)
        #expect(off.location == "/agenda/\(id)")
        let after = try await site.get("/agenda/\(id)", as: Staff.amel).text
        #expect(after.contains("called off") && after.contains("Closed"))
      }
    }
  }

  @Test func `show rooms, absences and closed days, and say where none is known`() async throws {
    try await AgendaRoom.with(.sqlite) { room, _ in
      try await room.serve { site in
        let none = try await site.get("/agenda/holidays", as: Staff.amel).text
        #expect(none.contains("the program knows no holiday by itself") && !none.contains("name=\"source\""))
        let set = try await site.post(
          "/agenda/holidays",
          [
            "day": (room.today + 9).description, "name": "Aïd", "source": "Announcement", "to-confirm": "yes",
          ],
          as: Staff.fathi)
        #expect(set.location == "/agenda/holidays")
        let feast = try await site.get("/agenda/holidays", as: Staff.amel).text
        #expect(feast.contains("Aïd") && feast.contains("to be confirmed"))
        let add = ["once": RecordID<Room>().text, "name": "Bureau 2"]
        #expect(try await site.post("/agenda/rooms", add, as: Staff.amel).status == .forbidden)
        let added = try await site.post("/agenda/rooms", add, as: Staff.chokri)
        #expect(added.location == "/agenda/rooms")
        let rooms = try await site.get("/agenda/rooms", as: Staff.amel).text
        #expect(rooms.contains("Bureau 2"))
        let away = [
          "once": RecordID<Absence>().text, "account": Staff.amel.id.text,
          "from": (room.today + 1).description,
        ]
        #expect(try await site.post("/agenda/absences", away, as: Staff.amel).location == "/agenda/absences")
        let day = try await site.get("/agenda?span=day&from=\(room.today + 1)", as: Staff.amel).text
        #expect(day.contains("Absent:"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `hide whose it is where the case is not in sight, and the words of an erased person`(
    engine: Database.Engine
  )
    async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      let id = try await room.make(room.draft(words: .init(about: "Secretmatter")), in: file)
      let raw = try await room.database.read { db in
        let words = try db.rows("SELECT words FROM appointment") { try $0[0] as [UInt8] }
        let changes = try db.rows("SELECT changes FROM journal_entry WHERE changes IS NOT NULL") {
          try $0[0] as [UInt8]
        }
        return words + changes
      }
      #expect(raw.allSatisfy { $0.firstRange(of: Array("Secretmatter".utf8)) == nil } && raw.count > 2)
      // The case went to Sfax: in Tunis one sees that somebody is expected, and not who.
      try await room.database.write { db in
        try db.run("UPDATE case_file SET antenna = 'SFA' WHERE id = \(file)")
      }
      try await room.serve { site in
        let day = try await site.get("/agenda?from=\(room.today + 3)&with=all", as: Staff.amel).text
        #expect(day.contains("A person of another file") && day.contains("9:00–9:30"))
        #expect(!day.contains("Zitouni") && !day.contains("/agenda/\(id)") && !day.contains("Secretmatter"))
        #expect(try await site.get("/agenda/\(id)", as: Staff.amel).status == .notFound)
      }
      try await room.database.write { db in
        try db.run("UPDATE case_file SET antenna = 'TUN' WHERE id = \(file)")
      }
      let other = try await room.receive("Trabelsi")
      try await room.database.write { db in
        let old = try room.cases.require(file, for: .program, in: db).subject
        let new = try room.cases.require(other, for: .program, in: db).subject.key
        try room.agenda.resealing(file, old.key, new, db)
        #expect(try AppointmentStore.find(id, key: new, in: db)?.words?.about == "Secretmatter")
        for table in Agenda.kept.tables { try KeptStore.empty(table, of: old.id, in: db) }
        let emptied = try AppointmentStore.find(id, key: new, in: db)
        #expect(emptied?.words == nil)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are found without reading or sorting a whole table`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, _ in
      let file = try await room.receive("Trabelsi", agrees: true)
      let plans = QueryPlans()
      let watched = AgendaRoom(plans.watching(room.database), clock: room.clock)
      let id = try await watched.make(watched.draft(), in: file)
      for with in [nil, Staff.amel.id] as [AccountID?] {
        _ = try await watched.agenda.days(
          room.today...(room.today + 6), at: "TUN", with: with, for: Staff.amel)
      }
      _ = try await watched.agenda.today(of: Staff.amel)
      _ = try await watched.agenda.all(of: file, for: Staff.amel)
      _ = try await watched.agenda.open(id, for: Staff.amel)
      try await watched.agenda.move(room.draft(id, at: 600), from: 1, by: Staff.amel)
      try await watched.agenda.settle(id, .cancelled, because: "x", from: 2, by: Staff.amel)
      #expect(plans.steps.count { $0.statement.contains("appointment") } > 12)
      let small: Set = [
        "antenna", "coverage", "governorate", "country", "institution", "account", "room", "holiday",
        "absence",
      ]
      for offence in plans.offences(small: small) { Issue.record("\(offence)") }
    }
  }
}
