import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import People

@Suite struct `Finding a person` {
  @Test(arguments: TestDatabase.engines)
  func `by name in either script, phone, CIN, passport or e-mail, however it is typed`(
    engine: Database.Engine
  )
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let salma = try await room.create()
      let other = Identity.with([.givenLatin: "Anis", .familyLatin: "Gharbi", .phones: "+21699000000"])
      try await room.create(other)
      for query in [
        "Salma", "SALMA ben othman", "ben-othman salma", "Sâlma", "سلمى", "بن عثمان", "سلمي بن عثمان",
        "20 123 456", "+216 20.123.456", "0021620123456", "٢٠١٢٣٤٥٦", "+33 6 12 34 56 78", "01234567",
        "٠١٢٣٤٥٦٧",
        "f 123456".replacing(" ", with: ""), "Salma@Example.tn", "Salma 01234567",
      ] {
        let found = try await room.people.search(query, by: Staff.amel)
        #expect(found.matches.map(\.id) == [salma], "\(query)")
        #expect(found.elsewhere.isEmpty, "\(query)")
      }
      for query in [
        "", "   ", "Salma Gharbi", "20 123 457", "nobody@example.tn", "%", "' OR 1=1 --", "\u{0}",
      ] {
        #expect(try await room.people.search(query, by: Staff.amel).matches.isEmpty, "\(query)")
      }
      let label = try await room.people.search("Salma", by: Staff.amel).matches.first
      #expect(label?.label == PersonLabel(latin: "Salma Ben Othman", arabic: "سلمى بن عثمان", antenna: "TUN"))
      #expect(label?.birthYear == 1990)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what the searcher may not see is only said to exist at its antenna, and the journal tells`(
    engine: Database.Engine
  ) async throws {
    try await PersonRoom.with(engine) { room in
      let mine = try await room.create(by: Staff.amel)
      let theirs = try await room.create(by: Staff.emna)
      let found = try await room.people.search("Salma", by: Staff.emna)
      #expect(found.matches.map(\.id) == [theirs])
      #expect(found.elsewhere == ["TUN"])
      #expect(try await room.people.search("Salma", by: Staff.bilel).matches.isEmpty)
      #expect(try await room.people.search("Salma", by: Staff.bilel).elsewhere == ["SFA", "TUN"])
      let nation = try await room.people.search("Salma", by: Staff.fathi)
      #expect(Set(nation.matches.map(\.id)) == [mine, theirs])
      #expect(nation.elsewhere.isEmpty)
      let told = try await room.database.read { db in
        try db.rows(
          "SELECT actor, record_id FROM journal_entry WHERE act = 'person.found-elsewhere' ORDER BY at, record_id"
        ) { row in "\(try row[0] as String) \(try row[1] as String)" }
      }
      let bilel = Staff.bilel.id
      #expect(
        told.sorted()
          == ["\(Staff.emna.id) TUN", "\(bilel) SFA", "\(bilel) SFA", "\(bilel) TUN", "\(bilel) TUN"].sorted()
      )
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of very many, those one may see come first`(engine: Database.Engine) async throws {
    try await PersonRoom.with(engine) { room in
      for index in 0..<60 {
        try await room.create(.salma.but(.familyLatin, "N\(index)").but(.cin, nil), by: Staff.emna)
      }
      let mine = try await room.create()
      let found = try await room.people.search("Salma", by: Staff.amel)
      #expect(found.matches.map(\.id) == [mine])
      #expect(found.elsewhere == ["SFA"])
      #expect(try await room.people.search("Salma", by: Staff.emna).matches.count == 20)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `no search and no opening reads or sorts a whole table`(engine: Database.Engine) async throws {
    try await PersonRoom.with(engine) { room in
      let plans = QueryPlans()
      let watched = PersonRoom(plans.watching(room.database))
      let id = try await watched.create()
      try await watched.people.record(room.consent(of: id), by: Staff.amel)
      for actor in [Staff.amel, Staff.bilel, Staff.fathi] {
        for query in ["Salma", "Salma Ben Othman", "20 123 456", "01234567", "salma@example.tn"] {
          _ = try await watched.people.search(query, by: actor)
        }
      }
      _ = try await watched.people.open(id, for: Staff.amel)
      try await watched.people.correct(id, to: .salma.but(.email, nil), from: 1, by: Staff.amel)
      _ = try await watched.database.read { db in
        try watched.people.recognise(.salma, in: db)
      }
      #expect(plans.steps.count > 40)
      for offence in plans.offences(small: ["installation_key"]) { Issue.record("\(offence)") }
    }
  }
}

@Suite struct `What the database holds of a person` {
  @Test(arguments: TestDatabase.engines)
  func `neither her name, nor a number, in either script, in any column`(engine: Database.Engine) async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      try await room.people.correct(id, to: .salma.but(.email, "other@example.tn"), from: 1, by: Staff.amel)
      let stored = try await room.database.read { db in
        var bytes: [UInt8] = []
        for statement in [
          "SELECT id, antenna, contact, identity, label, sex, governorate, sealing_key FROM person",
          "SELECT id, actor, antenna, act, changes, record_kind, record_id, subject FROM journal_entry",
        ] as [SQL] {
          _ = try db.rows(statement) { row in
            for column in 0..<8 {
              if let text: String = try? row[column] { bytes += Array(text.utf8) }
              if let blob: [UInt8] = try? row[column] { bytes += blob }
            }
          }
        }
        for token in try db.rows("SELECT token FROM person_token", { try $0[0] as Int64 }) {
          bytes += Array(String(token).utf8)
        }
        return bytes
      }
      #expect(stored.count > 1_000)
      for secret in [
        "Salma", "salma", "Othman", "othman", "سلمى", "عثمان", "01234567", "F123456", "20123456", "612345678",
        "example.tn", "Jasmin", "aunt", "1990-06-15",
      ] {
        #expect(stored.firstRange(of: Array(secret.utf8)) == nil, "\(secret)")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `without her key she is gone: not found, not listed, not searched; counts stay`(
    engine: Database.Engine
  )
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      try await room.database.write { db in
        try db.run("UPDATE person SET sealing_key = NULL WHERE id = \(id)")
      }
      await #expect(throws: Refusal.notFound) { try await room.people.open(id, for: Staff.amel) }
      #expect(try await room.people.search("Salma", by: Staff.amel).matches.isEmpty)
      #expect(try await room.database.read { db in try room.people.labels(of: [id], in: db) }.isEmpty)
      #expect(try await room.people.count() == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the same create twice, or twice at once, is one person`(engine: Database.Engine) async throws {
    try await PersonRoom.with(engine) { room in
      let id = PersonID()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<6 { group.addTask { try await room.create(id: id) } }
        try await group.waitForAll()
      }
      #expect(try await room.people.count() == 1)
      #expect(try await room.history(of: id).map(\.act) == ["person.create"])
      #expect(try await room.people.search("Salma", by: Staff.amel).matches.map(\.id) == [id])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a name and a way to reach her are enough; without them nobody is made`(engine: Database.Engine)
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create(.with([.givenArabic: "منية", .safeWay: "جارتها"]))
      #expect(try await room.people.open(id, for: Staff.amel).person.identity.arabicName == "منية")
      let wrong: [Identity] = [.with([.phones: "+21620123456"]), .with([.familyLatin: "Gharbi"]), Identity()]
      for identity in wrong {
        await #expect(throws: Refusal.self) { try await room.create(identity) }
      }
      await #expect(throws: Refusal.notAllowed(.receivePersons)) { try await room.create(by: Staff.dorra) }
      #expect(try await room.people.count() == 1)
    }
  }
}

