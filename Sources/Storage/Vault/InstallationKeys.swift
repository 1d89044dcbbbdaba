import Basics

/// The keys of the installation itself, wrapped in the database by the master key: for searching and for signing.
package enum InstallationKeys {
  package enum Purpose: String, Storable, CaseIterable {
    /// Blind tokens of names and numbers.
    case search
    /// Tree heads of the journal (an Ed25519 seed).
    case journal
    /// The senders' own references in the reports on their files.
    case imports
    /// Messages that are about no case.
    case messages
    /// Links by which somebody outside answers without an account.
    case links
    /// What staff write to each other about no case: tasks, circulars, questions.
    case office
    /// What is told by persons without a case.
    case complaints
  }

  package static let migrations = [
    Migration(
      "2026-11-24 vault: create installation keys",
      """
      CREATE TABLE installation_key (
        purpose TEXT PRIMARY KEY,
        wrapped BLOB NOT NULL
      );
      CREATE TABLE installation_mark (
        name  TEXT PRIMARY KEY,
        value TEXT NOT NULL
      )
      """)
  ]

  /// The key for `purpose`, made at its first use.
  /// - Throws: `KeyFault.wrongKey` when the master key is not the one this database was sealed with.
  package static func key(for purpose: Purpose, in db: Connection) throws -> SealingKey {
    let stored = try db.value(
      "SELECT wrapped FROM installation_key WHERE purpose = \(purpose)", as: [UInt8].self)
    if let stored { return try db.vault.unwrap(stored) }
    let wrapped = try db.vault.newKey().wrapped
    // Another program may have made it meanwhile: then that one counts.
    let kept = try db.value(
      """
      INSERT INTO installation_key (purpose, wrapped) VALUES (\(purpose), \(wrapped))
      ON CONFLICT (purpose) DO UPDATE SET purpose = excluded.purpose RETURNING wrapped
      """, as: [UInt8].self)
    return try db.vault.unwrap(kept ?? wrapped)
  }

  /// Proves that the master key opens this database, making the installation's keys on an empty one.
  package static func check(_ database: Database) async throws {
    try await database.write { db in
      for purpose in Purpose.allCases { _ = try key(for: purpose, in: db) }
    }
  }

  /// Wraps the installation's keys anew; a person's keys are the matter of their area.
  package static func rewrap(in db: Connection) throws {
    let keys = try db.rows("SELECT purpose, wrapped FROM installation_key") {
      (purpose: try $0[0] as Purpose, wrapped: try $0[1] as [UInt8])
    }
    for key in keys {
      guard let wrapped = try db.vault.rewrap(key.wrapped) else { continue }
      try db.run("UPDATE installation_key SET wrapped = \(wrapped) WHERE purpose = \(key.purpose)")
    }
  }

  /// A fact about the installation as a whole: that it holds a demo.
  package static func mark(_ name: String, _ value: String, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO installation_mark (name, value) VALUES (\(name), \(value))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """)
  }

  package static func mark(_ name: String, in db: Connection) throws -> String? {
    try db.value("SELECT value FROM installation_mark WHERE name = \(name)")
  }
}
