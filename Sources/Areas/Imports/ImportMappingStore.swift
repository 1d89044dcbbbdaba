import Basics
import Foundation
import Storage

/// Every SQL statement about kept mappings: a few dozen at most.
enum ImportMappingStore {
  static func all(in db: Connection) throws -> [String] {
    try db.rows("SELECT mapping FROM import_mapping ORDER BY partner LIMIT 200") { row in try row[0] }
  }

  static func keep(_ mapping: KeptMapping, by actor: Actor, at now: Date, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO import_mapping (partner, mapping, kept_at, kept_by)
      VALUES (\(mapping.mapping.partner), \(mapping.text), \(now), \(actor.id))
      ON CONFLICT (partner) DO UPDATE SET mapping = excluded.mapping, kept_at = excluded.kept_at,
        kept_by = excluded.kept_by
      """)
  }
}
