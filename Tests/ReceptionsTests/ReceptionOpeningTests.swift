import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Receptions

@Suite struct `The file of a reception` {
  private static let consents = Fields([
    "informed": "yes", "consents": "accompaniment research", "consent-way": "signed",
    "consent-language": "fr", "given-on": "2026-03-10",
  ])
  private static let needs = Fields([
    "need-1": "housing", "urgency-1": "today", "details-1": "A roof", "need-2": "papers", "urgency-2": "week",
    "done-2": "Sent to the office", "done-on-2": "2026-03-11",
  ])

  private func told(_ room: ReceptionRoom, by actor: Actor = Staff.amel) async throws -> RecordID<
    ReceptionDraft
  > {
    let id = try await room.begin(by: actor)
    try await room.receptions.save(.consent, Self.consents, from: 1, of: id, by: actor)
    try await room.receptions.save(
      .wishes, Fields(["wants": "work", "sign-threat": "yes"]), from: 2, of: id, by: actor)
    try await room.receptions.save(.needs, Self.needs, from: 3, of: id, by: actor)
    return id
  }

  @Test(arguments: TestDatabase.engines)
  func `is opened with all that was told, and a second time it is the same`(engine: Database.Engine)
    async throws
  {
    try await ReceptionRoom.with(engine) { room in
      let counted = CountedStore(database: room.database)
      let id = try await told(room)
      let person = try await room.draft(id).person
      let file = try await ReceptionRoom(counted.counted, clock: room.clock).receptions.openFile(
        of: id, by: Staff.amel)
      #expect(counted.count == 1)
      #expect(file.text == id.text)
      let acts = try await room.acts()
      for _ in 0..<2 {
        let again = try await room.receptions.openFile(of: id, by: Staff.amel)
        #expect(again == file)
      }
      #expect(try await room.acts() == acts)
      #expect(acts.filter { $0 == "reception.finish" }.count == 1)
      for (table, count) in [("person", 1), ("case_file", 1), ("consent", 2), ("need", 2)] {
        #expect(try await room.count(table) == count, "\(table)")
      }
      let opened = try await room.cases.open(file, for: Staff.amel)
      #expect(opened.person.person.id == person)
      #expect(opened.person.person.identity.latinName == "Ben Othman")
      // The key was the person's from the first word: the history goes back to it.
      let history = try await room.database.read { db in
        try Journal.history(
          of: room.cases.require(file, for: Staff.amel, in: db).subject, limit: 200, in: db)
      }
      #expect(history.contains { $0.act == "reception.begin" })
      #expect(try await room.stored(id).key == nil)
      await #expect(throws: Refusal.self) {
        try await room.receptions.save(.needs, Fields(), from: 4, of: id, by: Staff.amel)
      }
      await #expect(throws: Refusal.self) {
        try await room.receptions.discard(id, because: .mistake, by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is opened twice at the same moment, and is one`(engine: Database.Engine) async throws {
    try await ReceptionRoom.with(engine) { room in
      let id = try await told(room)
      async let one = room.receptions.openFile(of: id, by: Staff.amel)
      async let two = room.receptions.openFile(of: id, by: Staff.amel)
      let files = try await [one, two]
      #expect(files[0] == files[1])
      #expect(try await room.count("case_file") == 1)
      #expect(try await room.count("need") == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is refused without a way to reach the person, or a reason for coming late`(engine: Database.Engine)
    async throws
  {
    try await ReceptionRoom.with(engine) { room in
      let id = try await room.begin(Fields(["family-latin": "Ben Othman", "channel": "walk-in"]))
      let late = Fields(["returned-on": "2025-01-05", "return-country": "FR"])
      try await room.receptions.save(.returning, late, from: 1, of: id, by: Staff.amel)
      let refused = await #expect(throws: Refusal.self) {
        try await room.receptions.openFile(of: id, usualMonths: 6, by: Staff.amel)
      }
      guard case .invalid(let errors) = refused else {
        Issue.record("\(String(describing: refused))")
        return
      }
      #expect(Set(errors.map(\.field)) == ["phones", "late-reason"])
      try await room.receptions.save(.who, ReceptionRoom.who, from: 2, of: id, by: Staff.amel)
      var reason = late
      reason["late-reason"] = "Nobody told her of the scheme"
      try await room.receptions.save(.returning, reason, from: 3, of: id, by: Staff.amel)
      _ = try await room.receptions.openFile(of: id, usualMonths: 6, by: Staff.amel)
      #expect(try await room.count("case_file") == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `leaves nothing behind when one room refuses`(engine: Database.Engine) async throws {
    try await ReceptionRoom.with(engine) { room in
      // Person, case and consents are written before the needs are refused.
      let id = try await told(room, by: ReceptionRoom.zied)
      await #expect(throws: Refusal.notAllowed(.recordNeeds)) {
        try await room.receptions.openFile(of: id, by: ReceptionRoom.zied)
      }
      let other = try await told(room)
      await #expect(throws: Refusal.notFound) {
        try await room.receptions.openFile(of: other, by: Staff.amel) { _ in throw Refusal.notFound }
      }
      for table in ["person", "case_file", "consent", "need"] {
        #expect(try await room.count(table) == 0, "\(table)")
      }
      #expect(try await room.acts().allSatisfy { ["reception.begin", "reception.save"].contains($0) })
      #expect(try await room.draft(other).state == .begun)
      #expect(try await room.stored(other).key != nil)
      _ = try await room.receptions.openFile(of: other, by: Staff.amel)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func
    `tells its signs to who asked and to who reads the social section, and stays readable under another key`(
      engine: Database.Engine
    ) async throws
  {
    try await ReceptionRoom.with(engine) { room in
      let file = try await room.receptions.openFile(of: told(room), by: Staff.amel)
      for (actor, sign) in [(Staff.amel, "yes"), (Staff.chokri, "yes"), (ReceptionRoom.zied, nil)] {
        let told = try await room.receptions.told(in: file, for: actor).told
        #expect(told?["sign-threat"] == sign && told?["wants"] == "work", "\(actor.name)")
      }
      await #expect(throws: Refusal.notFound) { try await room.receptions.told(in: file, for: Staff.emna) }
      let (old, new) = try await room.database.write { db in
        let old = try room.cases.require(file, for: Staff.amel, in: db).subject.key
        let new = try db.vault.newKey().0
        try room.receptions.resealing(file, old, new, db)
        return (old, new)
      }
      let fields = try await room.database.read { db in
        try ReceptionStore.told(of: file, key: new, in: db)?.fields
      }
      #expect(fields?["wants"] == "work")
      await #expect(throws: (any Error).self) {
        try await room.database.read { db in _ = try ReceptionStore.told(of: file, key: old, in: db) }
      }
    }
  }
}
