import Storage

extension Pieces {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 pieces: create",
      """
      CREATE TABLE piece (
        id          TEXT PRIMARY KEY,
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        code        TEXT NOT NULL,       -- of the knowledge
        version     BIGINT NOT NULL,
        state       TEXT NOT NULL CHECK (state IN ('asked', 'missing', 'lost-abroad', 'had', 'not-applicable')),
        since       TEXT NOT NULL,
        note        BLOB,                -- sealed
        follower    TEXT,                -- the account that follows it
        due_on      TEXT,
        recorded_at BIGINT NOT NULL,     -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL,
        UNIQUE (case_file, code),
        CHECK (state <> 'not-applicable' OR note IS NOT NULL)
      );
      CREATE VIEW piece_fact AS SELECT id AS piece, case_file, code, state, since, due_on FROM piece
      """)
  ]
}
