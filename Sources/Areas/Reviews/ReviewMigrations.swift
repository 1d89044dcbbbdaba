import Storage

extension Reviews {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 reviews: create",
      """
      CREATE TABLE review_round (
        id         TEXT PRIMARY KEY,
        antenna    TEXT NOT NULL REFERENCES antenna (code),
        basis      TEXT NOT NULL CHECK (basis IN ('received', 'closed')),
        from_day   TEXT NOT NULL,
        until_day  TEXT NOT NULL,
        size       BIGINT NOT NULL,  -- files of the frame
        drawn      BIGINT NOT NULL,  -- files that were drawn
        seed       BIGINT NOT NULL,
        checklist  BIGINT NOT NULL,  -- its version
        raters     BIGINT NOT NULL CHECK (raters IN (1, 2)),
        at         BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        by         TEXT NOT NULL,
        frame      TEXT NOT NULL     -- ids of its files in their order, a space between them
      );
      CREATE TABLE review_entry (
        id        TEXT PRIMARY KEY,
        round     TEXT NOT NULL REFERENCES review_round (id),
        position  BIGINT NOT NULL,   -- in the frame, from 0
        case_file TEXT NOT NULL REFERENCES case_file (id)
      );
      CREATE UNIQUE INDEX review_entry_place ON review_entry (round, position);
      CREATE INDEX review_entry_case ON review_entry (case_file);
      CREATE TABLE review_reading (
        id        TEXT PRIMARY KEY,
        entry     TEXT NOT NULL REFERENCES review_entry (id),
        case_file TEXT NOT NULL REFERENCES case_file (id),
        rater     TEXT NOT NULL,
        begun_at  BIGINT NOT NULL,   -- milliseconds since 1970, UTC
        done_at   BIGINT,
        version   BIGINT NOT NULL,
        answers   TEXT NOT NULL,     -- code and answer of each question: needs:yes, a space between them
        words     BLOB,              -- sealed: words by the code of the question
        antenna   TEXT NOT NULL      -- of the round
      );
      CREATE UNIQUE INDEX review_reading_once ON review_reading (entry, rater);
      CREATE INDEX review_reading_case ON review_reading (case_file);
      CREATE INDEX review_reading_done ON review_reading (done_at, id) WHERE done_at IS NOT NULL;
      CREATE INDEX review_reading_done_antenna ON review_reading (antenna, done_at, id) WHERE done_at IS NOT NULL;
      CREATE TABLE review_finding (
        id        TEXT PRIMARY KEY,
        entry     TEXT NOT NULL REFERENCES review_entry (id),
        case_file TEXT NOT NULL REFERENCES case_file (id),
        antenna   TEXT NOT NULL,
        item      TEXT NOT NULL,
        checklist BIGINT NOT NULL,
        receiver  TEXT NOT NULL CHECK (receiver IN ('contact', 'antenna')),
        due       TEXT NOT NULL,
        at        BIGINT NOT NULL,
        by        TEXT NOT NULL,
        words     BLOB,              -- sealed
        task      TEXT NOT NULL UNIQUE,
        closed_at BIGINT,
        closed_as TEXT CHECK (closed_as IN ('done', 'refused')),
        CHECK ((closed_at IS NULL) = (closed_as IS NULL))
      );
      CREATE INDEX review_finding_entry ON review_finding (entry, id);
      CREATE INDEX review_finding_case ON review_finding (case_file);
      CREATE INDEX review_finding_open ON review_finding (at, id) WHERE closed_at IS NULL;
      CREATE INDEX review_finding_open_antenna ON review_finding (antenna, at, id) WHERE closed_at IS NULL;
      CREATE INDEX review_finding_closed ON review_finding (at, id) WHERE closed_at IS NOT NULL;
      CREATE INDEX review_finding_closed_antenna ON review_finding (antenna, at, id) WHERE closed_at IS NOT NULL
      """)
  ]
}
