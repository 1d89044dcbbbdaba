import Storage

extension Complaints {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 complaints: create",
      """
      CREATE TABLE complaint (
        id          TEXT PRIMARY KEY,
        antenna     TEXT NOT NULL REFERENCES antenna (code),
        case_file   TEXT REFERENCES case_file (id),
        kind        TEXT NOT NULL
                    CHECK (kind IN ('welcome', 'delay', 'decision', 'information', 'data', 'other')),
        channel     TEXT NOT NULL CHECK (channel IN ('spoken', 'letter', 'phone', 'email', 'box')),
        language    TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
        received_on TEXT NOT NULL,
        recorded_at BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL,
        about       TEXT,             -- the account complained of
        decided_by  TEXT,             -- the account that took what is contested
        appeal_of   TEXT UNIQUE REFERENCES complaint (id),
        words       BLOB NOT NULL,    -- sealed
        handler     TEXT,
        outcome     TEXT CHECK (outcome IN ('upheld', 'partly', 'rejected')),
        reason      BLOB,             -- sealed
        answer      BLOB,             -- sealed
        answered_at BIGINT,
        answered_by TEXT,
        CHECK ((outcome IS NULL) = (answered_at IS NULL)),
        CHECK ((outcome IS NULL) = (answered_by IS NULL))
      );
      CREATE INDEX complaint_waiting ON complaint (recorded_at, id) WHERE outcome IS NULL;
      CREATE INDEX complaint_waiting_antenna ON complaint (antenna, recorded_at, id) WHERE outcome IS NULL;
      CREATE INDEX complaint_answered ON complaint (recorded_at, id) WHERE outcome IS NOT NULL;
      CREATE INDEX complaint_answered_antenna ON complaint (antenna, recorded_at, id) WHERE outcome IS NOT NULL;
      CREATE INDEX complaint_recorded ON complaint (recorded_by, recorded_at, id);
      CREATE INDEX complaint_case ON complaint (case_file);
      CREATE TABLE complaint_term (
        from_day TEXT PRIMARY KEY,
        days     BIGINT NOT NULL CHECK (days BETWEEN 1 AND 366),
        set_at   BIGINT NOT NULL,
        set_by   TEXT NOT NULL
      )
      """),
    Migration(
      "2026-11-29 complaints: figures by the day of receipt",
      """
      CREATE INDEX complaint_received ON complaint (received_on);
      CREATE INDEX complaint_received_antenna ON complaint (antenna, received_on)
      """),
    Migration(
      "2026-11-29 complaints: those that wait, by antenna",
      """
      CREATE INDEX complaint_outcome ON complaint (antenna, outcome, received_on, about, decided_by)
      """),
  ]
}