@Suite struct `Opening and correcting a person` {
  @Test(arguments: TestDatabase.engines)
  func `every opening is an entry of the journal: who, whom, when, from where`(engine: Database.Engine)
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      for actor in [Staff.amel, Staff.fathi] { _ = try await room.people.open(id, for: actor) }
      for actor in [Staff.emna, Staff.bilel] {
        await #expect(throws: Refusal.notFound) { try await room.people.open(id, for: actor) }
      }
      await #expect(throws: Refusal.notAllowed(.openFiles)) {
        try await room.people.open(id, for: Staff.hela)
      }
      let openings = try await room.history(of: id).filter { $0.act == "person.open" }
      #expect(Set(openings.map(\.actor)) == [Staff.amel.id, Staff.fathi.id])
      #expect(Set(openings.map(\.antenna)) == ["TUN", nil])
      #expect(openings.allSatisfy { $0.subject == id && $0.at == room.clock.now })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who changed different fields both keep their change, and the journal tells field by field`(
    engine: Database.Engine
  ) async throws {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      try await room.people.correct(id, to: .salma.but(.email, "new@example.tn"), from: 1, by: Staff.amel)
      try await room.people.correct(id, to: .salma.but(.address, nil), from: 1, by: Staff.chokri)
      let stored = try await room.people.open(id, for: Staff.amel).person
      #expect(stored.identity == .salma.but(.email, "new@example.tn").but(.address, nil))
      #expect(stored.version == 3)
      #expect(try await room.people.search("new@example.tn", by: Staff.amel).matches.map(\.id) == [id])
      #expect(try await room.people.search("salma@example.tn", by: Staff.amel).matches.isEmpty)
      let changes = try await room.history(of: id).filter { $0.act == "person.correct" }.flatMap(\.changes)
      #expect(
        changes.contains(FieldChange(field: "email", before: "salma@example.tn", after: "new@example.tn")))
      #expect(changes.contains(FieldChange(field: "address", before: "12 rue du Jasmin", after: nil)))
      #expect(changes.count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who changed the same field hears of both values and of who saved, and nothing is written`(
    engine: Database.Engine
  )
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      try await room.people.correct(id, to: .salma.but(.email, "a@example.tn"), from: 1, by: Staff.amel)
      let mine = Identity.salma.but(.email, "b@example.tn").but(.address, "Sousse")
      let conflict = FieldConflict(
        field: "email", base: "salma@example.tn", mine: "b@example.tn", theirs: "a@example.tn",
        saved: FieldConflict.Saving(by: Staff.amel.id, at: room.clock.now))
      await #expect(throws: Refusal.changedMeanwhile([conflict], draft: mine.fields)) {
        try await room.people.correct(id, to: mine, from: 1, by: Staff.chokri)
      }
      #expect(
        try await room.people.open(id, for: Staff.amel).person.identity == .salma.but(.email, "a@example.tn"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a correction needs its duty, the file in sight, a name and a way to reach`(engine: Database.Engine)
    async throws
  {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      await #expect(throws: Refusal.notAllowed(.editPersons)) {
        try await room.people.correct(id, to: .salma, from: 1, by: Staff.dorra)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.people.correct(id, to: .salma, from: 1, by: Staff.emna)
      }
      await #expect(throws: Refusal.self) {
        try await room.people.correct(id, to: .with([.phones: "+21620123456"]), from: 1, by: Staff.amel)
      }
      #expect(try await room.people.open(id, for: Staff.amel).person.identity == .salma)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `the same person is recognised by a number, or by name and phone`(engine: Database.Engine) async throws
  {
    try await PersonRoom.with(engine) { room in
      try await room.create()
      func recognise(_ identity: Identity) async throws -> String? {
        try await room.database.read { db in
          let found = try room.people.recognise(identity, in: db)
          return found.map { Reader(.english)($0.what) }
        }
      }
      #expect(try await recognise(.with([.familyLatin: "X", .cin: "01234567"])) == "same CIN")
      #expect(try await recognise(.with([.familyLatin: "X", .passport: "F123456"])) == "same passport")
      let samePhone = Identity.with([
        .givenLatin: "SALMA", .familyLatin: "ben othman", .phones: "+21620123456",
      ])
      #expect(try await recognise(samePhone) == "same name and phone")
      #expect(try await recognise(samePhone.but(.givenLatin, "Anis")) == nil)
      #expect(try await recognise(samePhone.but(.phones, "+21620123457")) == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `names are told of persons in sight only`(engine: Database.Engine) async throws {
    try await PersonRoom.with(engine) { room in
      let id = try await room.create()
      let seen = try await room.database.read { db in
        try [Staff.amel, Staff.emna].map { try room.people.labels(of: [id], for: $0, in: db).count }
      }
      #expect(seen == [1, 0])
    }
  }
}
