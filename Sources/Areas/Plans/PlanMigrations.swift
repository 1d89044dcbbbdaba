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
      """)
  ]
}
