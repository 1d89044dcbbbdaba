import Storage

extension Eligibility {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 eligibility: create",
      """
      CREATE TABLE rule_set (
        id         TEXT PRIMARY KEY,
        code       TEXT NOT NULL,
        file       TEXT NOT NULL,   -- as it was loaded; read anew each time, changed never
        state      TEXT NOT NULL CHECK (state IN ('draft', 'decided', 'discarded')),
        ended_on   TEXT,            -- the last day, where somebody ended them before the file does
        loaded_at  BIGINT NOT NULL, -- milliseconds since 1970, UTC
        loaded_by  TEXT NOT NULL,
        decided_at BIGINT,          -- put in force, or discarded
        decided_by TEXT,
        CHECK ((state = 'draft') = (decided_at IS NULL))
      );
      CREATE INDEX rule_set_state ON rule_set (state, id);
      CREATE TABLE judgement (
        id        TEXT PRIMARY KEY,
        case_file TEXT NOT NULL REFERENCES case_file (id),
        rule_set  TEXT NOT NULL REFERENCES rule_set (id),
        day       TEXT NOT NULL,    -- whose rules and facts were asked
        answer    TEXT NOT NULL CHECK (answer IN ('yes', 'not-yet', 'no')),
        amount    BIGINT,           -- in the smallest unit
        currency  TEXT CHECK (currency IN ('TND', 'EUR')),
        readings  BLOB NOT NULL,    -- sealed: rule by rule, and what was known
        judged_at BIGINT NOT NULL,
        judged_by TEXT NOT NULL
      );
      CREATE INDEX judgement_case ON judgement (case_file, judged_at);
      CREATE VIEW judgement_fact AS
        SELECT j.id AS judgement, j.case_file, s.code AS rules, j.day, j.answer, j.amount, j.currency, j.judged_at
        FROM judgement j JOIN rule_set s ON s.id = j.rule_set
      """)
  ]
}
