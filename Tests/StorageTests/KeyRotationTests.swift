import Basics
import TestSupport
import Testing

@testable import Storage

@Suite struct `Turning over to a new master key` {
  private static let migrations = [
    Migration(
      "2026-01-01 holders: create",
      "CREATE TABLE holder (\n  id TEXT PRIMARY KEY,\n  wrapped BLOB NOT NULL,\n  sealed BLOB NOT NULL\n)")
  ]
  private static let count = 3_500

  /// As an area does it that keeps wrapped keys.
  @Sendable private static func rewrap(after id: String, limit: Int, in db: Connection) throws -> (
    done: Int, last: String?
  ) {
    let rows = try db.rows("SELECT id, wrapped FROM holder WHERE id > \(id) ORDER BY id LIMIT \(limit)") {
      (id: try $0[0] as String, wrapped: try $0[1] as [UInt8])
    }
    for row in rows {
      guard let wrapped = try db.vault.rewrap(row.wrapped) else { continue }
      try db.run("UPDATE holder SET wrapped = \(wrapped) WHERE id = \(row.id)")
    }
    return (rows.count, rows.last?.id)
  }

  @Test(arguments: TestDatabase.engines)
  func `wraps thousands of keys, interrupted or not, and loses none`(engine: Database.Engine) async throws {
    let (old, new) = (MasterKey(), MasterKey())
    try await TestDatabase.withAddress(engine) { address in
      let before = try TestDatabase.open(engine, at: address, keys: KeyRing([old]))
      try await before.migrate(InstallationKeys.migrations + Self.migrations)
      try await InstallationKeys.check(before)
      try await before.write { db in
        for n in 0..<Self.count {
          let (key, wrapped) = try db.vault.newKey()
          let sealed = try key.seal("person \(n)", as: "\(n)")
          try db.run(
            "INSERT INTO holder (id, wrapped, sealed) VALUES (\(String(10_000 + n)), \(wrapped), \(sealed))")
        }
      }
      try await before.close()

      let turning = try TestDatabase.open(engine, at: address, keys: KeyRing([new, old]))
      let batches = Shared(0)
      await #expect(throws: ChangedMyMind()) {
        try await KeyRotation.run(
          turning,
          holders: [
            { after, limit, db in
              let batch = try Self.rewrap(after: after, limit: limit, in: db)
              if batches.update({
                $0 += 1; return $0
              }) == 2 {
                throw ChangedMyMind()
              }
              return batch
            }
          ])
      }
      // The first batch was kept, the second undone: both keys are needed and enough.
      #expect(try await opened(in: turning) == Self.count)
      try await turning.close()
      for ring in [KeyRing([old]), KeyRing([new])] {
        let alone = try TestDatabase.open(engine, at: address, keys: ring)
        await #expect(throws: KeyFault.wrongKey) { try await opened(in: alone) }
        try await alone.close()
      }

      let again = try TestDatabase.open(engine, at: address, keys: KeyRing([new, old]))
      let done = try await KeyRotation.run(again, holders: [Self.rewrap])
      #expect(done == Self.count + InstallationKeys.Purpose.allCases.count)
      #expect(try await KeyRotation.run(again, holders: [Self.rewrap]) == done)
      try await again.close()

      let after = try TestDatabase.open(engine, at: address, keys: KeyRing([new]))
      try await InstallationKeys.check(after)
      #expect(try await opened(in: after) == Self.count)
      try await after.close()
    }
  }

  /// How many of the sealed texts open and say what they should.
  @discardableResult
  private func opened(in database: Database) async throws -> Int {
    try await database.read { db in
      try db.rows("SELECT id, wrapped, sealed FROM holder ORDER BY id") { row in
        let n = try #require(Int(try row[0] as String)) - 10_000
        return try db.vault.unwrap(try row[1]).openText(try row[2], as: "\(n)") == "person \(n)"
      }.count { $0 }
    }
  }
}
