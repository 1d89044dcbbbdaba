import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Receptions

@Suite struct `A reception that was begun` {
  @Test(arguments: TestDatabase.engines)
  func `is one however often its first step is sent, and each step is one transaction and one entry`(
    engine: Database.Engine
  ) async throws {
    try await ReceptionRoom.with(engine) { room in
      let counted = CountedStore(database: room.database)
      let watched = ReceptionRoom(counted.counted, clock: room.clock)
      let id = RecordID<ReceptionDraft>()
      try await watched.receptions.begin(id, with: ReceptionRoom.who, by: Staff.amel)
      try await watched.receptions.save(
        .household, Fields(["household-size": "4"]), from: 1, of: id, by: Staff.amel)
      try await watched.receptions.save(.wishes, Fields(["wants": "work"]), from: 2, of: id, by: Staff.amel)
      #expect(counted.count == 3)
      let acts = ["reception.begin", "reception.save", "reception.save"]
      #expect(try await room.acts() == acts)
      // Sent again, each after its answer was lost.
      try await room.receptions.begin(id, with: ReceptionRoom.who, by: Staff.amel)
      try await room.receptions.save(
        .household, Fields(["household-size": "4"]), from: 1, of: id, by: Staff.amel)
      #expect(try await room.acts() == acts)
      #expect(try await room.count("reception_draft") == 1)
      let draft = try await room.draft(id)
      #expect(draft.version == 3 && draft.done == [.who, .household, .wishes])
      #expect(draft.fields["household-size"] == "4" && draft.fields["wants"] == "work")
      await #expect(throws: Refusal.self) {
        try await room.receptions.begin(id, with: Fields(["family-latin": "Gharbi"]), by: Staff.amel)
      }
      #expect(try await room.draft(id).fields["family-latin"] == "Ben Othman")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps what two windows say of different things, and asks about the same`(engine: Database.Engine)
    async throws
  {
    try await ReceptionRoom.with(engine) { room in
      let id = try await room.begin()
      func save(_ step: ReceptionDraft.Step, _ fields: [String: String]) async throws {
        try await room.receptions.save(step, Fields(fields), from: 1, of: id, by: Staff.amel)
      }
      try await save(.household, ["household-size": "4"])
      try await save(.wishes, ["wants": "work"])
      try await save(.household, ["returned-with": "2"])
      let merged = try await room.draft(id).fields
      #expect(merged["household-size"] == "4" && merged["returned-with"] == "2" && merged["wants"] == "work")
      let asked = await #expect(throws: Refusal.self) { try await save(.household, ["household-size": "5"]) }
      guard case .changedMeanwhile(let conflicts, let draft) = asked else {
        Issue.record("It was not asked.")
        return
      }
      #expect(conflicts.map(\.field) == ["household-size"] && draft["household-size"] == "5")
      #expect(try await room.draft(id).fields["household-size"] == "4")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is its author's; the head takes it over, and nobody else sees it`(engine: Database.Engine)
    async throws
  {
    try await ReceptionRoom.with(engine) { room in
      let id = try await room.begin()
      await #expect(throws: Refusal.notAllowed(.receivePersons)) {
        try await room.draft(id, for: Staff.dorra)
      }
      await #expect(throws: Refusal.notAllowed(.assignCases)) {
        try await room.receptions.takeOver(id, by: Staff.bilel)
      }
      for actor in [Staff.bilel, Staff.emna, Staff.ghazi] {
        await #expect(throws: Refusal.notFound) { try await room.draft(id, for: actor) }
        await #expect(throws: Refusal.notFound) {
          try await room.receptions.save(.wishes, Fields(), from: 1, of: id, by: actor)
        }
        await #expect(throws: Refusal.notFound) { try await room.receptions.openFile(of: id, by: actor) }
        await #expect(throws: Refusal.notFound) {
          try await room.receptions.discard(id, because: .left, by: actor)
        }
        let begun = try await room.receptions.begun(for: actor)
        #expect(begun.isEmpty)
      }
      await #expect(throws: Refusal.notFound) { try await room.receptions.takeOver(id, by: Staff.ghazi) }
      // The head looks first, and that is in the journal; she cannot go on before it is hers.
      #expect(try await room.draft(id, for: Staff.chokri).fields["family-latin"] == "Ben Othman")
      await #expect(throws: Refusal.self) {
        try await room.receptions.save(.wishes, Fields(["wants": "work"]), from: 1, of: id, by: Staff.chokri)
      }
      for _ in 0..<2 { try await room.receptions.takeOver(id, by: Staff.chokri) }
      try await room.receptions.save(
        .wishes, Fields(["wants": "work"]), from: 2, of: id, by: Staff.chokri)
      await #expect(throws: Refusal.notFound) { try await room.draft(id) }
      #expect(
        try await room.acts() == [
          "reception.begin", "reception.open", "reception.take-over", "reception.save",
        ])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `loses key and words when it is discarded, once`(engine: Database.Engine) async throws {
    try await ReceptionRoom.with(engine) { room in
      let id = try await room.begin()
      var stored = try await room.stored(id)
      #expect(stored.key != nil && stored.told != nil)
      for _ in 0..<2 { try await room.receptions.discard(id, because: .notWished, by: Staff.amel) }
      stored = try await room.stored(id)
      #expect(stored.key == nil && stored.told == nil)
      #expect(try await room.acts() == ["reception.begin", "reception.discard"])
      await #expect(throws: Refusal.notFound) { try await room.draft(id) }
      await #expect(throws: Refusal.notFound) {
        try await room.receptions.discard(id, because: .mistake, by: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) { try await room.receptions.openFile(of: id, by: Staff.amel) }
      await #expect(throws: Refusal.self) {
        try await room.receptions.begin(id, with: ReceptionRoom.who, by: Staff.amel)
      }
      #expect(try await room.count("person") == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is destroyed when it is left for too long, and gone before that is done`(engine: Database.Engine)
    async throws
  {
    try await ReceptionRoom.with(engine) { room in
      let old = try await room.begin()
      room.clock.advance(days: 29)
      let new = try await room.begin()
      #expect(try await room.receptions.expire() == 0)
      #expect(try await room.draft(old).state == .begun)
      room.clock.advance(days: 1)
      await #expect(throws: Refusal.notFound) { try await room.draft(old) }
      await #expect(throws: Refusal.notFound) { try await room.receptions.openFile(of: old, by: Staff.amel) }
      #expect(try await room.receptions.begun(for: Staff.amel).map(\.id) == [new])
      #expect(try await room.receptions.expire() == 1)
      #expect(try await room.receptions.expire() == 0)
      let stored = try await room.stored(old)
      #expect(stored.key == nil && stored.told == nil)
      #expect(try await room.acts().last == "reception.expire")
      #expect(try await room.draft(new).state == .begun)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `cannot be read in the database, and no act reads or sorts a whole table`(engine: Database.Engine)
    async throws
  {
    try await ReceptionRoom.with(engine) { room in
      let plans = QueryPlans()
      let watched = ReceptionRoom(plans.watching(room.database), clock: room.clock)
      let id = try await watched.begin()
      let wishes = Fields(["wants-told": "A bakery in Mareth", "sign-threat": "yes"])
      try await watched.receptions.save(.wishes, wishes, from: 1, of: id, by: Staff.amel)
      _ = try await watched.draft(id, for: Staff.chokri)
      for actor in [Staff.amel, Staff.chokri] { _ = try await watched.receptions.begun(for: actor) }
      try await watched.receptions.takeOver(id, by: Staff.chokri)
      let other = try await watched.begin()
      try await watched.receptions.discard(other, because: .mistake, by: Staff.amel)
      let stored = try await raw(room)
      #expect(stored.count > 5)
      for secret in ["Othman", "20123456", "bakery", "Mareth", "sign-threat"] {
        #expect(stored.allSatisfy { $0.firstRange(of: Array(secret.utf8)) == nil }, "\(secret)")
      }
      let file = try await watched.receptions.openFile(of: id, by: Staff.chokri)
      _ = try await watched.receptions.told(in: file, for: Staff.chokri)
      room.clock.advance(days: 31)
      try await watched.receptions.expire()
      #expect(plans.steps.count > 20)
      for offence in plans.offences() { Issue.record("\(offence)") }
    }
  }

  /// Every word and byte of the drafts and of the journal.
  private func raw(_ room: ReceptionRoom) async throws -> [[UInt8]] {
    try await room.database.read { db in
      let bytes = try [
        "SELECT told FROM reception_draft WHERE told IS NOT NULL", "SELECT changes FROM journal_entry",
        "SELECT sealing_key FROM reception_draft WHERE sealing_key IS NOT NULL",
      ].flatMap { try db.rows(SQL(stringLiteral: $0)) { try $0[0] as [UInt8] } }
      let words = try db.rows(
        """
        SELECT id || person || antenna || author || state || steps_done || COALESCE(discarded, '')
        FROM reception_draft
        """
      ) { Array((try $0[0] as String).utf8) }
      return bytes + words
    }
  }
}
