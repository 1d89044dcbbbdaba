import Basics
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Cases

@Suite struct `Numbers of cases` {
  @Test(arguments: TestDatabase.engines)
  func `fifty receptions at once take fifty numbers, none twice and none left out`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      let numbers = try await withThrowingTaskGroup(of: String.self) { group in
        for index in 0..<60 {
          let actor = index < 50 ? Staff.amel : Staff.emna
          group.addTask { try await room.file(room.receive("Salma \(index)", by: actor)).number }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      let expected =
        (1...50).map { CaseRules.number(antenna: "TUN", year: 2026, count: $0) }
        + (1...10).map { CaseRules.number(antenna: "SFA", year: 2026, count: $0) }
      #expect(numbers.sorted() == expected.sorted())
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a reception that fails after it had its number leaves no gap`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<20 {
          let reception = room.reception("Salma \(index)")
          group.addTask {
            try? await room.database.write { db in
              try room.cases.receive(reception, by: Staff.amel, in: db)
              if index.isMultiple(of: 3) { throw Refusal.notFound }
            }
          }
        }
      }
      let found = try await room.cases.list(CaseFilter(), after: nil, for: Staff.amel)
      let expected = (1...13).map { CaseRules.number(antenna: "TUN", year: 2026, count: $0) }
      #expect(found.lines.map(\.number).sorted() == expected)
      #expect(try await room.people.count() == 13)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `numbers begin anew each year, by the time of Tunis`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let old = try await room.receive()
      #expect(try await room.file(old).number == "TUN-2026-0001")
      // 31 December 2026, 23:30 in London is half past midnight in Tunis.
      room.clock.advance(
        seconds: Date(timeIntervalSince1970: 1_798_759_800).timeIntervalSince(room.clock.now))
      let new = try await room.receive()
      #expect(try await room.file(new).number == "TUN-2027-0001")
    }
  }
}

@Suite struct `Receiving a person` {
  @Test(arguments: TestDatabase.engines)
  func `the same form sent twice, or twice at once, is one case of one person`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      let reception = room.reception()
      let ids = try await withThrowingTaskGroup(of: RecordID<CaseFile>.self) { group in
        for _ in 0..<6 {
          group.addTask { try await room.cases.receive(reception, by: Staff.amel) }
        }
        return try await group.reduce(into: Set()) { $0.insert($1) }
      }
      #expect(ids == [reception.id])
      #expect(try await room.people.count() == 1)
      #expect(try await room.cases.list(CaseFilter(), after: nil, for: Staff.amel).lines.count == 1)
      #expect(try await room.acts(of: reception.person) == ["case.receive", "person.create"])
      // With another name it would be a correction, and whoever sends it must hear that it was not made.
      let other = room.reception("Selma", id: reception.id, person: reception.person)
      await #expect(throws: Refusal.self) { try await room.cases.receive(other, by: Staff.amel) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `who has no name, or cannot be reached, is not received, and nothing is written`(
    engine: Database.Engine
  )
    async throws
  {
    try await CaseRoom.with(engine) { room in
      let nobody = Reception(
        id: RecordID(), person: PersonID(), identity: Identity(), antenna: "TUN", contact: Staff.amel.id,
        channel: .airport, receivedAt: room.clock.now, returned: ReturnFacts())
      await #expect(throws: Refusal.self) { try await room.cases.receive(nobody, by: Staff.amel) }
      #expect(try await room.people.count() == 0)
      let id = try await room.receive()
      #expect(try await room.file(id).number == "TUN-2026-0001")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a person who is known gets another case and stays one person`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let person = PersonID()
      let first = try await room.receive(by: Staff.bilel, person: person)
      let again = Reception(
        id: RecordID(), person: person, identity: nil, antenna: "TUN", contact: Staff.amel.id,
        channel: .phone, receivedAt: room.clock.now, returned: ReturnFacts())
      let isOpen = Refusal.conflict(say("This person has an open case already: \("TUN-2026-0001")."))
      await #expect(throws: isOpen) { try await room.cases.receive(again, by: Staff.chokri) }
      #expect(try await room.people.open(person, for: Staff.bilel).person.contact == Staff.bilel.id)
      try await room.cases.close(first, room.closure(), by: Staff.bilel)
      let second = try await room.cases.receive(again, by: Staff.amel)
      #expect(try await room.people.count() == 1)
      #expect(try await room.cases.cases(of: person, for: Staff.amel).count == 2)
      // Whoever sees a case sees whose it is: the former contact person too, who sees only the first.
      #expect(try await room.cases.open(first, for: Staff.bilel).person.person.id == person)
      await #expect(throws: Refusal.notFound) { try await room.cases.open(second, for: Staff.bilel) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nobody receives without the duty`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      await #expect(throws: Refusal.notAllowed(.receivePersons)) {
        try await room.receive(by: Staff.dorra)
      }
    }
  }
}

@Suite struct `Who sees a case` {
  @Test(arguments: TestDatabase.engines)
  func `her contact person, the antenna and the nation do; others find nothing`(engine: Database.Engine)
    async throws
  {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive(by: Staff.amel)
      for actor in [Staff.amel, Staff.chokri, Staff.dorra, Staff.fathi] {
        #expect(try await room.cases.open(id, for: actor).file.id == id, "\(actor.name)")
      }
      for actor in [Staff.bilel, Staff.emna] {
        await #expect(throws: Refusal.notFound, "\(actor.name)") { try await room.cases.open(id, for: actor) }
      }
      await #expect(throws: Refusal.notAllowed(.openFiles)) { try await room.cases.open(id, for: Staff.hela) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lists hold what each may open, and nothing else`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let (tunis, sfax) = (try await room.receive(by: Staff.amel), try await room.receive(by: Staff.emna))
      func seen(_ actor: Actor) async throws -> Set<RecordID<CaseFile>> {
        Set(try await room.cases.list(CaseFilter(), after: nil, for: actor).lines.map(\.id))
      }
      #expect(try await seen(Staff.amel) == [tunis])
      #expect(try await seen(Staff.bilel) == [])
      #expect(try await seen(Staff.emna) == [sfax])
      #expect(try await seen(Staff.fathi) == [tunis, sfax])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `naming another contact person moves the file into her sight`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let person = PersonID()
      let id = try await room.receive(person: person)
      await #expect(throws: Refusal.notAllowed(.assignCases)) {
        try await room.cases.assign(id, to: Staff.bilel.id, by: Staff.amel)
      }
      try await room.cases.assign(id, to: Staff.bilel.id, by: Staff.chokri)
      #expect(try await room.cases.open(id, for: Staff.bilel).file.contact == Staff.bilel.id)
      #expect(try await room.people.open(person, for: Staff.bilel).person.contact == Staff.bilel.id)
      #expect(try await room.acts(of: person).contains("case.assign"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `another antenna's case cannot be changed through any door`(engine: Database.Engine) async throws {
    try await CaseRoom.with(engine) { room in
      let id = try await room.receive(by: Staff.amel)
      let doors: [@Sendable () async throws -> Void] = [
        { try await room.cases.record(room.need(), in: id, by: Staff.emna) },
        { try await room.cases.write(.returning, "x", id: RecordID(), in: id, by: Staff.emna) },
        { try await room.cases.correct(id, to: ReturnFacts(), from: 1, by: Staff.emna) },
        { try await room.cases.close(id, room.closure(), by: Staff.emna) },
        { try await room.cases.meet(RecordID(), on: room.today, how: "x", in: id, by: Staff.emna) },
      ]
      for door in doors { await #expect(throws: Refusal.notFound) { try await door() } }
      #expect(try await room.file(id).version == 1)
    }
  }
}
