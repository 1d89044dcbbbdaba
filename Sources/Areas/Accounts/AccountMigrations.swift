import Storage

extension Accounts {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-24 accounts: create",
      """
      CREATE TABLE account (
        id                   TEXT PRIMARY KEY,
        sign_in_name         TEXT NOT NULL UNIQUE,
        name                 TEXT NOT NULL,
        institution          TEXT NOT NULL,
        antenna              TEXT,
        roles                TEXT NOT NULL,      -- comma-separated
        assigned_only        BIGINT NOT NULL CHECK (assigned_only IN (0, 1)),
        language             TEXT NOT NULL,
        password             TEXT NOT NULL,      -- argon2id, encoded
        must_change_password BIGINT NOT NULL CHECK (must_change_password IN (0, 1)),
        sealing_key          BLOB NOT NULL,      -- wrapped by the master key
        secret               BLOB,               -- of the second factor, sealed; empty without one
        last_step            BIGINT NOT NULL,    -- the last one-time code that was used
        disabled_at          BIGINT,
        version              BIGINT NOT NULL
      );
      CREATE INDEX account_antenna ON account (antenna, name);
      CREATE TABLE recovery_code (
        account TEXT NOT NULL REFERENCES account (id),
        hash    BLOB NOT NULL,
        PRIMARY KEY (account, hash)
      );
      CREATE TABLE session (
        token_hash BLOB PRIMARY KEY,
        account    TEXT NOT NULL REFERENCES account (id),
        started_at BIGINT NOT NULL,
        seen_at    BIGINT NOT NULL,              -- at most a minute old
        is_half    BIGINT NOT NULL CHECK (is_half IN (0, 1))  -- the one-time code is still to come
      );
      CREATE INDEX session_account ON session (account);
      CREATE TABLE sign_in_failure (
        subject TEXT PRIMARY KEY,                -- hash of an account's name or of an address
        count   BIGINT NOT NULL,
        last_at BIGINT NOT NULL
      )
      """),
    Migration(
      "2026-11-29 accounts: duties beyond the roles",
      // Comma-separated.
      "ALTER TABLE account ADD COLUMN duties TEXT NOT NULL DEFAULT ''"),
  ]
}
