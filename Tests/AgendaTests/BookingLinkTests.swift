import Basics
import Cases
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Agenda

@Suite struct `A link to take a time` {
  @Test(arguments: TestDatabase.engines)
  func `is the same when its form is sent again, and is not taken for another`(engine: Database.Engine)
    async throws
  {
    try await AgendaRoom.with(engine) { room, file in
      try await room.hours()
      try await room.hours(of: Staff.chokri)
      let draft = BookingDraft(id: RecordID(), account: Staff.amel.id)
      for _ in 1...2 { try await room.agenda.makeLink(draft, in: file, by: Staff.amel) }
      let others = [
        BookingDraft(id: draft.id, account: Staff.chokri.id),
        BookingDraft(id: draft.id, account: Staff.amel.id, way: .phone),
        BookingDraft(id: draft.id, account: Staff.amel.id, minutes: 45),
      ]
      for other in others {
        await #expect(throws: Refusal.sentBefore("link-minutes")) {
          try await room.agenda.makeLink(other, in: file, by: Staff.amel)
        }
      }
      let neighbour = try await room.receive("Trabelsi")
      await #expect(throws: Refusal.sentBefore("link-minutes")) {
        try await room.agenda.makeLink(draft, in: neighbour, by: Staff.amel)
      }
      let links = try await room.database.read { db in
        try BookingStore.links(of: file, in: db) + BookingStore.links(of: neighbour, in: db)
      }
      #expect(links.map(\.id) == [draft.id] && links.allSatisfy { $0.isFrom(draft) })
      #expect(try await room.acts("booking.make-link").count == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `shows nothing any more once a colleague has the time that was taken with it`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, file in
      try await room.hours()
      let (id, token) = try await room.link(in: file)
      let free = try await room.agenda.look(token).free
      try await room.agenda.take(try #require(free.first).text, behind: token)
      _ = try await room.agenda.look(token)
      try await room.database.write { db in
        try db.run("UPDATE appointment SET with_account = \(Staff.chokri.id) WHERE case_file = \(file)")
      }
      await #expect(throws: Agenda.BadLink.used) { _ = try await room.agenda.look(token) }
      try await room.serve { site in
        let page = try await site.get("/agenda/of/\(file)", as: Staff.amel).text
        #expect(!page.contains(AgendaPaths.slipRevocation(id)))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `can be taken back as long as it shows a time, and not once it shows nothing`(
    engine: Database.Engine
  ) async throws {
    try await AgendaRoom.with(engine) { room, file in
      try await room.hours()
      let (id, token) = try await room.link(in: file)
      let (other, spent) = try await room.link(in: file)
      let revocation = AgendaPaths.slipRevocation(id)
      try await room.serve { site in
        let new = try await site.get("/agenda/of/\(file)", as: Staff.amel).text
        #expect(new.contains(revocation) && new.contains(AgendaPaths.slipRevocation(other)))
        // Ten days on she takes a time that is further ahead than the link's own days.
        room.clock.advance(days: 10)
        let free = try await room.agenda.look(token).free
        try await room.agenda.take(try #require(free.last).text, behind: token)
        try await room.agenda.take(try #require(free.first).text, behind: spent)
        room.clock.advance(days: 5)
        #expect(try await site.get("/times/\(token)", as: nil).status == .ok)
        #expect(try await site.get("/times/\(spent)", as: nil).status == .gone)
        let late = try await site.get("/agenda/of/\(file)", as: Staff.amel).text
        #expect(late.contains(revocation) && late.contains("a time was chosen"))
        // A sheet is for whoever has no time yet; behind the other link there is nothing to take back.
        #expect(!late.contains("\"\(AgendaPaths.slip(id))\""))
        #expect(!late.contains(AgendaPaths.slipRevocation(other)))
        #expect(try await site.post(revocation, as: Staff.amel).location == "/agenda/of/\(file)")
        #expect(try await site.get("/times/\(token)", as: nil).status == .gone)
        let after = try await site.get("/agenda/of/\(file)", as: Staff.amel).text
        #expect(after.contains("taken back") && !after.contains(revocation))
      }
      let states = try await room.appointments(of: file).map(\.state)
      #expect(states == [.planned, .planned])
    }
  }

  @Test func `is found by none of ten thousand guesses, and few of them are written down`() async throws {
    try await AgendaRoom.with(.sqlite) { room, file in
      try await room.hours()
      let (id, token) = try await room.link(in: file)
      let pages = BookingPages(room.agenda, isSecure: false, guessesAMinute: 20)
      var (written, waiting) = (0, 0)
      for number in 0..<10_000 {
        // Half of them know the id of the link and guess its signature, of the right length.
        let guessed = number % 2 == 0 ? id : RecordID<BookingLink>()
        let hex = String(UInt64.random(in: 1 << 60...UInt64.max), radix: 16)
        let guess = "\(guessed)-\(hex)\(hex)"
        do {
          _ = try await room.agenda.look(guess)
          Issue.record("shown: \(guess)")
        } catch Agenda.BadLink.unknown {
          do {
            try await pages.note(.unknown, of: guess, from: "203.0.113.7", at: room.clock.now)
            written += 1
          } catch Refusal.tooMany {
            waiting += 1
          }
        }
      }
      #expect(written == 20 && waiting == 9_980)
      #expect(try await room.acts("booking.bad-link").count == 20)
      // Whoever has the link is let in all the same, and another address is heard.
      #expect(try await !room.agenda.look(token).free.isEmpty)
      try await pages.note(.unknown, of: "a-b", from: "198.51.100.9", at: room.clock.now)
      #expect(try await room.acts("booking.bad-link").count == 21)
    }
  }
}
