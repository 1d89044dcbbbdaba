import Storage

extension Receptions {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 receptions: create",
      """
      CREATE TABLE reception_draft (
        id          TEXT PRIMARY KEY,  -- that of the case file to be
        person      TEXT NOT NULL,     -- the person to be
        antenna     TEXT NOT NULL,
        author      TEXT NOT NULL,     -- the account whose it is
        state       TEXT NOT NULL CHECK (state IN ('begun', 'opened', 'discarded', 'expired')),
        version     BIGINT NOT NULL,
        steps_done  TEXT NOT NULL,     -- codes, between spaces
        sealing_key BLOB,              -- wrapped by the master key; empty once the person has it, or it is destroyed
        told        BLOB,              -- sealed: all fields; empty once it is destroyed
        discarded   TEXT CHECK (discarded IN ('not-wished', 'known', 'left', 'mistake')),
        begun_at    BIGINT NOT NULL,   -- milliseconds since 1970, UTC; so below
        saved_at    BIGINT NOT NULL
      );
      CREATE INDEX reception_draft_author ON reception_draft (author, saved_at) WHERE state = 'begun';
      CREATE INDEX reception_draft_antenna ON reception_draft (antenna, saved_at) WHERE state = 'begun';
      CREATE INDEX reception_draft_old ON reception_draft (saved_at) WHERE state = 'begun'
      """)
  ]
}
