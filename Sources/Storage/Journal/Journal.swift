import Basics
import Foundation

/// Nothing happens unseen: every change and every opening of a person's file appends one entry, in the same
/// transaction. Entries are only ever added.
package enum Journal {
  package static let migrations = [
    Migration(
      "2026-11-24 journal: create",
      """
      CREATE TABLE journal_entry (
        id          TEXT PRIMARY KEY,
        at          BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        actor       TEXT NOT NULL,
        antenna     TEXT,
        act         TEXT NOT NULL,
        record_kind TEXT NOT NULL,
        record_id   TEXT NOT NULL,
        subject     TEXT,             -- the person it is about
        version     BIGINT,           -- of the record, after the act
        changes     BLOB NOT NULL,    -- field by field; sealed with the subject's key where there is one
        position    BIGINT,           -- its leaf in the tree; empty until the next head
        hash        BLOB              -- of the leaf
      );
      CREATE INDEX journal_entry_record ON journal_entry (record_kind, record_id, version);
      CREATE INDEX journal_entry_subject ON journal_entry (subject, at) WHERE subject IS NOT NULL;
      CREATE INDEX journal_entry_recent ON journal_entry (at, id);
      CREATE INDEX journal_entry_antenna ON journal_entry (antenna, at, id);
      CREATE UNIQUE INDEX journal_entry_position ON journal_entry (position) WHERE position IS NOT NULL;
      CREATE INDEX journal_entry_waiting ON journal_entry (at, id) WHERE position IS NULL;
      CREATE TABLE journal_head (
        size      BIGINT PRIMARY KEY, -- leaves under this head
        at        BIGINT NOT NULL,
        root      BLOB NOT NULL,
        frontier  BLOB NOT NULL,      -- roots of the full subtrees, largest first: what the next head needs
        signature BLOB NOT NULL       -- Ed25519 over size, at and root
      )
      """),
    // What merges two versions asks for entries with a version; openings, which are most, have none. A history is read
    // in the order of its index, down to the last letter.
    Migration(
      "2026-11-29 journal: lighter index of records, whole order of subjects",
      """
      DROP INDEX journal_entry_subject;
      CREATE INDEX journal_entry_subject ON journal_entry (subject, at, id) WHERE subject IS NOT NULL;
      DROP INDEX journal_entry_record;
      CREATE INDEX journal_entry_record ON journal_entry (record_kind, record_id, version)
        WHERE version IS NOT NULL
      """),
  ]

  /// Appends one entry to the transaction it tells of. Costs one insert and no lock of its own.
  package static func append(
    _ act: String, on record: RecordReference, of subject: Subject? = nil, by actor: Actor, at now: Date,
    version: Int? = nil, changes: [FieldChange] = [], in db: Connection
  ) throws {
    let id = RecordID<JournalEntry>()
    let plain = changes.bytes
    let bytes = plain.isEmpty ? [] : try subject?.key.seal(plain, as: context(id)) ?? plain
    try db.run(
      """
      INSERT INTO journal_entry (id, at, actor, antenna, act, record_kind, record_id, subject, version, changes)
      VALUES (\(id), \(now), \(actor.id), \(actor.antenna), \(act), \(record.kind), \(record.id), \(subject?.id),
        \(version), \(bytes))
      """)
  }

  /// The latest entries about a person, newest first; what changed is opened where it is asked for.
  /// - Parameter limit: at most this many.
  package static func history(of subject: Subject, limit: Int, in db: Connection) throws -> [JournalEntry] {
    try db.rows(
      """
      SELECT id, at, actor, antenna, act, record_kind, record_id, subject, version, changes FROM journal_entry
      WHERE subject = \(subject.id) ORDER BY at DESC, id DESC LIMIT \(limit)
      """
    ) { row in try JournalEntry(row, key: subject.key, isOpenedLater: true) }
  }

  /// What was done to one record since it had `version`, oldest first.
  package static func since(version: Int, of record: RecordReference, key: SealingKey?, in db: Connection)
    throws
    -> [JournalEntry]
  {
    try db.rows(
      """
      SELECT id, at, actor, antenna, act, record_kind, record_id, subject, version, changes FROM journal_entry
      WHERE record_kind = \(record.kind) AND record_id = \(record.id) AND version > \(version) ORDER BY version
      """
    ) { row in try JournalEntry(row, key: key) }
  }

  static func context(_ id: RecordID<JournalEntry>) -> String { "journal.changes:\(id)" }
}
