import Basics
import Cases
import Foundation
import HTTPTypes
import Pages
import Storage
import TestSupport
import Testing
import Web

@testable import Committees

/// What the home page says of committees to those who sit in one, and to those who do not.
@Suite struct `The home of a committee's member` {
  private func serve(_ room: CommitteeRoom, _ body: @Sendable (TestSite) async throws -> Void) async throws {
    let pages = CommitteePages(room.committees, papers: nil)
    try await TestSite.serve(
      [pages, Threshold(section: pages.homeSection)],
      site: { [clock = room.clock] in $0.now = { clock.now } }, body)
  }

  @Test(arguments: TestDatabase.engines)
  func `leads to the session in which she sits, with the files that she has still to score`(
    engine: Database.Engine
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      let items = [try await room.submit(), try await room.submit()]
      let session = try await room.convene(items, members: [Staff.bilel, Staff.fathi])
      let link = "href=\"/committees/\(session)\""
      try await serve(room) { site in
        // Counsellor, head of an antenna and centre alike: the seat counts.
        for actor in [Staff.bilel, Staff.chokri, Staff.fathi] {
          let home = try await site.get("/home", as: actor)
          #expect(home.status == .ok && home.text.contains(link), "\(actor.name)")
          #expect(home.text.contains("2 files to score"), "\(actor.name)")
          #expect(!home.text.contains("Zitouni") && !home.text.contains("TUN-"), "\(actor.name)")
        }
        // Whoever prepared the files has no seat; others sit in none, or may not.
        for actor in [Staff.amel, Staff.ghazi, Staff.emna, Staff.dorra, Staff.hela] {
          #expect(try await !site.get("/home", as: actor).text.contains(link), "\(actor.name)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `counts what she has scored, and forgets a session that is over or is hers no more`(
    engine: Database.Engine
  ) async throws {
    try await CommitteeRoom.with(engine) { room in
      let (first, second) = (try await room.submit(), try await room.submit())
      let session = try await room.convene([first, second], members: [Staff.bilel, Staff.emna])
      let link = "href=\"/committees/\(session)\""
      try await serve(room) { site in
        func home(_ actor: Actor) async throws -> String { try await site.get("/home", as: actor).text }
        try await room.committees.score(CommitteeRoom.points, on: first, in: session, by: Staff.bilel)
        #expect(try await home(Staff.bilel).contains("1 file to score"))
        #expect(try await home(Staff.chokri).contains("2 files to score"))
        try await room.committees.declare(.work, on: second, in: session, by: Staff.bilel)
        let done = try await home(Staff.bilel)
        #expect(done.contains(link) && !done.contains("to score"))
        try await room.committees.remove(Staff.emna.id, from: session, by: Staff.fathi)
        #expect(try await !home(Staff.emna).contains(link))
        try await room.committees.cancel(session, by: Staff.fathi)
        #expect(try await !home(Staff.bilel).contains(link))
      }
    }
  }
}
