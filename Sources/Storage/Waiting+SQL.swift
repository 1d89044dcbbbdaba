import Basics
import Foundation

extension Waiting {
  /// Counted by the engine: nil where nothing waits.
  /// - Parameter query: one column `since`, the day since which something waits, the oldest first; without its limit.
  package init?(days query: SQL, in db: Connection) throws {
    guard let (counted, since): (Int, Day) = try Self.counted(query, in: db) else { return nil }
    self.init(counted, since: since)
  }

  /// The same of moments: the day since which is the one in Tunis.
  package init?(moments query: SQL, in db: Connection) throws {
    guard let (counted, since): (Int, Date) = try Self.counted(query, in: db) else { return nil }
    self.init(counted, since: Day(of: since))
  }

  private static func counted<Since: Storable>(_ query: SQL, in db: Connection) throws -> (Int, Since)? {
    let found = try db.first(
      "SELECT COUNT(*), MIN(since) FROM (\(query) LIMIT \(most + 1)) AS waiting"
    ) { row in (counted: try row[0] as Int, since: try row[1] as Since?) }
    return found.flatMap { found in found.since.map { (found.counted, $0) } }
  }
}
