import Storage

extension Transfers {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 transfers: create",
      """
      CREATE TABLE transfer (
        id           TEXT PRIMARY KEY,
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        from_antenna TEXT NOT NULL,
        to_antenna   TEXT NOT NULL,
        contact      TEXT NOT NULL,   -- at the offering antenna; follows the case while the offer is open
        state        TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn')),
        offered_at   BIGINT NOT NULL, -- milliseconds since 1970, UTC
        offered_by   TEXT NOT NULL,
        summary      BLOB NOT NULL,   -- sealed
        reason       BLOB NOT NULL,   -- sealed
        answered_at  BIGINT,          -- milliseconds since 1970, UTC
        answered_by  TEXT,
        answer       BLOB,            -- sealed: why it was declined or withdrawn
        new_contact  TEXT,
        CHECK (from_antenna <> to_antenna),
        CHECK ((state = 'open') = (answered_at IS NULL)),
        CHECK ((state = 'accepted') = (new_contact IS NOT NULL))
      );
      CREATE UNIQUE INDEX transfer_one_open ON transfer (case_file) WHERE state = 'open';
      CREATE INDEX transfer_case ON transfer (case_file, offered_at, id);
      CREATE INDEX transfer_open ON transfer (offered_at, id) WHERE state = 'open';
      CREATE INDEX transfer_open_to ON transfer (to_antenna, offered_at, id) WHERE state = 'open';
      CREATE INDEX transfer_open_contact ON transfer (contact, offered_at, id) WHERE state = 'open';
      CREATE INDEX transfer_made ON transfer (offered_at, id);
      CREATE INDEX transfer_made_from ON transfer (from_antenna, offered_at, id);
      CREATE INDEX transfer_made_contact ON transfer (contact, offered_at, id);
      CREATE VIEW transfer_fact AS
        SELECT case_file, from_antenna, to_antenna, state, offered_at, answered_at FROM transfer
      """)
  ]
}
