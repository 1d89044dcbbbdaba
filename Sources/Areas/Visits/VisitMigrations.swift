import Storage

extension Visits {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-24 visits: create",
      """
      CREATE TABLE visit (
        id         TEXT PRIMARY KEY,
        case_file  TEXT NOT NULL REFERENCES case_file (id),
        planned_on TEXT NOT NULL,
        state      TEXT NOT NULL CHECK (state IN ('planned', 'done', 'missed')),
        made_on    TEXT,
        made_by    TEXT,
        activity   TEXT CHECK (activity IN ('not-started', 'going-on', 'in-difficulty', 'stopped')),
        seen       BLOB,   -- sealed
        next_step  BLOB,   -- sealed
        CHECK (state <> 'done' OR (made_on IS NOT NULL AND activity IS NOT NULL AND seen IS NOT NULL))
      );
      CREATE INDEX visit_case ON visit (case_file, planned_on);
      CREATE VIEW visit_fact AS
        SELECT id AS visit, case_file, planned_on, state, made_on, activity FROM visit
      """),
    Migration(
      "2026-11-28 visits: schedule, moves, reports in full",
      """
      ALTER TABLE visit ADD COLUMN month BIGINT;        -- after the start, where the schedule asked for it
      ALTER TABLE visit ADD COLUMN why_missed TEXT
        CHECK (why_missed IN ('not-reachable', 'away', 'counsellor', 'road', 'other'));
      ALTER TABLE visit ADD COLUMN missed_told BLOB;    -- sealed
      ALTER TABLE visit ADD COLUMN version BIGINT NOT NULL DEFAULT 1; -- of the report
      ALTER TABLE visit ADD COLUMN made_at BIGINT;      -- when it was recorded, milliseconds since 1970, UTC
      ALTER TABLE visit ADD COLUMN antenna TEXT;        -- that held the case when the visit was made
      ALTER TABLE visit ADD COLUMN way TEXT CHECK (way IN ('home', 'antenna', 'phone', 'video'));
      ALTER TABLE visit ADD COLUMN income TEXT CHECK (income IN ('told', 'refused')); -- empty: not asked; so below
      ALTER TABLE visit ADD COLUMN income_from BIGINT;  -- dinars a month
      ALTER TABLE visit ADD COLUMN income_to BIGINT;    -- without it; empty: no upper end
      ALTER TABLE visit ADD COLUMN jobs_kept_women BIGINT;
      ALTER TABLE visit ADD COLUMN jobs_kept_men BIGINT;
      ALTER TABLE visit ADD COLUMN jobs_created_women BIGINT;
      ALTER TABLE visit ADD COLUMN jobs_created_men BIGINT;
      ALTER TABLE visit ADD COLUMN difficulties TEXT;   -- words from a list, between spaces; none: asked, and there are none
      ALTER TABLE visit ADD COLUMN wish TEXT CHECK (wish IN ('no', 'thinks', 'yes'));
      ALTER TABLE visit ADD COLUMN next_on TEXT;
      ALTER TABLE visit ADD COLUMN told BLOB;           -- sealed: the other difficulty, why she wishes to leave
      UPDATE visit SET antenna = (SELECT f.antenna FROM case_fact f WHERE f.case_file = visit.case_file)
        WHERE state = 'done';
      CREATE UNIQUE INDEX visit_of_schedule ON visit (case_file, month) WHERE month IS NOT NULL;
      CREATE INDEX visit_made ON visit (antenna, made_on, case_file) WHERE state = 'done';
      CREATE TABLE visit_move (
        id        TEXT PRIMARY KEY,
        visit     TEXT NOT NULL REFERENCES visit (id),
        case_file TEXT NOT NULL REFERENCES case_file (id),
        from_day  TEXT NOT NULL,
        to_day    TEXT NOT NULL,
        why       TEXT NOT NULL CHECK (why IN ('not-reachable', 'away', 'counsellor', 'road', 'other')),
        told      BLOB,             -- sealed
        at        BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        by        TEXT NOT NULL
      );
      CREATE INDEX visit_move_case ON visit_move (case_file, at);
      CREATE TABLE visit_start (
        case_file   TEXT PRIMARY KEY REFERENCES case_file (id),
        started_on  TEXT NOT NULL,  -- when the activity began
        recorded_at BIGINT NOT NULL,
        recorded_by TEXT NOT NULL
      );
      CREATE TABLE visit_term (
        name     TEXT NOT NULL CHECK (name IN ('social', 'employment', 'project', 'income', 'correction')),
        from_day TEXT NOT NULL,     -- in force until the next begins
        numbers  TEXT NOT NULL,     -- between spaces, growing: months, dinars a month, days
        PRIMARY KEY (name, from_day)
      );
      CREATE TABLE visit_draw (
        id      TEXT PRIMARY KEY,
        antenna TEXT NOT NULL,
        month   TEXT NOT NULL,      -- its first day
        seed    BIGINT NOT NULL,
        size    BIGINT NOT NULL,    -- files on the list
        at      BIGINT NOT NULL,
        by      TEXT NOT NULL
      );
      CREATE UNIQUE INDEX visit_draw_once ON visit_draw (antenna, month);
      CREATE INDEX visit_draw_month ON visit_draw (month, antenna);
      CREATE TABLE visit_look (
        id        TEXT PRIMARY KEY,
        draw      TEXT NOT NULL REFERENCES visit_draw (id),
        position  BIGINT NOT NULL,  -- on the list, from 0
        case_file TEXT NOT NULL REFERENCES case_file (id),
        visit     TEXT NOT NULL REFERENCES visit (id),
        version   BIGINT NOT NULL,
        outcome   TEXT CHECK (outcome IN ('agrees', 'differs')),
        told      BLOB,             -- sealed
        looked_at BIGINT,
        looked_by TEXT
      );
      CREATE UNIQUE INDEX visit_look_place ON visit_look (draw, position);
      CREATE INDEX visit_look_case ON visit_look (case_file);
      INSERT INTO visit_term (name, from_day, numbers) VALUES
        ('social', '2019-01-01', '1 3 6 12 24'),
        ('employment', '2019-01-01', '1 3 6 12 24'),
        ('project', '2019-01-01', '1 3 6 12 24'),
        ('income', '2019-01-01', '0 1 300 600 1000 2000'),
        ('correction', '2019-01-01', '7');
      DROP VIEW visit_fact;
      CREATE VIEW visit_fact AS
        SELECT v.id AS visit, v.case_file, v.antenna, v.planned_on, v.month, v.state, v.why_missed, v.made_on, v.way,
          v.activity, v.income, v.income_from, v.income_to, v.jobs_kept_women, v.jobs_kept_men, v.jobs_created_women,
          v.jobs_created_men, v.difficulties, v.wish, v.next_on,
          (SELECT COUNT(*) FROM visit_move m WHERE m.case_file = v.case_file AND m.visit = v.id) AS moves
        FROM visit v
      """),
    Migration(
      "2026-11-28 visits: no ranges of income that nobody gave",
      """
      DELETE FROM visit_term WHERE name = 'income' AND from_day = '2019-01-01' AND numbers = '0 1 300 600 1000 2000'
      """),
    Migration(
      "2026-11-28 visits: goods handed over",
      """
      CREATE TABLE visit_handover (
        id          TEXT PRIMARY KEY,
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        handed_on   TEXT NOT NULL,
        goods       BLOB NOT NULL,   -- sealed
        giver       BLOB NOT NULL,   -- sealed
        value       BIGINT,          -- millimes; empty: not known
        recorded_at BIGINT NOT NULL, -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL
      );
      CREATE INDEX visit_handover_case ON visit_handover (case_file, handed_on, id)
      """),
    Migration(
      "2026-11-29 visits: called off when a case is closed",
      """
      ALTER TABLE visit ADD COLUMN called_off_on TEXT;  -- a planned visit of a case that was closed; state stays 'planned'
      UPDATE visit SET called_off_on = (SELECT f.closed_on FROM case_fact f WHERE f.case_file = visit.case_file)
        WHERE state = 'planned';
      DROP INDEX visit_of_schedule;
      CREATE UNIQUE INDEX visit_of_schedule ON visit (case_file, month)
        WHERE month IS NOT NULL AND called_off_on IS NULL;
      DROP VIEW visit_fact;
      CREATE VIEW visit_fact AS
        SELECT v.id AS visit, v.case_file, v.antenna, v.planned_on, v.month,
          CASE WHEN v.called_off_on IS NULL THEN v.state ELSE 'called-off' END AS state, v.why_missed, v.made_on, v.way,
          v.activity, v.income, v.income_from, v.income_to, v.jobs_kept_women, v.jobs_kept_men, v.jobs_created_women,
          v.jobs_created_men, v.difficulties, v.wish, v.next_on,
          (SELECT COUNT(*) FROM visit_move m WHERE m.case_file = v.case_file AND m.visit = v.id) AS moves
        FROM visit v
      """),
  ]
}
