import Storage

extension Rights {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 rights: create",
      """
      CREATE TABLE rights_request (
        id           TEXT PRIMARY KEY,
        person       TEXT NOT NULL REFERENCES person (id),
        antenna      TEXT NOT NULL,      -- that held her file when she asked
        kind         TEXT NOT NULL CHECK (kind IN ('copy', 'correction', 'erasure', 'objection')),
        received_on  TEXT NOT NULL,
        asked_by     TEXT NOT NULL CHECK (asked_by IN ('herself', 'representative')),
        proof        TEXT NOT NULL CHECK (proof IN ('card', 'passport', 'known', 'other')),
        words        BLOB,               -- sealed
        recorded_at  BIGINT NOT NULL,    -- milliseconds since 1970, UTC
        recorded_by  TEXT NOT NULL,
        outcome      TEXT CHECK (outcome IN ('done', 'partly', 'refused')),
        answered_on  TEXT,
        answered_by  TEXT,
        answer       BLOB,               -- sealed
        CHECK ((outcome IS NULL) = (answered_on IS NULL))
      );
      CREATE INDEX rights_request_person ON rights_request (person, received_on, id);
      CREATE INDEX rights_request_waiting ON rights_request (received_on, id) WHERE outcome IS NULL;
      CREATE INDEX rights_request_waiting_at ON rights_request (antenna, received_on, id) WHERE outcome IS NULL;
      CREATE TABLE rights_hold (
        id        TEXT PRIMARY KEY,
        person    TEXT NOT NULL REFERENCES person (id),
        kind      TEXT NOT NULL CHECK (kind IN ('legal', 'longer')),
        until     TEXT,                  -- day; empty: until it is lifted
        reason    BLOB NOT NULL,         -- sealed
        set_at    BIGINT NOT NULL,       -- milliseconds since 1970, UTC
        set_by    TEXT NOT NULL,
        lifted_at BIGINT,
        lifted_by TEXT,
        CHECK (kind = 'legal' OR until IS NOT NULL)
      );
      CREATE INDEX rights_hold_person ON rights_hold (person, set_at, id);
      CREATE TABLE rights_rule (
        id          TEXT PRIMARY KEY,
        category    TEXT NOT NULL CHECK (category IN ('with-help', 'without-help')),
        years       BIGINT NOT NULL CHECK (years > 0),
        source      TEXT NOT NULL,       -- the text that says so
        valid_from  TEXT NOT NULL,
        valid_until TEXT,
        recorded_at BIGINT NOT NULL,     -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL,
        CHECK (valid_until IS NULL OR valid_until >= valid_from)
      );
      CREATE UNIQUE INDEX rights_rule_from ON rights_rule (category, valid_from);
      CREATE TABLE rights_erasure (
        id         TEXT PRIMARY KEY,
        person     TEXT NOT NULL REFERENCES person (id),
        antenna    TEXT NOT NULL,        -- that held her file when it was asked
        ground     TEXT NOT NULL CHECK (ground IN ('request', 'term', 'authority')),
        reason     BLOB,                 -- sealed: gone with what it is about
        state      TEXT NOT NULL CHECK (state IN ('asked', 'erased', 'declined')),
        asked_at   BIGINT NOT NULL,      -- milliseconds since 1970, UTC
        asked_by   TEXT NOT NULL,
        decided_at BIGINT,
        decided_by TEXT,
        answer     BLOB,                 -- sealed: why it was declined
        sequence   BIGINT UNIQUE,        -- of the destruction record
        cases      BIGINT,               -- from here on: what was destroyed
        documents  BIGINT,
        bytes      BIGINT,
        records    BIGINT,
        tokens     BIGINT,
        CHECK (decided_by IS NULL OR decided_by <> asked_by),
        CHECK ((state = 'asked') = (decided_at IS NULL)),
        CHECK ((state = 'erased') = (sequence IS NOT NULL))
      );
      CREATE UNIQUE INDEX rights_erasure_asked ON rights_erasure (person) WHERE state = 'asked';
      CREATE INDEX rights_erasure_person ON rights_erasure (person, asked_at, id);
      CREATE INDEX rights_erasure_recent ON rights_erasure (asked_at, id);
      CREATE INDEX rights_erasure_antenna ON rights_erasure (antenna, asked_at, id)
      """),
    Migration(
      "2026-11-29 rights: rules for files with an aid",
      """
      ALTER TABLE rights_rule RENAME TO rights_rule_before;
      CREATE TABLE rights_rule (
        id          TEXT PRIMARY KEY,
        category    TEXT NOT NULL CHECK (category IN ('with-aid', 'with-help', 'without-help')),
        years       BIGINT NOT NULL CHECK (years > 0),
        source      TEXT NOT NULL,       -- the text that says so
        valid_from  TEXT NOT NULL,
        valid_until TEXT,
        recorded_at BIGINT NOT NULL,     -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL,
        CHECK (valid_until IS NULL OR valid_until >= valid_from)
      );
      INSERT INTO rights_rule (id, category, years, source, valid_from, valid_until, recorded_at, recorded_by)
        SELECT id, category, years, source, valid_from, valid_until, recorded_at, recorded_by FROM rights_rule_before;
      DROP TABLE rights_rule_before;
      CREATE UNIQUE INDEX rights_rule_from ON rights_rule (category, valid_from)
      """),
  ]
}
