import Basics
import Foundation
import Storage
import TestSupport
import Web

@testable import Antennas

/// The area on an empty database, with a clock that the test moves.
struct AntennaRoom: Sendable {
  let database: Database
  let clock = TestClock()
  let antennas: Antennas

  init(_ database: Database) {
    self.database = database
    antennas = Antennas(database: database, now: { [clock] in clock.now })
  }

  static func with(_ engine: Database.Engine, _ body: (AntennaRoom) async throws -> Void) async throws {
    try await TestDatabase.with(engine, migrations: Antennas.migrations) { try await body(AntennaRoom($0)) }
  }

  func serve(_ body: @Sendable (TestSite) async throws -> Void) async throws {
    try await TestSite.serve([AntennaPages(antennas)], site: { [clock] in $0.now = { clock.now } }, body)
  }

  func coverage(_ antenna: AntennaCode, _ governorate: String, from: Int, until: Int? = nil) -> Coverage {
    Coverage(
      antenna: antenna, governorate: GovernorateCode(rawValue: governorate), from: Day(of: clock.now) + from,
      until: until.map { Day(of: clock.now) + $0 })
  }

  func journal() async throws -> [String] {
    try await database.read { db in
      try db.rows("SELECT act, record_id, actor FROM journal_entry ORDER BY at, act") { row in
        "\(try row[0] as String) \(try row[1] as String) \(try row[2] as String)"
      }
    }
  }
}
