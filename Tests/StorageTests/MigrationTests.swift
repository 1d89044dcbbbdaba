import Basics
import Storage
import TestSupport
import Testing

@Suite struct `The history of the tables` {
  private static let first = Migration(
    "2026-01-01 towns: create",
    "CREATE TABLE town (\n  name TEXT PRIMARY KEY,\n  people BIGINT,\n  seal BLOB\n)")
  private static let second = Migration(
    "2026-02-01 towns: add one", "INSERT INTO town (name, people) VALUES ('Sfax', 7)")
  private static let third = Migration("2026-03-01 towns: grow", "UPDATE town SET people = people * 2")

  @Test(arguments: TestDatabase.engines)
  func `is gone through once, in its order, and remembered`(engine: Database.Engine) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      #expect(try await database.migrate([Self.first, Self.second]) == [Self.first.name, Self.second.name])
      #expect(try await database.migrate([Self.first, Self.second]) == [])
      try await database.close()
      let again = try TestDatabase.open(engine, at: address)
      #expect(try await again.migrate([Self.first, Self.second, Self.third]) == [Self.third.name])
      #expect(try await again.migrate([Self.first, Self.second, Self.third]) == [])
      #expect(try await people(in: again) == [14])
      let names = try await again.read { db in
        try db.rows("SELECT name FROM migration ORDER BY name") { try $0[0] as String }
      }
      #expect(names == [Self.first.name, Self.second.name, Self.third.name])
      try await again.close()
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that another program wrote further is refused by name`(engine: Database.Engine) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      try await database.migrate([Self.first, Self.second, Self.third])
      let refusal = MigrationRefusal.databaseIsNewer([Self.second.name, Self.third.name])
      await #expect(throws: refusal) { try await database.migrate([Self.first]) }
      #expect(refusal.description.contains(Self.third.name))
      #expect(try await people(in: database) == [14])
      try await database.close()
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that was edited is refused by name, and nothing new is done`(engine: Database.Engine) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      try await database.migrate([Self.first, Self.second])
      let edited = Migration(Self.second.name, Self.second.sql.replacing("7", with: "8"))
      let refusal = MigrationRefusal.wasChanged(Self.second.name)
      await #expect(throws: refusal) { try await database.migrate([Self.first, edited, Self.third]) }
      #expect(refusal.description.contains(Self.second.name))
      #expect(try await people(in: database) == [7])
      try await database.close()
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `that breaks off leaves nothing half done`(engine: Database.Engine) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      try await database.migrate([Self.first])
      let broken = Migration(
        "2026-02-02 towns: break",
        "CREATE TABLE street (\n  name TEXT\n);\nINSERT INTO town (name) VALUES ('Sousse');\nINSERT INTO town VALUES (1, 2, 3, 4)"
      )
      await #expect(throws: (any Error).self) {
        try await database.migrate([Self.first, Self.second, broken])
      }
      #expect(try await people(in: database) == [])
      await #expect(throws: StorageFault.self) {
        try await database.read { db in try db.exists("SELECT 1 FROM street") }
      }
      // Mended, it goes on from where it stood.
      let mended = Migration(broken.name, "CREATE TABLE street (\n  name TEXT\n)")
      #expect(
        try await database.migrate([Self.first, Self.second, mended]) == [Self.second.name, mended.name])
      try await database.close()
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is gone through once by programs that start together`(engine: Database.Engine) async throws {
    let grown = Migration("2026-02-02 towns: add the mayor", "ALTER TABLE town ADD COLUMN mayor TEXT")
    try await TestDatabase.withAddress(engine) { address in
      @Sendable func start(with migrations: [Migration]) async throws -> (taken: Int, key: Int64) {
        let database = try TestDatabase.open(engine, at: address)
        let taken = try await database.migrate(migrations).count
        try await InstallationKeys.check(database)
        let key = try await database.read { db in try InstallationKeys.key(for: .search, in: db) }
        try await database.close()
        return (taken, key.blindToken("x"))
      }
      // On an empty database, then on one that holds something.
      var migrations = InstallationKeys.migrations + [Self.first]
      for new in [migrations.count, 1] {
        let started = try await withThrowingTaskGroup { [migrations] group in
          for _ in 0..<6 { group.addTask { try await start(with: migrations) } }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(started.map(\.taken).sorted() == [0, 0, 0, 0, 0, new])
        #expect(Set(started.map(\.key)).count == 1)
        migrations.append(grown)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `of what every installation holds can be gone through on both`(engine: Database.Engine) async throws {
    try await TestDatabase.with(engine) { database in
      #expect(try await database.migrate(InstallationKeys.migrations + Journal.migrations) == [])
      try await database.write { db in
        #expect(try InstallationKeys.mark("demo", in: db) == nil)
        try InstallationKeys.mark("demo", "yes", in: db)
        try InstallationKeys.mark("demo", "no", in: db)
        #expect(try InstallationKeys.mark("demo", in: db) == "no")
      }
    }
  }

  private func people(in database: Database) async throws -> [Int] {
    try await database.read { db in try db.rows("SELECT people FROM town ORDER BY name") { try $0[0] as Int }
    }
  }
}
