import Storage

extension Openings {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 openings: create",
      """
      CREATE TABLE opening (
        id           TEXT PRIMARY KEY,
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        antenna      TEXT NOT NULL,   -- that holds the file; follows it until the opening is judged
        actor        TEXT NOT NULL,
        from_antenna TEXT,            -- of the actor
        institution  TEXT NOT NULL,   -- of the actor
        opened_at    BIGINT NOT NULL, -- milliseconds since 1970, UTC
        until_at     BIGINT NOT NULL, -- milliseconds since 1970, UTC
        reason       BLOB NOT NULL,   -- sealed: which kind, and in words
        verdict      TEXT CHECK (verdict IN ('justified', 'unjustified')),
        judged_at    BIGINT,          -- milliseconds since 1970, UTC
        judged_by    TEXT,
        judgement    BLOB,            -- sealed
        CHECK ((verdict IS NULL) = (judged_at IS NULL)),
        CHECK (judged_by IS NULL OR judged_by <> actor)
      );
      CREATE INDEX opening_of_case ON opening (case_file, actor, opened_at, id);
      CREATE INDEX opening_waiting ON opening (opened_at, id) WHERE verdict IS NULL;
      CREATE INDEX opening_waiting_at ON opening (antenna, opened_at, id) WHERE verdict IS NULL;
      CREATE INDEX opening_judged ON opening (opened_at, id) WHERE verdict IS NOT NULL;
      CREATE INDEX opening_judged_at ON opening (antenna, opened_at, id) WHERE verdict IS NOT NULL;
      CREATE INDEX opening_mine ON opening (actor, opened_at, id);
      CREATE VIEW opening_fact AS
        SELECT case_file, antenna, from_antenna, institution, opened_at, verdict, judged_at FROM opening
      """)
  ]
}
