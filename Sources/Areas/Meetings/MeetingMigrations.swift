import Storage

extension Meetings {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 meetings: create",
      """
      CREATE TABLE meeting (
        id        TEXT PRIMARY KEY,
        antenna   TEXT NOT NULL,    -- its code; empty: the centre
        day       TEXT NOT NULL,
        present   TEXT NOT NULL,    -- accounts, a space between them
        guests    BLOB,             -- sealed for the house
        begun_at  BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        begun_by  TEXT NOT NULL,
        version   BIGINT NOT NULL,
        closed_at BIGINT,
        closed_by TEXT,
        CHECK ((closed_at IS NULL) = (closed_by IS NULL))
      );
      CREATE INDEX meeting_day ON meeting (day, id);
      CREATE INDEX meeting_antenna ON meeting (antenna, day, id);
      CREATE TABLE meeting_item (
        id        TEXT PRIMARY KEY,
        meeting   TEXT NOT NULL REFERENCES meeting (id),
        antenna   TEXT NOT NULL,    -- as in the meeting
        case_file TEXT REFERENCES case_file (id),
        addendum  BIGINT NOT NULL CHECK (addendum IN (0, 1)),
        at        BIGINT NOT NULL,
        by        TEXT NOT NULL,
        words     BLOB NOT NULL,    -- sealed: for the person of the case, else for the house
        decision  BLOB,             -- sealed alike
        receiver  TEXT,             -- as in a task: person:…, role:…@…, antenna:… or centre
        due       TEXT,
        task      TEXT UNIQUE,      -- given when the minutes are closed
        given_at  BIGINT,
        ended_at  BIGINT,           -- when the task was
        ended_as  TEXT CHECK (ended_as IN ('done', 'refused')),
        CHECK ((receiver IS NULL) = (due IS NULL)),
        CHECK ((task IS NULL) = (given_at IS NULL)),
        CHECK ((ended_at IS NULL) = (ended_as IS NULL))
      );
      CREATE INDEX meeting_item_of ON meeting_item (meeting, id);
      CREATE INDEX meeting_item_case ON meeting_item (case_file) WHERE case_file IS NOT NULL;
      CREATE INDEX meeting_item_open ON meeting_item (id) WHERE task IS NOT NULL AND ended_at IS NULL;
      CREATE INDEX meeting_item_open_antenna ON meeting_item (antenna, id)
        WHERE task IS NOT NULL AND ended_at IS NULL;
      CREATE INDEX meeting_item_ended ON meeting_item (id) WHERE ended_at IS NOT NULL;
      CREATE INDEX meeting_item_ended_antenna ON meeting_item (antenna, id) WHERE ended_at IS NOT NULL
      """),
    Migration(
      "2026-11-29 meetings: items of a draft are changed",
      "ALTER TABLE meeting_item ADD COLUMN version BIGINT NOT NULL DEFAULT 1"),
  ]
}
