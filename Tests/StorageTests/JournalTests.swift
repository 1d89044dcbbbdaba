import Basics
import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite struct `The journal` {
  @Test(arguments: TestDatabase.engines)
  func `holds who did what, to which record, field by field`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine) { database in
      let salma = try Subject(id: PersonID(), key: database.vault.newKey().key)
      let visit = RecordReference("visit", RecordID<Never>())
      let changes = [
        FieldChange(field: "place", before: nil, after: "Sfax"),
        FieldChange(field: "note", before: "", after: nil),
      ]
      try await database.write { db in
        try Journal.append(
          "visit.record", on: visit, of: salma, by: Staff.amel, at: TestClock.start, version: 3,
          changes: changes,
          in: db)
        try Journal.append(
          "person.open", on: RecordReference("person", salma.id), of: salma, by: Staff.fathi,
          at: TestClock.start.addingTimeInterval(1), in: db)
      }
      let history = try await database.read { db in try Journal.history(of: salma, limit: 10, in: db) }
      #expect(history.map(\.act) == ["person.open", "visit.record"])
      let entry = try #require(history.last)
      #expect(entry.actor == Staff.amel.id && entry.antenna == "TUN" && entry.at == TestClock.start)
      #expect(entry.record == visit && entry.subject == salma.id && entry.version == 3)
      #expect(entry.changes == changes)
      #expect(history.first?.antenna == nil && history.first?.changes.isEmpty == true)
      let since = try await database.read { db in
        (
          try Journal.since(version: 2, of: visit, key: salma.key, in: db).map(\.changes),
          try Journal.since(version: 3, of: visit, key: salma.key, in: db).count
        )
      }
      #expect(since.0 == [changes] && since.1 == 0)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tells that something was done, and not what, where its words were altered`(engine: Database.Engine)
    async throws
  {
    try await TestDatabase.with(engine) { database in
      let salma = try Subject(id: PersonID(), key: database.vault.newKey().key)
      let person = RecordReference("person", salma.id)
      let change = FieldChange(field: "place", before: nil, after: "Sfax")
      try await database.write { db in
        try Journal.append(
          "person.change", on: person, of: salma, by: Staff.amel, at: TestClock.start, version: 2,
          changes: [change], in: db)
        let sealed: [UInt8] = try #require(try db.value("SELECT changes FROM journal_entry"))
        try db.run("UPDATE journal_entry SET changes = \(Array(sealed.dropLast()))")
      }
      let history = try await database.read { db in try Journal.history(of: salma, limit: 10, in: db) }
      #expect(history.map(\.act) == ["person.change"] && history[0].changes.isEmpty)
      // What is merged with others is never taken for nothing.
      await #expect(throws: KeyFault.wrongKey) {
        try await database.read { db in
          _ = try Journal.since(version: 1, of: person, key: salma.key, in: db)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tells of what was kept and of nothing that was not`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine, migrations: Sample.migrations) { database async throws in
      await #expect(throws: ChangedMyMind()) {
        try await database.write { db in
          try Sample.insert("a", in: db)
          try JournalRoom.append(1, in: db)
          throw ChangedMyMind()
        }
      }
      #expect(try await database.read { db in try db.exists("SELECT 1 FROM journal_entry") } == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `names nobody without her key, and stays sound when it is destroyed`(
    engine: Database.Engine
  ) async throws {
    try await JournalRoom.with(engine) { room in
      let salma = try Subject(id: PersonID(), key: room.database.vault.newKey().key)
      try await room.database.write { db in
        try Journal.append(
          "person.correct", on: RecordReference("person", salma.id), of: salma, by: Staff.amel,
          at: TestClock.start,
          version: 2, changes: [FieldChange(field: "name", before: "Salma", after: "سلمى بن عثمان")], in: db)
      }
      try await room.fill(9)
      try await Journal.seal(room.database, at: TestClock.start)
      let lines = try await room.export()
      let whole = lines.joined()
      for secret in ["Salma", "سلمى", String(Data("Salma".utf8).base64EncodedString().prefix(6))] {
        #expect(!whole.contains(secret))
      }
      // From here on nobody has the key.
      let entry = try #require(
        try await room.database.read { db in
          try Journal.since(
            version: 0, of: RecordReference("person", salma.id), key: nil, in: db
          ).first
        })
      #expect(entry.changes.isEmpty && entry.act == "person.correct" && entry.subject == salma.id)
      let report = room.audit(lines)
      #expect(report.isSound && report.entries == 10)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is sealed head by head, and only when something waits`(engine: Database.Engine) async throws {
    try await JournalRoom.with(engine) { room in
      try await Journal.seal(room.database, at: TestClock.start)
      #expect(try await room.heads() == [])
      for (entries, at) in [(3, 0), (1, 60), (4, 120)] {
        try await room.fill(entries)
        try await Journal.seal(room.database, at: TestClock.start.addingTimeInterval(Double(at)))
        try await Journal.seal(room.database, at: TestClock.start.addingTimeInterval(Double(at) + 30))
      }
      #expect(try await room.heads() == [3, 4, 8])
      let (hashes, head) = try await room.database.read { db in
        (
          try db.rows("SELECT hash FROM journal_entry ORDER BY position") { try $0[0] as [UInt8] },
          try Journal.page(of: nil, after: nil, in: db).head
        )
      }
      #expect(head?.size == 8 && head?.root == MerkleTree.root(of: hashes))
      #expect(head?.at == TestClock.start.addingTimeInterval(120))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is sealed and exported however long it is`(engine: Database.Engine) async throws {
    try await JournalRoom.with(engine) { room async throws in
      // Heads before, on and after the pages of an export; then more than one head takes.
      for entries in [700, 300, 1_000, 1, 5_003] {
        try await room.fill(entries)
        try await Journal.seal(room.database, at: TestClock.start)
      }
      try await room.fill(1_001)
      #expect(try await room.heads() == [700, 1_000, 2_000, 2_001, 7_001, 7_004])
      let lines = try await room.export()
      // The opening, what is sealed, its heads, what waits.
      let parts = [1, 7_004, 6, 1_001]
      #expect(lines.count == parts.reduce(0, +))
      #expect(Set(lines).count == lines.count)
      let report = room.audit(lines)
      #expect(report.findings == [])
      #expect(report.entries == 7_004 && report.heads == 6 && report.waiting == 1_001)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is sealed by several programs at once, each entry in one place`(engine: Database.Engine) async throws
  {
    try await JournalRoom.with(engine) { room in
      let other = try TestDatabase.open(engine, at: room.address)
      try await withThrowingTaskGroup { group in
        for database in [room.database, other] {
          group.addTask {
            for _ in 0..<30 {
              try await database.write { db in for n in 0..<3 { try JournalRoom.append(n, in: db) } }
              try await Journal.seal(database, at: TestClock.start)
            }
          }
        }
        try await group.waitForAll()
      }
      try await other.close()
      let report = room.audit(try await room.export())
      #expect(report.findings == [])
      #expect(report.entries == 180 && report.waiting == 0)
    }
  }

  @Test func `refuses to go on from a damaged head`() async throws {
    try await JournalRoom.with(.sqlite) { room in
      try await room.fill(3)
      try await Journal.seal(room.database, at: TestClock.start)
      try await room.change("UPDATE journal_head SET frontier = \([UInt8](repeating: 0, count: 31))")
      try await room.fill(1)
      await #expect(throws: StorageFault.self) { try await Journal.seal(room.database, at: TestClock.start) }
      #expect(try await room.heads() == [3])
    }
  }
}
