import Storage

extension Imports {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-25 imports: create",
      """
      CREATE TABLE import_mapping (
        partner TEXT PRIMARY KEY,
        mapping TEXT NOT NULL,     -- YAML
        kept_at BIGINT NOT NULL,   -- milliseconds since 1970, UTC
        kept_by TEXT NOT NULL
      );
      CREATE TABLE import_file (
        id           TEXT PRIMARY KEY,
        partner      TEXT NOT NULL,
        mapping      TEXT NOT NULL,     -- YAML, as it was when the file was read
        antenna      TEXT,              -- of the account that sent it; none at the centre
        sent_by      TEXT NOT NULL,
        sent_at      BIGINT NOT NULL,   -- milliseconds since 1970, UTC
        state        TEXT NOT NULL CHECK (state IN ('reading', 'preview', 'done', 'discarded')),
        sealing_key  BLOB,              -- wrapped; gone with what it sealed
        count_new    BIGINT NOT NULL DEFAULT 0,
        count_perhaps BIGINT NOT NULL DEFAULT 0,
        count_known  BIGINT NOT NULL DEFAULT 0,
        count_refused BIGINT NOT NULL DEFAULT 0,
        count_left   BIGINT NOT NULL DEFAULT 0,
        CHECK ((sealing_key IS NULL) = (state IN ('done', 'discarded')))
      );
      CREATE INDEX import_file_sent ON import_file (sent_at, id);
      CREATE INDEX import_file_antenna ON import_file (antenna, sent_at, id);
      CREATE INDEX import_file_sender ON import_file (sent_by, sent_at, id);
      CREATE TABLE import_row (
        file      TEXT NOT NULL REFERENCES import_file (id),
        number    BIGINT NOT NULL,      -- as the file numbers it
        result    TEXT NOT NULL CHECK (result IN ('new', 'perhaps', 'known', 'refused', 'left')),
        reasons   BLOB NOT NULL,        -- fields and phrases; nothing of what stands in the row
        same_as   TEXT,                 -- a person
        reference BLOB,                 -- sealed: the sender's own
        content   BLOB,                 -- sealed with the file's key; gone once the file is in
        case_file TEXT,                 -- opened for her
        PRIMARY KEY (file, number)
      );
      CREATE INDEX import_row_result ON import_row (file, result, number);
      CREATE TABLE import_proof (
        file   TEXT NOT NULL REFERENCES import_file (id),
        token  BIGINT NOT NULL,         -- blind
        number BIGINT NOT NULL,         -- of the row it stands in
        PRIMARY KEY (file, token, number)
      );
      CREATE INDEX import_proof_row ON import_proof (file, number)
      """),
    Migration(
      "2026-11-28 imports: rows of a person",
      """
      CREATE INDEX import_row_case ON import_row (case_file) WHERE case_file IS NOT NULL;
      CREATE INDEX import_row_same ON import_row (same_as) WHERE same_as IS NOT NULL
      """),
  ]
}
