import Basics
import Crypto
import Foundation
import TestSupport
import Testing

@testable import Storage

/// A journal to fill, to tamper with and to audit.
struct JournalRoom {
  let database: Database
  let address: String
  /// The public key as a third party wrote it down.
  let publicKey: String

  static func with(_ engine: Database.Engine, _ body: (JournalRoom) async throws -> Void) async throws {
    try await TestDatabase.withAddress(engine) { address in
      let database = try TestDatabase.open(engine, at: address)
      do {
        try await database.migrate(InstallationKeys.migrations + Journal.migrations)
        try await InstallationKeys.check(database)
        let key = try await database.read { db in
          try InstallationKeys.key(for: .journal, in: db).signingKey.publicKey.rawRepresentation
        }
        try await body(
          JournalRoom(database: database, address: address, publicKey: key.base64EncodedString()))
      } catch {
        try await database.close()
        throw error
      }
      try await database.close()
    }
  }

  static func append(_ n: Int, in db: Connection) throws {
    try Journal.append(
      "antenna.change", on: RecordReference("antenna", code: AntennaCode(rawValue: "TUN")), by: Staff.hela,
      at: TestClock.start.addingTimeInterval(Double(n)),
      changes: [FieldChange(field: "name", before: "\(n)", after: "\(n + 1)")], in: db)
  }

  /// Appends so many entries, each a second after the one before.
  func fill(_ count: Int) async throws {
    try await database.write { db in for n in 0..<count { try Self.append(n, in: db) } }
  }

  /// Entries under heads of the given sizes.
  func fill(heads sizes: [Int]) async throws {
    for (index, size) in sizes.enumerated() {
      try await fill(size - (index == 0 ? 0 : sizes[index - 1]))
      try await Journal.seal(database, at: TestClock.start.addingTimeInterval(Double(index) * 60))
    }
  }

  func heads() async throws -> [Int] {
    try await database.read { db in
      try db.rows("SELECT size FROM journal_head ORDER BY size") { try $0[0] as Int }
    }
  }

  func lastHead() async throws -> SignedHead {
    try #require(try await database.read { db in try Journal.page(of: nil, after: nil, in: db).head })
  }

  func export() async throws -> [String] {
    let lines = Shared<[String]>([])
    try await Journal.export(database) { line in lines.update { $0.append(line) } }
    return lines.value
  }

  /// What somebody does who can write to the database.
  func change(_ statements: SQL...) async throws {
    for statement in statements {
      let changed = try await database.write { db in try db.run(statement) }
      #expect(changed > 0)
    }
  }

  func audit(_ lines: [String], trustedHead: String? = nil) -> JournalAudit.Report {
    var audit = JournalAudit(publicKey: publicKey, trustedHead: trustedHead)
    for line in lines { audit.read(line) }
    return audit.finish()
  }

  func audit(trustedHead: String? = nil) async throws -> JournalAudit.Report {
    audit(try await export(), trustedHead: trustedHead)
  }
}
