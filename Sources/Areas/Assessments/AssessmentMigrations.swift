import Storage

extension Assessments {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 assessments: create",
      """
      CREATE TABLE instrument (
        code            TEXT NOT NULL,
        version         BIGINT NOT NULL,
        text            TEXT NOT NULL,    -- the file, as it came
        is_shipped      BIGINT NOT NULL CHECK (is_shipped IN (0, 1)),
        loaded_at       BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        loaded_by       TEXT NOT NULL,
        forced_on       TEXT,             -- put in force; empty until then
        forced_by       TEXT,
        retired_on      TEXT,
        retired_by      TEXT,
        retired_because TEXT,
        PRIMARY KEY (code, version)
      );
      CREATE TABLE assessment (
        id                 TEXT PRIMARY KEY,
        case_file          TEXT NOT NULL REFERENCES case_file (id),
        instrument         TEXT NOT NULL,
        instrument_version BIGINT NOT NULL,
        second_of          TEXT REFERENCES assessment (id), -- given again by another assessor, for comparison
        version            BIGINT NOT NULL,
        fields             BLOB NOT NULL,  -- sealed: the answers, and what stands below as codes
        wave               TEXT NOT NULL CHECK (wave IN ('baseline', 'middle', 'end')),
        way                TEXT NOT NULL CHECK (way IN ('screen', 'paper')),
        given_on           TEXT NOT NULL,
        quarter            TEXT,           -- in which it counts; empty where it counts in none
        score              BIGINT,         -- thousandths, once it is concluded; empty where it is withheld
        band               TEXT,
        scored_items       BIGINT,         -- that the score rests on
        concluded_at       BIGINT,         -- milliseconds since 1970, UTC; empty while it is a draft
        begun_at           BIGINT NOT NULL,
        begun_by           TEXT NOT NULL,
        withdrawn_at       BIGINT,
        withdrawn_by       TEXT,
        withdrawn_because  BLOB,           -- sealed
        FOREIGN KEY (instrument, instrument_version) REFERENCES instrument (code, version),
        UNIQUE (case_file, instrument, quarter)
      );
      CREATE INDEX assessment_case ON assessment (case_file, given_on, id);
      CREATE INDEX assessment_second ON assessment (second_of) WHERE second_of IS NOT NULL;
      CREATE TABLE assessment_edition (
        id           TEXT PRIMARY KEY,
        assessment   TEXT NOT NULL REFERENCES assessment (id),
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        number       BIGINT NOT NULL,
        fields       BLOB NOT NULL,        -- sealed, as above
        reason       BLOB,                 -- sealed; empty for the first
        concluded_at BIGINT NOT NULL,      -- milliseconds since 1970, UTC
        concluded_by TEXT NOT NULL,
        UNIQUE (assessment, number)
      );
      CREATE INDEX assessment_edition_case ON assessment_edition (case_file, assessment, number);
      -- What two assessors answered to the same item, counted: of whom is not kept.
      CREATE TABLE assessment_agreement (
        instrument         TEXT NOT NULL,
        instrument_version BIGINT NOT NULL,
        item               TEXT NOT NULL,
        first_answer       TEXT NOT NULL,
        second_answer      TEXT NOT NULL,
        pairs              BIGINT NOT NULL,
        PRIMARY KEY (instrument, instrument_version, item, first_answer, second_answer)
      );
      CREATE VIEW assessment_fact AS
        SELECT id AS assessment, case_file, instrument, instrument_version, wave, way, given_on, score, band,
          scored_items, concluded_at
        FROM assessment WHERE concluded_at IS NOT NULL AND withdrawn_at IS NULL AND second_of IS NULL
      """),
    Migration(
      "2026-11-29 assessments: find what somebody has not concluded",
      """
      CREATE INDEX assessment_draft ON assessment (begun_by, given_on, id)
        WHERE concluded_at IS NULL AND withdrawn_at IS NULL
      """),
  ]
}
