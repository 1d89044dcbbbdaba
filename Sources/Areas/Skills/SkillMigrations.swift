import Storage

extension Skills {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 skills: create",
      """
      CREATE TABLE skill (
        id          TEXT PRIMARY KEY,
        case_file   TEXT NOT NULL REFERENCES case_file (id), -- in which it was written
        kind        TEXT NOT NULL CHECK (kind IN ('profile', 'experience', 'certificate', 'idea')),
        version     BIGINT NOT NULL,
        told        BLOB NOT NULL,   -- sealed: all fields
        withdrawn   BLOB,            -- sealed: why it does not count any more
        level       TEXT,            -- codes from here on, for figures: of education
        languages   TEXT,            -- code:level spoken, between spaces
        sector      TEXT,
        place       TEXT,            -- here, abroad
        recognition TEXT,
        recorded_at BIGINT NOT NULL, -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL
      );
      CREATE INDEX skill_case ON skill (case_file, recorded_at, id);
      CREATE VIEW skill_fact AS
        SELECT id AS skill, case_file, kind, level, languages, sector, place, recognition FROM skill
        WHERE withdrawn IS NULL
      """)
  ]
}
