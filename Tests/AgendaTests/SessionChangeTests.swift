import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Agenda

@Suite struct `A change of a group session` {
  @Test(arguments: TestDatabase.engines)
  func `of place or subject is told to whoever is put down, and nothing where neither is another`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, _ in
      let file = try await room.receive("Trabelsi", agrees: true)
      let session = room.session()
      try await room.agenda.make(session, by: Staff.amel)
      let seat = RecordID<SessionSeat>()
      try await room.agenda.put(seat, file, downFor: session.id, mayWait: false, by: Staff.amel)
      /// What she is told of the change that makes this version; empty where she is told nothing.
      func told(_ changed: GroupSession, makes version: Int) async throws -> String {
        try await room.agenda.change(changed, because: nil, from: version - 1, by: Staff.amel)
        return try await room.told("session:\(seat):\(version):moved")
      }
      let french = Reader(.french)
      #expect(try await told(room.session(session.id, seats: 3), makes: 2).isEmpty)
      let place = try await told(room.session(session.id, seats: 3, place: "Bibliothèque"), makes: 3)
      #expect(place.contains(french("The place has changed.")) && place.contains("Bibliothèque"))
      #expect(!place.contains(french("The time has changed.")) && place.contains("14:00"))
      let titles = GroupSession.Titles(french: "Le budget", arabic: "الميزانية", english: "The budget")
      let subject = try await told(
        room.session(session.id, seats: 3, titles: titles, place: "Bibliothèque"), makes: 4)
      #expect(subject.contains(french("The subject has changed.")) && subject.contains("Le budget"))
      #expect(!subject.contains(french("The place has changed.")))
      // A word that she does not read is none of hers.
      let other = GroupSession.Titles(french: "Le budget", arabic: "الميزانية", english: "Money")
      let same = room.session(session.id, seats: 3, titles: other, place: "Bibliothèque")
      #expect(try await told(same, makes: 5).isEmpty)
      let hall = try await hall(of: room)
      let both = try await told(
        room.session(session.id, at: 15 * 60, seats: 3, titles: other, place: nil, room: hall), makes: 6)
      #expect(both.contains(french("The time has changed.")) && both.contains("15:00"))
      #expect(both.contains(french("It is where we usually receive you.")) && !both.contains("Bibliothèque"))
      // What others may not read stands in no message: she is asked to call.
      let telling = room.session(session.id, at: 15 * 60, seats: 3, titles: other, place: "Bureau OIM")
      let discreet = try await told(telling, makes: 7)
      #expect(discreet.contains(french("The place has changed.")))
      #expect(discreet.contains(french("Call us to know more.")) && discreet.contains("15:00"))
      #expect(!discreet.contains("OIM") && !discreet.contains("budget"))
    }
  }

  private func hall(of room: AgendaRoom) async throws -> RecordID<Room> {
    let hall = Room(id: RecordID(), antenna: "TUN", name: "Hall")
    try await room.agenda.add(hall, by: Staff.chokri)
    return hall.id
  }
}

@Suite struct `The places of a group session` {
  @Test(arguments: TestDatabase.engines)
  func `are filled until it begins, and given up until it ends`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, first in
      let session = room.session(in: 1, seats: 1)
      try await room.agenda.make(session, by: Staff.amel)
      let (second, third) = (try await room.receive("Trabelsi"), try await room.receive("Gharbi"))
      let seat = RecordID<SessionSeat>()
      try await room.agenda.put(seat, first, downFor: session.id, mayWait: false, by: Staff.amel)
      // A minute before two in the afternoon of the next day.
      room.clock.advance(days: 1)
      room.clock.advance(seconds: 5 * 3_600 - 60)
      #expect(await room.putDown(second, for: session.id, mayWait: true) == "waiting")
      room.clock.advance(seconds: 120)
      #expect(await room.putDown(third, for: session.id, mayWait: true) == "session")
      try await room.serve { site in
        let shown = try await site.get("/agenda/sessions/\(session.id)", as: Staff.amel).text
        #expect(shown.contains("/agenda/seats/\(seat)/removal") && !shown.contains("name=\"case-number\""))
        let offered = try await site.get("/agenda/of/\(third)", as: Staff.amel).text
        #expect(!offered.contains("value=\"\(session.id)\""))
      }
      try await room.agenda.takeOff(seat, by: Staff.amel)
      let states = try await room.states(of: session.id)
      #expect(states == [second: .waiting])
      let kept = try await room.database.read { db in try SessionStore.find(session.id, in: db) }
      #expect(kept?.taken == 0)
      #expect(try await room.acts("session.give-seat").isEmpty)
      room.clock.advance(seconds: 3_600)
      let waiting = try await room.database.read { db in try SessionStore.waiting(for: session.id, in: db) }
      let last = try #require(waiting.first).id
      await #expect(throws: Refusal.conflict(say("This session has begun or was called off."))) {
        try await room.agenda.takeOff(last, by: Staff.amel)
      }
    }
  }
}

@Suite struct `The list of group sessions` {
  @Test(arguments: TestDatabase.engines)
  func `goes on page by page, and says where it shows only the first`(engine: Database.Engine) async throws {
    try await AgendaRoom.with(engine) { room, file in
      let coming = (0..<205).map { room.session(in: 1 + $0 / 50, at: 360 + $0 % 50 * 15, minutes: 15) }
      let past = (0..<103).map { room.session(in: -1 - $0 / 50, at: 360 + $0 % 50 * 15, minutes: 15) }
      try await room.database.write { db in
        for session in coming + past {
          _ = try SessionStore.insert(session, by: Staff.amel, at: room.clock.now, in: db)
        }
      }
      let plans = QueryPlans()
      let watched = AgendaRoom(plans.watching(room.database), clock: room.clock)
      var cursor: SessionCursor?
      var pages: [SessionsFound] = []
      repeat {
        let found = try await watched.agenda.sessions(at: "TUN", after: cursor, for: Staff.amel)
        pages.append(found)
        cursor = found.next.flatMap { SessionCursor($0.text) }
      } while cursor != nil && pages.count < 9
      try #require(pages.map(\.sessions.count) == [100, 100, 5])
      let shown = pages.flatMap(\.sessions).map(\.session)
      #expect(shown.map(\.id) == coming.map(\.id))
      #expect(pages.map(\.past.count) == [100, 0, 0] && pages.map(\.isCut) == [true, false, false])
      #expect(pages[0].past.first?.session.time.day == room.today + -1)
      #expect(plans.steps.count { $0.statement.contains("group_session") } == 4)
      for offence in plans.offences() { Issue.record("\(offence)") }
      let (next, last) = (try #require(pages[1].next), try #require(coming.last))
      try await room.serve { site in
        let list = try await site.get("/agenda/sessions", as: Staff.amel).text
        #expect(list.contains("rel=\"next\"") && list.contains("Only the first are shown: 100."))
        #expect(!list.contains(AgendaPaths.session(last.id)))
        let end = try await site.get(AgendaPaths.sessions(at: "TUN", after: next), as: Staff.amel).text
        #expect(!end.contains("rel=\"next\"") && end.contains(AgendaPaths.session(last.id)))
        let offered = try await site.get("/agenda/of/\(file)", as: Staff.amel).text
        #expect(offered.contains("Only the first are shown: 100."))
      }
    }
  }
}
