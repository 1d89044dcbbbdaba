import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Agenda

@Suite struct `What the agenda counts` {
  @Test(arguments: TestDatabase.engines)
  func `of missed appointments are those on which nothing followed, be it the same day, of open cases`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let day = room.today + 1
      let morning = try await room.make(room.draft(in: 1, at: 9 * 60), in: file)
      let noon = try await room.make(room.draft(in: 1, at: 12 * 60), in: file)
      room.clock.advance(days: 2)
      try await room.agenda.settle(morning, .missed, because: nil, from: 1, by: Staff.amel)
      // She is expected again three hours later: of that nobody has told yet.
      #expect(try await room.missed() == nil)
      #expect(try await room.untold() == Waiting(1, since: day))
      try await room.agenda.settle(noon, .missed, because: nil, from: 1, by: Staff.amel)
      #expect(try await room.missed() == Waiting(1, since: day))
      #expect(try await room.untold() == nil)
      // What came before, the same day, follows on nothing.
      try await room.agenda.settle(morning, .came, because: nil, from: 2, by: Staff.amel)
      #expect(try await room.missed() == Waiting(1, since: day))
      try await room.close(file)
      #expect(try await room.missed() == nil)
      try await room.cases.reopen(file, reason: "She came back", by: Staff.chokri)
      #expect(try await room.missed() == Waiting(1, since: day))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of appointments of a closed case waits for nobody, on the board and on the home`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let day = room.today + 1
      try await room.make(room.draft(in: 1), in: file)
      let other = try await room.receive("Trabelsi")
      try await room.make(room.draft(in: 9), in: other)
      try await room.database.write { db in
        try room.cases.give(
          other, to: "SFA", contact: Staff.emna.id, by: .program, at: room.clock.now, in: db)
      }
      room.clock.advance(days: 2)
      #expect(try await room.untold() == Waiting(1, since: day))
      let before = try await room.agenda.today(of: Staff.emna)
      #expect(before?.behind.appointments.count == 1)
      try await room.close(file)
      try await room.close(other, by: Staff.emna)
      #expect(try await room.untold() == nil)
      let after = try await room.agenda.today(of: Staff.emna)
      #expect(after == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `in rooms is asked once for all of them`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let rooms = ["1", "2", "3"].map { Room(id: RecordID(), antenna: "TUN", name: $0) }
      for new in rooms { try await room.agenda.add(new, by: Staff.chokri) }
      for hour in [9, 10] {
        try await room.make(room.draft(at: hour * 60, room: rooms[0].id), in: file)
      }
      let off = try await room.make(room.draft(at: 11 * 60, room: rooms[1].id), in: file)
      try await room.agenda.settle(off, .cancelled, because: "Closed", from: 1, by: Staff.amel)
      for (index, place) in rooms.prefix(2).enumerated() {
        try await room.agenda.make(
          room.session(at: (14 + index) * 60, place: nil, room: place.id), by: Staff.amel)
      }
      let plans = QueryPlans()
      let watched = AgendaRoom(plans.watching(room.database), clock: room.clock)
      let found = try await watched.agenda.allRooms(of: "TUN", for: Staff.amel)
      #expect(found.map(\.room.name) == ["1", "2", "3"] && found.map(\.planned) == [3, 1, 0])
      #expect(plans.steps.count { $0.statement.contains("COUNT(*)") } == 1)
      for offence in plans.offences(small: ["room"]) { Issue.record("\(offence)") }
      room.clock.advance(days: 4)
      #expect(try await room.agenda.allRooms(of: "TUN", for: Staff.amel).map(\.planned) == [0, 0, 0])
    }
  }
}

extension AgendaRoom {
  fileprivate func missed() async throws -> Waiting? {
    try await database.read { [today] db in try agenda.missed(at: "TUN", on: today, in: db) }
  }

  fileprivate func untold() async throws -> Waiting? {
    try await database.read { [today] db in try agenda.untold(at: "TUN", on: today, in: db) }
  }

  fileprivate func close(_ file: RecordID<CaseFile>, by actor: Actor = Staff.amel) async throws {
    let closure = Closure(
      id: RecordID(), outcome: .standing, reason: "The bakery works", closedOn: today, reopenedOn: nil,
      reopenReason: nil)
    try await cases.close(file, closure, by: actor)
  }
}
