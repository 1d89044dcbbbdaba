import Storage

extension Surveys {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 surveys: create",
      """
      CREATE TABLE survey (
        id             TEXT PRIMARY KEY,
        case_file      TEXT NOT NULL REFERENCES case_file (id),
        version        BIGINT NOT NULL,
        health_version BIGINT NOT NULL,
        told           BLOB NOT NULL,   -- sealed: all answers but those on health
        health         BLOB NOT NULL,   -- sealed
        met_on         TEXT NOT NULL,   -- with the codes below: for order and figures
        way            TEXT NOT NULL CHECK (way IN ('office', 'home', 'phone', 'elsewhere')),
        tenure         TEXT,
        cover          TEXT,            -- codes between spaces
        concluded_at   BIGINT,          -- milliseconds since 1970, UTC; empty while it is a draft
        begun_at       BIGINT NOT NULL,
        begun_by       TEXT NOT NULL
      );
      CREATE INDEX survey_case ON survey (case_file, met_on, id);
      CREATE TABLE survey_edition (
        id           TEXT PRIMARY KEY,
        survey       TEXT NOT NULL REFERENCES survey (id),
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        number       BIGINT NOT NULL,
        told         BLOB NOT NULL,     -- sealed, as above
        health       BLOB NOT NULL,     -- sealed
        reason       BLOB,              -- sealed; empty for the first
        concluded_at BIGINT NOT NULL,   -- milliseconds since 1970, UTC
        concluded_by TEXT NOT NULL,
        UNIQUE (survey, number)
      );
      CREATE INDEX survey_edition_case ON survey_edition (case_file, survey, number);
      CREATE VIEW survey_fact AS
        SELECT id AS survey, case_file, met_on, way, tenure, cover, concluded_at FROM survey
      """)
  ]
}
