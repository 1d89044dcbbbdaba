import Antennas
import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Board

@Suite struct `The board` {
  private static let day = Day(of: TestClock.start)

  /// Two complaints wait in Tunis, one task at the centre, nothing in Sfax.
  private static let lines = [
    BoardLine(.complaints, path: { antenna, _ in antenna.map { "/complaints?antenna=\($0)" } }) {
      antenna, _, today, _ in
      antenna == "TUN" ? Waiting(2, since: today + -9) : nil
    },
    BoardLine(.tasks) { antenna, _, today, _ in antenna == nil ? Waiting(1, since: today + -1) : nil },
    BoardLine(.visits) { antenna, _, today, _ in
      antenna == "SFA" ? Waiting(Waiting.most + 1, since: today) : nil
    },
  ]

  private func serve(_ engine: Database.Engine = .sqlite, _ body: @Sendable (TestSite) async throws -> Void)
    async throws
  {
    try await TestDatabase.with(engine, migrations: Antennas.migrations) { database in
      let board = Board(database: database, antennas: Antennas(database: database), lines: Self.lines)
      try await TestSite.serve([BoardPages(board)], site: { $0.now = { TestClock.start } }, body)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `shows the centre all antennas and itself, with since when`(engine: Database.Engine) async throws {
    try await serve(engine) { site in
      let page = try await site.get("/board", as: Staff.fathi)
      #expect(page.status == .ok)
      #expect(page.text.contains("<a href=\"/complaints?antenna=TUN\">2</a>"))
      #expect(page.text.contains("datetime=\"\(Self.day + -9)\""))
      #expect(page.text.contains("datetime=\"\(Self.day + -1)\""))
      #expect(page.text.contains("more than 500") && page.text.contains("href=\"/board?antenna=SFA\""))
      #expect(page.bytes.count < 50_000)
      let one = try await site.get("/board?antenna=TUN", as: Staff.fathi)
      #expect(one.status == .ok && one.text.contains("the head of the antenna, or the centre"))
      #expect(!one.text.contains("more than 500"))
      #expect(try await site.get("/board?antenna=XXX", as: Staff.fathi).status == .notFound)
    }
  }

  @Test func `shows the head of an antenna hers, whatever she asks for`() async throws {
    try await serve { site in
      let own = try await site.get("/board?antenna=SFA", as: Staff.chokri)
      #expect(own.status == .ok && own.text.contains("/complaints?antenna=TUN"))
      let other = try await site.get("/board?antenna=TUN", as: Staff.ghazi)
      #expect(other.text.contains("more than 500") && !other.text.contains("/complaints?antenna=TUN"))
      for actor in [Staff.amel, Staff.bilel, Staff.dorra, Staff.hela] {
        #expect(try await site.get("/board", as: actor).status == .forbidden, "\(actor.name)")
      }
    }
  }

  @Test func `hides a line from whoever lacks its duty`() async throws {
    let head = Actor(
      id: Staff.chokri.id, name: "Chokri", institution: "OTE", antenna: "TUN", scope: .antenna,
      duties: [.openFiles, .assignCases])
    try await TestDatabase.with(.sqlite, migrations: Antennas.migrations) { database in
      let board = Board(database: database, antennas: Antennas(database: database), lines: Self.lines)
      let shown = try await board.read(at: nil, on: Self.day, for: head)
      #expect(shown.rows.map(\.line.kind) == [.tasks, .visits])
    }
  }

  @Test(arguments: TestDatabase.engines) func `counts up to its limit and says the first day`(
    engine: Database.Engine
  ) async throws {
    try await TestDatabase.with(engine) { database in
      try await database.read { db in
        #expect(try Waiting(days: "SELECT '2026-03-12' AS since WHERE 1 = 0", in: db) == nil)
        let some = try Waiting(
          days: "SELECT '2026-03-12' AS since UNION ALL SELECT '2026-03-08' ORDER BY since", in: db)
        #expect(some == Waiting(2, since: Self.day + -4))
        let days: SQL = """
          WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)
          SELECT CASE WHEN i = 600 THEN '2026-03-01' ELSE '2026-03-12' END AS since FROM n
          ORDER BY since
          """
        let many = try Waiting(days: days, in: db)
        #expect(many?.count == Waiting.most && many?.isCapped == true)
        // The oldest, though it was the last to be found.
        #expect(many?.since == Day("2026-03-01"))
        let moment = try Waiting(moments: "SELECT CAST(1773273600000 AS BIGINT) AS since", in: db)
        #expect(moment == Waiting(1, since: Day(of: Date(timeIntervalSince1970: 1_773_273_600))))
      }
    }
  }

  @Test func `names every kind of thing and who has to act, in every language`() {
    for language in Language.allCases {
      let reader = Reader(language)
      let labels = BoardLine.Kind.allCases.map { reader($0.label) }
      #expect(Set(labels).count == BoardLine.Kind.allCases.count)
      #expect(BoardLine.Kind.allCases.allSatisfy { !reader($0.who).isEmpty })
    }
  }
}
