import Storage

extension Duplicates {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-25 duplicates: create",
      """
      CREATE TABLE duplicate_pair (
        id             TEXT PRIMARY KEY,
        first          TEXT NOT NULL REFERENCES person (id),
        second         TEXT NOT NULL REFERENCES person (id),
        first_antenna  TEXT NOT NULL,     -- where the files are, for the lists
        first_contact  TEXT,
        second_antenna TEXT NOT NULL,
        second_contact TEXT,
        state          TEXT NOT NULL CHECK (state IN ('open', 'unsure', 'proposed', 'different', 'joined')),
        score          BIGINT NOT NULL,   -- hundredths of a bit: the logarithm, base 2, of the odds for one person
        findings       TEXT NOT NULL,     -- field, agreement, hundredths of a bit; no value
        moot           BIGINT NOT NULL DEFAULT 0 CHECK (moot IN (0, 1)),  -- another file stands for one of them
        version        BIGINT NOT NULL,
        found_at       BIGINT NOT NULL,   -- milliseconds since 1970, UTC
        decided_score  BIGINT,            -- the score when it was decided last
        merge          TEXT REFERENCES person_merge (id),
        CHECK (first < second),
        UNIQUE (first, second)
      );
      CREATE INDEX duplicate_pair_second ON duplicate_pair (second);
      CREATE INDEX duplicate_pair_merge ON duplicate_pair (merge) WHERE merge IS NOT NULL;
      CREATE INDEX duplicate_pair_state ON duplicate_pair (state, moot, score, id);
      CREATE INDEX duplicate_pair_first_antenna ON duplicate_pair (first_antenna, state, moot, score, id);
      CREATE INDEX duplicate_pair_second_antenna ON duplicate_pair (second_antenna, state, moot, score, id);
      CREATE INDEX duplicate_pair_first_contact ON duplicate_pair (first_contact, state, moot, score, id);
      CREATE INDEX duplicate_pair_second_contact ON duplicate_pair (second_contact, state, moot, score, id);
      CREATE TABLE duplicate_act (
        id      TEXT PRIMARY KEY,
        pair    TEXT NOT NULL REFERENCES duplicate_pair (id),
        kind    TEXT NOT NULL CHECK (kind IN ('different', 'unsure', 'propose', 'join', 'part', 'apart', 'again')),
        at      BIGINT NOT NULL,
        by      TEXT NOT NULL,
        antenna TEXT,
        reason  BLOB,                     -- sealed under the keys of both: it is gone with either
        joining TEXT                      -- whose file stands, whose value of a field; no value
      );
      CREATE INDEX duplicate_act_pair ON duplicate_act (pair, at)
      """),
    Migration(
      "2026-11-28 duplicates: who suggested",
      "ALTER TABLE duplicate_pair ADD COLUMN suggested_by TEXT"),
  ]
}
