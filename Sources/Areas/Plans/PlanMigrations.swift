import Storage

extension Plans {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-24 plans: create",
      """
      CREATE TABLE plan_agreement (
        case_file   TEXT PRIMARY KEY REFERENCES case_file (id),
        agreed_on   TEXT NOT NULL,
        signed_by   BLOB NOT NULL,   -- sealed
        recorded_at BIGINT NOT NULL, -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL
      );
      CREATE TABLE plan_goal (
        id        TEXT PRIMARY KEY,
        case_file TEXT NOT NULL REFERENCES case_file (id),
        track     TEXT NOT NULL CHECK (track IN ('social', 'employment', 'project')),
        text      BLOB NOT NULL,     -- sealed
        position  BIGINT NOT NULL
      );
      CREATE INDEX plan_goal_case ON plan_goal (case_file, position);
      CREATE TABLE plan_action (
        id         TEXT PRIMARY KEY,
        goal       TEXT NOT NULL REFERENCES plan_goal (id),
        text       BLOB NOT NULL,    -- sealed
        who        BLOB NOT NULL,    -- sealed
        by_day     TEXT,
        state      TEXT NOT NULL CHECK (state IN ('to-do', 'doing', 'done', 'abandoned')),
        started_on TEXT,
        reason     BLOB,             -- sealed: why it was abandoned
        position   BIGINT NOT NULL
      );
      CREATE INDEX plan_action_goal ON plan_action (goal, position);
      CREATE VIEW plan_fact AS
        SELECT g.case_file, g.track, a.state, a.by_day, a.started_on
        FROM plan_goal g JOIN plan_action a ON a.goal = g.id
      """),
    Migration(
      "2026-11-28 plans: versions, budget lines, completion",
      """
      CREATE TABLE plan_version (
        id             TEXT PRIMARY KEY,
        case_file      TEXT NOT NULL REFERENCES case_file (id),
        number         BIGINT NOT NULL CHECK (number > 0),
        agreed_on      TEXT NOT NULL,
        signed_by      BLOB NOT NULL,   -- sealed; so are the next two
        representative BLOB,            -- who signed in the person's name
        witness        BLOB,
        scan           TEXT,            -- a document of the case
        content        BLOB,            -- sealed: what it said; empty: agreed before copies were kept, and not changed since
        recorded_at    BIGINT NOT NULL, -- milliseconds since 1970, UTC
        recorded_by    TEXT NOT NULL
      );
      CREATE UNIQUE INDEX plan_version_number ON plan_version (case_file, number);
      INSERT INTO plan_version (id, case_file, number, agreed_on, signed_by, recorded_at, recorded_by)
        SELECT case_file, case_file, 1, agreed_on, signed_by, recorded_at, recorded_by FROM plan_agreement;
      DROP TABLE plan_agreement;
      CREATE TABLE plan_completion (
        case_file    TEXT PRIMARY KEY REFERENCES case_file (id),
        completed_on TEXT NOT NULL,
        recorded_at  BIGINT NOT NULL,
        recorded_by  TEXT NOT NULL
      );
      ALTER TABLE plan_goal ADD COLUMN reason BLOB;   -- sealed: why it was given up
      ALTER TABLE plan_goal ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
      ALTER TABLE plan_action ADD COLUMN version BIGINT NOT NULL DEFAULT 1;
      CREATE TABLE plan_budget (
        id        TEXT PRIMARY KEY,
        case_file TEXT NOT NULL REFERENCES case_file (id),
        action    TEXT NOT NULL REFERENCES plan_action (id),
        amount    BIGINT NOT NULL CHECK (amount > 0), -- millimes of TND, cents of EUR
        currency  TEXT NOT NULL CHECK (currency IN ('TND', 'EUR')),
        payer     BLOB NOT NULL,        -- sealed
        way       TEXT NOT NULL CHECK (way IN ('cash', 'in-kind')),
        struck    BIGINT NOT NULL DEFAULT 0 CHECK (struck IN (0, 1)),
        position  BIGINT NOT NULL,
        version   BIGINT NOT NULL DEFAULT 1
      );
      CREATE INDEX plan_budget_case ON plan_budget (case_file, position);
      CREATE VIEW plan_version_fact AS
        SELECT v.case_file, v.number, v.agreed_on, c.completed_on
        FROM plan_version v LEFT JOIN plan_completion c ON c.case_file = v.case_file;
      CREATE VIEW plan_budget_fact AS
        SELECT b.case_file, g.track, a.state, b.amount, b.currency, b.way
        FROM plan_budget b JOIN plan_action a ON a.id = b.action JOIN plan_goal g ON g.id = a.goal
        WHERE b.struck = 0 AND g.reason IS NULL
      """),
    Migration(
      "2026-11-29 plans: actions that are blocked",
      """
      -- Sealed: why it cannot go on.
      ALTER TABLE plan_action ADD COLUMN blocked BLOB
      """),
  ]
}
