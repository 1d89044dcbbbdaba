import Storage

extension Tasks {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 tasks: create",
      """
      CREATE TABLE task (
        id        TEXT PRIMARY KEY,
        given_key TEXT NOT NULL UNIQUE,
        receiver  TEXT NOT NULL,   -- person:…, role:…@…, antenna:… or centre
        given_by  TEXT NOT NULL,
        given_at  BIGINT NOT NULL, -- milliseconds since 1970, UTC
        due       TEXT NOT NULL,   -- a day, as YYYY-MM-DD
        case_file TEXT REFERENCES case_file (id),
        origin    TEXT,            -- the record of another area that it comes from
        state     TEXT NOT NULL CHECK (state IN ('open', 'done', 'refused')),
        taken_by  TEXT,            -- who of those meant took it upon herself
        words     BLOB NOT NULL,   -- sealed: for the person of the case, else for the house
        ended_at  BIGINT,          -- milliseconds since 1970, UTC
        ended_by  TEXT,
        reason    BLOB,            -- sealed alike: why it was refused
        CHECK ((state = 'open') = (ended_at IS NULL)),
        CHECK ((state = 'open') = (ended_by IS NULL)),
        CHECK (reason IS NULL OR state = 'refused')
      );
      CREATE INDEX task_open ON task (receiver, due, id) WHERE state = 'open';
      CREATE INDEX task_given ON task (given_by, due, id) WHERE state = 'open';
      CREATE INDEX task_ended ON task (receiver, due, id) WHERE state <> 'open';
      CREATE INDEX task_given_ended ON task (given_by, due, id) WHERE state <> 'open';
      CREATE INDEX task_of_case ON task (case_file, id) WHERE case_file IS NOT NULL;
      CREATE VIEW task_fact AS
        SELECT receiver, given_at, due, state, ended_at FROM task;
      CREATE TABLE task_digest (
        account  TEXT PRIMARY KEY,
        address  BLOB NOT NULL,    -- sealed for the house
        language TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
        last_day TEXT NOT NULL     -- the last day for which it was made
      );
      CREATE INDEX task_digest_due ON task_digest (last_day, account)
      """)
  ]
}
