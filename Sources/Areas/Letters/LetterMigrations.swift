import Storage

extension Letters {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 letters: create",
      """
      CREATE TABLE letter (
        id           TEXT PRIMARY KEY,
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        model        TEXT NOT NULL,
        version      BIGINT NOT NULL,  -- of the model
        language     TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
        channel      TEXT NOT NULL CHECK (channel IN ('letter', 'sms')),
        words        BLOB NOT NULL,    -- sealed: what it says, what was typed
        written_at   BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        written_by   TEXT NOT NULL,
        way          TEXT CHECK (way IN ('handed', 'posted', 'phone', 'sms')),
        sent_on      TEXT,
        withdrawn    BLOB,             -- sealed: why
        withdrawn_at BIGINT,
        CHECK ((way IS NULL) = (sent_on IS NULL))
      );
      CREATE INDEX letter_case ON letter (case_file, id)
      """)
  ]
}
