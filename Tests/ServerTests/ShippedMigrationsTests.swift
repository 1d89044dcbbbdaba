import Foundation
import Storage
import TestSupport
import Testing

@testable import Server

/// What went out is never edited: an installation that has been through it would not start any more.
@Suite struct `Migrations that were shipped` {
  @Test func `are as they went out; a new one is added to ShippedMigrations.txt`() async throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "ShippedMigrations.txt")
    let shipped = try Set(String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init))
    try await Premises.withDatabase(.sqlite) { database in
      let lines = try await database.read { db in
        try db.rows("SELECT hash, name FROM migration ORDER BY name") {
          "\(try $0[0] as String) \(try $0[1] as String)"
        }
      }
      for line in Set(lines).symmetricDifference(shipped) {
        Issue.record("\(lines.contains(line) ? "not in ShippedMigrations.txt" : "edited or gone"): \(line)")
      }
    }
  }
}
