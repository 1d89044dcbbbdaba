import Storage

extension People {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-24 people: create",
      """
      CREATE TABLE person (
        id          TEXT PRIMARY KEY,
        antenna     TEXT NOT NULL,
        contact     TEXT,              -- the account that is her contact person
        version     BIGINT NOT NULL,
        sealing_key BLOB,              -- wrapped by the master key; empty once she is erased
        identity    BLOB NOT NULL,     -- sealed
        label       BLOB NOT NULL,     -- sealed: the name in both scripts, for lists
        sex         TEXT CHECK (sex IN ('female', 'male')),
        birth_year  BIGINT,
        governorate TEXT
      );
      CREATE INDEX person_antenna ON person (antenna, id);
      CREATE INDEX person_contact ON person (contact, id);
      CREATE TABLE person_token (
        token  BIGINT NOT NULL,        -- HMAC of a folded word or number
        person TEXT NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        PRIMARY KEY (token, person)
      );
      CREATE INDEX person_token_person ON person_token (person);
      CREATE TABLE consent (
        id           TEXT PRIMARY KEY,
        person       TEXT NOT NULL REFERENCES person (id),
        purpose      TEXT NOT NULL,
        text_version TEXT NOT NULL,
        language     TEXT NOT NULL,
        given_on     TEXT NOT NULL,    -- day
        way          TEXT NOT NULL CHECK (way IN ('signed', 'thumbprint', 'online')),
        recorded_at  BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        recorded_by  TEXT NOT NULL,
        withdrawn_at BIGINT,
        withdrawn_by TEXT
      );
      CREATE UNIQUE INDEX consent_in_force ON consent (person, purpose) WHERE withdrawn_at IS NULL;
      CREATE INDEX consent_person ON consent (person, recorded_at);
      CREATE VIEW person_fact AS
        SELECT id AS person, antenna, sex, birth_year, governorate FROM person
      """),
    Migration(
      "2026-11-25 people: find across scripts",
      """
      ALTER TABLE person ADD COLUMN number BIGINT;          -- for person_token: the end of the id
      ALTER TABLE person ADD COLUMN tokens BLOB;            -- what stands there, 8 bytes each, to take it back
      ALTER TABLE person ADD COLUMN tokens_version TEXT;    -- the knowledge of names they were made with
      CREATE UNIQUE INDEX person_number ON person (number);
      DROP TABLE person_token;
      CREATE TABLE person_token (
        token   BIGINT NOT NULL,       -- HMAC of a key: a sound of a name, a number
        antenna TEXT NOT NULL,         -- that of the person
        person  BIGINT NOT NULL,       -- her number
        PRIMARY KEY (token, antenna, person)
      ) WITHOUT ROWID
      """),
    Migration(
      "2026-11-25 people: no index that nobody reads",
      """
      DROP INDEX person_antenna;
      DROP INDEX person_contact
      """),
    Migration(
      "2026-11-25 people: join files",
      """
      ALTER TABLE person ADD COLUMN merged_into TEXT REFERENCES person (id);  -- the file that stands for it now
      ALTER TABLE person ADD COLUMN joined BIGINT NOT NULL DEFAULT 0;         -- how many files it stands for beside itself
      ALTER TABLE person ADD COLUMN compared BIGINT;                          -- the version last compared with all others
      CREATE INDEX person_merged ON person (merged_into) WHERE merged_into IS NOT NULL;
      CREATE INDEX person_to_compare ON person (id) WHERE compared IS NULL;
      CREATE TABLE person_merge (
        id            TEXT PRIMARY KEY,
        kept          TEXT NOT NULL REFERENCES person (id),  -- stands for both
        other         TEXT NOT NULL REFERENCES person (id),
        position      BIGINT NOT NULL,   -- among the merges of the files it joins: the last is undone first
        choices       TEXT NOT NULL,     -- whose value stands, by field; no value
        settled       TEXT NOT NULL,     -- fields that were corrected since: whose value counts is no question any more
        kept_identity BLOB NOT NULL,     -- sealed under the key of the kept one: hers before
        merged_at     BIGINT NOT NULL,   -- milliseconds since 1970, UTC
        merged_by     TEXT NOT NULL,
        undone_at     BIGINT,
        undone_by     TEXT
      );
      CREATE UNIQUE INDEX person_merge_in_force ON person_merge (other) WHERE undone_at IS NULL;
      CREATE INDEX person_merge_kept ON person_merge (kept, merged_at);
      CREATE INDEX person_merge_other ON person_merge (other, merged_at);
      DROP VIEW person_fact;
      CREATE VIEW person_fact AS
        SELECT id AS person, antenna, sex, birth_year, governorate FROM person WHERE merged_into IS NULL
      """),
    Migration(
      "2026-11-28 people: erased",
      """
      ALTER TABLE person ADD COLUMN erasure TEXT;    -- the number of the destruction record
      ALTER TABLE person ADD COLUMN erased_on TEXT
      """),
  ]
}
