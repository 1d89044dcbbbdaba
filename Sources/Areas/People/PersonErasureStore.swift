import Basics
import Foundation
import Storage

/// Every SQL statement by which a person is erased. Callers bring the transaction.
enum PersonErasureStore {
  /// - Returns: how many tokens were taken away.
  static func erase(_ id: PersonID, on day: Day, record: String, in db: Connection) throws -> Int {
    let tokens = try PersonTokenStore.forget(id, in: db)
    // Hollow, as the columns allow no empty place; compared, so that nobody looks for her likeness any more.
    try db.run(
      """
      UPDATE person SET sealing_key = NULL, identity = \([UInt8]()), label = \([UInt8]()), tokens = NULL,
        tokens_version = NULL, version = version + 1, compared = version + 1, erased_on = \(day),
        erasure = \(record)
      WHERE id = \(id)
      """)
    return tokens
  }

  static func find(_ id: PersonID, visibleTo actor: Actor, in db: Connection) throws -> PersonErasure? {
    try db.first(
      """
      SELECT erased_on, erasure FROM person
      WHERE id = \(id) AND erased_on IS NOT NULL AND \(PersonStore.seen(by: actor))
      """
    ) { row in PersonErasure(on: try row[0], record: try row[1]) }
  }

  /// Why a person is not there: she was erased, or is not for this actor's eyes.
  static func refusal(for id: PersonID, _ actor: Actor, in db: Connection) throws -> Refusal {
    try find(id, visibleTo: actor, in: db)?.refusal ?? .notFound
  }
}
