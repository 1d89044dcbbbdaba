import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Duplicates

@Suite struct `Joining two files` {
  @Test(arguments: TestDatabase.engines)
  func `makes one person of both, found by either name, counted once`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let salma = try await room.receive(.salma)
      var other = Identity.selma
      (other[.givenArabic], other[.familyArabic]) = ("سلوى", "المزوغي")
      let salwa = try await room.receive(other)
      try await room.join(salma, salwa, [.givenArabic: .other, .familyArabic: .other, .phones: .both])
      let person = try await room.person(salwa)
      #expect(person.id == salma && person.joined == 1)
      #expect(person.identity.latinName == "Salma Ben Othman")
      #expect(person.identity.arabicName == "سلوى المزوغي")
      for query in ["Salma Ben Othman", "سلوى المزوغي", "20123456"] {
        let found = try await room.people.search(query, by: Staff.amel)
        #expect(found.matches.map(\.id) == [salma], "\(query)")
        #expect(found.matches.first?.label.arabic == "سلوى المزوغي")
      }
      let facts = try await room.database.read { db in
        try db.rows("SELECT person FROM person_fact") { try $0[0] as PersonID }
          + db.rows("SELECT DISTINCT person FROM case_fact") { try $0[0] as PersonID }
      }
      #expect(facts == [salma, salma])
      #expect(try await room.people.count() == 1)
      let list = try await room.cases.list(.init(), after: nil, for: Staff.amel)
      #expect(list.lines.count == 2)
      #expect(Set(list.names.values.map(\.arabic)) == ["سلوى المزوغي"])
      #expect(try await room.cases.cases(of: salwa, for: Staff.amel).count == 2)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lets whoever saw one of them see the person, and nobody else`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (
        try await room.receive(.salma), try await room.receive(.selma, by: Staff.emna)
      )
      let pair = try await room.pair(salma, selma)
      await #expect(throws: Refusal.notFound) { try await room.people.open(selma, for: Staff.amel) }
      #expect(try await !room.duplicates.same(pair.id, nil, room.decision(pair), by: Staff.amel))
      await #expect(throws: Refusal.notFound) { try await room.people.open(selma, for: Staff.amel) }
      let waiting = try await room.current(pair)
      await #expect(throws: Refusal.self) {
        try await room.duplicates.confirm(pair.id, room.decision(waiting), by: Staff.chokri)
      }
      let decision = room.decision(waiting)
      for _ in 1...2 { try await room.duplicates.confirm(pair.id, decision, by: Staff.emna) }
      for actor in [Staff.amel, Staff.emna, Staff.fathi] {
        let opened = try await room.people.open(selma, for: actor)
        #expect(
          opened.person.identity[.cin] == "01234567" && opened.person.identity[.email] == "salma@example.tn")
      }
      await #expect(throws: Refusal.notFound) { try await room.people.open(selma, for: Staff.bilel) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps each one's identity under her own key`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      try await room.join(salma, selma)
      try await room.correct(salma, [.address: "12 rue de la Gare"])
      // Without the key of the other one, nothing that she alone knew can be read any more.
      try await room.database.write { db in
        try db.run("UPDATE person SET sealing_key = NULL WHERE id = \(selma)")
      }
      let person = try await room.person(salma)
      #expect(person.identity[.email] == nil && person.identity.arabicName == nil)
      #expect(person.identity[.address] == "12 rue de la Gare")
      let told = try await room.database.read { db in
        try Journal.history(of: room.people.subject(salma, in: db), limit: 100, in: db)
      }
      let values = told.flatMap(\.changes).flatMap { [$0.before, $0.after] }.compactMap { $0 }
      #expect(!values.contains { $0.contains("salma@example.tn") || $0.contains("سلمى") })
      #expect(told.contains { $0.act == "person.join" })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `opens no second case, and withdraws a consent in both`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      func consent(_ person: PersonID, _ purpose: Consent.Purpose) -> Consent {
        Consent(
          id: RecordID(), person: person, purpose: purpose, textVersion: "1", language: .arabic,
          givenOn: Day(of: room.clock.now), way: .signed, withdrawnAt: nil)
      }
      let first = consent(salma, .sms)
      try await room.people.record(first, by: Staff.amel)
      try await room.people.record(consent(selma, .sms), by: Staff.amel)
      try await room.join(salma, selma)
      await #expect(throws: Refusal.self) { try await room.receive(nil, person: selma) }
      await #expect(throws: Refusal.self) {
        try await room.people.record(consent(selma, .sms), by: Staff.amel)
      }
      try await room.people.withdraw(first.id, of: salma, by: Staff.amel)
      let opened = try await room.people.open(selma, for: Staff.amel)
      #expect(opened.consents.count == 2 && opened.consents.allSatisfy { !$0.isInForce })
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tells whoever typed on one of them before what differs`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      var typed = Identity.selma
      typed[.address] = "Sousse"
      let version = try await room.person(selma).version
      try await room.join(salma, selma)
      await #expect {
        try await room.people.correct(selma, to: typed, from: version, by: Staff.amel)
      } throws: { error in
        guard case Refusal.changedMeanwhile(let conflicts, let draft) = error else { return false }
        return conflicts.contains { $0.field == "address" } && draft["address"] == "Sousse"
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is refused to the second of two who decide at once, and done once when sent twice`(
    engine: Database.Engine
  ) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      let pair = try await room.pair(salma, selma)
      async let one: Result<Bool, any Error> = outcome {
        try await room.duplicates.same(pair.id, nil, room.decision(pair), by: Staff.amel)
      }
      async let two: Result<Bool, any Error> = outcome {
        try await room.duplicates.tellApart(pair.id, room.decision(pair), by: Staff.chokri)
        return true
      }
      let outcomes = await [one, two]
      #expect(outcomes.count { (try? $0.get()) != nil } == 1)
      #expect(
        outcomes.contains { outcome in
          guard case .failure(Refusal.conflict) = outcome else { return false }
          return true
        })
      let other = try await room.pair(salma, try await room.receive(.nizar))
      let decision = room.decision(other)
      for _ in 1...2 { try await room.duplicates.tellApart(other.id, decision, by: Staff.chokri) }
      #expect(try await room.duplicates.open(other.id, for: Staff.chokri).acts.count == 1)
    }
  }

  private func outcome(_ body: @Sendable () async throws -> Bool) async -> Result<Bool, any Error> {
    do { return .success(try await body()) } catch { return .failure(error) }
  }

  @Test(arguments: TestDatabase.engines)
  func `asks for the duties`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      let pair = try await room.pair(salma, selma)
      for actor in [Staff.dorra, Staff.hela] {
        await #expect(throws: Refusal.notAllowed(.compareFiles)) {
          try await room.duplicates.list(.open, after: nil, for: actor)
        }
        await #expect(throws: Refusal.notAllowed(.compareFiles)) {
          try await room.duplicates.same(pair.id, nil, room.decision(pair), by: actor)
        }
      }
      await #expect(throws: Refusal.notFound) {
        try await room.duplicates.same(pair.id, nil, room.decision(pair), by: Staff.emna)
      }
      let joined = try await room.join(salma, selma)
      let merge = try #require(joined.merge)
      await #expect(throws: Refusal.notAllowed(.settleFiles)) {
        try await room.duplicates.part(merge, .init(), room.decision(joined), by: Staff.amel)
      }
    }
  }
}
