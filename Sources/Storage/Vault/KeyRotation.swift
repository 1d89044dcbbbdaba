import Basics

/// Wraps every key anew under the newest master key, in batches; interrupted, it is simply run again.
package enum KeyRotation {
  /// Wraps at most `limit` keys after the record `id`, and says how many it looked at and where it stopped.
  package typealias Holder =
    @Sendable (_ after: String, _ limit: Int, _ db: Connection) throws -> (done: Int, last: String?)

  /// - Parameter holders: the areas whose tables hold wrapped keys.
  /// - Returns: how many keys stand under the new master key now.
  package static func run(_ database: Database, holders: [Holder]) async throws -> Int {
    try await database.write { db in try InstallationKeys.rewrap(in: db) }
    var count = InstallationKeys.Purpose.allCases.count
    for holder in holders {
      var last: String? = ""
      while let after = last {
        let batch = try await database.write { db in try holder(after, 1_000, db) }
        count += batch.done
        last = batch.last
      }
    }
    return count
  }
}
