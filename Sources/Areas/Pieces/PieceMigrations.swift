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
      """),
    Migration(
      "2026-11-28 pieces: find those that somebody follows",
      """
      ALTER TABLE piece ADD COLUMN awaited_by TEXT; -- who follows it, as long as it and its case are open
      UPDATE piece SET awaited_by = follower WHERE state IN ('asked', 'missing', 'lost-abroad')
        AND case_file IN (SELECT id FROM case_file WHERE stage <> 'closed');
      CREATE INDEX piece_awaited ON piece (awaited_by, due_on, id) WHERE awaited_by IS NOT NULL
      """),
  ]
}
