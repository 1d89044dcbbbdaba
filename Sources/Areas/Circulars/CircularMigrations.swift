import Storage

extension Circulars {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 circulars: create",
      """
      CREATE TABLE circular (
        id      TEXT PRIMARY KEY,
        sent_at BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        sent_by TEXT NOT NULL,
        read_by TEXT NOT NULL,    -- a day, as YYYY-MM-DD
        roles   TEXT NOT NULL,    -- comma-separated; empty: all
        antennas TEXT NOT NULL,   -- comma-separated; empty: all
        words   BLOB NOT NULL     -- titles and texts by language, sealed for the house
      );
      CREATE TABLE circular_receipt (
        account  TEXT NOT NULL,
        circular TEXT NOT NULL REFERENCES circular (id),
        antenna  TEXT NOT NULL,
        read_by  TEXT NOT NULL,   -- as in the circular
        read_at  BIGINT,          -- milliseconds since 1970, UTC
        PRIMARY KEY (account, circular)
      );
      CREATE INDEX circular_receipt_unread ON circular_receipt (account, circular) WHERE read_at IS NULL;
      CREATE INDEX circular_receipt_read ON circular_receipt (account, circular) WHERE read_at IS NOT NULL;
      CREATE INDEX circular_receipt_missing ON circular_receipt (circular, antenna, account)
        WHERE read_at IS NULL;
      CREATE INDEX circular_receipt_readers ON circular_receipt (circular, antenna, account)
        WHERE read_at IS NOT NULL;
      CREATE INDEX circular_receipt_late ON circular_receipt (read_by) WHERE read_at IS NULL;
      CREATE INDEX circular_receipt_late_antenna ON circular_receipt (antenna, read_by) WHERE read_at IS NULL
      """),
    Migration(
      "2026-11-29 circulars: until when they hold",
      """
      -- The last day on which it holds; empty: until another one says otherwise.
      ALTER TABLE circular ADD COLUMN until_day TEXT
      """),
  ]
}
