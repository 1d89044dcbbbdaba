import Storage

extension Cases {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-24 cases: create",
      """
      CREATE TABLE case_counter (
        antenna TEXT NOT NULL,
        year    BIGINT NOT NULL,
        last    BIGINT NOT NULL,
        PRIMARY KEY (antenna, year)
      );
      CREATE TABLE case_file (
        id              TEXT PRIMARY KEY,
        number          TEXT NOT NULL UNIQUE,
        person          TEXT NOT NULL REFERENCES person (id),
        antenna         TEXT NOT NULL,
        contact         TEXT NOT NULL,
        channel         TEXT NOT NULL,
        received_at     BIGINT NOT NULL,   -- milliseconds since 1970, UTC
        received_by     TEXT NOT NULL,
        version         BIGINT NOT NULL,
        received_on     TEXT NOT NULL,     -- days from here on
        returned_on     TEXT,
        plan_agreed_on  TEXT,
        first_action_on TEXT,
        first_visit_on  TEXT,
        next_action_on  TEXT,
        next_visit_on   TEXT,
        closed_on       TEXT,
        stage           TEXT NOT NULL CHECK (stage IN ('received', 'planned', 'in-progress', 'follow-up', 'closed')),
        due_on          TEXT,              -- with stage and due_what: derived by CaseRules, so that lists can filter
        due_what        TEXT CHECK (due_what IN ('plan', 'action', 'visit')),
        return_country  TEXT,
        return_kind     TEXT CHECK (return_kind IN ('voluntary', 'ordered', 'forced')),
        return_facts    BLOB NOT NULL      -- sealed: all fields of the return
      );
      CREATE INDEX case_file_person ON case_file (person, received_at);
      CREATE INDEX case_file_recent ON case_file (received_at, id);
      CREATE INDEX case_file_stage ON case_file (stage, received_at, id);
      CREATE INDEX case_file_antenna ON case_file (antenna, received_at, id);
      CREATE INDEX case_file_antenna_stage ON case_file (antenna, stage, received_at, id);
      CREATE INDEX case_file_contact ON case_file (contact, received_at, id);
      CREATE INDEX case_file_contact_stage ON case_file (contact, stage, received_at, id);
      CREATE INDEX case_file_due ON case_file (due_on, id) WHERE due_on IS NOT NULL;
      CREATE INDEX case_file_antenna_due ON case_file (antenna, due_on, id) WHERE due_on IS NOT NULL;
      CREATE INDEX case_file_contact_due ON case_file (contact, due_on, id) WHERE due_on IS NOT NULL;
      CREATE TABLE need (
        id          TEXT PRIMARY KEY,
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        kind        TEXT NOT NULL,
        urgency     TEXT NOT NULL CHECK (urgency IN ('today', 'week', 'later')),
        details     BLOB NOT NULL,         -- sealed
        recorded_on TEXT NOT NULL,
        recorded_by TEXT NOT NULL,
        met_on      TEXT,
        met_by      TEXT,
        met_how     BLOB                   -- sealed
      );
      CREATE INDEX need_case ON need (case_file, recorded_on);
      CREATE TABLE note (
        id        TEXT PRIMARY KEY,
        case_file TEXT NOT NULL REFERENCES case_file (id),
        section   TEXT NOT NULL,
        text      BLOB NOT NULL,           -- sealed
        at        BIGINT NOT NULL,
        by        TEXT NOT NULL
      );
      CREATE INDEX note_case ON note (case_file, at);
      CREATE TABLE closure (
        id            TEXT PRIMARY KEY,
        case_file     TEXT NOT NULL REFERENCES case_file (id),
        outcome       TEXT NOT NULL,
        reason        BLOB NOT NULL,       -- sealed
        closed_on     TEXT NOT NULL,
        closed_by     TEXT NOT NULL,
        reopened_on   TEXT,
        reopened_by   TEXT,
        reopen_reason BLOB                 -- sealed
      );
      CREATE INDEX closure_case ON closure (case_file, closed_on);
      CREATE UNIQUE INDEX closure_in_force ON closure (case_file) WHERE reopened_on IS NULL;
      CREATE VIEW case_fact AS
        SELECT id AS case_file, person, antenna, channel, stage, received_on, returned_on, plan_agreed_on,
          first_action_on, first_visit_on, closed_on, due_on, return_country, return_kind
        FROM case_file
      """),
    Migration(
      "2026-11-25 cases: count joined files as one person",
      """
      DROP VIEW case_fact;
      CREATE VIEW case_fact AS
        SELECT f.id AS case_file, COALESCE(p.merged_into, p.id) AS person, f.antenna, f.channel, f.stage, f.received_on,
          f.returned_on, f.plan_agreed_on, f.first_action_on, f.first_visit_on, f.closed_on, f.due_on, f.return_country,
          f.return_kind
        FROM case_file f JOIN person p ON p.id = f.person
      """),
    Migration(
      "2026-11-28 cases: plans by day",
      """
      CREATE INDEX case_file_planned ON case_file (plan_agreed_on, antenna, received_on) WHERE plan_agreed_on IS NOT NULL
      """),
    Migration(
      "2026-11-28 cases: erased, and closed cases by day",
      """
      ALTER TABLE case_file ADD COLUMN erased_on TEXT;  -- day on which its person was erased
      CREATE INDEX case_file_closed ON case_file (closed_on, id) WHERE closed_on IS NOT NULL AND erased_on IS NULL;
      CREATE INDEX case_file_antenna_closed ON case_file (antenna, closed_on, id)
        WHERE closed_on IS NOT NULL AND erased_on IS NULL;
      DROP VIEW case_fact;
      CREATE VIEW case_fact AS
        SELECT f.id AS case_file, COALESCE(p.merged_into, p.id) AS person, f.antenna, f.channel, f.stage, f.received_on,
          f.returned_on, f.plan_agreed_on, f.first_action_on, f.first_visit_on, f.closed_on, f.due_on, f.return_country,
          f.return_kind, f.erased_on
        FROM case_file f JOIN person p ON p.id = f.person
      """),
    Migration(
      "2026-11-28 cases: views that somebody keeps",
      """
      CREATE TABLE case_view (
        account TEXT NOT NULL,
        query   TEXT NOT NULL,   -- what stands in the address of the list
        kept_at BIGINT NOT NULL, -- milliseconds since 1970, UTC
        PRIMARY KEY (account, query)
      )
      """),
    Migration(
      "2026-11-29 cases: no next visit of a closed case",
      "UPDATE case_file SET next_visit_on = NULL WHERE closed_on IS NOT NULL AND next_visit_on IS NOT NULL"),
  ]
}
