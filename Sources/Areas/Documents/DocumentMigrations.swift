import Storage

extension Documents {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 documents: create",
      """
      CREATE TABLE document (
        id           TEXT PRIMARY KEY,
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        antenna      TEXT NOT NULL,       -- with contact and expires_on: of the case, so that lists need not ask it
        contact      TEXT NOT NULL,
        kind         TEXT NOT NULL,
        type         TEXT NOT NULL,
        size         BIGINT NOT NULL,     -- bytes
        sealing_key  BLOB NOT NULL,       -- the document's own, sealed with the person's
        name         BLOB NOT NULL,       -- sealed
        title        BLOB,                -- sealed
        digest       BLOB NOT NULL,       -- SHA-256, sealed
        valid_from   TEXT,
        valid_until  TEXT,
        expires_on   TEXT,                -- valid_until, as long as the case is open and the document not withdrawn
        is_checked   BIGINT NOT NULL CHECK (is_checked IN (0, 1)),
        added_at     BIGINT NOT NULL,     -- milliseconds since 1970, UTC
        added_by     TEXT NOT NULL,
        withdrawn_at BIGINT,
        withdrawn_by TEXT,
        reason       BLOB,                -- sealed
        CHECK (withdrawn_at IS NULL OR (withdrawn_by IS NOT NULL AND reason IS NOT NULL)),
        CHECK (withdrawn_at IS NULL OR expires_on IS NULL)
      );
      CREATE INDEX document_case ON document (case_file, added_at, id);
      CREATE INDEX document_expiry ON document (expires_on, id) WHERE expires_on IS NOT NULL;
      CREATE INDEX document_antenna_expiry ON document (antenna, expires_on, id) WHERE expires_on IS NOT NULL;
      CREATE INDEX document_contact_expiry ON document (contact, expires_on, id) WHERE expires_on IS NOT NULL;
      CREATE TABLE document_chunk (
        document TEXT NOT NULL REFERENCES document (id),
        number   BIGINT NOT NULL,
        sealed   BLOB NOT NULL,           -- 65,536 bytes of the file, the last one fewer
        PRIMARY KEY (document, number)
      );
      CREATE VIEW document_fact AS
        SELECT id AS document, case_file, kind, type, size, valid_from, valid_until, added_at, withdrawn_at
        FROM document
      """)
  ]
}
