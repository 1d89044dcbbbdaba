import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Committees

@Suite struct `The door of committees` {
  @Test(arguments: TestDatabase.engines)
  func `takes an item once, and says so when it comes with something else`(engine: Database.Engine)
    async throws
  {
    try await CommitteeRoom.with(engine) { room in
      let file = try await room.receive()
      let item = room.item(file)
      for _ in 1...2 { try await room.committees.submit(item, by: Staff.amel) }
      let other = NewItem(
        id: item.id, file: file, origin: item.origin, track: item.track, title: item.title,
        amount: Money(1, .tnd), preparedBy: item.preparedBy, summary: item.summary)
      await #expect(throws: Refusal.sentBefore("summary")) {
        try await room.committees.submit(other, by: Staff.amel)
      }
      await #expect(throws: Refusal.notFound) {
        try await room.committees.submit(room.item(file), by: Staff.emna)
      }
      await #expect(throws: Refusal.notAllowed(.prepareAids)) {
        try await room.committees.submit(room.item(file), by: Staff.dorra)
      }
      let waiting = try await room.committees.waiting(at: "TUN", after: nil, for: Staff.fathi)
      let elsewhere = try await room.committees.waiting(at: "SFA", after: nil, for: Staff.fathi)
      #expect(waiting.items.map(\.id) == [item.id] && elsewhere.items.isEmpty)
      let title = waiting.items.first.map { $0.title(for: Reader(.french)) }
      #expect(title == "Aide sociale\u{A0}: logement")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `submits at one moment from two places, and takes both for one`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = room.item(try await room.receive())
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<4 { group.addTask { try await room.committees.submit(item, by: Staff.amel) } }
        try await group.waitForAll()
      }
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act = 'committee.submit'") { try $0[0] as String }
      }
      #expect(acts.count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keeps a case open for as long as it is before a committee`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let file = try await room.database.read { db in try CommitteeItemStore.require(item, in: db).file }
      func close() async throws {
        let closure = Closure(
          id: RecordID(), outcome: .standing, reason: "Stands", closedOn: room.today, reopenedOn: nil,
          reopenReason: nil)
        try await room.cases.close(file, closure, by: Staff.amel)
      }
      await #expect(
        throws: Refusal.conflict(say("This case is before a committee. Take it back first."))
      ) { try await close() }
      try await room.committees.withdraw(item, because: "She found work", by: Staff.amel)
      try await close()
      await #expect(throws: Refusal.self) {
        try await room.committees.submit(room.item(file), by: Staff.amel)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `lists for an antenna what is of that antenna, and takes nothing back that is decided`(
    engine: Database.Engine
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      let (own, foreign) = (try await room.submit(), try await room.submit(by: Staff.emna))
      let session = RecordID<CommitteeSession>()
      let draft = SessionDraft(
        antenna: "TUN", day: room.today, place: "Tunis", quorum: 2, hidesIdentity: false)
      for _ in 1...2 { try await room.committees.convene(session, draft, by: Staff.fathi) }
      let gone = Refusal.conflict(
        say("One of these does not wait for this session any more. Look again."))
      await #expect(throws: gone) {
        try await room.committees.list([own, foreign], in: session, by: Staff.fathi)
      }
      for _ in 1...2 { try await room.committees.list([own], in: session, by: Staff.fathi) }
      for _ in 1...2 { try await room.committees.takeOff(own, from: session, by: Staff.fathi) }
      let state = try await room.state(of: own)
      #expect(state == .waiting)
      try await room.committees.list([own], in: session, by: Staff.fathi)
      // It has the number it had.
      let opened = try await room.open(session)
      #expect(opened.entries.map(\.number) == [1])
      try await room.committees.withdraw(own, because: "She found work", by: Staff.amel)
      let emptied = try await room.open(session)
      #expect(emptied.entries.isEmpty)

      let other = try await room.convene([foreign])
      try await room.vote(.granted, on: foreign, in: other, by: [Staff.chokri, Staff.bilel])
      try await room.committees.decide(
        Decision.Words(.granted), as: RecordID(), on: foreign, in: other, by: Staff.chokri)
      await #expect(
        throws: Refusal.conflict(say("A committee has decided this: it cannot be taken back."))
      ) { try await room.committees.withdraw(foreign, because: "Late", by: Staff.emna) }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `seats one chair, and none who may not sit`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let session = try await room.convene([])
      await #expect(
        throws: Refusal.conflict(
          say("This session has a chair. Remove her, or give her another role first."))
      ) { try await room.committees.seat(Staff.amel.id, as: .chair, in: session, by: Staff.fathi) }
      await #expect(
        throws: Refusal.invalid([
          FieldError("account", say("Choose somebody who may sit in committees."))
        ])
      ) { try await room.committees.seat(Staff.hela.id, as: .member, in: session, by: Staff.fathi) }
      await #expect(throws: Refusal.self) {
        try await room.committees.remove(Staff.chokri.id, from: session, by: Staff.chokri)
      }
      try await room.committees.seat(Staff.chokri.id, as: .secretary, in: session, by: Staff.fathi)
      try await room.committees.seat(Staff.ghazi.id, as: .chair, in: session, by: Staff.fathi)
      let item = try await room.submit()
      try await room.committees.list([item], in: session, by: Staff.fathi)
      await #expect(throws: Refusal.conflict(say("You sit here without a vote."))) {
        try await room.committees.score(CommitteeRoom.points, on: item, in: session, by: Staff.chokri)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `neither votes nor decides before the day of the session`(engine: Database.Engine) async throws {
    try await CommitteeRoom.with(engine) { room in
      let item = try await room.submit()
      let (session, day) = (RecordID<CommitteeSession>(), room.today + 3)
      let draft = SessionDraft(antenna: nil, day: day, place: "Tunis", quorum: 2, hidesIdentity: false)
      try await room.committees.convene(session, draft, by: Staff.fathi)
      for (actor, role) in [(Staff.chokri, CommitteeSession.Role.chair), (Staff.bilel, .member)] {
        try await room.committees.seat(actor.id, as: role, in: session, by: Staff.fathi)
      }
      try await room.committees.list([item], in: session, by: Staff.fathi)
      try await room.committees.score(CommitteeRoom.points, on: item, in: session, by: Staff.chokri)
      let early = Refusal.conflict(say("The session is on \(day): nothing is voted or decided before."))
      await #expect(throws: early) {
        try await room.committees.vote(.granted, on: item, in: session, by: Staff.chokri)
      }
      await #expect(throws: early) {
        try await room.committees.setPresent([Staff.chokri.id], in: session, by: Staff.chokri)
      }
      await #expect(throws: early) {
        try await room.committees.decide(
          Decision.Words(.granted), as: RecordID(), on: item, in: session, by: Staff.fathi)
      }
    }
  }
}
