import Accounts
import Antennas
import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Oversight

@Suite struct `The journal as a page` {
  @Test(arguments: TestDatabase.engines)
  func `an antenna sees what its staff did, the nation sees all, others are told which duty is missing`(
    engine: Database.Engine
  ) async throws {
    try await serve(engine) { database, site in
      try await Self.write(1, by: Staff.amel, in: database)
      try await Self.write(1, by: Staff.emna, in: database)
      let tunis = try await site.get(OversightPaths.journal, as: Staff.chokri)
      #expect(tunis.text.contains("Opened the file of a test"))
      #expect(!tunis.text.contains("Sfax"))
      let nation = try await site.get(OversightPaths.journal, as: Staff.hela)
      #expect(nation.text.contains(">Tunis<") && nation.text.contains(">Sfax<"))
      #expect(try await site.get(OversightPaths.journal, as: Staff.amel).text.contains("read the journal"))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `pages follow each other without gap or repetition, and the newest head can be handed over`(
    engine: Database.Engine
  ) async throws {
    try await TestDatabase.with(engine) { database in
      try await Self.write(120, by: Staff.emna, in: database)
      try await Self.write(7, by: Staff.amel, in: database)
      try await Journal.seal(database, at: Self.noon)
      let oversight = Oversight(database: database)
      var seen: [RecordID<JournalEntry>] = []
      var cursor: JournalCursor?
      repeat {
        let page = try await oversight.page(after: cursor, for: Staff.hela)
        #expect(page.entries.count <= 50)
        #expect(page.head?.text.hasPrefix("127:") == true)
        seen += page.entries.map(\.id)
        cursor = page.next.flatMap { JournalCursor($0.text) }
      } while cursor != nil
      #expect(seen.count == 127)
      #expect(Set(seen).count == 127)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `both views read an index and sort nothing`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine) { database in
      let cursor = JournalCursor("1000~\(RecordID<JournalEntry>())")
      for antenna in [nil, AntennaCode(rawValue: "TUN")] {
        for cursor in [nil, cursor] {
          let plan = try await database.plan(of: Journal.statement(of: antenna, after: cursor))
          #expect(plan.contains(antenna == nil ? "journal_entry_recent" : "journal_entry_antenna"), "\(plan)")
          #expect(!plan.contains("TEMP B-TREE") && !plan.contains("Sort"), "\(plan)")
        }
      }
    }
  }

  private static let noon = Date(timeIntervalSince1970: 1_795_000_000)

  private static func write(_ count: Int, by actor: Actor, in database: Database) async throws {
    try await database.write { db in
      for index in 0..<count {
        let record = RecordReference("test", RecordID<Never>())
        // Several in the same millisecond: the id decides.
        let at = noon.addingTimeInterval(Double(index / 3))
        try Journal.append("test.open", on: record, by: actor, at: at, in: db)
      }
    }
  }

  private func serve(
    _ engine: Database.Engine, _ body: @escaping @Sendable (Database, TestSite) async throws -> Void
  ) async throws {
    try await TestDatabase.with(engine, migrations: Antennas.migrations + Accounts.migrations) { database in
      let pages = OversightPages(
        Oversight(database: database), accounts: Accounts(database: database),
        antennas: Antennas(database: database),
        words: { $0 == "test.open" ? say("Opened the file of a test") : nil })
      try await TestSite.serve([pages]) { site in try await body(database, site) }
    }
  }
}
