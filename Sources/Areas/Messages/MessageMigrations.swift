import Storage

extension Messages {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 messages: create",
      """
      CREATE TABLE message (
        id            TEXT PRIMARY KEY,
        once          TEXT NOT NULL,    -- the key under which a room queued it
        kind          TEXT NOT NULL CHECK (kind IN ('email', 'sms')),
        recipient     TEXT NOT NULL CHECK (recipient IN ('person', 'provider', 'staff')),
        what          TEXT NOT NULL,    -- the English words for what it is
        language      TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
        case_file     TEXT REFERENCES case_file (id),
        antenna       TEXT,             -- follows the case
        contact       TEXT,             -- follows the case
        words         BLOB NOT NULL,    -- sealed: address, subject, text
        link          BLOB,             -- sealed; gone once the message went
        state         TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'failed', 'unclear', 'unavailable',
          'unagreed', 'late', 'withdrawn')),
        shelf         TEXT NOT NULL CHECK (shelf IN ('waiting', 'gone', 'failed', 'over')),
        queued_at     BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        queued_by     TEXT NOT NULL,
        changed_at    BIGINT NOT NULL,
        next_at       BIGINT,           -- tried next
        until_at      BIGINT,           -- of no use afterwards
        tries         BIGINT NOT NULL,
        claim         TEXT,             -- the try that is on its way
        claimed_until BIGINT,           -- whoever tried has died if it stands at 'sending' after this
        problem       TEXT,             -- the gateway's number
        settled       TEXT CHECK (settled IN ('called', 'printed', 'otherwise', 'needless')),
        settled_at    BIGINT,
        settled_by    TEXT,
        CHECK ((state = 'waiting') = (next_at IS NOT NULL)),
        CHECK ((state = 'sending') = (claimed_until IS NOT NULL)),
        CHECK ((settled IS NULL) = (settled_at IS NULL))
      );
      CREATE UNIQUE INDEX message_once ON message (once);
      CREATE INDEX message_due ON message (kind, next_at, id) WHERE state = 'waiting';
      CREATE INDEX message_claimed ON message (claimed_until) WHERE state = 'sending';
      CREATE INDEX message_case ON message (case_file, id);
      CREATE INDEX message_shelf ON message (shelf, id);
      CREATE INDEX message_shelf_antenna ON message (antenna, shelf, id);
      CREATE INDEX message_shelf_contact ON message (contact, shelf, id);
      CREATE VIEW message_fact AS
        SELECT kind, recipient, what, antenna, state, queued_at, changed_at, tries FROM message
      """)
  ]
}
