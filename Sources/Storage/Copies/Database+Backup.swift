import Basics
import CPostgres
import Foundation
import GRDB

extension Database {
  /// Copies the database into `folder` as its engine does it, while it is served. The master key is not in it.
  /// - Throws: `CopyFolder.Fault`; `StorageFault` when the engine's own tool fails.
  package func backUp(to folder: CopyFolder, at now: Date) async throws {
    try folder.make()
    let (history, proof) = try await read { db in (try Self.history(in: db), try Self.proof(in: db)) }
    let name = try await store.backUp(to: folder)
    let file = try CopyFolder.file(at: folder.path(of: name), named: name)
    try folder.finish(
      CopyFolder.List(
        kind: .backup, engine: engine.rawValue, madeAt: now.formatted(.iso8601), migrations: history,
        proof: proof, files: [file]))
  }
}

/// A backup put back: where nothing is yet.
package enum BackupRestore {
  /// Puts the file of a backup at `path`, when the key opens it.
  /// - Throws: `CopyRefusal.inUse` when something is there already.
  package static func sqlite(_ list: CopyFolder.List, from folder: CopyFolder, to path: String, vault: Vault)
    async throws
  {
    let files = FileManager.default
    guard list.engine == Database.Engine.sqlite.rawValue else { throw CopyRefusal.otherEngine(list.engine) }
    guard !files.fileExists(atPath: path), let file = list.files.first else { throw CopyRefusal.inUse }
    // Never a half under the name itself.
    let part = "\(path).part"
    try? files.removeItem(atPath: part)
    do {
      try files.copyItem(atPath: folder.path(of: file.name), toPath: part)
      let database = try Database.sqlite(part, vault: vault, readers: 1)
      try await database.write { db in try Database.proveKey(in: db) }
      try await database.close()
      try files.moveItem(atPath: part, toPath: path)
    } catch {
      for end in ["", "-wal", "-shm"] { try? files.removeItem(atPath: part + end) }
      throw error
    }
  }

  /// Lets `pg_restore` read the backup into an empty schema, all or nothing.
  package static func postgres(
    _ list: CopyFolder.List, from folder: CopyFolder, to address: String, _ database: Database
  ) async throws {
    guard list.engine == Database.Engine.postgres.rawValue else { throw CopyRefusal.otherEngine(list.engine) }
    // Before: what pg_restore has committed stays.
    guard (try? database.vault.unwrap([UInt8](list.proof))) != nil else { throw CopyRefusal.otherKey }
    guard try await database.read({ db in try TableShape.names(in: db).isEmpty }), let file = list.files.first
    else { throw CopyRefusal.inUse }
    try PostgresTool(address).run(
      "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname",
      "",
      folder.path(of: file.name))
    try await database.write { db in try Database.proveKey(in: db) }
  }
}

extension SQLiteStore {
  func backUp(to folder: CopyFolder) async throws -> String {
    let name = "tounesna.db"
    let path = folder.path(of: name)
    try translatingFaults {
      let copy = try DatabaseQueue(path: path)
      // All pages at one go: page by page, each writing beside it would begin it anew.
      try openReader().backup(to: copy)
      let state = try copy.inDatabase { db in
        // The copy is one file, without a log beside it.
        try db.execute(sql: "PRAGMA journal_mode = DELETE")
        return try String.fetchOne(db, sql: "PRAGMA quick_check(1)")
      }
      try copy.close()
      guard state == "ok" else { throw StorageFault.other("the copy is damaged: \(state ?? "")") }
    }
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return name
  }
}

extension PostgresStore {
  func backUp(to folder: CopyFolder) async throws -> String {
    let name = "tounesna.dump"
    let schema = try await read { db in try db.schema() }
    try PostgresTool(address).run(
      // Its tables and views and not the schema itself, which is there when they come back.
      "pg_dump", "--format=custom", "--table", "\"\(schema)\".*", "--no-owner", "--no-privileges", "--file",
      folder.path(of: name))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path(of: name))
    return name
  }
}

extension Connection {
  /// The schema of PostgreSQL in which the tables are.
  fileprivate func schema() throws -> String {
    try value("SELECT CAST(current_schema() AS TEXT)", as: String.self) ?? "public"
  }
}

/// PostgreSQL's own commands, told by their environment where the database is: their arguments stand in the list of
/// processes, and an address may hold a password.
private struct PostgresTool {
  private let environment: [String: String]

  init(_ address: String) throws {
    guard let options = PQconninfoParse(address, nil) else {
      throw StorageFault.other("the address of the database cannot be read")
    }
    defer { PQconninfoFree(options) }
    var environment = ProcessInfo.processInfo.environment
    var option = options
    while let keyword = option.pointee.keyword {
      if let name = option.pointee.envvar, let value = option.pointee.val {
        environment[String(cString: name)] = String(cString: value)
      } else if option.pointee.val != nil, String(cString: keyword) != "dbname" {
        throw StorageFault.other(
          "the setting \(String(cString: keyword)) of the address is not known to pg_dump")
      }
      option += 1
    }
    self.environment = environment
  }

  func run(_ tool: String, _ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [tool] + arguments
    process.environment = environment
    let errors = Pipe()
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let said = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw StorageFault.other(
        "\(tool) failed: \(String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))"
      )
    }
  }
}
