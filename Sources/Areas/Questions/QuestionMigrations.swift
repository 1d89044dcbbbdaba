import Storage

extension Questions {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 questions: create",
      """
      CREATE TABLE question (
        id          TEXT PRIMARY KEY,
        antenna     TEXT NOT NULL REFERENCES antenna (code),
        case_file   TEXT REFERENCES case_file (id),
        kind        TEXT NOT NULL CHECK (kind IN ('advice', 'exception', 'document')),
        words       BLOB NOT NULL,   -- sealed: for the person of the case, else for the house
        asked_at    BIGINT NOT NULL, -- milliseconds since 1970, UTC
        asked_by    TEXT NOT NULL,
        due         TEXT,            -- a day, as YYYY-MM-DD
        outcome     TEXT CHECK (outcome IN ('granted', 'refused')),
        answer      BLOB,            -- sealed alike
        answered_at BIGINT,          -- milliseconds since 1970, UTC
        answered_by TEXT,
        seen_at     BIGINT,          -- when the antenna saw the answer
        CHECK ((outcome IS NULL) = (answered_at IS NULL)),
        CHECK ((outcome IS NULL) = (answered_by IS NULL))
      );
      CREATE INDEX question_waiting ON question (id) WHERE outcome IS NULL;
      CREATE INDEX question_waiting_antenna ON question (antenna, id) WHERE outcome IS NULL;
      CREATE INDEX question_answered ON question (id) WHERE outcome IS NOT NULL;
      CREATE INDEX question_answered_antenna ON question (antenna, id) WHERE outcome IS NOT NULL;
      CREATE INDEX question_unseen ON question (antenna, id) WHERE outcome IS NOT NULL AND seen_at IS NULL;
      CREATE INDEX question_case ON question (case_file, id) WHERE case_file IS NOT NULL
      """)
  ]
}
